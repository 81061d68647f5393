//! Archives of files, through the whole program: members, edits, damage, what is no file.

use crate::files::{all, gzip, html, limited, one_file, options, reasons, tar_of, text, zip_of};
use crate::harness::TestIndex;
use std::fs;
use tracuu::ingest::IngestOptions;
use tracuu::read::Limits;

/// What no packer makes smaller.
fn noise(number: usize) -> String {
    (0..30).map(|line| format!("{}\n", blake3::hash(&[number as u8, line]))).collect()
}

fn members() -> Vec<(&'static str, Vec<u8>)> {
    let line = |id: &str, place: &str| format!("{{\"id\":\"{id}\",\"title\":\"{place} họp\",\"body\":\"Tỉnh {place} họp.\"}}\n");
    vec![
        ("tin/lai-chau.txt", text("Lai Châu").into_bytes()),
        ("tin/son-la.html", html("Sơn La").into_bytes()),
        ("tin/goi.jsonl.gz", gzip((line("1", "Huế") + &line("2", "Cà Mau")).as_bytes())),
        ("bang.csv", "title,body\nBắc Ninh họp,Tỉnh Bắc Ninh họp.\n".into()),
        ("anh.png", b"\x89PNG".to_vec()),
        ("../tren.txt", text("Hà Nội").into_bytes()),
        ("/etc/goc.txt", text("Hà Nội").into_bytes()),
        ("trong.zip", zip_of(&[("a.txt", text("Yên Bái").as_bytes())])),
    ]
}

#[test]
fn members_of_archives_are_articles_of_their_own() {
    let members = members();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let tar = tar_of(&members);
    let cases = [
        ("a.tar", tar.clone()),
        ("a.tar.gz", gzip(&tar)),
        ("a.tgz", gzip(&tar)),
        ("a.tar.zst", zstd::encode_all(&tar[..], 1).unwrap()),
        ("a.zip", zip_of(&members)),
    ];
    for (name, bytes) in cases {
        let (articles, skips) = one_file(name, &bytes, &options());
        let found: Vec<(&str, u64, &str)> =
            articles.iter().map(|article| (article.origin.path.as_str(), article.origin.record, article.title.as_str())).collect();
        let path = |member: &str| format!("{name}!/{member}");
        assert_eq!(
            found,
            [
                (path("tin/lai-chau.txt").as_str(), 0, "Lai Châu sơ kết nông thôn mới"),
                (path("tin/son-la.html").as_str(), 0, "Sơn La sơ kết"),
                (path("tin/goi.jsonl.gz").as_str(), 0, "Huế họp"),
                (path("tin/goi.jsonl.gz").as_str(), 1, "Cà Mau họp"),
                (path("bang.csv").as_str(), 0, "Bắc Ninh họp"),
            ]
        );
        assert_eq!(
            reasons(&skips),
            [
                format!("{name}!/anh.png unknown_format"),
                format!("{name} unsafe_name"),
                format!("{name} unsafe_name"),
                format!("{name}!/trong.zip nested_archive")
            ]
        );
        let deep = limited(Limits { max_archive_depth: 2, ..Limits::default() });
        let (articles, _) = one_file(name, &bytes, &deep);
        assert_eq!(articles.last().unwrap().origin.path, format!("{name}!/trong.zip!/a.txt"));
        let few = limited(Limits { max_archive_members: 2, ..Limits::default() });
        let (articles, skips) = one_file(name, &bytes, &few);
        assert_eq!((articles.len(), reasons(&skips)), (2, vec![format!("{name} oversized")]));
    }
}

