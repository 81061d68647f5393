use super::*;

const GOLD: &str = r#"
{"id":"a","officials":[{"name":"Lò Văn Thiêm","roles":["Phó Chủ tịch Ủy ban nhân dân tỉnh Sơn La"]},{"name":"Quàng Thị Hoà","roles":["Giám đốc Sở Y tế tỉnh Sơn La"]}],"provinces":{"about":["Sơn La"],"mentioned":["Điện Biên"]},"date":{"from":"2024-03-12","to":"2024-03-12","precision":"day"},"optional_officials":["Đinh Văn Khải"],"foreign_officials":[{"name":"Vi Xay"}]}
{"id":"b","officials":[],"provinces":{"about":[],"mentioned":["Hà Nội"]},"date":{"from":"2023-01-01","to":"2023-12-31","precision":"year"},"date_not":[{"from":"2023-05-01","to":"2023-05-01"}]}
{"id":"c","officials":[],"provinces":{"about":["Hồ Chí Minh"]},"date":{"from":null,"to":null},"date_none_ok":true}
"#;

fn score(predictions: &str) -> MetadataScore {
    let read = |jsonl| MetadataRecords::read(jsonl).expect("the records are well formed");
    read(GOLD).score(&read(predictions), &Abbreviations::bundled()).expect("all are predicted")
}

#[test]
fn each_value_is_counted_once_and_each_rule_by_its_values() {
    let score = score(
        r#"
{"key":"a","officials":[{"name":"LÒ VĂN THIÊM","posts":[{"role":"Phó Chủ tịch UBND tỉnh Sơn La","rule":"official.post-name"},{"role":"Bí thư Huyện ủy","rule":"official.name-post"}]},{"name":"Đinh Văn Khải","posts":[]},{"name":"Vi Xay","posts":[{"role":"Tỉnh trưởng","rule":"official.post-name"}]}],"provinces":{"about":[{"unit":"Sơn La","rule":"province.title"},{"unit":"Điện Biên","rule":"province.named"}],"mentioned":[]},"dates":{"event":{"from":"2024-03-01","to":"2024-03-31","precision":"month"}},"evidence":[{"for":"dates.event","rule":"date.stated-month"}]}
{"key":"b","officials":null,"provinces":{"about":[],"mentioned":[]},"date":{"from":"2023-05-01","to":"2023-05-01","precision":"day"}}
{"key":"c","officials":[],"provinces":{"about":["TP.HCM"]},"date":{"from":null,"to":null}}
{"key":"d","officials":[],"provinces":{},"date":{"from":null,"to":null}}
"#,
    );
    assert_eq!((score.articles, score.predictions_without_gold), (3, 1));
    let counts = |found: Retrieval| (found.hits, found.missed, found.false_alarms);
    assert_eq!(counts(score.officials), (1, 1, 1), "the optional one counts on neither side, the foreign one as a false alarm");
    assert_eq!((score.roles.people, score.roles.matching, score.roles.exact), (1, Some(1.0), Some(1.0)));
    assert_eq!(counts(score.about), (2, 0, 1));
    assert_eq!((score.mentioned.hits, score.mentioned.missed), (1, 1), "a province given as about is found too");
    let third = Some(1.0 / 3.0);
    assert_eq!((score.date.right, score.date.vague, score.date.wrong, score.date.missing), (third, third, third, Some(0.0)));
    let rules: Vec<(&str, usize, usize)> = score.rules.iter().map(|rule| (rule.rule.as_str(), rule.right, rule.values)).collect();
    let expected = [
        ("date.stated-month", 0, 1),
        ("official.name-post", 0, 1),
        ("official.post-name", 1, 2),
        ("province.named", 0, 1),
        ("province.title", 1, 1),
    ];
    assert_eq!(rules, expected);
    assert_eq!(score.errors.len(), 6, "{:#?}", score.errors);
}

#[test]
fn an_article_without_a_prediction_is_an_error() {
    let read = |jsonl| MetadataRecords::read(jsonl).expect("the records are well formed");
    let only = r#"{"id":"a","date":{"from":null,"to":null},"provinces":null,"officials":null}"#;
    let missing = read(GOLD).score(&read(only), &Abbreviations::bundled()).map(|_| ());
    assert_eq!(missing, Err(Unpredicted(vec!["b".to_owned(), "c".to_owned()])));
}

#[test]
fn a_date_may_be_wider_by_one_step_of_its_precision() {
    let day = |from: &str, to: &str| Interval { from: from.parse().expect("a day"), to: to.parse().expect("a day") };
    let record = |event, precision| Record { event: Some(event), precision, ..Record::default() };
    let gold = record(day("2024-03-12", "2024-03-12"), Precision::Day);
    for (from, to, expected) in [
        ("2024-03-12", "2024-03-13", Verdict::Right),
        ("2024-03-11", "2024-03-13", Verdict::Vague),
        ("2024-03-13", "2024-03-13", Verdict::Wrong),
    ] {
        assert_eq!(verdict(&gold, &record(day(from, to), Precision::Day)), expected, "{from} to {to}");
    }
    assert_eq!(verdict(&gold, &Record::default()), Verdict::Missing);
}
