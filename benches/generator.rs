//! Articles without end, made by a seed: each of sentences of others, so that vocabulary and facets vary.
//!
//! The sentences come from the bundled archive; the people, posts and days are drawn anew for each article.

use std::path::Path;
use tracuu::ingest::{Pipeline, inspect};

/// A generated article; serialises to one record of JSONL.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Generated {
    pub id: String,
    pub title: String,
    pub body: String,
    pub date: Option<String>,
    pub source: Option<String>,
}

impl Generated {
    /// One line of JSONL, its line end included.
    pub fn to_jsonl(&self) -> String {
        let mut line = serde_json::to_string(self).expect("a struct of texts serialises");
        line.push('\n');
        line
    }
}

const SURNAMES: [&str; 12] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Lò", "Nông", "Hồ"];
const MIDDLE_NAMES: [&str; 8] = ["Văn", "Thị", "Đức", "Minh", "Quang", "Thanh", "Ngọc", "Hữu"];
const GIVEN_NAMES: [&str; 16] =
    ["An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Hùng", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quyên", "Sơn", "Thiêm"];
const POSTS: [&str; 6] =
    ["Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy", "Phó Bí thư Tỉnh ủy", "Chủ tịch HĐND tỉnh", "Giám đốc Sở Y tế tỉnh"];
const TOPICS: [&str; 8] = [
    "chuyển đổi số",
    "cải cách hành chính",
    "thu hồi đất",
    "nông thôn mới",
    "phòng chống thiên tai",
    "điều động cán bộ",
    "thanh tra",
    "giáo dục",
];
const PROVINCES: [&str; 14] = [
    "Ninh Bình",
    "Hà Nam",
    "Nam Định",
    "Bình Phước",
    "Đồng Nai",
    "Thanh Hóa",
    "Lào Cai",
    "Yên Bái",
    "Sơn La",
    "Tây Ninh",
    "Đắk Nông",
    "Lâm Đồng",
    "Hòa Bình",
    "Phú Thọ",
];

/// An endless, reproducible source of articles.
pub struct Generator {
    sentences: Vec<String>,
    state: u64,
    made: u64,
}

impl Generator {
    /// Draws from the sentences of the bundled archive.
    pub fn new(seed: u64) -> Generator {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut sentences = Vec::new();
        inspect(&[corpus], &Pipeline::bundled(), &mut |record| {
            let body = record.ok().and_then(|article| article.body).unwrap_or_default();
            sentences.extend(body.split_inclusive(". ").map(str::trim).filter(|sentence| sentence.len() > 20).map(str::to_owned));
            Ok(())
        })
        .expect("the bundled archive can be read");
        Generator { sentences, state: seed, made: 0 }
    }

    /// A number below `bound`; the generator SplitMix64, whose whole state is one number.
    pub fn below(&mut self, bound: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn name(&mut self) -> String {
        format!("{} {} {}", self.pick(&SURNAMES), self.pick(&MIDDLE_NAMES), self.pick(&GIVEN_NAMES))
    }

    /// When the article says that its event was: a day, a day without year, a month, or nothing.
    fn when(&mut self, year: usize, month: usize, day: usize) -> String {
        match self.below(5) {
            0 => format!("Sáng {day}/{month}"),
            1 => format!("Trong tháng {month}/{year}"),
            2 => "Mới đây".to_owned(),
            _ => format!("Ngày {day}/{month}/{year}"),
        }
    }
}

impl Iterator for Generator {
    type Item = Generated;

    fn next(&mut self) -> Option<Generated> {
        let (year, month, day) = (2019 + self.below(8), 1 + self.below(12), 1 + self.below(28));
        let (province, topic) = (self.pick(&PROVINCES), self.pick(&TOPICS));
        let (when, post, name) = (self.when(year, month, day), self.pick(&POSTS), self.name());
        let mut body = format!("{when}, đồng chí {name}, {post} {province} dự hội nghị về {topic}.\n");
        if self.below(4) == 0 {
            let (post, name, province) = (self.pick(&POSTS), self.name(), self.pick(&PROVINCES));
            body.push_str(&format!("Cùng dự có đồng chí {name}, {post} {province}.\n"));
        }
        for _ in 0..8 + self.below(16) {
            let sentence = self.below(self.sentences.len());
            body.push_str(&self.sentences[sentence]);
            body.push(if self.below(3) == 0 { '\n' } else { ' ' });
        }
        let id = format!("generated-{:07}", self.made);
        self.made += 1;
        Some(Generated {
            id,
            title: format!("{province} họp về {topic}"),
            body,
            date: (self.below(3) > 0).then(|| format!("{year:04}-{month:02}-{day:02}")),
            source: (self.below(2) > 0).then(|| format!("Báo mẫu {}", self.below(5))),
        })
    }
}