#[test]
fn an_archive_that_was_edited_is_brought_in_step() {
    let index = TestIndex::new();
    let archive = index.archive();
    let pack = |members: &[(&str, String)]| {
        let members: Vec<(&str, &[u8])> = members.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        fs::write(archive.join("a.zip"), zip_of(&members)).unwrap();
        fs::write(archive.join("b.tar"), tar_of(&members)).unwrap();
    };
    let prune = IngestOptions { prune: true, force: true, ..options() };
    let roots = std::slice::from_ref(&archive);
    pack(&[("a.txt", text("Lai Châu")), ("b.txt", text("Sơn La")), ("anh.png", String::new())]);
    assert_eq!(index.ingest(roots, &options()).articles, 4);
    let before = all(&index).index.corpus_id;
    let report = index.ingest(roots, &prune);
    assert_eq!((report.run.unchanged_files, report.run.removed, report.articles), (2, 0, 4), "{report:?}");
    assert_eq!(all(&index).index.corpus_id, before);

    // A member before the others, and one that was edited: the others keep their ids.
    pack(&[("0.txt", text("Huế")), ("a.txt", text("Lai Châu")), ("b.txt", text("Cà Mau")), ("anh.png", String::new())]);
    let report = index.ingest(roots, &options());
    assert_eq!((report.run.added, report.run.changed, report.run.unchanged, report.articles), (2, 2, 2, 6), "{report:?}");

    pack(&[("0.txt", text("Huế")), ("anh.png", String::new())]);
    assert_eq!(index.ingest(roots, &options()).articles, 6);
    let report = index.ingest(roots, &prune);
    assert_eq!((report.run.removed, report.articles), (4, 2), "{report:?}");
    fs::remove_file(archive.join("a.zip")).unwrap();
    let report = index.ingest(roots, &prune);
    assert_eq!((report.run.removed, report.articles), (1, 1), "{report:?}");
    assert_eq!(all(&index).hits[0].article.origin.path, "b.tar!/0.txt");
}

#[test]
fn a_damaged_archive_gives_what_stands_before_the_damage() {
    let texts: Vec<(String, String)> = (0..20).map(|number| (format!("{number:02}.txt"), text("Lai Châu") + &noise(number))).collect();
    let members: Vec<(&str, &[u8])> = texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    for (name, bytes) in [("a.tar", tar_of(&members)), ("a.tar.gz", gzip(&tar_of(&members))), ("a.zip", zip_of(&members))] {
        let (articles, skips) = one_file(name, &bytes[..bytes.len() * 2 / 3], &options());
        assert!(articles.len() > 5 && articles.len() < 20, "{name}: {}", articles.len());
        assert!(skips.iter().all(|skip| skip.reason.name() == "broken") && !skips.is_empty(), "{name}: {skips:?}");
        assert_eq!(skips.last().unwrap().path, name);
        let expected: Vec<String> = (0..articles.len()).map(|number| format!("{name}!/{number:02}.txt")).collect();
        assert_eq!(articles.iter().map(|article| article.origin.path.clone()).collect::<Vec<_>>(), expected);
    }
    // One damaged member of a zip costs that member alone.
    let mut bytes = zip_of(&members);
    bytes[200..230].fill(0xAA);
    let (articles, skips) = one_file("a.zip", &bytes, &options());
    assert_eq!((articles.len(), reasons(&skips)), (19, vec!["a.zip!/00.txt broken".to_owned()]));
}

#[test]
fn links_devices_and_secrets_in_archives_are_skipped() {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, kind) in [
        ("link.txt", tar::EntryType::Symlink),
        ("hard.txt", tar::EntryType::Link),
        ("dev.txt", tar::EntryType::Char),
        ("pipe.txt", tar::EntryType::Fifo),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_path(name).unwrap();
        header.set_link_name("/etc/passwd").unwrap();
        header.set_cksum();
        builder.append(&header, std::io::empty()).unwrap();
    }
    let (articles, skips) = one_file("a.tar", &builder.into_inner().unwrap(), &options());
    assert!(articles.is_empty());
    assert_eq!(reasons(&skips), ["link", "hard", "dev", "pipe"].map(|name| format!("a.tar!/{name}.txt not_a_file")));

    let mut secret = zip_of(&[("a.txt", text("Huế").as_bytes())]);
    // The first flag says that a member is encrypted, in its own header and in the directory.
    let directory = secret.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    secret[6] |= 1;
    secret[directory + 8] |= 1;
    assert_eq!(reasons(&one_file("a.zip", &secret, &options()).1), ["a.zip!/a.txt encrypted"]);
}
