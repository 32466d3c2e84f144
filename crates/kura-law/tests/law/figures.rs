//! Counts and sums every table must keep, whatever its figures: what catches a slip of the hand.

use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::{Closed, Date};
use kura_law::{Confidence, FieldKind, Kind, Law, RowRef};
use kura_yen::Exact;

use crate::pack::{date, text_of};

fn law() -> &'static Law {
    Law::embedded().unwrap()
}

fn rows(table: &str, on: &str) -> Vec<RowRef<'static>> {
    law().rows_in_force(table, date(on)).unwrap().collect()
}

fn records(file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text_of(file).as_bytes());
    reader.deserialize().map(|record| record.unwrap()).collect()
}

/// A decimal that is `scale` times too small for its whole number: 9.85 % is 9,850 hundred-thousandths.
#[track_caller]
fn assert_scaled(decimal: &str, scale: i64, whole: &str) {
    let scaled = Exact::parse(decimal).unwrap().times_integer(scale).unwrap();
    assert_eq!(scaled, Exact::parse(whole).unwrap(), "{decimal} and {whole}");
}

#[test]
fn forty_seven_prefectures_a_year() {
    for (table, days) in [
        ("health_premium_rates", ["2023-03-01", "2024-03-01", "2025-03-01", "2026-03-01"].as_slice()),
        ("minimum_wage", ["2024-11-01", "2026-04-01", "2026-11-24"].as_slice()),
    ] {
        for on in days {
            let prefectures: BTreeSet<_> = rows(table, on).iter().map(|row| row.text("prefecture").unwrap()).collect();
            assert_eq!((rows(table, on).len(), prefectures.len()), (47, 47), "{table} {on}");
        }
    }
    let of_health: BTreeSet<_> =
        rows("health_premium_rates", "2026-03-01").iter().map(|row| row.text("prefecture").unwrap()).collect();
    let of_pension: BTreeSet<_> =
        rows("pension_prefecture_codes", "2026-03-01").iter().map(|row| row.text("name_ja").unwrap()).collect();
    assert_eq!(of_health, of_pension);
}

#[test]
fn changes_of_health_rates_as_published() {
    let rates = |on: &str| -> BTreeMap<&str, i64> {
        rows("health_premium_rates", on)
            .iter()
            .map(|row| (row.text("prefecture").unwrap(), row.integer("rate_e5").unwrap()))
            .collect()
    };
    let changes = |from: &str, to: &str| {
        let (old, new) = (rates(from), rates(to));
        let count = |wanted| old.iter().filter(|(name, rate)| new[*name].cmp(rate) == wanted).count();
        [std::cmp::Ordering::Greater, std::cmp::Ordering::Less, std::cmp::Ordering::Equal].map(count)
    };
    assert_eq!(changes("2023-03-01", "2024-03-01"), [24, 22, 1]);
    assert_eq!(changes("2024-03-01", "2025-03-01"), [28, 18, 1]);
    assert_eq!(changes("2025-03-01", "2026-03-01"), [0, 40, 7]);
}

#[test]
fn changes_of_accident_rates_and_minimum_wages_as_published() {
    let rates = |on: &str| -> BTreeMap<&str, i64> {
        rows("accident_insurance_rates", on)
            .iter()
            .map(|row| (row.text("type_code").unwrap(), row.integer("rate_e5").unwrap()))
            .collect()
    };
    let (old, new) = (rates("2024-03-31"), rates("2024-04-01"));
    assert_eq!((old.len(), new.len()), (54, 54));
    assert_eq!(old.iter().filter(|(code, rate)| new[*code] < **rate).count(), 17);
    assert_eq!(old.iter().filter(|(code, rate)| new[*code] > **rate).count(), 3);
    // 令和8年度: raises of 54 to 65 yen, fifteen prefectures on 1 October. 令和7年度: the largest raise is 82 yen, 熊本県.
    let wages = |year: &str| -> BTreeMap<String, (i64, String)> {
        let of_year = records("wages/minimum_wage.csv").into_iter().filter(|row| row["fiscal_year"] == year);
        of_year
            .map(|row| (row["prefecture"].clone(), (row["hourly_yen"].parse().unwrap(), row["from"].clone())))
            .collect()
    };
    let (r6, r7, r8) = (wages("2024"), wages("2025"), wages("2026"));
    let raises: BTreeSet<i64> = r8.iter().map(|(name, (yen, _))| yen - r7[name].0).collect();
    assert_eq!((raises.first(), raises.last()), (Some(&54), Some(&65)));
    assert_eq!(r8.values().filter(|(_, from)| from == "2026-10-01").count(), 15);
    let most = r7.iter().max_by_key(|(name, (yen, _))| yen - r6[*name].0).unwrap();
    assert_eq!((most.0.as_str(), most.1.0 - r6[most.0].0), ("熊本県", 82));
}

