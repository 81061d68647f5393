//! A committed state of an index, with everything that is derived from it.
//!
//! One [`Generation`] holds searcher, manifest, statistics and side tables, so that they can never be
//! of different states.

use super::columns::OrderColumns;
use super::compound::{CompoundPlugin, Compounds};
use super::error::IndexError;
use super::fingerprint::{self, Fingerprint};
use super::groups::{self, Compared, GroupList, Groups};
use super::manifest::{CommitName, Manifest};
use super::prefix_table::{self, Completions, PrefixTable};
use super::schema::{FacetField, Schema, column};
use super::side_table::{Hierarchy, PostTable, RemainderTable};
use super::statistics::Statistics;
use super::stored::StoredArticle;
use super::streams;
use super::value_sets::ValueSets;
use super::verified::Verified;
use crate::analysis::Analyzer;
use crate::article::{ArticleId, Hash128};
use schemars::JsonSchema;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tantivy::collector::TopDocs;
use tantivy::directory::MmapDirectory;
use tantivy::index::SegmentId;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, IndexBuilder, IndexReader, ReloadPolicy, Searcher, TantivyDocument};

/// Where tantivy's files lie within an index folder.
pub(super) const SEGMENTS: &str = "segments";

/// An open index folder; hands out its newest committed state.
pub struct Reader {
    dir: PathBuf,
    schema: Schema,
    analyzer: Arc<Analyzer>,
    index: Index,
    reader: IndexReader,
    verified: Verified,
}

impl Reader {
    /// Opens an index folder for reading.
    ///
    /// # Errors
    /// [`IndexError::Missing`], [`IndexError::Format`], [`IndexError::Damaged`].
    pub fn open(dir: &Path, analyzer: Arc<Analyzer>) -> Result<Reader, IndexError> {
        let schema = Schema::new();
        let (index, _) = open_index(dir, &schema, &analyzer)?;
        let verified = Verified::load(dir);
        verified.check(&index)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(|error| damaged(dir, error))?;
        Ok(Reader { dir: dir.to_owned(), schema, analyzer, index, reader, verified })
    }

    /// What tells a folder's last commit (or merge) from others without opening it; none where there is no index.
    pub fn stamp(dir: &Path) -> Option<Hash128> {
        fs::read(dir.join(SEGMENTS).join(META)).ok().map(|bytes| Hash128::of([bytes.as_slice()]))
    }

    /// The newest committed state.
    ///
    /// Searcher and manifest are read until they are of one commit, so a writer beside us is no danger.
    ///
    /// # Errors
    /// [`IndexError::Damaged`], [`IndexError::Busy`].
    pub fn generation(&self) -> Result<Generation, IndexError> {
        const TRIES: usize = 100;
        for _ in 0..TRIES {
            let before = (CommitName::of(&self.dir, &self.index)?, self.segments()?);
            let state = self.state(before.0);
            // What was read while another commit came is of neither; and a merge removes files that were not opened yet.
            if (CommitName::of(&self.dir, &self.index)?, self.segments()?) == before {
                return state;
            }
        }
        Err(IndexError::Busy { dir: self.dir.clone() })
    }

    /// The segments of the last commit, and of merges after it.
    fn segments(&self) -> Result<Vec<SegmentId>, IndexError> {
        self.index.searchable_segment_ids().map_err(|error| damaged(&self.dir, error))
    }

    /// The state of a commit, if it is the last one all the time. The table of groups is read here too: a later commit removes it.
    fn state(&self, commit: CommitName) -> Result<Generation, IndexError> {
        self.verified.check(&self.index)?;
        self.reader.reload().map_err(|error| damaged(&self.dir, error))?;
        let manifest = Manifest::named(&self.dir, commit)?;
        let group_list = manifest.groups.map(|hash| GroupList::read(&self.dir, hash)).transpose()?;
        let searcher = self.reader.searcher();
        is_consistent(&self.dir, &manifest, &searcher)?;
        Ok(Generation {
            statistics: Statistics::of(&searcher, &self.schema)?,
            schema: self.schema.clone().of_searcher(&searcher)?,
            dir: self.dir.clone(),
            manifest,
            group_list,
            groups: OnceLock::new(),
            analyzer: Arc::clone(&self.analyzer),
            searcher,
            hierarchies: Default::default(),
            remainders: OnceLock::new(),
            posts: OnceLock::new(),
            value_sets: Default::default(),
            facet_counts: Default::default(),
            completions: OnceLock::new(),
        })
    }

