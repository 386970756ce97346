use super::*;

/// The movers of a text: bounds, whether approximate, unit, words.
type Row<'t> = (Option<f64>, Option<f64>, bool, Option<&'t str>, &'t str);

#[track_caller]
fn check(text: &str, expected: &[Row]) {
    let found = find(text, Span::new(0, text.len()));
    let rows: Vec<Row> =
        found.iter().map(|q| (q.min, q.max, q.approx, q.unit.as_deref(), q.text.as_str())).collect();
    assert_eq!(rows, expected, "{text}");
    assert!(found.iter().all(|q| q.span.of(text) == q.text));
}

fn n(value: f64) -> Option<f64> {
    Some(value)
}

#[test]
fn a_plain_number_counts_its_noun() {
    check(
        "has sent 3,000 troops to Russia",
        &[(n(3000.0), n(3000.0), false, Some("troops"), "3,000 troops")],
    );
    check("In March 300 soldiers left", &[(n(300.0), n(300.0), false, Some("soldiers"), "300 soldiers")]);
    check("seven sailors left", &[(n(7.0), n(7.0), false, Some("sailors"), "seven sailors")]);
    check(
        "three colonial-era skulls from",
        &[(n(3.0), n(3.0), false, Some("colonial-era skulls"), "three colonial-era skulls")],
    );
    check(
        "killing all five Kenyan crew members on",
        &[(n(5.0), n(5.0), false, Some("Kenyan crew members"), "all five Kenyan crew members")],
    );
    check("twenty-five lorries", &[(n(25.0), n(25.0), false, Some("lorries"), "twenty-five lorries")]);
    check("two hundred and ten men", &[(n(210.0), n(210.0), false, Some("men"), "two hundred and ten men")]);
    check("some 2000 refugees", &[(n(2000.0), n(2000.0), true, Some("refugees"), "some 2000 refugees")]);
    check(
        "aboard two CH-53E Super Stallion helicopters to",
        &[(
            n(2.0),
            n(2.0),
            false,
            Some("CH-53E Super Stallion helicopters"),
            "two CH-53E Super Stallion helicopters",
        )],
    );
    check("one ship left", &[(n(1.0), n(1.0), false, Some("ship"), "one ship")]);
}

#[test]
fn bounds_are_kept_as_worded() {
    check(
        "at least 3,000 North Korean troops are",
        &[(n(3000.0), None, false, Some("North Korean troops"), "at least 3,000 North Korean troops")],
    );
    check("up to 12,000 soldiers", &[(None, n(12000.0), false, Some("soldiers"), "up to 12,000 soldiers")]);
    check("more than 800 tonnes of aid", &[(n(800.0), None, false, Some("tonnes"), "more than 800 tonnes")]);
    check("over 100 tons of aid", &[(n(100.0), None, false, Some("tons"), "over 100 tons")]);
    check("as many as 60 men", &[(None, n(60.0), false, Some("men"), "as many as 60 men")]);
    check(
        "some of its approximately 60 military personnel",
        &[(
            None,
            n(60.0),
            true,
            Some("military personnel"),
            "some of its approximately 60 military personnel",
        )],
    );
    check("400 or more refugees", &[(n(400.0), None, false, Some("refugees"), "400 or more refugees")]);
}

#[test]
fn blurred_numbers_are_approximate() {
    check(
        "some 1,500 special forces personnel to",
        &[(
            n(1500.0),
            n(1500.0),
            true,
            Some("special forces personnel"),
            "some 1,500 special forces personnel",
        )],
    );
    check(
        "around 1,500 special forces to Russia",
        &[(n(1500.0), n(1500.0), true, Some("special forces"), "around 1,500 special forces")],
    );
    check(
        "a total of about 10,000 troops, whose",
        &[(n(10000.0), n(10000.0), true, Some("troops"), "a total of about 10,000 troops")],
    );
    check("Around 20 boats from Marseille", &[(n(20.0), n(20.0), true, Some("boats"), "Around 20 boats")]);
}

#[test]
fn vague_numbers_have_a_floor() {
    check("hundreds of soldiers", &[(n(100.0), None, true, Some("soldiers"), "hundreds of soldiers")]);
    check(
        "tens of thousands of people fled",
        &[(n(20000.0), None, true, Some("people"), "tens of thousands of people")],
    );
    check("dozens of families", &[(n(24.0), None, true, Some("families"), "dozens of families")]);
    check("several ships left", &[(n(3.0), n(12.0), true, Some("ships"), "several ships")]);
    check(
        "a few dozen volunteers",
        &[(n(24.0), n(99.0), true, Some("volunteers"), "a few dozen volunteers")],
    );
    check("a couple of buses", &[(n(2.0), n(3.0), true, Some("buses"), "a couple of buses")]);
}

#[test]
fn ranges_have_both_ends() {
    check(
        "between 20 and 30 refugees",
        &[(n(20.0), n(30.0), false, Some("refugees"), "between 20 and 30 refugees")],
    );
    check("20 to 30 lorries", &[(n(20.0), n(30.0), false, Some("lorries"), "20 to 30 lorries")]);
    check("20-30 lorries", &[(n(20.0), n(30.0), false, Some("lorries"), "20-30 lorries")]);
    check(
        "between 1,050 and 1,053 prisoners aboard",
        &[(n(1050.0), n(1053.0), false, Some("prisoners"), "between 1,050 and 1,053 prisoners")],
    );
    check(
        "1.5 to 2 million people",
        &[(n(1_500_000.0), n(2_000_000.0), false, Some("people"), "1.5 to 2 million people")],
    );
}

