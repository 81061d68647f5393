//! What facet values and remainder rows are called, for people.

use crate::article::FacetPath;
use crate::authority::{Authority, LocalPlace};
use crate::index::{FacetField, Remainder};

/// The name of a facet value: its last level.
pub(super) fn of_value(facet: FacetField, path: &FacetPath, authority: &Authority) -> String {
    let levels = path.segments();
    let last = levels.last().map_or("", String::as_str);
    match (facet, levels) {
        (FacetField::Province, [slug]) => authority.units.name(slug).to_owned(),
        (FacetField::Province, [_, unit]) => authority.units.label(unit),
        (FacetField::Province, [today, _, place]) => {
            authority.units.local_place(today, place).map_or_else(|| place.clone(), LocalPlace::label)
        }
        (FacetField::Date, [year, month]) => format!("Tháng {}/{year}", month.trim_start_matches('0')),
        // Of days there are thousands in an answer.
        (FacetField::Date, [year, month, day]) => [day, "/", month, "/", year].concat(),
        _ => last.to_owned(),
    }
}

/// The name of a remainder row.
pub(super) fn of_remainder(remainder: &Remainder) -> String {
    match remainder {
        Remainder::National => "toàn quốc",
        Remainder::Foreign => "nước ngoài",
        Remainder::UnknownPlace => "không rõ",
        Remainder::NoPlaceBelow(_) => "không nêu huyện, xã",
        Remainder::NoOfficial => "không nêu cán bộ",
        Remainder::UnknownDate => "không rõ ngày",
        Remainder::SeveralYears => "trải qua nhiều năm",
        Remainder::OnlyKnown(path) if path.segments().len() == 1 => "chỉ biết năm",
        Remainder::OnlyKnown(_) => "chỉ biết tháng",
        Remainder::NoSource => "không rõ nguồn",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_called_what_people_call_them() {
        let authority = Authority::bundled();
        let cases = [
            (FacetField::Province, "/ninh-binh", "Ninh Bình"),
            (FacetField::Province, "/ninh-binh/ninh-binh@1992", "Ninh Bình (đến 6/2025)"),
            (FacetField::Province, "/ninh-binh/ninh-binh@?", "Ninh Bình (không rõ thời kỳ)"),
            (FacetField::Province, "/dong-nai/binh-phuoc@1997", "Bình Phước"),
            (FacetField::Province, "/ninh-binh/ninh-binh@1992/kim-son-huyen", "Huyện Kim Sơn"),
            (FacetField::Province, "/ninh-binh/ninh-binh@2025/hoa-lu-phuong", "Phường Hoa Lư"),
            (FacetField::Province, "/dak-lak/phu-yen@1989/dong-xuan-huyen", "Huyện Đồng Xuân"),
            (FacetField::Official, "/Lò Văn Thiêm/Sơn La", "Sơn La"),
            (FacetField::Date, "/2024", "2024"),
            (FacetField::Date, "/2024/05", "Tháng 5/2024"),
            (FacetField::Date, "/2024/05/03", "03/05/2024"),
        ];
        for (facet, path, label) in cases {
            assert_eq!(of_value(facet, &FacetPath::try_from(path.to_owned()).unwrap(), &authority), label);
        }
        assert_eq!(of_remainder(&Remainder::OnlyKnown(FacetPath::new(["2024"]).unwrap())), "chỉ biết năm");
    }
}
