//! Small articles with fictional people in real provinces, and who is to be found in them.

use super::*;
use crate::article::{EvidenceClass, PostStatus, ProvinceStatus, Rank, UnitId, UnitMention};

fn about(authority: &Authority, slugs: &[&str]) -> Provinces {
    let unit = |slug: &&str| {
        let unit = authority.units.by_slug(slug).first().unwrap();
        UnitMention {
            unit_id: UnitId(unit.id.clone()),
            unit: unit.label.clone(),
            era: None,
            today: vec![],
            rule: String::new(),
            places: vec![],
        }
    };
    let status = if slugs.is_empty() { ProvinceStatus::National } else { ProvinceStatus::Units };
    Provinces { status, about: slugs.iter().map(unit).collect(), mentioned: vec![] }
}

fn read(authority: &Authority, body: &str, provinces: &Provinces) -> PeopleFinding {
    let article = CleanArticle { body: body.to_owned(), title_derived: true, ..CleanArticle::default() };
    officials(&article, provinces, &Places::of(&article, &authority.units), authority)
}

/// `Name: role; role`, a line for each official.
fn listed(officials: &[Official]) -> Vec<String> {
    let roles = |official: &Official| official.posts.iter().map(|post| post.role.as_str()).collect::<Vec<_>>().join("; ");
    officials.iter().map(|official| format!("{}: {}", official.name, roles(official))).collect()
}

