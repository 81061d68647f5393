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

/// The name of a remainder row that does not stand below its value: `năm 2024: không rõ tháng hoặc nhiều tháng`.
pub(super) fn of_remainder_alone(remainder: &Remainder, authority: &Authority) -> String {
    let label = of_remainder(remainder);
    match remainder {
        Remainder::OnlyKnown(path) if path.segments().len() == 1 => format!("năm {}: {label}", of_value(FacetField::Date, path, authority)),
        Remainder::OnlyKnown(path) => format!("{}: {label}", of_value(FacetField::Date, path, authority).to_lowercase()),
        Remainder::NoPlaceBelow(path) => format!("{}: {label}", of_value(FacetField::Province, path, authority)),
        _ => label,
    }
}

/// The name of a remainder row below its value.
pub(super) fn of_remainder(remainder: &Remainder) -> String {
    match remainder {
        Remainder::National => "toàn quốc",
        Remainder::Foreign => "nước ngoài",
        Remainder::UnknownPlace => "không rõ",
        Remainder::NoPlaceBelow(_) => "không nêu huyện, xã",
        Remainder::NoOfficial => "không nêu cán bộ",
        Remainder::UnknownDate => "không rõ ngày",
        Remainder::SeveralYears => "trải qua nhiều năm",
        Remainder::OnlyKnown(path) if path.segments().len() == 1 => "không rõ tháng hoặc nhiều tháng",
        Remainder::OnlyKnown(_) => "không rõ ngày hoặc nhiều ngày",
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
        let alone = [
            (Remainder::OnlyKnown(FacetPath::new(["2024"]).unwrap()), "năm 2024: không rõ tháng hoặc nhiều tháng"),
            (Remainder::OnlyKnown(FacetPath::new(["2024", "05"]).unwrap()), "tháng 5/2024: không rõ ngày hoặc nhiều ngày"),
            (
                Remainder::NoPlaceBelow(FacetPath::new(["ninh-binh", "ninh-binh@1992"]).unwrap()),
                "Ninh Bình (đến 6/2025): không nêu huyện, xã",
            ),
            (Remainder::SeveralYears, "trải qua nhiều năm"),
        ];
        for (row, label) in alone {
            assert_eq!(of_remainder_alone(&row, &authority), label);
        }
    }
}