#[test]
fn every_rate_is_the_same_in_both_spellings() {
    for row in records("social_insurance/health_premium_rates.csv") {
        assert_scaled(&row["rate_percent"], 1_000, &row["rate_e5"]);
    }
    for row in records("social_insurance/national_premium_rates.csv") {
        assert_scaled(&row["rate_percent"], 1_000, &row["rate_e5"]);
    }
    for row in records("labor_insurance/accident_insurance_rates.csv") {
        assert_scaled(&row["rate_per_mille"], 100, &row["rate_e5"]);
    }
    for row in records("labor_insurance/special_enrollment_rates.csv") {
        assert_scaled(&row["rate_per_mille"], 100, &row["rate_e5"]);
    }
    for row in records("labor_insurance/employment_insurance_rates.csv") {
        assert_scaled(&row["worker_per_mille"], 100, &row["worker_rate_e5"]);
        assert_scaled(&row["employer_per_mille"], 100, &row["employer_rate_e5"]);
        // 事業主負担 = 労働者負担 + 二事業分.
        let [worker, employer, projects, total] =
            ["worker_per_mille", "employer_per_mille", "of_which_two_projects_per_mille", "total_per_mille"]
                .map(|column| Exact::parse(&row[column]).unwrap());
        assert_eq!(worker.plus(projects).unwrap(), employer, "{row:?}");
        assert_eq!(worker.plus(employer).unwrap(), total, "{row:?}");
    }
}

#[test]
fn grade_tables_are_without_a_gap() {
    for (scheme, on, grades, top) in [
        ("health", "2016-04-01", 50, 1_390_000),
        ("health", "2030-01-01", 50, 1_390_000),
        ("pension", "2020-09-01", 32, 650_000),
        ("pension", "2027-09-01", 33, 680_000),
        ("pension", "2028-09-01", 34, 710_000),
        ("pension", "2029-09-01", 35, 750_000),
    ] {
        let rows: Vec<_> = law().rows("standard_remuneration_grades", &[scheme], date(on)).unwrap().collect();
        assert_eq!(rows.len(), grades, "{scheme} {on}");
        let number = |row: &RowRef<'_>, column| row.integer(column).unwrap();
        assert_eq!(number(&rows[0], "pay_lower_incl"), 0);
        assert_eq!(rows[grades - 1].integer_or_open("pay_upper_excl").unwrap(), None);
        assert_eq!(number(&rows[grades - 1], "standard_monthly_yen"), top);
        for (at, pair) in rows.windows(2).enumerate() {
            assert_eq!(number(&pair[0], "grade"), i64::try_from(at + 1).unwrap());
            assert_eq!(number(&pair[0], "pay_upper_excl"), number(&pair[1], "pay_lower_incl"));
            assert!(number(&pair[0], "standard_monthly_yen") < number(&pair[1], "standard_monthly_yen"));
        }
        for row in &rows[1..grades - 1] {
            let standard = number(row, "standard_monthly_yen");
            assert!((number(row, "pay_lower_incl")..number(row, "pay_upper_excl")).contains(&standard));
        }
    }
}