#[test]
fn a_post_is_found_before_and_after_the_name() {
    let authority = Authority::bundled();
    let provinces = about(&authority, &["ninh-binh"]);
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "post, unit, name",
            "Chủ tịch UBND tỉnh Ninh Bình Trần Văn Lộc phát biểu.",
            &["Trần Văn Lộc: Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình"],
        ),
        (
            "the unit comes from the context",
            "Phó Chủ tịch UBND tỉnh Trần Văn Lộc và Bí thư Tỉnh ủy Lê Thị Mận dự.",
            &["Trần Văn Lộc: Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình", "Lê Thị Mận: Bí thư Tỉnh ủy Ninh Bình"],
        ),
        (
            "posts in one breath after a comma",
            "Dự có đồng chí Trần Văn Lộc, Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy.",
            &["Trần Văn Lộc: Ủy viên Trung ương Đảng; Bí thư Tỉnh ủy Ninh Bình"],
        ),
        (
            "dashes, small letters",
            "Ông Trần Văn Lộc - phó giám đốc Sở TN&MT - cho biết.",
            &["Trần Văn Lộc: Phó Giám đốc Sở Tài nguyên và Môi trường tỉnh Ninh Bình"],
        ),
        (
            "brackets, an age",
            "Ông Trần Văn Lộc (58 tuổi, nguyên Chủ tịch UBND xã Khánh Nhạc) kể.",
            &["Trần Văn Lộc: nguyên Chủ tịch Ủy ban nhân dân xã Khánh Nhạc, tỉnh Ninh Bình"],
        ),
        (
            "a superior body in brackets",
            "Ông Lê Văn Mít, Cục trưởng Cục Viễn thông (Bộ TT&TT), nói.",
            &["Lê Văn Mít: Cục trưởng Cục Viễn thông Bộ Thông tin và Truyền thông"],
        ),
        (
            "one head post for several names",
            "Cùng dự có các Phó Chủ tịch UBND tỉnh: Trần Văn Lộc, Lê Thị Mận và Vũ Đình Xoan.",
            &[
                "Trần Văn Lộc: Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình",
                "Lê Thị Mận: Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình",
                "Vũ Đình Xoan: Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình",
            ],
        ),
        (
            "a list of names with their posts",
            "Dự có các đồng chí: Trần Văn Lộc - Bí thư Tỉnh ủy, Lê Thị Mận - Chủ tịch HĐND tỉnh; Vũ Đình Xoan, TUV.",
            &[
                "Trần Văn Lộc: Bí thư Tỉnh ủy Ninh Bình",
                "Lê Thị Mận: Chủ tịch Hội đồng nhân dân tỉnh Ninh Bình",
                "Vũ Đình Xoan: Tỉnh ủy viên Ninh Bình",
            ],
        ),
        (
            "each post is its own name's",
            "Có Phó Thủ tướng Trần Văn Lộc, Phó Thủ tướng Lê Thị Mận; Bộ trưởng Bộ Y tế Vũ Đình Xoan.",
            &["Trần Văn Lộc: Phó Thủ tướng Chính phủ", "Lê Thị Mận: Phó Thủ tướng Chính phủ", "Vũ Đình Xoan: Bộ trưởng Bộ Y tế"],
        ),
        (
            "appointed",
            "Ông Trần Văn Lộc được bổ nhiệm giữ chức Giám đốc Sở Y tế tỉnh Nam Định.",
            &["Trần Văn Lộc: Giám đốc Sở Y tế tỉnh Nam Định"],
        ),
        ("the post is the subject", "Chủ tịch xã là ông Lò Văn Ún.", &["Lò Văn Ún: Chủ tịch Ủy ban nhân dân xã"]),
        (
            "police and army",
            "Đại tá Trần Văn Lộc, Giám đốc Công an tỉnh; Thiếu tướng Lê Văn Mít, Tư lệnh Quân khu 3.",
            &["Trần Văn Lộc: Giám đốc Công an tỉnh Ninh Bình", "Lê Văn Mít: Tư lệnh Quân khu 3"],
        ),
        (
            "mass organisations",
            "Chủ tịch Hội LHPN tỉnh Lê Thị Mận, Bí thư Tỉnh đoàn Vũ Đình Xoan.",
            &["Lê Thị Mận: Chủ tịch Hội Liên hiệp Phụ nữ tỉnh Ninh Bình", "Vũ Đình Xoan: Bí thư Tỉnh đoàn Ninh Bình"],
        ),
        (
            "the district of the next post in the same breath",
            "Ông Trần Văn Lộc, Bí thư Huyện ủy, Chủ tịch HĐND huyện Kim Sơn, trả lời.",
            &["Trần Văn Lộc: Bí thư Huyện ủy Kim Sơn; Chủ tịch Hội đồng nhân dân huyện Kim Sơn, tỉnh Ninh Bình"],
        ),
        (
            "in capitals",
            "PHÓ CHỦ TỊCH UBND TỈNH NINH BÌNH TRẦN VĂN LỘC THĂM HUYỆN KIM SƠN",
            &["Trần Văn Lộc: Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình"],
        ),
        (
            "fused words, a forgotten comma",
            "Bà LêThị Mận Ủy viên Bộ Chính trị và Đại tướngTrần Văn Lộc, Bộ trưởng Bộ Quốc phòng.",
            &["Lê Thị Mận: Ủy viên Bộ Chính trị", "Trần Văn Lộc: Bộ trưởng Bộ Quốc phòng"],
        ),
        (
            "names of the highlands",
            "Bà H'Lan Niê - Phó Chủ tịch HĐND tỉnh Đắk Lắk; ông Điểu K'Brơi, TUV; ông K'Sung, Chủ tịch UBND huyện Di Linh.",
            &[
                "H'Lan Niê: Phó Chủ tịch Hội đồng nhân dân tỉnh Đắk Lắk",
                "Điểu K'Brơi: Tỉnh ủy viên Ninh Bình",
                "K'Sung: Chủ tịch Ủy ban nhân dân huyện Di Linh, tỉnh Lâm Đồng",
            ],
        ),
        (
            "a ward called after a person",
            "Ông Trần Văn Lộc, Chủ tịch UBND phường Phạm Ngũ Lão, nói.",
            &["Trần Văn Lộc: Chủ tịch Ủy ban nhân dân phường Phạm Ngũ Lão, tỉnh Ninh Bình"],
        ),
        (
            "deputies of the National Assembly",
            "Quốc hội thảo luận, nhiều ĐBQH tranh luận. Đại biểu Trần Văn Lộc (Đoàn Bình Định) nói. Các đại biểu Lê Thị Mận (TP.HCM), \
             Vũ Đình Xoan (tỉnh Gia Lai) đồng tình. Chất vấn Bộ trưởng, ĐB Lò Văn Ún nêu.",
            &[
                "Trần Văn Lộc: Đại biểu Quốc hội",
                "Lê Thị Mận: Đại biểu Quốc hội",
                "Vũ Đình Xoan: Đại biểu Quốc hội",
                "Lò Văn Ún: Đại biểu Quốc hội",
            ],
        ),
        (
            "one head post for the lines below",
            "Các Phó Chủ tịch UBND tỉnh:\n- Ông Trần Văn Lộc;\n- Bà Lê Thị Mận.\nÔng Vũ Đình Xoan vắng mặt.",
            &["Trần Văn Lộc: Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình", "Lê Thị Mận: Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình"],
        ),
        (
            "deputies of a People's Council",
            "HĐND tỉnh họp, Chủ tọa HĐND nêu. Đại biểu Trần Văn Lộc hỏi.",
            &["Trần Văn Lộc: Đại biểu Hội đồng nhân dân"],
        ),
        (
            "names of the north-western mountains, a ward of two syllables, a regional court",
            "Bí thư Đảng ủy xã Tân Phú Lý A Sử; Chủ tịch UBND phường Phong Thái Đặng Bá Ún; Chánh án TAND khu vực 1 Trần Văn Lộc.",
            &[
                "Lý A Sử: Bí thư Đảng ủy xã Tân Phú, tỉnh Ninh Bình",
                "Đặng Bá Ún: Chủ tịch Ủy ban nhân dân phường Phong Thái, tỉnh Ninh Bình",
                "Trần Văn Lộc: Chánh án Tòa án nhân dân khu vực 1 tỉnh Ninh Bình",
            ],
        ),
        (
            "a minister answers a deputy",
            "Quốc hội chất vấn; ĐBQH hỏi nhiều. Trả lời đại biểu Trần Văn Lộc, Bộ trưởng Bộ Y tế cho hay đã làm.",
            &["Trần Văn Lộc: Đại biểu Quốc hội"],
        ),
        (
            "Phó without Trưởng",
            "Ông Trần Văn Lộc, Phó Ban Dân vận Tỉnh ủy; bà Lê Thị Mận, phó phòng Tư pháp huyện Kim Sơn; Phó Công an xã Vũ Đình Xoan.",
            &[
                "Trần Văn Lộc: Phó Trưởng Ban Dân vận Tỉnh ủy Ninh Bình",
                "Lê Thị Mận: Phó Trưởng Phòng Tư pháp huyện Kim Sơn, tỉnh Ninh Bình",
                "Vũ Đình Xoan: Phó Trưởng Công an xã",
            ],
        ),
        (
            "the department named before",
            "Sở Y tế họp báo. Ông Trần Văn Lộc, Phó Giám đốc Sở, cho biết.",
            &["Trần Văn Lộc: Phó Giám đốc Sở Y tế tỉnh Ninh Bình"],
        ),
        (
            "the commune named before",
            "Xã Khánh Nhạc làm đường. Ông Trần Văn Lộc, Chủ tịch UBND xã, nói.",
            &["Trần Văn Lộc: Chủ tịch Ủy ban nhân dân xã Khánh Nhạc"],
        ),
        (
            "a caption, a place beside the name",
            "Ông Trần Văn Lộc (thứ hai từ trái sang), Chánh án TAND tỉnh, và bà Lê Thị Mận (Hà Nội), Bí thư Tỉnh đoàn.",
            &["Trần Văn Lộc: Chánh án Tòa án nhân dân tỉnh Ninh Bình", "Lê Thị Mận: Bí thư Tỉnh đoàn Ninh Bình"],
        ),
        (
            "letters with points, slips of the pen",
            "Trần Văn Lộc - CT.UBND huyện Kim Sơn; Lê Thị Mận, Trưởng phòng Y tế H.Kim Sơn; Vũ Đình Xoan, Chủ tịch Uy ban MTTQ tỉnh.",
            &[
                "Trần Văn Lộc: Chủ tịch Ủy ban nhân dân huyện Kim Sơn, tỉnh Ninh Bình",
                "Lê Thị Mận: Trưởng Phòng Y tế huyện Kim Sơn, tỉnh Ninh Bình",
                "Vũ Đình Xoan: Chủ tịch Ủy ban Mặt trận Tổ quốc tỉnh Ninh Bình",
            ],
        ),
        (
            "a rare surname behind the word for a unit",
            "Chủ tịch UBND xã Ma Văn Lộc và Chủ tịch UBND huyện Sùng A Ún dự.",
            &["Ma Văn Lộc: Chủ tịch Ủy ban nhân dân xã", "Sùng A Ún: Chủ tịch Ủy ban nhân dân huyện"],
        ),
        ("two names that nothing parts", "Thứ trưởng Bộ Y tế Trần Văn Lộc Phạm Anh thực hiện.", &["Trần Văn Lộc: Thứ trưởng Bộ Y tế"]),
        (
            "a year of birth in capitals, a comma between a head and its body, a province that looks like a surname",
            "Ông Trần Văn Lộc (Sinh năm 1970), Bí thư Tỉnh đoàn; Tổng cục trưởng, Tổng cục Thống kê Lê Văn Mít; \
             Phó Chủ tịch HĐND tỉnh Hà Giang Chúng Thị Mận.",
            &[
                "Trần Văn Lộc: Bí thư Tỉnh đoàn Ninh Bình",
                "Lê Văn Mít: Tổng Cục trưởng Tổng cục Thống kê",
                "Chúng Thị Mận: Phó Chủ tịch Hội đồng nhân dân tỉnh Hà Giang",
            ],
        ),
        ("the subject of the sentence, with a verb", "Bà Lê Thị Mận, Phó Chủ tịch nước đánh giá cao.", &["Lê Thị Mận: Phó Chủ tịch nước"]),
        (
            "the committee of the Party of the unit named next, as since 2025 in a commune",
            "Ông Trần Văn Lộc, Bí thư Đảng ủy, Chủ tịch HĐND phường Hoa Lư; bà Lê Thị Mận, Phó Bí thư, Chủ tịch UBND xã Khánh Nhạc.",
            &[
                "Trần Văn Lộc: Bí thư Đảng ủy phường Hoa Lư, tỉnh Ninh Bình; Chủ tịch Hội đồng nhân dân phường Hoa Lư, tỉnh Ninh Bình",
                "Lê Thị Mận: Phó Bí thư Đảng ủy xã Khánh Nhạc, tỉnh Ninh Bình; Chủ tịch Ủy ban nhân dân xã Khánh Nhạc, tỉnh Ninh Bình",
            ],
        ),
        (
            "heads of the army that share a body",
            "Thiếu tướng Trần Văn Lộc, Phó Tư lệnh, Tham mưu trưởng Quân khu 3; Đại tá Lê Văn Mít, Sư đoàn trưởng Sư đoàn 395; \
             Thiếu tướng Vũ Đình Xoan, Cục trưởng Cục Tuyên huấn, Tổng cục Chính trị.",
            &[
                "Trần Văn Lộc: Phó Tư lệnh Quân khu 3; Tham mưu trưởng Quân khu 3",
                "Lê Văn Mít: Sư đoàn trưởng Sư đoàn 395",
                "Vũ Đình Xoan: Cục trưởng Cục Tuyên huấn, Tổng cục Chính trị",
            ],
        ),
        (
            "police by letters",
            "Thiếu tá Trần Văn Lộc, Phó trưởng CAP Tân Thành; Trưởng CAH Kim Sơn Lê Văn Mít; Trưởng phòng PC02 Công an tỉnh Vũ Đình Xoan.",
            &[
                "Trần Văn Lộc: Phó Trưởng Công an phường Tân Thành",
                "Lê Văn Mít: Trưởng Công an huyện Kim Sơn",
                "Vũ Đình Xoan: Trưởng Phòng PC 02 Công an tỉnh Ninh Bình",
            ],
        ),
        (
            "regions of the State's audit, taxes since 2025, a union of a branch",
            "Phó Kiểm toán trưởng KTNN khu vực XII Trần Văn Lộc; Trưởng Thuế tỉnh Lê Văn Mít; Chi cục trưởng Chi cục Hải quan khu vực III \
             Vũ Đình Xoan; Chủ tịch Công đoàn ngành Giáo dục tỉnh Lê Thị Mận.",
            &[
                "Trần Văn Lộc: Phó Kiểm toán trưởng Kiểm toán Nhà nước khu vực XII",
                "Lê Văn Mít: Trưởng Thuế tỉnh Ninh Bình",
                "Vũ Đình Xoan: Chi Cục trưởng Chi cục Hải quan khu vực III",
                "Lê Thị Mận: Chủ tịch Công đoàn ngành Giáo dục tỉnh Ninh Bình",
            ],
        ),
        (
            "a post held when something was said, a post given to whom stands behind it",
            "Khi còn là Giám đốc Sở Y tế, ông Trần Văn Lộc nói. Thủ tướng phê chuẩn chức vụ Phó Chủ tịch UBND tỉnh đối với ông Lê Văn Mít; \
             miễn nhiệm chức vụ Chủ tịch HĐND tỉnh đối với bà Lê Thị Mận. Quan điểm đối với ông Vũ Đình Xoan, nông dân.",
            &[
                "Trần Văn Lộc: nguyên Giám đốc Sở Y tế tỉnh Ninh Bình",
                "Lê Văn Mít: Phó Chủ tịch Ủy ban nhân dân tỉnh Ninh Bình",
                "Lê Thị Mận: nguyên Chủ tịch Hội đồng nhân dân tỉnh Ninh Bình",
            ],
        ),
        (
            "acting for the head of a body",
            "Ông Trần Văn Lộc, Phó Trưởng ban phụ trách Ban Nội chính Tỉnh ủy.",
            &["Trần Văn Lộc: Phó Trưởng Ban phụ trách Ban Nội chính Tỉnh ủy Ninh Bình"],
        ),
        (
            "the leader of a ward called after a person",
            "Bà Lê Thị Mận, Bí thư phường Nguyễn Thái Bình, nói.",
            &["Lê Thị Mận: Bí thư Đảng ủy phường Nguyễn Thái Bình, tỉnh Ninh Bình"],
        ),
        (
            "a commune whose province the text names elsewhere",
            "Vụ việc ở xã Tân Lập, huyện Vũ Thư (Thái Bình). Ông Trần Văn Lộc, Chủ tịch UBND xã Tân Lập, nói.",
            &["Trần Văn Lộc: Chủ tịch Ủy ban nhân dân xã Tân Lập, tỉnh Thái Bình"],
        ),
        (
            "a district called like a province",
            "Vụ việc ở xã Tân Lập, huyện Quảng Ninh. Ông Trần Văn Lộc, Chủ tịch UBND xã Tân Lập, nói.",
            &["Trần Văn Lộc: Chủ tịch Ủy ban nhân dân xã Tân Lập, tỉnh Quảng Bình"],
        ),
        (
            "letters of two readings in the name of a department",
            "Ông Trần Văn Lộc, Giám đốc Sở GD&ĐT; bà Lê Thị Mận, Phó Trưởng phòng GD-ĐT huyện Kim Sơn.",
            &[
                "Trần Văn Lộc: Giám đốc Sở Giáo dục và Đào tạo tỉnh Ninh Bình",
                "Lê Thị Mận: Phó Trưởng Phòng Giáo dục và Đào tạo huyện Kim Sơn, tỉnh Ninh Bình",
            ],
        ),
        (
            "the committee of a district",
            "Ông Trần Văn Lộc, Phó Bí thư, Chủ tịch UBND huyện Kim Sơn; Lê Văn Mít, Cục trưởng Cục Thuế xuất nhập khẩu.",
            &[
                "Trần Văn Lộc: Phó Bí thư Huyện ủy Kim Sơn, tỉnh Ninh Bình; Chủ tịch Ủy ban nhân dân huyện Kim Sơn, tỉnh Ninh Bình",
                "Lê Văn Mít: Cục trưởng Cục Thuế xuất nhập khẩu",
            ],
        ),
        ("a bureau of a company", "Ông Trần Văn Lộc, Phó Trưởng ban phụ trách Ban Kinh doanh, nói.", &[]),
        ("an envoy", "Đại sứ Việt Nam tại Hoa Kỳ Trần Văn Lộc tiếp đoàn.", &["Trần Văn Lộc: Đại sứ Việt Nam tại Hoa Kỳ"]),
    ];
    for (name, body, expected) in cases {
        assert_eq!(listed(&read(&authority, body, &provinces).officials), *expected, "{name}");
    }
}

