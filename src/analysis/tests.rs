//! What the streams hold, as tables; and that any text keeps the contract.

use super::contract::check;
use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);

fn terms(stream: Stream, text: &str) -> Vec<String> {
    check(&ANALYZER, text);
    let mut tokens = Tokens::default();
    ANALYZER.analyze(text, &mut tokens);
    tokens.of(stream).map(|token| token.term.to_owned()).collect()
}

fn words(text: &str) -> Vec<&str> {
    ANALYZER.words(text).into_iter().map(|word| &text[word.span]).collect()
}

#[test]
fn parts_are_typed_apart_and_words_are_whole() {
    let cases: [(&str, &[&str], &[&str]); 20] = [
        ("57-NQ/TW", &["57", "nq", "tw"], &["57-nq/tw"]),
        ("150/2020/NĐ-CP", &["150", "2020", "nđ", "cp"], &["150/2020/nđ-cp"]),
        ("749/qđ-ttg", &["749", "qđ", "ttg"], &["749/qđ-ttg"]),
        ("Chỉ thị 02-CT/TU", &["chỉ", "thị", "02", "ct", "tu"], &["chỉ thị", "02-ct/tu"]),
        ("653/2019/UBTVQH14", &["653", "2019", "ubtvqh14"], &["653/2019/ubtvqh14"]),
        ("765.472 người", &["765", "472", "người"], &["765.472", "người"]),
        ("0,71%", &["0", "71"], &["0,71"]),
        ("TT&TT", &["tt", "tt"], &["tt&tt"]),
        ("TP.HCM", &["tp", "hcm"], &["tp.hcm"]),
        ("TP.Ninh Bình", &["tp", "ninh", "bình"], &["tp", "ninh bình"]),
        ("kinh tế-xã hội", &["kinh", "tế", "xã", "hội"], &["kinh tế", "xã hội"]),
        ("kinh te-xa hoi", &["kinh", "te", "xa", "hoi"], &["kinh te", "xa hoi"]),
        ("COVID-19", &["covid", "19"], &["covid-19"]),
        ("gửi lien.he@abc.gov.vn", &["gửi", "lien", "he", "abc", "gov", "vn"], &["gửi", "lien.he@abc.gov.vn"]),
        ("30-4-1975", &["30", "4", "1975"], &["30-4-1975"]),
        ("chị H\u{2019}Hen Niê nói", &["chị", "h", "hen", "niê", "nói"], &["chị", "h'hen niê", "nói"]),
        ("một_hai", &["một", "hai"], &["một", "hai"]),
        ("Đại tướngTrần Đại Quang", &["đại", "tướng", "trần", "đại", "quang"], &["đại tướng", "trần đại quang"]),
        ("bà TônThịHạnh", &["bà", "tôn", "thị", "hạnh"], &["bà", "tôn thị hạnh"]),
        ("YouTube và MaiLinh", &["youtube", "và", "mailinh"], &["youtube", "và", "mailinh"]),
    ];
    for (text, syllables, words) in cases {
        assert_eq!(terms(Stream::Syllable, text), syllables, "{text}");
        assert_eq!(terms(Stream::Word, text), words, "{text}");
    }
}

#[test]
fn capitals_join_names_where_case_tells_something() {
    let cases: [(&str, &[&str]); 12] = [
        ("sáng nay ông Phạm Văn Tuyên nói", &["sáng", "nay", "ông", "phạm văn tuyên", "nói"]),
        ("Chủ tịch Lò Bạc Sơn đến dự", &["chủ tịch", "lò bạc sơn", "đến", "dự"]),
        ("Ông Lò Bạc Sơn đã đến", &["ông", "lò bạc sơn", "đã", "đến"]),
        ("Tại Xuân Phong Hạ, nhiều hộ có đất", &["tại", "xuân phong hạ", "nhiều", "hộ", "có", "đất"]),
        ("Nguyễn Bạc Sơn là người ở xã", &["nguyễn bạc sơn", "là", "người", "ở", "xã"]),
        ("theo Bộ Thông tin và Truyền thông cho biết", &["theo", "bộ", "thông tin", "và", "truyền thông", "cho", "biết"]),
        ("các hội viên của Hội Nhà Báo Việt Nam", &["các", "hội viên", "của", "hội", "nhà báo", "việt nam"]),
        ("ÔNG PHẠM VĂN TUYÊN", &["ông", "phạm văn tuyên"]),
        ("Ông Lò Bạc Sơn Và Thanh Tra Tỉnh", &["ông", "lò", "bạc", "sơn", "và", "thanh tra", "tỉnh"]),
        ("thanh, tra", &["thanh", "tra"]),
        ("vụ thanh\ntra tỉnh", &["vụ", "thanh tra", "tỉnh"]),
        ("vụ thanh\n\ntra tỉnh", &["vụ", "thanh", "tra", "tỉnh"]),
    ];
    for (text, expected) in cases {
        assert_eq!(terms(Stream::Word, text), expected, "{text}");
    }
}

