//! Which segments become one when a run ends.

use std::ops::Range;
use tantivy::index::SegmentMeta;
use tantivy::indexer::{MergeCandidate, MergePolicy};

/// A segment is written again only together with smaller ones of at least this part of its articles, so a run that adds little merges little:
/// in all, an article is written again as often as the archive doubles.
const WORTH: u64 = 2;

/// Merges segments to as few as are worth it, smallest first.
///
/// Each segment costs a query the same again for its words, whatever it holds; runs leave behind as many as there were checkpoints and full
/// buffers. While a run lasts, its merging is tantivy's, which leaves time to reading.
#[derive(Clone, Debug)]
pub struct AtEnd {
    /// Segments are not merged to more articles than these.
    pub max_segment_articles: usize,
}

impl MergePolicy for AtEnd {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut smallest_first: Vec<&SegmentMeta> = segments.iter().collect();
        smallest_first.sort_by_key(|segment| (segment.num_docs(), segment.id()));
        let sizes: Vec<u64> = smallest_first.iter().map(|segment| u64::from(segment.num_docs())).collect();
        let candidate = |group: Range<usize>| MergeCandidate(smallest_first[group].iter().map(|segment| segment.id()).collect());
        groups(&sizes, self.max_segment_articles as u64).into_iter().map(candidate).collect()
    }
}

/// The groups of segments that each become one, of their ascending sizes.
fn groups(sizes: &[u64], most: u64) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let mut start = 0;
    while start < sizes.len() {
        let (mut sum, mut end) = (sizes[start], start + 1);
        for (at, &size) in sizes.iter().enumerate().skip(start + 1) {
            let smaller = sum;
            sum += size;
            if sum > most {
                break;
            }
            if size <= WORTH * smaller {
                end = at + 1;
            }
        }
        if end - start > 1 {
            groups.push(start..end);
        }
        start = end;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_of_a_first_run_become_as_few_as_may_be() {
        let lengths = |sizes: &[u64], most| groups(sizes, most).into_iter().map(|group| (group.start, group.len())).collect::<Vec<_>>();
        assert_eq!(lengths(&[800, 900, 2_000, 8_000, 8_000, 8_400], 100_000), [(0, 6)]);
        assert_eq!(lengths(&[20, 20, 20, 20, 20], 60), [(0, 3), (3, 2)]);
        assert_eq!(lengths(&[0, 0, 5, 60], 60), [(0, 2)]);
        assert!(lengths(&[20, 70, 70], 60).is_empty() && lengths(&[10, 11, 70], 15).is_empty() && lengths(&[], 60).is_empty());
    }

    /// A thousand runs that each add a little: few segments at any time, and little written again.
    #[test]
    fn an_archive_that_grows_is_seldom_written_again() {
        let (mut sizes, mut written) = (vec![100_000_u64], 0);
        for _ in 0..1_000 {
            sizes.push(100);
            loop {
                sizes.sort_unstable();
                let Some(group) = groups(&sizes, 1_000_000).pop() else { break };
                let merged: u64 = sizes.drain(group).sum();
                written += merged;
                sizes.push(merged);
            }
            assert!(sizes.len() <= 8, "{sizes:?}");
        }
        assert_eq!(sizes.iter().sum::<u64>(), 200_000);
        assert!(written < 100_000 * 12, "{written}");
    }
}