#[test]
fn a_post_of_a_district_is_of_the_titles_or_the_publishers_where_the_text_names_none() {
    let authority = Authority::bundled();
    let provinces = about(&authority, &["ninh-binh"]);
    for (title, source, body, expected) in [
        ("Tin vui", "UBND huyện Kim Sơn, Ninh Bình", "Ông Trần Văn Lộc, Bí thư Huyện ủy, dự.", "Bí thư Huyện ủy Kim Sơn"),
        ("Huyện Kim Sơn họp", "Báo Ninh Bình", "Ông Trần Văn Lộc, Bí thư Huyện ủy, dự.", "Bí thư Huyện ủy Kim Sơn"),
        ("Tin vui", "Báo Ninh Bình", "Ông Trần Văn Lộc, Bí thư Huyện ủy, dự.", "Bí thư Huyện ủy"),
        ("Tin vui", "UBND huyện Kim Sơn", "Tại huyện Yên Mô, ông Trần Văn Lộc, Bí thư Huyện ủy, dự.", "Bí thư Huyện ủy Yên Mô"),
        ("Tin vui", "UBND huyện Tuy Phước, Bình Định", "Ông Trần Văn Lộc, Bí thư Huyện ủy, dự.", "Bí thư Huyện ủy"),
    ] {
        let article =
            CleanArticle { title: title.to_owned(), source: Some(source.to_owned()), body: body.to_owned(), ..CleanArticle::default() };
        assert_eq!(
            listed(&officials(&article, &provinces, &Places::of(&article, &authority.units), &authority).officials),
            [format!("Trần Văn Lộc: {expected}")],
            "{body}"
        );
    }
}