    /// Reads every file of the index against its checksum; returns the damaged ones.
    pub fn damaged_files(&self) -> Result<Vec<PathBuf>, IndexError> {
        self.verified.damaged_files(&self.index)
    }
}

/// Opens the index of a folder, with the manifest of its last commit. Its segments are still to be [`Verified`].
pub(super) fn open_index(dir: &Path, schema: &Schema, analyzer: &Arc<Analyzer>) -> Result<(Index, Manifest), IndexError> {
    let segments = dir.join(SEGMENTS);
    [META, MANAGED].iter().try_for_each(|list| may_be_read(&segments.join(list)))?;
    if !segments.join(META).is_file() {
        return Err(match has_begun(dir) {
            true => damaged(dir, format_args!("{SEGMENTS}/{META} is gone")),
            false => IndexError::Missing { dir: dir.to_owned() },
        });
    }
    let directory = MmapDirectory::open(&segments).map_err(|error| damaged(dir, error))?;
    let mut index = Index::open(directory).map_err(|error| damaged(dir, error))?;
    let metas = index.load_metas().map_err(|error| damaged(dir, error))?;
    // The process that made the folder was killed before its first checkpoint.
    if metas.payload.is_none() && metas.segments.is_empty() && Manifest::numbers(dir).iter().all(|&number| number <= 1) {
        return Err(IndexError::Missing { dir: dir.to_owned() });
    }
    // A committed manifest of another format explains more than a schema that differs.
    let manifest = Manifest::committed(dir, &index)?;
    if index.schema() != *schema.tantivy() {
        return Err(damaged(dir, format_args!("{SEGMENTS}/{META} has another schema than format {}", super::manifest::FORMAT)));
    }
    index.set_tokenizers(streams::tokenizers(analyzer));
    index.set_fast_field_tokenizers(streams::tokenizers(analyzer));
    index.register_plugin(Arc::new(CompoundPlugin { schema: schema.clone(), analyzer: Arc::clone(analyzer) }));
    Ok((index, manifest))
}

/// What makes an index with the schema and what makes terms of texts.
pub(super) fn index_builder(schema: &Schema, analyzer: &Arc<Analyzer>) -> IndexBuilder {
    Index::builder()
        .schema(schema.tantivy().clone())
        .tokenizers(streams::tokenizers(analyzer))
        .fast_field_tokenizers(streams::tokenizers(analyzer))
        .register_plugin(Arc::new(CompoundPlugin { schema: schema.clone(), analyzer: Arc::clone(analyzer) }))
}

/// tantivy's list of segments.
const META: &str = "meta.json";

/// tantivy's list of its files.
const MANAGED: &str = ".managed.json";

/// Lets who may read the manifest of a commit read tantivy's lists too, which it writes for their owner alone.
pub(super) fn open_to_readers(dir: &Path, manifest: &Path) {
    let Ok(known) = fs::metadata(manifest) else { return };
    for list in [META, MANAGED] {
        // Whoever does not own them cannot, and needs not: they were open before, or are their owner's to open.
        let _ = fs::set_permissions(dir.join(SEGMENTS).join(list), known.permissions());
    }
}

/// Says so where a file may not be read: then nothing is damaged or missing.
fn may_be_read(path: &Path) -> Result<(), IndexError> {
    match fs::File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(IndexError::io(path)(error)),
        _ => Ok(()),
    }
}

