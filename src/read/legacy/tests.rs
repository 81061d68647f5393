//! Made-up sentences, written in each older encoding by the same table and read back.

use super::super::encoding::{Decoded, decode};
use super::*;
use crate::text::compose;
use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

/// Headlines and sentences about people who do not exist.
const SENTENCES: [&str; 6] = [
    "Bà Trịnh Thị Mận thăm Bến Tre",
    "Ủy ban nhân dân tỉnh Quảng Bình họp về đê điều sáng 12/3",
    "Ông Vừ Mí Chá, Chủ tịch Hội đồng nhân dân huyện, yêu cầu các xã báo cáo trước ngày 30-6-2004.",
    "Hội nghị trực tuyến với Microsoft về phần mềm nguồn mở tại thành phố Huế",
    "Nước lũ dâng cao ở Đồng Tháp, nhiều trường học phải đóng cửa",
    "HỘI ĐỒNG NHÂN DÂN TỈNH CÀ MAU BẾ MẠC KỲ HỌP THỨ TƯ",
];

/// The codes of a text.
fn encoded(text: &str, legacy: Legacy) -> Vec<u8> {
    if legacy == Legacy::Windows1258 {
        // Tones apart, but for the letters that the page has whole.
        let code = |letter: &str| Some(WINDOWS_1258.encode(letter)).filter(|(_, _, lost)| !lost).map(|(codes, _, _)| codes.into_owned());
        let apart = |letter: char| {
            let (base, tones): (String, String) = letter.nfd().partition(|mark| !"\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*mark));
            [base.nfc().collect::<String>(), tones].iter().filter_map(|part| code(part)).flatten().collect()
        };
        return text.chars().flat_map(|letter| code(&letter.to_string()).unwrap_or_else(|| apart(letter))).collect();
    }
    let column = [Legacy::Tcvn5712, Legacy::Vni, Legacy::Viscii].iter().position(|&other| other == legacy).unwrap_or(0) + 1;
    let codes = |letter: char| -> Option<Vec<u8>> {
        let row = include_str!("letters.tsv").lines().find(|line| line.starts_with(letter))?;
        Some(row.split('\t').nth(column)?.split(' ').map(|code| u8::from_str_radix(code, 16).unwrap()).collect())
    };
    let one = |letter: char| {
        let whole = codes(letter).unwrap_or_else(|| vec![letter as u8]);
        let is_missing = legacy == Legacy::Tcvn3 && letter.is_uppercase() && !letter.is_ascii() && !(0xA1..=0xA7).contains(&whole[0]);
        if is_missing { codes(letter.to_lowercase().next().unwrap()).unwrap() } else { whole }
    };
    text.chars().flat_map(one).collect()
}

/// The encodings to write in; UTF-8 that was taken for letters has no table.
const WRITTEN: [Legacy; 5] = [Legacy::Tcvn3, Legacy::Tcvn5712, Legacy::Vni, Legacy::Viscii, Legacy::Windows1258];

/// Lower case: TCVN3 has no code for some capitals.
fn plain(text: &str) -> String {
    compose(text).to_lowercase()
}

#[test]
fn what_was_written_in_an_older_encoding_is_read_back() {
    for legacy in WRITTEN {
        for sentence in SENTENCES {
            let codes = encoded(sentence, legacy);
            let decoded = decode(&codes);
            assert_eq!((decoded.charset.as_str(), plain(&decoded.text)), (legacy.name(), plain(sentence)), "{legacy:?} as bytes");
            let latin1: String = codes.iter().map(|&code| char::from(code)).collect();
            for pasted in [latin1, WINDOWS_1252.decode_without_bom_handling(&codes).0.into_owned()] {
                let decoded = decode(pasted.as_bytes());
                let charset = format!("utf-8, {}", legacy.name());
                assert_eq!((decoded.charset, plain(&decoded.text)), (charset, plain(sentence)), "{pasted}");
            }
        }
    }
}

#[test]
fn utf8_that_was_taken_for_letters_is_read_back() {
    for sentence in SENTENCES {
        let pasted: String = sentence.bytes().map(char::from).collect();
        assert_eq!(decode(pasted.as_bytes()).text, sentence);
    }
}

#[test]
fn text_in_other_encodings_and_languages_stays() {
    let cases = [
        "Nguyễn Văn Sò họp ở Phú Yên",
        "Có gì mà là, và có là gì; hoà và thò",
        "Sau đó, cô ly hôn.",
        "D’. và D’. rồi D’.",
        "½ · ¼ « xin chào » “có gì” 25 m² và 30°C, 5º",
        "Loïc, où es-tu ? Très tôt, déjà dû à l'été",
        "Le château, la forêt, l'hôtel : où dîner tôt ? À côté du pré.",
        "Die Tür für die Köchin, schön über Öl",
        "El niño está más allá, señor Peña, ¿qué tal? ¡Sí!",
        "São Paulo, coração, João",
        "The café was naïve; Zoë Chloé paid £5 (Microsoft®, 50¢)",
        "Vie\u{323}\u{302}t Nam, tie\u{302}\u{301}ng",
        "",
    ];
    for text in cases {
        assert_eq!(decode(text.as_bytes()), Decoded { text: text.into(), charset: "utf-8".into() });
        let (bytes, _, lost) = WINDOWS_1252.encode(text);
        if !lost && text.split(' ').count() > 5 {
            assert_eq!(decode(&bytes).text, text, "as windows-1252");
        }
    }
}

#[test]
fn only_the_part_that_is_in_an_older_encoding_is_converted() {
    let header = "Sở Y tế tỉnh Bạc Liêu – Là và có";
    let body = encoded("Ông Kiều Văn Sậy chủ trì cuộc họp về y tế dự phòng", Legacy::Tcvn3);
    let pasted = |codes: &[u8]| WINDOWS_1252.decode_without_bom_handling(codes).0.into_owned();
    let expected = format!("{header}\nÔng Kiều Văn Sậy chủ trì cuộc họp về y tế dự phòng");
    let cases = [("pasted", format!("{header}\n{}", pasted(&body)).into_bytes()), ("bytes", [header.as_bytes(), b"\n", &body].concat())];
    for (name, bytes) in cases {
        let decoded = decode(&bytes);
        assert_eq!((decoded.charset.as_str(), decoded.text.as_ref()), ("utf-8, tcvn3", expected.as_str()), "{name}");
    }
    let page = format!("<title>{header}</title><p>{}<p>Vi&Ouml;t Nam, T&Oslash;nh u&ucirc;&nbsp;", pasted(&body));
    assert!(decode(page.as_bytes()).text.ends_with("dự phòng<p>Việt Nam, Tỉnh uỷ&nbsp;"), "{}", decode(page.as_bytes()).text);
}

#[test]
fn a_page_that_names_a_wrong_encoding_is_not_believed() {
    for label in ["iso-8859-1", "windows-1252", "utf-8", "utf-16"] {
        for legacy in WRITTEN {
            let head = format!("<html><head><meta charset={label}></head><body>").into_bytes();
            let decoded_from = [head, encoded(SENTENCES[2], legacy)].concat();
            let decoded = decode(&decoded_from);
            assert_eq!(decoded.charset, legacy.name(), "{label}");
            assert!(plain(&decoded.text).ends_with(&plain(SENTENCES[2])), "{label}: {}", decoded.text);
        }
    }
}

#[test]
fn capitals_without_a_code_are_raised_in_words_of_capitals() {
    let cases = [
        ("Uû BAN NH¢N D¢N TØNH", "UỶ BAN NHÂN DÂN TỈNH"),
        ("Uû ban nh©n d©n tØnh", "Uỷ ban nhân dân tỉnh"),
        ("HéI NGHÞ ë TØNH Hµ NAM", "HỘI NGHỊ Ở TỈNH HÀ NAM"),
        ("TP Hå ChÝ Minh, VÒ viÖc", "TP Hồ Chí Minh, Về việc"),
    ];
    for (text, expected) in cases {
        assert_eq!(decode(text.as_bytes()).text, expected);
    }
}

proptest::proptest! {
    #[test]
    fn bytes_of_any_kind_cause_no_panic(bytes: Vec<u8>, text in "[a-zà-ỹµ®©¨&#;<>\\\\\n\u{80}-\u{FF} ]*") {
        decode(&bytes);
        for legacy in codes::LEGACIES {
            convert(&text, legacy, true);
            convert(&WINDOWS_1252.decode_without_bom_handling(&bytes).0, legacy, false);
        }
    }
}