#[test]
fn people_without_a_public_post_are_no_officials() {
    let authority = Authority::bundled();
    let provinces = about(&authority, &["ninh-binh"]);
    for body in [
        "Ông Trần Văn Lộc, Giám đốc Công ty TNHH Lộc Phát, cho biết.",
        "Chủ tịch HĐQT Trần Văn Lộc và Tổng Giám đốc Ngân hàng Lê Thị Mận.",
        "TS. Trần Văn Lộc, Viện trưởng Viện Nghiên cứu Lúa; PGS.TS Lê Thị Mận, Trưởng khoa Nội.",
        "Đại tá Trần Văn Lộc kể lại trận đánh.",
        "Ông Trần Văn Lộc, Trưởng ban Bạn đọc, và Trưởng thôn Lê Văn Mít.",
        "Tại buổi làm việc với ông Trần Văn Lộc, Thủ tướng yêu cầu báo cáo.",
        "Ảnh: Trần Văn Lộc Thủ tướng cho biết kinh tế tăng.",
        "Học tập tấm gương của Chủ tịch Hồ Chí Minh.",
        "Phu nhân Thủ tướng Lê Thị Mận dự lễ.",
        "Trên đường Trần Văn Lộc, Chủ tịch UBND tỉnh thăm người dân.",
        "Ông Trần Văn H., nguyên Chủ tịch xã.",
        "Chính quyền Tổng thống và các cấp.",
        "Các đại biểu Trần Văn Lộc, Lê Thị Mận dự đại hội chi bộ.",
        "Hạt trưởng Hạt Kiểm lâm Chư Krêh cho biết.",
        "Người phát ngôn Bộ Tư lệnh Thái Bình Dương cho biết.",
        "Ông Lê Văn Mít - Chủ tịch Tài chính Trần Văn Lộc; Giám đốc vùng Hà Nội Lê Thị Mận.",
        "Bác sĩ Trần Văn Lộc, Trưởng phòng Công tác xã hội, Bệnh viện Nhi.",
        "Về giải đua F1H2O World Race, Chủ tịch UBND tỉnh cho biết.",
        "Chủ tịch UBND tỉnh trao quà đối với ông Trần Văn Lộc, nông dân.",
    ] {
        assert_eq!(listed(&read(&authority, body, &provinces).officials), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn holders_of_foreign_posts_stand_apart() {
    let authority = Authority::bundled();
    let nowhere = about(&authority, &[]);
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "Thủ tướng Trần Văn Lộc hội đàm với Thủ tướng Nhật Bản Tanaka Ichiro.",
            &["Trần Văn Lộc: Thủ tướng Chính phủ"],
            &["Tanaka Ichiro: Thủ tướng Nhật Bản"],
        ),
        ("Bộ trưởng Quốc phòng Mỹ John Smith.", &[], &["John Smith: Bộ trưởng Bộ Quốc phòng Mỹ"]),
        (
            "Ông Vương Đại Hải, Thứ trưởng Bộ Ngoại giao Trung Quốc, và ông Lê Văn Mít, Thứ trưởng Bộ Ngoại giao.",
            &["Lê Văn Mít: Thứ trưởng Bộ Ngoại giao"],
            &["Vương Đại Hải: Thứ trưởng Bộ Ngoại giao Trung Quốc"],
        ),
        ("Tổng thống Nga Ivan Ivanov. Ông Ivanov nói. Tổng thống Ivanov đi.", &[], &["Ivan Ivanov: Tổng thống Nga"]),
        ("Chủ tịch Tập Cận Bình phát biểu với Chủ tịch nước Tập Cận Bình.", &[], &["Tập Cận Bình: Chủ tịch nước"]),
        ("Thị trưởng thành phố Lyon, ông Gerard Dupont.", &[], &["Gerard Dupont: Thị trưởng thành phố Lyon"]),
    ];
    for (body, ours, foreign) in cases {
        let finding = read(&authority, body, &nowhere);
        assert_eq!(listed(&finding.officials), *ours, "{body}");
        assert_eq!(listed(&finding.foreign_officials), *foreign, "{body}");
    }
}

#[test]
fn our_leaders_stay_ours_in_news_from_abroad() {
    let authority = Authority::bundled();
    let abroad = Provinces { status: ProvinceStatus::Foreign, ..Provinces::default() };
    for (body, expected) in [
        ("Chủ tịch nước Trần Văn Lộc thăm Tokyo, bàn hợp tác Nhật Bản - Việt Nam.", 1),
        ("Chủ tịch nước Trần Văn Lộc thăm Tokyo.", 0),
        ("Bộ trưởng Ngoại giao Vương Đại Hải nói về Việt Nam.", 0),
    ] {
        assert_eq!(read(&authority, body, &abroad).officials.len(), expected, "{body}");
    }
}

#[test]
fn a_post_is_a_tuple_of_rank_body_unit_scope_and_status() {
    let authority = Authority::bundled();
    let provinces = about(&authority, &["binh-phuoc"]);
    let body = "Phó Giám đốc Sở KH&ĐT Trần Văn Lộc. Ông Lê Văn Mít, nguyên Vụ trưởng Vụ Pháp chế, Bộ Tài chính. \
        Quyền Chủ tịch UBND huyện Bù Đăng Vũ Đình Xoan. Ủy viên Bộ Chính trị Lê Thị Mận.";
    let finding = read(&authority, body, &provinces);
    let tuple = |at: usize| {
        let post = &finding.officials[at].posts[0];
        (post.rank, post.body.as_deref(), post.unit_id.as_ref().map(|id| id.0.as_str()), post.scope.as_deref(), post.status)
    };
    let here = Some("binh-phuoc@1997");
    let department = "Sở Kế hoạch và Đầu tư tỉnh Bình Phước";
    assert_eq!(tuple(0), (Rank::Deputy, Some(department), here, Some("Bình Phước"), PostStatus::Current));
    assert_eq!(tuple(1), (Rank::Head, Some("Vụ Pháp chế, Bộ Tài chính"), None, Some("Bộ Tài chính"), PostStatus::Former));
    let district = "Ủy ban nhân dân huyện Bù Đăng, tỉnh Bình Phước";
    assert_eq!(tuple(2), (Rank::Head, Some(district), here, Some("Bình Phước"), PostStatus::Acting));
    assert_eq!(tuple(3), (Rank::Member, Some("Bộ Chính trị"), None, Some("Trung ương Đảng"), PostStatus::Current));
}

#[test]
fn a_minister_gets_the_ministry_said_elsewhere() {
    let authority = Authority::bundled();
    let nowhere = about(&authority, &[]);
    let cases = [
        ("Bộ trưởng Bộ Y tế Lê Thị Mận đến. Bộ trưởng Lê Thị Mận nói.", "Lê Thị Mận: Bộ trưởng Bộ Y tế"),
        ("Về phía Bộ TT&TT có Thứ trưởng Vũ Đình Xoan.", "Vũ Đình Xoan: Thứ trưởng Bộ Thông tin và Truyền thông"),
        ("Thứ trưởng Vũ Đình Xoan dự.", "Vũ Đình Xoan: Thứ trưởng"),
    ];
    for (body, expected) in cases {
        assert_eq!(listed(&read(&authority, body, &nowhere).officials), [expected], "{body}");
    }
}

#[test]
fn later_mentions_belong_to_the_person_named_last_before() {
    let authority = Authority::bundled();
    let provinces = about(&authority, &["ninh-binh"]);
    let body = "Ông Trần Văn Dũng, Bí thư Tỉnh ủy, đến. Ông Dũng nói. Anh Lê Quốc Dũng, nông dân, kể. Anh Dũng vui. \
        Bí thư Trần Văn Dũng tặng quà, ông Dũng về.";
    let finding = read(&authority, body, &provinces);
    let mentions: Vec<&str> = finding.officials[0].mentions.iter().map(|&(start, end)| &body[start..end]).collect();
    assert_eq!(mentions, ["Trần Văn Dũng", "Dũng", "Trần Văn Dũng", "Dũng"]);
    let starts: Vec<usize> = finding.officials[0].mentions.iter().map(|&(start, _)| start).collect();
    assert!(starts.is_sorted() && starts[1] < body.find("Lê Quốc").unwrap() && starts[2] > body.find("vui").unwrap());
}

#[test]
fn evidence_quotes_what_stands_at_the_span_in_body_or_title() {
    let authority = Authority::bundled();
    let provinces = about(&authority, &["ninh-binh"]);
    let article = CleanArticle {
        title: "Thủ tướng Trần Văn Lộc thăm Ninh Bình".to_owned(),
        body: "Cùng đi có Chủ tịch UBND tỉnh Lê Thị Mận. Ông Lộc nói.".to_owned(),
        ..CleanArticle::default()
    };
    let finding = officials(&article, &provinces, &Places::of(&article, &authority.units), &authority);
    let found: Vec<_> =
        finding.evidence.iter().map(|one| (one.value.as_str(), one.field.as_str(), one.quote.as_str(), one.class)).collect();
    assert_eq!(
        found,
        [
            ("officials[0].posts[0]", "body", "Chủ tịch UBND tỉnh Lê Thị Mận", EvidenceClass::Derived),
            ("officials[1].posts[0]", "title", "Thủ tướng Trần Văn Lộc", EvidenceClass::Stated),
        ]
    );
    for one in &finding.evidence {
        let text = if one.field == "title" { &article.title } else { &article.body };
        assert_eq!(&text[one.start..one.end], one.quote);
        assert!(one.rule.starts_with("official."));
    }
}

#[test]
fn hostile_text_neither_panics_nor_takes_long() {
    let authority = Authority::bundled();
    let provinces = about(&authority, &["ninh-binh"]);
    let parts = [
        "nguyên ",
        "Phó ",
        "Chủ tịch ",
        "UBND tỉnh ",
        "Trần Văn Lộc",
        ", ",
        "các ",
        "là ",
        "(",
        "- ",
        "đồng chí ",
        "của ",
        "K'",
        "Bộ ",
        "và ",
        "A",
        "Bộ trưởng Trần Văn Lộc, ",
        "Ủy viên Bộ Chính trị, ",
        "xã Kim Sơn, ",
        "H’ ",
        "\n",
        "TP.",
        "ẤN ĐỘ ",
        "\u{1F600}",
        "Thường trực ",
    ];
    let started = std::time::Instant::now();
    for one in parts {
        for other in parts {
            read(&authority, &format!("{}{}", one.repeat(12), other.repeat(12)), &provinces);
            read(&authority, &format!("Chủ tịch UBND tỉnh {}", format!("{one}{other}").repeat(12)), &provinces);
        }
    }
    for part in parts {
        read(&authority, &part.repeat(20_000), &provinces);
    }
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}