#[test]
fn capitals_are_kept_where_case_tells_something() {
    let cases: [(&str, &str, &[&str]); 9] = [
        ("an abbreviation in a sentence", "Theo CA tỉnh, vụ việc đang được làm rõ.", &["ca"]),
        ("the parts of a document number", "Nghị quyết 57-NQ/TW được quán triệt tới các huyện.", &["nq", "tw"]),
        ("a headline in capitals", "CÔNG AN TỈNH CÔNG BỐ BA CA NHIỄM MỚI", &[]),
        ("Title Case", "Tỉnh Công Bố Ba CA Nhiễm Mới", &[]),
        ("small letters and single capitals", "Ba ca nhiễm ở quận H, ông A nói.", &[]),
        ("a sentence beside a headline", "BA CA NHIỄM MỚI. Hôm qua CA huyện đã lập chốt.", &["ca"]),
        ("a line of its own", "BA CA NHIỄM MỚI\n\nHôm qua BTV huyện ủy đã họp.", &["btv"]),
        ("a full stop after a short form ends nothing", "Theo CA TP. Vinh, đã bắt ba người đánh bạc.", &["ca", "tp"]),
        ("letters with digits are codes", "Luật số 12QH15 có hiệu lực từ đầu năm.", &[]),
    ];
    for (name, text, expected) in cases {
        assert_eq!(terms(Stream::Capitals, text), expected, "{name}");
    }
}

#[test]
fn lines_without_diacritics_are_kept_by_themselves() {
    assert_eq!(terms(Stream::Undiacritic, "Họp báo\nBan ve dat dai\nHết"), ["ban", "ve", "dat", "dai"]);
}

#[test]
fn a_query_is_cut_the_same_however_it_is_typed() {
    let cases: [(&str, &[&str]); 8] = [
        ("chuyển đổi số Ninh Bình", &["chuyển đổi số", "Ninh Bình"]),
        ("CHUYỂN ĐỔI SỐ NINH BÌNH", &["CHUYỂN ĐỔI SỐ", "NINH BÌNH"]),
        ("chuyen doi so ninh binh", &["chuyen doi so", "ninh binh"]),
        ("thanh tra tỉnh", &["thanh tra", "tỉnh"]),
        ("thanh tra tinh", &["thanh tra", "tinh"]),
        ("dieu dong tham nhung", &["dieu dong", "tham nhung"]),
        ("tỉnh Bình Phước", &["tỉnh", "Bình Phước"]),
        ("tinh binh phuoc", &["tinh", "binh phuoc"]),
    ];
    for (text, expected) in cases {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn folded_terms_meet_in_every_spelling() {
    for text in ["Kỹ thuật thuỷ lợi Đắk Lắk", "KĨ THUẬT THỦY LỢI ĐẮK LẮK", "ky thuat thuy loi dak lak"] {
        assert_eq!(terms(Stream::Folded, text), ["ki", "thuat", "thuy", "loi", "dak", "lak"], "{text}");
    }
}

#[test]
fn a_term_that_nobody_types_is_cut_and_keeps_its_place() {
    let text = format!("{} sau", "ế".repeat(400));
    assert_eq!(terms(Stream::Syllable, &text), ["ế".repeat(85).as_str(), "sau"]);
    let address = format!("https://a.vn/{} sau", "b-".repeat(400));
    assert_eq!(terms(Stream::Word, &address)[0].len(), MAX_TERM_BYTES);
}

#[test]
fn a_line_keeps_its_characters() {
    let cases = [
        ("Ông Lò Bạc Sơn (TP. HCM) nói là: \"Đạt gần 95%...\"", "Ông Lò_Bạc_Sơn ( TP. HCM ) nói là : \" Đạt gần 95% ... \""),
        ("kinh tế-xã hội, kết luận.", "kinh_tế - xã_hội , kết_luận ."),
        ("Cải cách hành chính", "Cải_cách_hành_chính"),
        ("a_b  c", "a _ b c"),
        ("thanh tra tie\u{309}nh", "thanh_tra tie\u{309}nh"),
        ("chuye\u{302}\u{309}n đo\u{302}\u{309}i so\u{302}\u{301}", "chuye\u{302}\u{309}n_đo\u{302}\u{309}i_so\u{302}\u{301}"),
        ("", ""),
    ];
    for (line, expected) in cases {
        assert_eq!(ANALYZER.segment_line(line), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_the_contract(text in "\\PC{0,60}") {
        check(&ANALYZER, &text);
    }

    #[test]
    fn so_does_text_of_what_articles_are_made_of(
        pieces in proptest::collection::vec(prop::sample::select(PIECES.as_slice()), 0..24)
    ) {
        check(&ANALYZER, &pieces.concat());
        check(&ANALYZER, &pieces.join(" "));
    }
}

const PIECES: [&str; 34] = [
    "thanh",
    "tra",
    "Nguyễn",
    "Văn",
    "Tuyên",
    "tỉnh",
    "Ninh",
    "Bình",
    "TP",
    "HCM",
    "57",
    "NQ",
    "2020",
    "-",
    "/",
    ".",
    ",",
    "&",
    "'",
    "’",
    " ",
    "\n",
    "\n\n",
    "_",
    "@",
    "://",
    "abc.vn",
    "…",
    "e\u{302}\u{301}",
    "\u{301}",
    "中",
    "😀\u{200d}😀",
    "%",
    ":",
];