/// Whether there are articles in a folder, or were.
fn has_begun(dir: &Path) -> bool {
    let segments = std::fs::read_dir(dir.join(SEGMENTS)).into_iter().flatten().flatten();
    !Manifest::numbers(dir).is_empty() || segments.into_iter().any(|entry| entry.path().extension().is_some_and(|ending| ending == "store"))
}

/// Whether a commit is of one piece. Segments have checksums, and so has the manifest; what tantivy says of the segments has none.
pub(super) fn is_consistent(dir: &Path, manifest: &Manifest, searcher: &Searcher) -> Result<(), IndexError> {
    for reader in searcher.segment_readers() {
        let of_columns = reader.fast_fields().u64(column::ID_HIGH).map_err(|error| damaged(dir, error))?.num_docs();
        let max_doc = reader.max_doc();
        let bits = reader.alive_bitset().map_or(of_columns, |alive| alive.num_alive_docs() as u32);
        if of_columns != max_doc || bits != reader.num_docs() {
            let segment = reader.segment_id().uuid_string();
            return Err(damaged(dir, format_args!("{SEGMENTS}/{META}: segment {segment} has {of_columns} articles, not {max_doc}")));
        }
    }
    let found = searcher.num_docs();
    if found != manifest.articles {
        return Err(damaged(dir, format_args!("{found} articles are there, the manifest says {}", manifest.articles)));
    }
    Ok(())
}

pub(super) fn damaged(dir: &Path, error: impl std::fmt::Display) -> IndexError {
    IndexError::Damaged { dir: dir.to_owned(), what: error.to_string() }
}

/// A committed state of an index. Cheap to search from many threads.
pub struct Generation {
    dir: PathBuf,
    manifest: Manifest,
    schema: Schema,
    analyzer: Arc<Analyzer>,
    searcher: Searcher,
    statistics: Statistics,
    /// The table of the manifest; none within a run.
    group_list: Option<GroupList>,
    groups: OnceLock<Groups>,
    hierarchies: [OnceLock<Hierarchy>; 5],
    remainders: OnceLock<RemainderTable>,
    posts: OnceLock<PostTable>,
    value_sets: [OnceLock<ValueSets>; 5],
    facet_counts: [OnceLock<Vec<u32>>; 5],
    completions: OnceLock<Completions>,
}

/// How many bytes a field takes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, JsonSchema)]
pub struct FieldSize {
    /// Name of the field; `(stored)` for the texts that are shown.
    pub field: String,
    /// Terms and postings.
    pub postings: u64,
    /// Positions.
    pub positions: u64,
    /// Columns and lengths.
    pub columns: u64,
    /// Records and bodies, compressed.
    pub stored: u64,
}

impl Generation {
    /// What the index says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The folder.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The table of near-duplicates that the manifest names.
    pub(super) fn group_list(&self) -> Option<&GroupList> {
        self.group_list.as_ref()
    }

    /// The fields.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The analyzer that the index was built with.
    pub fn analyzer(&self) -> &Arc<Analyzer> {
        &self.analyzer
    }

    /// tantivy's view of the state.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Statistics for scoring, over living documents.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The values of a facet; loaded at the first call.
    pub fn hierarchy(&self, facet: FacetField) -> Result<&Hierarchy, IndexError> {
        cached(&self.hierarchies[facet as usize], || Hierarchy::load(&self.searcher, facet))
    }

    /// The remainder rows; loaded at the first call.
    pub fn remainders(&self) -> Result<&RemainderTable, IndexError> {
        cached(&self.remainders, || RemainderTable::load(&self.searcher))
    }

    /// What articles have in a facet, where it is known; else, where it is `wanted`, it is found out now.
    pub fn value_sets(&self, facet: FacetField, wanted: bool) -> Result<Option<&ValueSets>, IndexError> {
        let made = &self.value_sets[facet as usize];
        if made.get().is_none() && !wanted {
            return Ok(None);
        }
        let (hierarchy, remainders) = (self.hierarchy(facet)?, self.remainders()?);
        Ok(Some(made.get_or_init(|| ValueSets::of(facet, hierarchy, remainders, &self.searcher))))
    }