#[test]
fn the_band_of_an_amount_is_the_row_that_holds_it() {
    for on in ["2026-06-01", "2029-09-01"] {
        for scheme in ["health", "pension"] {
            for row in law().rows("standard_remuneration_grades", &[scheme], date(on)).unwrap() {
                let (lower, upper) =
                    (row.integer("pay_lower_incl").unwrap(), row.integer_or_open("pay_upper_excl").unwrap());
                for pay in [lower, upper.map_or(lower + 1, |upper| upper - 1)] {
                    let found =
                        law().band("standard_remuneration_grades", &[scheme], date(on), "pay_lower_incl", pay).unwrap();
                    assert_eq!(found.integer("grade").unwrap(), row.integer("grade").unwrap(), "{scheme} {on} {pay}");
                }
            }
        }
    }
}

/// 随時改定の上下限: the bound of the grade beyond the top, 10,000 yen below the upper bound of grade 1.
#[test]
fn edges_of_occasional_revision_follow_from_the_grades() {
    for on in ["2020-09-01", "2027-09-01", "2028-09-01", "2029-09-01"] {
        for scheme in ["health", "pension"] {
            let grades: Vec<_> = law().rows("standard_remuneration_grades", &[scheme], date(on)).unwrap().collect();
            let edge = |of: &str, column: &str| {
                law().row("occasional_revision_edges", &[scheme, of], date(on)).unwrap().integer(column).unwrap()
            };
            let top = i64::try_from(grades.len()).unwrap();
            assert_eq!((edge("raise_to_top", "from_grade"), edge("raise_to_top", "to_grade")), (top - 1, top));
            assert_eq!((edge("drop_from_top", "from_grade"), edge("drop_from_top", "to_grade")), (top, top - 1));
            assert_eq!(edge("raise_to_top", "pay_at_least"), edge("drop_from_top", "current_pay_at_least"));
            let top_lower = grades[grades.len() - 1].integer("pay_lower_incl").unwrap();
            assert_eq!(edge("drop_from_top", "pay_below"), top_lower);
            let first_upper = grades[0].integer("pay_upper_excl").unwrap();
            assert_eq!(edge("raise_from_bottom", "pay_at_least"), first_upper);
            assert_eq!(edge("drop_to_bottom", "pay_below"), first_upper - 10_000);
        }
    }
}

#[test]
fn pension_cap_steps_agree_with_the_grades() {
    let steps = law().figure("standard_remuneration_rules", "pension_cap_changes.steps", date("2026-11-24")).unwrap();
    for step in steps.list().unwrap() {
        let value = |name: &str| step.split("; ").find_map(|part| part.strip_prefix(name)).unwrap();
        let on = date(&format!("{}-01", value("from=")));
        let grades: Vec<_> = law().rows("standard_remuneration_grades", &["pension"], on).unwrap().collect();
        assert_eq!(grades.len().to_string(), value("grades="));
        assert_eq!(grades[grades.len() - 1].text("standard_monthly_yen").unwrap(), value("top="));
    }
}

#[test]
fn paid_leave_grants_grow_with_service_and_days() {
    let days = |weekly: &str| -> Vec<i64> {
        law()
            .rows("paid_leave_grants", &[weekly], date("2026-11-24"))
            .unwrap()
            .map(|row| row.integer("days").unwrap())
            .collect()
    };
    assert_eq!(days("5"), [10, 11, 12, 14, 16, 18, 20]);
    assert_eq!(days("4"), [7, 8, 9, 10, 12, 13, 15]);
    assert_eq!(days("1"), [1, 2, 2, 2, 3, 3, 3]);
    for weekly in ["1", "2", "3", "4"] {
        let more = (weekly.parse::<i64>().unwrap() + 1).to_string();
        assert!(days(weekly).iter().zip(days(&more)).all(|(few, many)| *few < many));
    }
}

