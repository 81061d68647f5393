//! How Vietnamese is written, line by line: what an article holds, however it was stored, is found however it is typed.
//!
//! The articles are fictional.

use crate::harness::TestIndex;
use std::collections::BTreeSet;
use std::fs;
use tracuu::search::Request;

/// Bytes of an article, queries that find it, and queries that do not.
struct Case {
    name: &'static str,
    article: &'static [u8],
    finds: &'static [&'static str],
    misses: &'static [&'static str],
}

/// An article in UTF-8.
const fn case(name: &'static str, article: &'static str, finds: &'static [&'static str], misses: &'static [&'static str]) -> Case {
    Case { name, article: article.as_bytes(), finds, misses }
}

const CASES: [Case; 32] = [
    // Composed and decomposed letters.
    case(
        "decomposed",
        "Thi\u{302} xa\u{303} ho\u{323}p ba\u{300}n chuye\u{302}\u{309}n \u{111}o\u{302}\u{309}i so\u{302}\u{301} ca\u{302}\u{301}p xa\u{303}.",
        &["chuyển đổi số cấp xã", "chuye\u{302}\u{309}n đo\u{302}\u{309}i so\u{302}\u{301} ca\u{302}\u{301}p xa\u{303}", "chuyen doi so cap xa"],
        &["chuyến đôi sổ cấp xã"],
    ),
    // đ and its look-alikes.
    case("look-alikes", "Dự án ở Ðắk Glong do ðịa phương và Ɖoàn xã lập.", &["Đắk Glong", "dak glong", "địa phương", "đoàn xã"], &["dịa phương"]),
    case("d is not đ", "Con đường liên thôn dài ba cây số.", &["đường liên thôn", "duong lien thon"], &["dương liên thôn"]),
    // Where the tone mark stands.
    case(
        "new placement",
        "Tổ hoà giải khoẻ mạnh bên kênh thuỷ lợi.",
        &["tổ hòa giải", "khỏe mạnh", "kênh thủy lợi", "tổ hoà giải khoẻ"],
        &["họa giải", "hoa giải"],
    ),
    case("old placement", "Ban hòa giải khỏe khoắn nạo vét mương thủy lợi.", &["ban hoà giải", "khoẻ khoắn", "mương thuỷ lợi"], &[]),
    case("mistyped placement", "Quân dân nước vịêt dự đaị hội xóm.", &["nước việt", "đại hội xóm"], &["nước viết"]),
    case("before a consonant", "Ông Huỳnh hoàn tất hồ sơ quý ba.", &["huỳnh hoàn tất", "qúy ba", "hòan tất"], &["hoán tất"]),
    // i and y.
    case("i and y", "Kỹ năng nghề, tỷ lệ hộ nghèo, lý lịch cán bộ.", &["kĩ năng nghề", "tỉ lệ hộ", "lí lịch cán bộ"], &[]),
    case("ay is not ai", "Tổ may mặc ở Thúy Sơn tan ca.", &["may mặc", "thuý sơn"], &["mai mặc", "thúi sơn"]),
    // Older encodings, and references.
    Case {
        name: "TCVN3",
        article: b"\x9ey ban nh\xa9n d\xa9n huy\xd6n t\xe6 ch\xf8c h\xe9i ngh\xde t\xe6ng k\xd5t phong tr\xb5o x\xa9y d\xf9ng n\xabng th\xabn m\xedi, bi\xd3u d\xad\xacng c\xb8c h\xe9 d\xa9n \xcap m\xe9t.",
        finds: &["biểu dương các hộ dân ấp một"],
        misses: &[],
    },
    case(
        "VNI within Unicode",
        "Uûy ban nhaân daân huyeän toå chöùc hoäi nghò toång keát phong traøo xaây döïng noâng thoân môùi, bieåu döông caùc hoä daân aáp hai.",
        &["biểu dương các hộ dân ấp hai"],
        &[],
    ),
    Case {
        name: "VISCII",
        article: b"\x9cy ban nh\xe2n d\xe2n huy\xaen t\xb1 ch\xd1c h\xb5i ngh\xb8 t\xb1ng k\xaat phong tr\xe0o x\xe2y d\xf1ng n\xf4ng th\xf4n m\xbei, bi\xacu d\xdf\xbdng c\xe1c h\xb5 d\xe2n \xa4p ba.",
        finds: &["biểu dương các hộ dân ấp ba"],
        misses: &[],
    },
    Case {
        name: "windows-1258",
        article: b"U\xd2y ban nh\xe2n d\xe2n huy\xea\xf2n t\xf4\xd2 ch\xfd\xecc h\xf4\xf2i nghi\xf2 t\xf4\xd2ng k\xea\xect phong tr\xe0o x\xe2y d\xfd\xf2ng n\xf4ng th\xf4n m\xf5\xeci, bi\xea\xd2u d\xfd\xf5ng c\xe1c h\xf4\xf2 d\xe2n \xe2\xecp b\xf4\xecn.",
        finds: &["biểu dương các hộ dân ấp bốn"],
        misses: &[],
    },
    case("references", "Tr\u{1b0}&#7901;ng m&#7847;m non &ecirc;m &#273;&#7873;m.", &["trường mầm non êm đềm"], &[]),
    // Names of places.
    case(
        "Đăk Lăk",
        "Nông dân Đăk Lăk vào vụ.",
        &["nông dân Đắk Lắk", "nong dan dak lak", "\"nông dân Đắc Lắc\"", "nông dân Darlac"],
        &[],
    ),
    case("Ban Mê Thuột", "Phố núi Ban Mê Thuột mưa sớm.", &["phố núi Buôn Ma Thuột", "pho nui buon ma thuot"], &[]),
    case("hyphens in a name", "Đò ngang Bà Rịa–Vũng Tàu và Thừa Thiên-Huế.", &["đò ngang Bà Rịa - Vũng Tàu", "đò ngang Thừa Thiên Huế"], &[]),
    case(
        "TP.HCM",
        "Kẹt xe ở TP.\nHCM chiều tối.",
        &["kẹt xe TP.HCM", "kẹt xe TPHCM", "kẹt xe TP. HCM", "kẹt xe thành phố Hồ Chí Minh", "kẹt xe hcm"],
        &[],
    ),
    // Apostrophes.
    case(
        "apostrophes",
        "Nghệ nhân H\u{2019}Hen Niê ở Ea H'leo và Đắk R\u{2bc}lấp.",
        &["H'Hen Niê", "h\u{2019}hen niê", "h hen nie", "Ea H\u{2019}leo", "đắk r'lấp"],
        &["\"hen h\""],
    ),
    // Hyphens.
    case(
        "hyphens",
        "Bàn về kinh tế-xã hội sau COVID-19 ở thôn.",
        &["kinh tế xã hội", "kinh tế - xã hội", "xã hội sau", "covid 19", "COVID-19"],
        &["covid-18"],
    ),
    // Headlines.
    case("capitals", "THANH TRA TOÀN DIỆN BẾN PHÀ CŨ", &["thanh tra toàn diện bến phà", "Thanh Tra Toàn Diện Bến Phà"], &["thành tra bến phà"]),
    // Abbreviations.
    case(
        "TT&TT",
        "Sở TT&TT mở lớp tin học hè.",
        &["sở TT-TT mở lớp", "sở TTTT mở lớp", "sở tt tt mở lớp", "\"Sở Thông tin và Truyền thông mở lớp\""],
        &[],
    ),
    case("long form", "Hội đồng nhân dân phường chất vấn về rác.", &["HĐND phường chất vấn", "hdnd phuong chat van", "\"HĐND phường\" rác"], &[]),
    // Numbers of documents.
    case(
        "57-NQ/TW",
        "Phường học Nghị quyết 57-NQ/TW ngày nghỉ.",
        &["57-NQ/TW", "57-nq/tw", "57 nq tw", "\"57-NQ/TW\" phường"],
        &["57-NQ/TU", "58-NQ/TW"],
    ),
    case(
        "150/2020/NĐ-CP",
        "Theo Nghị định 150/2020/NĐ-CP về hội.",
        &["150/2020/NĐ-CP", "150/2020/nd-cp", "150/2020/nđ-cp"],
        &["150/2021/NĐ-CP"],
    ),
    case("669/QĐ-UBND", "Căn cứ Quyết định số 669/QĐ-UBND, chợ dời chỗ.", &["669/QĐ-UBND", "669/qd-ubnd chợ"], &["699/QĐ-UBND"]),
    // Numbers and dates.
    case("a large number", "Cả vùng có 765.472 cây dừa.", &["765.472", "765.472 cây dừa"], &["765472 cây dừa", "765,473"]),
    case("a fraction", "Mực nước tăng 0,71 mét.", &["0,71 mét"], &["0,72 mét"]),
    case("dates", "Hẹn ngày 29/02 và 30-4-1975.", &["29/02", "30-4-1975", "\"ngày 29/02\""], &["28/02"]),
    case("an address", "Xem tại lang-gom.daklak.gov.vn nhé.", &["daklak.gov.vn", "lang-gom.daklak.gov.vn"], &["daknong.gov.vn"]),
    // Words run together, and odd spaces.
    case(
        "run together",
        "Bà TônThị Ngọc Hảo gặp Đại tướngTrần Đại Hùng.",
        &["Tôn Thị Ngọc Hảo", "ton thi ngoc hao", "\"tướng Trần Đại Hùng\""],
        &[],
    ),
    case(
        "odd spaces",
        "\u{feff}Làng\u{a0}gốm Bát\u{200b}\u{a0}Tràng mở lò\u{ad} nung mới.",
        &["làng gốm Bát Tràng", "lò nung mới"],
        &[],
    ),
];

#[test]
fn what_is_stored_is_found_however_it_is_typed() {
    let index = TestIndex::new();
    let archive = index.archive();
    for Case { name, article, .. } in CASES {
        fs::write(archive.join(format!("{name}.txt").replace('/', "-")), article).unwrap();
    }
    let report = index.ingest(&[archive], &Default::default());
    assert_eq!(report.run.added, CASES.len() as u64, "{:?}", report.skips);
    let found = |query: &str| -> BTreeSet<String> {
        let response = index.search(&Request { query: query.to_owned(), limit: 100, ..Request::default() });
        response.hits.into_iter().map(|hit| hit.article.key).collect()
    };
    let mut wrong = Vec::new();
    for Case { name, finds, misses, .. } in CASES {
        let key = format!("{name}.txt").replace('/', "-");
        for query in finds {
            let found = found(query);
            if found != BTreeSet::from([key.clone()]) {
                wrong.push(format!("{name}: {query:?} finds {found:?}"));
            }
        }
        wrong.extend(misses.iter().filter(|query| found(query).contains(&key)).map(|query| format!("{name}: {query:?} finds it")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