    /// How many living articles stand at each value of a facet or below, by the number of the value; counted at the first call.
    pub fn facet_counts(&self, facet: FacetField) -> Result<&[u32], IndexError> {
        let made = &self.facet_counts[facet as usize];
        if let Some(counts) = made.get() {
            return Ok(counts);
        }
        let counts = prefix_table::facet_counts(self, facet)?;
        Ok(made.get_or_init(|| counts))
    }

    /// The posts of all people; loaded at the first call.
    pub fn posts(&self) -> Result<&PostTable, IndexError> {
        cached(&self.posts, || PostTable::load(&self.searcher))
    }

    /// The near-duplicates; loaded at the first call. In the middle of a run, and after one that was killed, they are found then, which
    /// takes seconds in a large archive.
    pub fn groups(&self) -> Result<&Groups, IndexError> {
        if let Some(groups) = self.groups.get() {
            return Ok(groups);
        }
        let list = match &self.group_list {
            Some(list) => list.clone(),
            None => groups::find(&self.searcher, &self.schema, &self.dir, &Compared::load(&self.dir))?.0,
        };
        let groups = Groups::new(list, &self.searcher)?;
        Ok(self.groups.get_or_init(|| groups))
    }

    /// Number of stories: of articles, those that are near-duplicates of each other counted as one. Costs what [`Generation::groups`] does.
    pub fn stories(&self) -> Result<u64, IndexError> {
        let groups = self.groups()?;
        Ok(self.manifest.articles - (groups.articles() - groups.len()) as u64)
    }

    /// What can be completed; made at the first call, of the names that officials and units go by.
    pub fn completions<E: From<IndexError>>(
        &self,
        names: impl Fn(FacetField, &[u32]) -> Result<PrefixTable, E>,
    ) -> Result<&Completions, E> {
        if let Some(made) = self.completions.get() {
            return Ok(made);
        }
        let words = prefix_table::words(self).map_err(IndexError::from)?;
        let table = |facet| names(facet, self.facet_counts(facet)?);
        let made = Completions { words, officials: table(FacetField::Official)?, units: table(FacetField::Province)? };
        Ok(self.completions.get_or_init(|| made))
    }

