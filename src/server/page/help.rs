//! How to ask, with examples that can be clicked.

use super::{Frame, page};
use crate::server::answer::{Answer, Call};
use crate::server::asked::{Asked, QUERY};
use crate::server::problem::Problem;
use maud::html;

/// Query, what it means in Vietnamese and in English.
const EXAMPLES: [(&str, &str, &str); 15] = [
    ("chuyển đổi số", "bài có từ này: các tiếng đứng liền nhau", "articles that hold this word: its syllables side by side"),
    ("chuyen doi so", "gõ không dấu vẫn tìm được; bài viết đúng như đã gõ đứng trước", "typed without diacritics it finds all the same"),
    ("thu hồi đất bồi thường", "mọi từ đều phải có trong bài", "every word has to be there"),
    ("\"thu hồi đất\"", "đúng cụm này", "just this phrase"),
    ("\"bí thư cầu đường\"~5", "gần nhau: cách nhiều nhất năm tiếng", "near each other: at most five syllables between"),
    ("lũ OR bão", "một trong hai", "either of them"),
    ("đấu thầu -thuốc", "có từ trước, không có từ sau", "the first, not the second"),
    ("chuy*", "bắt đầu bằng", "words that begin so"),
    ("từ~1", "sai một chữ cái", "one letter off"),
    ("=UBND", "đúng từng chữ như trong bài", "letter for letter as in the text"),
    ("title:sáp nhập", "trong tiêu đề", "in the title"),
    ("tỉnh:\"Ninh Bình\"", "bài về tỉnh này", "about this province"),
    ("cánbộ:\"Lò Văn Thiêm\"", "bài nêu người này", "naming this person"),
    ("year:2023..2025", "sự việc trong các năm", "events of these years"),
    ("57-NQ/TW", "số văn bản", "a document by its number"),
];

/// `GET /help`.
pub fn help(call: &Call) -> Result<Answer, Problem> {
    let lang = call.lang;
    let title = lang.say("Cách hỏi", "How to ask");
    let nothing = Asked::default();
    Ok(page(
        &Frame::of(call, title, &nothing),
        html! {
            article.prose {
                h1 { (title) }
                table {
                    thead { tr { th scope="col" { (lang.say("Gõ", "Type")) } th scope="col" { (lang.say("Nghĩa là", "It means")) } } }
                    tbody {
                        @for (query, vi, en) in EXAMPLES {
                            tr { td { a href=(nothing.set(QUERY, Some(query)).href("/")) { code { (query) } } } td { (lang.say(vi, en)) } }
                        }
                    }
                }
                h2 { (lang.say("Những con số", "The numbers")) }
                p { (lang.say(
                    "Mọi con số đều đếm đủ, không ước lượng. Số bên cạnh một giá trị là số bài bạn sẽ thấy khi bấm vào nó. “Bài” là từng bài báo; “tin” gộp các bản đăng lại của cùng một bài.",
                    "Every number is an exact count. The number beside a value is the number of articles that a click on it gives. Copies of one article on several portals are one story.")) }
                h2 { (lang.say("Địa giới", "Borders")) }
                p { (lang.say(
                    "Từ 1/7/2025 cả nước có 34 tỉnh, thành phố. “Ninh Bình” trên bản đồ hiện nay gồm cả Hà Nam và Nam Định trước đó; mở giá trị ra để chọn đơn vị của thời ấy.",
                    "Since 1 July 2025 there are 34 provinces. “Ninh Bình” on today's map holds the former Hà Nam and Nam Định too; open the value to choose a unit as it was.")) }
                h2 { (lang.say("Ngày tháng", "Dates")) }
                p { (lang.say(
                    "Ngày là ngày của sự việc trong bài, không phải ngày tải về. Bài chỉ biết năm thì ghi “khoảng 2022”; năm suy ra thì có dấu *; không biết thì nói không biết.",
                    "Dates are those of the events reported. Where only the year is known it says so; an inferred year carries an asterisk; unknown stays unknown.")) }
                h2 { (lang.say("Phím", "Keys")) }
                p { kbd { "/" } " " (lang.say("vào ô tìm", "goes to the search box")) " · " kbd { "j" } " " kbd { "k" } " " (lang.say("bài sau, bài trước", "next and previous hit")) }
                h2 { (lang.say("Riêng tư", "Privacy")) }
                p { (lang.say("Các câu hỏi gần đây chỉ nằm trong trình duyệt của bạn; máy chủ không ghi lại câu hỏi nào.", "Recent queries stay in your browser; the server records none.")) }
                p { button #forget type="button" hidden { (lang.say("Quên các câu hỏi gần đây", "Forget recent queries")) } }
            }
        },
    ))
}