#[test]
fn layouts_have_the_fields_the_specification_counts() {
    for (table, fields) in [
        ("layout_2200700", 34),
        ("layout_2201700", 27),
        ("layout_2202700", 139),
        ("layout_2221700", 49),
        ("layout_2225700", 53),
        ("layout_2263700_partial", 56),
        ("layout_2265700", 21),
        ("layout_2273700_unverified", 31),
        ("layout_record_1_media_office", 6),
        ("layout_record_3_office_count", 2),
        ("layout_record_4_office", 12),
    ] {
        assert_eq!(law().layout(table).unwrap().fields.len(), fields, "{table}");
    }
    for info in law().tables().iter().filter(|info| info.kind == Kind::Layout) {
        let layout = law().layout(&info.id).unwrap();
        assert!(layout.fields.iter().all(|field| field.max_len == 0 || field.min_len <= field.max_len), "{}", info.id);
    }
    let santei = law().layout("layout_2225700").unwrap();
    assert_eq!(
        (santei.fields[0].kind, santei.fields[0].codes.as_slice()),
        (FieldKind::Constant, ["2225700".to_owned()].as_slice())
    );
    assert_eq!(santei.fields[0].confidence, Confidence::Confirmed);
    assert_eq!(santei.position(&santei.fields[36].name), Some(36));
}

#[test]
fn holidays_of_2027_and_the_closed_days_around_new_year() {
    let closing = law().administrative_closing(date("2027-01-01")).unwrap();
    let next_open = |on: &str| closing.next_open_day(date(on), law().holidays()).unwrap().0;
    // Observed and announced shifts of 2026 and 2027.
    for (due, open) in [
        ("2026-01-10", "2026-01-13"),
        ("2026-01-31", "2026-02-02"),
        ("2026-12-31", "2027-01-04"),
        ("2027-01-10", "2027-01-12"),
        ("2027-01-31", "2027-02-01"),
        ("2027-02-14", "2027-02-15"),
        ("2027-02-28", "2027-03-01"),
        ("2027-04-10", "2027-04-12"),
        ("2027-05-15", "2027-05-17"),
        ("2027-07-10", "2027-07-12"),
        ("2027-07-31", "2027-08-02"),
        ("2027-10-10", "2027-10-12"),
        ("2027-10-31", "2027-11-01"),
        ("2027-11-14", "2027-11-15"),
        ("2027-07-15", "2027-07-15"),
    ] {
        assert_eq!(next_open(due), date(open), "{due}");
    }
    // Offices close on 29 December, banks on the 31st.
    let bank = law().bank_closing(date("2026-12-29")).unwrap();
    let closed = |on: &str, rule: &kura_calendar::ClosingRule| rule.closed(date(on), law().holidays()).unwrap();
    assert_eq!(closed("2026-12-29", &closing), Some(Closed::YearEnd));
    assert_eq!([closed("2026-12-29", &bank), closed("2026-12-30", &bank)], [None, None]);
    assert_eq!(closed("2026-12-31", &bank), Some(Closed::YearEnd));
    for same in ["local_government", "national_tax"] {
        assert_eq!(law().closing_rule(same, date("2026-12-29")).unwrap(), closing);
    }
    assert!(law().closing_rule("post_office", date("2026-12-29")).is_err());
}

#[test]
fn holidays_by_year_as_the_cabinet_office_lists_them() {
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    for holiday in law().holidays().all() {
        *years.entry(holiday.date.year()).or_default() += 1;
    }
    let expected = [17, 17, 20, 22, 18, 17, 16, 17, 21, 19, 18, 17];
    assert_eq!(years.into_iter().collect::<Vec<_>>(), (2016..).zip(expected).collect::<Vec<_>>());
    let on = |day: Date| law().holidays().on(day).unwrap().map(|holiday| holiday.name.as_str());
    assert_eq!(on(date("2027-03-22")), Some("振替休日"));
    assert_eq!(on(date("2026-11-23")), Some("勤労感謝の日"));
    assert_eq!(on(date("2026-11-24")), None);
    assert!(law().holidays().on(date("2028-01-01")).is_err());
}

#[test]
fn changes_marked_as_loaded_have_their_rows() {
    for info in law().tables().iter().filter(|info| info.next_change.as_ref().is_some_and(|change| change.loaded)) {
        let on = &info.next_change.as_ref().unwrap().on;
        let begins =
            law().citations().iter().any(|cited| cited.table == info.id && cited.from.starts_with(on.as_str()));
        assert!(begins, "{} has no row from {on}", info.id);
    }
}

#[test]
fn every_dated_row_says_where_it_comes_from() {
    for cited in law().citations() {
        assert!(!cited.source.is_empty(), "{cited:?}");
    }
}