#[test]
fn multipliers_multiply() {
    check(
        "1.5 million people",
        &[(n(1_500_000.0), n(1_500_000.0), false, Some("people"), "1.5 million people")],
    );
    check("a dozen lorries", &[(n(12.0), n(12.0), false, Some("lorries"), "a dozen lorries")]);
    check("two dozen monks", &[(n(24.0), n(24.0), false, Some("monks"), "two dozen monks")]);
    check("half a dozen horses", &[(n(6.0), n(6.0), false, Some("horses"), "half a dozen horses")]);
    check(
        "three thousand five hundred men",
        &[(n(3500.0), n(3500.0), false, Some("men"), "three thousand five hundred men")],
    );
    check("a hundred goats", &[(n(100.0), n(100.0), false, Some("goats"), "a hundred goats")]);
}

#[test]
fn a_unit_and_its_strength_are_two_quantities() {
    check(
        "two units, potentially comprising up to 12,000 North Korean soldiers",
        &[
            (n(2.0), n(2.0), false, Some("units"), "two units"),
            (None, n(12000.0), false, Some("North Korean soldiers"), "up to 12,000 North Korean soldiers"),
        ],
    );
    check("a 60-person Marine detail", &[(n(60.0), n(60.0), false, Some("people"), "60-person")]);
}

#[test]
fn joined_nouns_are_one_unit() {
    check(
        "A convoy of 300 buses and cars departs from Tunis",
        &[(n(300.0), n(300.0), false, Some("buses and cars"), "300 buses and cars")],
    );
    check(
        "In total, 281 diplomats and civilians from 30 countries",
        &[(n(281.0), n(281.0), false, Some("diplomats and civilians"), "281 diplomats and civilians")],
    );
}

#[test]
fn a_number_without_a_noun_has_no_unit() {
    check(
        "the navy put the number at 300; the society counted 412, among them",
        &[(n(300.0), n(300.0), false, None, "300"), (n(412.0), n(412.0), false, None, "412")],
    );
    check("the 52 sailed", &[(n(52.0), n(52.0), false, None, "52")]);
    check("1,500 of them were taken", &[(n(1500.0), n(1500.0), false, None, "1,500")]);
    check(
        "183 Palestinian prisoners, seven of which were",
        &[
            (n(183.0), n(183.0), false, Some("Palestinian prisoners"), "183 Palestinian prisoners"),
            (n(7.0), n(7.0), false, None, "seven"),
        ],
    );
}

#[test]
fn what_does_not_count_movers_is_left_out() {
    for text in [
        "in February 2022",
        "on 23 October 2024",
        "on October 4-7",
        "SEOUL, Oct 23 (Reuters)",
        "in 2019 the ship",
        "In 762, he left",
        "2024-10-23",
        "the 2022 Winter Olympics",
        "since the 2023 floods",
        "$5 million was paid",
        "50 percent of it",
        "12% more",
        "130 km (80 miles) east of Yap",
        "a 41-year-old man",
        "aged 41",
        "Ada Lark, 41, said",
        "for three weeks",
        "two days later",
        "at 10:30 on",
        "a Category 5 hurricane",
        "a C-130 plane",
        "found by the Lost 52 Project",
        "when Tropical Depression Three formed",
        "Typhoon 09W",
        "In December 759, he",
        "in summer 764 when",
        "the 27th Brigade",
        "30 countries",
        "three training sites in eastern Russia",
        "near latitude 37.0 North",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_is_left_out_is_still_told_by_kind() {
    let text = "It sailed 130 km with 12 men";
    let kinds: Vec<QuantityKind> =
        find_all(text, Span::new(0, text.len())).iter().map(|found| found.kind).collect();
    assert_eq!(kinds, [QuantityKind::Other, QuantityKind::Count]);
}

#[test]
fn the_head_of_the_unit_is_told() {
    let text = "some 1,500 special forces personnel to Russia";
    let found = find_all(text, Span::new(0, text.len()));
    assert_eq!(found[0].head.unwrap().of(text), "personnel");
    assert_eq!(found[0].number.of(text), "1,500");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_its_numbers_are_in_order(
        text in r"((at least|up to|some|of|the|between|and|to|or|million|dozen|hundred|two|twenty|troops|North|of them|[0-9]{1,5}|[0-9],[0-9]{3}|[a-zé]{1,3}|[.,:%$-]) ?){0,40}",
    ) {
        for found in find_all(&text, Span::new(0, text.len())) {
            proptest::prop_assert_eq!(found.quantity.span.of(&text), found.quantity.text.as_str());
            proptest::prop_assert!(found.quantity.span.contains(&found.number));
            if let (Some(min), Some(max)) = (found.quantity.min, found.quantity.max) {
                proptest::prop_assert!(min <= max && max.is_finite());
            }
        }
    }
}