    /// The article at an address that a search gave.
    pub fn article(&self, address: DocAddress) -> Result<StoredArticle, IndexError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let mut stored = self.schema.stored(&document).map_err(|what| damaged(&self.dir, what))?;
        stored.article.group = self.groups()?.name_of(stored.article.id);
        Ok(stored)
    }

    /// The article of an id.
    pub fn find(&self, id: ArticleId) -> Result<Option<StoredArticle>, IndexError> {
        let query = TermQuery::new(self.schema.id_term(id), IndexRecordOption::Basic);
        let found = self.searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
        found.first().map(|&(_, address)| self.article(address)).transpose()
    }

    /// Ids that begin with some hexadecimal digits, at most `limit`, in order.
    pub fn ids_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<ArticleId>, IndexError> {
        let mut ids = Vec::new();
        for reader in self.searcher.segment_readers() {
            let (high, low) = (reader.fast_fields().u64(column::ID_HIGH)?, reader.fast_fields().u64(column::ID_LOW)?);
            let id = |doc| Some(ArticleId::from_halves(high.first(doc)?, low.first(doc)?));
            ids.extend(reader.doc_ids_alive().filter_map(id).filter(|id| id.to_string().starts_with(prefix)));
        }
        ids.sort();
        ids.truncate(limit);
        Ok(ids)
    }

    /// Id and address of every article, in order of ids; reads no article.
    pub fn addresses(&self) -> Result<Vec<(ArticleId, DocAddress)>, IndexError> {
        let mut addresses = Vec::with_capacity(self.manifest.articles as usize);
        for (reader, segment) in self.searcher.segment_readers().iter().zip(0..) {
            let columns = OrderColumns::open(reader)?;
            addresses.extend(reader.doc_ids_alive().map(|doc| (columns.id(doc), DocAddress::new(segment, doc))));
        }
        addresses.sort_unstable();
        Ok(addresses)
    }

    /// By what each article can be found, in order of ids; reads no article.
    pub fn fingerprints(&self) -> Result<Vec<Fingerprint>, IndexError> {
        fingerprint::fingerprints(self)
    }

    /// Every article, in no particular order.
    pub fn articles(&self) -> impl Iterator<Item = Result<StoredArticle, IndexError>> + '_ {
        self.searcher
            .segment_readers()
            .iter()
            .zip(0..)
            .flat_map(move |(reader, segment)| reader.doc_ids_alive().map(move |doc| self.article(DocAddress::new(segment, doc))))
    }

    /// The articles that people have corrected, and those of some ids, in no particular order.
    pub fn articles_corrected(&self, ids: &BTreeSet<ArticleId>) -> Result<Vec<StoredArticle>, IndexError> {
        let mut found = Vec::new();
        for (reader, segment) in self.searcher.segment_readers().iter().zip(0..) {
            let column = |name| reader.fast_fields().u64(name);
            let (high, low, digest) = (column(column::ID_HIGH)?, column(column::ID_LOW)?, column(column::CORRECTIONS)?);
            for doc in reader.doc_ids_alive() {
                let id = high.first(doc).zip(low.first(doc)).map(|(high, low)| ArticleId::from_halves(high, low));
                if digest.first(doc) != Some(0) || id.is_some_and(|id| ids.contains(&id)) {
                    found.push(self.article(DocAddress::new(segment, doc))?);
                }
            }
        }
        Ok(found)
    }

    /// Bytes by field, the largest first.
    pub fn field_sizes(&self) -> Result<Vec<FieldSize>, IndexError> {
        let usage = self.searcher.space_usage().map_err(IndexError::io(&self.dir))?;
        let mut sizes: std::collections::BTreeMap<String, FieldSize> = Default::default();
        let mut add = |name: &str, column: fn(&mut FieldSize) -> &mut u64, bytes: u64| {
            let entry = sizes.entry(name.to_owned()).or_insert_with(|| FieldSize {
                field: name.to_owned(),
                postings: 0,
                positions: 0,
                columns: 0,
                stored: 0,
            });
            *column(entry) += bytes;
        };
        for segment in usage.segments() {
            for (usages, column) in [
                (segment.termdict(), (|size| &mut size.postings) as fn(&mut FieldSize) -> &mut u64),
                (segment.postings(), |size| &mut size.postings),
                (segment.positions(), |size| &mut size.positions),
                (segment.fast_fields(), |size| &mut size.columns),
                (segment.fieldnorms(), |size| &mut size.columns),
            ] {
                for usage in usages.fields() {
                    add(usage.field_name(), column, usage.total().get_bytes());
                }
            }
            add("(stored)", |size| &mut size.stored, segment.store().total().get_bytes());
        }
        for compounds in Compounds::ALL {
            for reader in self.searcher.segment_readers() {
                add(compounds.name(), |size| &mut size.postings, self.schema.compounds(compounds).dictionary(reader)?.bytes());
            }
        }
        let mut sizes: Vec<FieldSize> = sizes.into_values().collect();
        sizes.sort_by_key(|size| std::cmp::Reverse(size.postings + size.positions + size.columns + size.stored));
        Ok(sizes)
    }
}

fn cached<T>(cell: &OnceLock<T>, load: impl FnOnce() -> tantivy::Result<T>) -> Result<&T, IndexError> {
    if cell.get().is_none() {
        // Two threads may load at once; the first to finish is kept, and they are equal.
        let loaded = load()?;
        return Ok(cell.get_or_init(|| loaded));
    }
    Ok(cell.get().expect("was just seen to be there"))
}
