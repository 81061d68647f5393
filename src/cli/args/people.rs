//! Arguments of `tracuu posts` and `tracuu people`.

use super::{Limit, OutArgs, QueryArgs};
use crate::search::Within;
use clap::{Args as ClapArgs, ValueEnum};

#[derive(Debug, ClapArgs)]
#[command(after_long_help = POSTS_EXAMPLES)]
pub(in crate::cli) struct PostsArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Output [default: text]
    #[arg(long, value_enum)]
    pub format: Option<PeopleFormatArg>,
    #[command(flatten)]
    pub out: OutArgs,
}

const POSTS_EXAMPLES: &str = "\
A row is a post of a person, with the first and the last day on which an article attests it; between the two nothing is claimed. With --role and
--official only posts that fit are listed, else all that the articles give. --province chooses articles, as in `search`; for the posts of one
province say its name in the post.

JSON holds the words that the first and the last attestation stand on, with their places; `tracuu show ID --why` gives those of any other.

`people.tsv` beside the articles, read by `tracuu index`, says who is the same and who is not, a line each with tabs between; names may have a scope:
  same       Tôn Thị Ngọc Mẫu       Tôn Ngọc Mẫu
  different  Lò Văn Thiêm/Sơn La    Lò Văn Thiêm/Tây Ninh
Those who are the same are shown by the first name; those of one name who are not, by name and scope.

Examples:
  tracuu posts --role \"Bí thư Tỉnh ủy Sơn La\"
  tracuu posts --official \"Lò Văn Thiêm\" --format json
  tracuu posts \"thu hồi đất\" --role \"Chủ tịch UBND tỉnh\" --format csv > chu-tich.csv";

#[derive(Debug, ClapArgs)]
#[command(after_long_help = PEOPLE_EXAMPLES)]
pub(in crate::cli) struct PeopleArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// How near two are named
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    pub within: WithinArg,
    /// Leave out pairs that fewer articles name
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub at_least: u64,
    /// Instead, who may be one person under two names, and who two under one: to be judged, and written into `people.tsv`
    #[arg(long, conflicts_with_all = ["within", "at_least"])]
    pub suggest: bool,
    /// As text, so many rows
    #[arg(long, value_name = "N", default_value = "50")]
    pub limit: Limit,
    /// Output [default: text]
    #[arg(long, value_enum)]
    pub format: Option<PeopleFormatArg>,
    #[command(flatten)]
    pub out: OutArgs,
}

const PEOPLE_EXAMPLES: &str = "\
Of all people whom matching articles name with a post, those who are named together, with how many articles do so. With --official or --role, the
pairs of such people alone. People of one name are one, unless `people.tsv` beside the articles says otherwise (see `tracuu posts --help`).

--suggest names two kinds of pairs: names of one post that differ by a syllable in the middle or by diacritics; and provinces in which somebody of one
name holds posts at one time. Nothing is merged or parted before `people.tsv` says so.

Examples:
  tracuu people --official \"Lò Văn Thiêm\"
  tracuu people \"thu hồi đất\" --within sentence --at-least 3 --format csv > cung-cau.csv
  tracuu people --suggest";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum WithinArg {
    /// In one article
    #[default]
    Article,
    /// In one sentence of it; reads every article that matches
    Sentence,
}

impl From<WithinArg> for Within {
    fn from(arg: WithinArg) -> Within {
        match arg {
            WithinArg::Article => Within::Article,
            WithinArg::Sentence => Within::Sentence,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PeopleFormatArg {
    /// For people
    #[default]
    Text,
    /// The whole answer
    Json,
    /// A row each, with the ids of the articles
    Csv,
}
