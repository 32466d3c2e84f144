use kura_calendar::{Date, age_on};
use kura_model::{
    DisabilityClass, FamilyMemberChange, FamilyNumber, FamilyTaxClass, HealthDependentReason, IncomeKind, Relation, Sex,
};
use kura_yen::Yen;

use crate::day;
use crate::names::given;
use crate::person::Person;

/// A member of the family. By default living together, without income, in 健保の扶養.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Relative {
    relation: Relation,
    birth_date: Date,
    sex: Sex,
    tax_class: Option<FamilyTaxClass>,
    income: i64,
    pension: Option<i64>,
    in_health_insurance: bool,
    disability: DisabilityClass,
    elderly_parent: bool,
    family_allowance: bool,
    number: i64,
}

impl Relative {
    /// A child; boys and girls by the day of birth.
    pub(crate) fn child(birth_date: Date) -> Self {
        let sex = if birth_date.day() % 2 == 0 { Sex::Male } else { Sex::Female };
        Self::new(Relation::Child, birth_date, sex)
    }

    pub(crate) fn parent(birth_date: Date, sex: Sex) -> Self {
        Self::new(Relation::Parent, birth_date, sex)
    }

    /// 源泉控除対象配偶者, unless said.
    pub(crate) fn spouse(person: &Person, birth_date: Date) -> Self {
        let (relation, sex) = match person.employee.sex {
            Some(Sex::Female) => (Relation::Husband, Sex::Male),
            _ => (Relation::Wife, Sex::Female),
        };
        Self { tax_class: Some(FamilyTaxClass::WithholdingSpouse), ..Self::new(relation, birth_date, sex) }
    }

    fn new(relation: Relation, birth_date: Date, sex: Sex) -> Self {
        Self {
            relation,
            birth_date,
            sex,
            tax_class: None,
            income: 0,
            pension: None,
            in_health_insurance: true,
            disability: DisabilityClass::NotDisabled,
            elderly_parent: false,
            family_allowance: false,
            number: 0,
        }
    }

    /// 合計所得の見込み.
    pub(crate) const fn income(self, income: i64) -> Self {
        Self { income, ..self }
    }

    /// A pension of so many yen a year, which leaves 合計所得 0.
    pub(crate) const fn pensioner(self, pension: i64) -> Self {
        Self { pension: Some(pension), ..self }
    }

    pub(crate) const fn not_in_health_insurance(self) -> Self {
        Self { in_health_insurance: false, ..self }
    }

    pub(crate) const fn disabled(self) -> Self {
        Self { disability: DisabilityClass::Ordinary, ..self }
    }

    /// 同居老親等.
    pub(crate) const fn elderly_parent(self) -> Self {
        Self { elderly_parent: true, ..self }
    }

    /// 家族手当の対象.
    pub(crate) const fn family_allowance(self) -> Self {
        Self { family_allowance: true, ..self }
    }

    pub(crate) const fn tax_class(self, class: FamilyTaxClass) -> Self {
        Self { tax_class: Some(class), ..self }
    }
}

impl Person {
    /// Adds a member of the family; said after the hire.
    pub(crate) fn family(mut self, relative: Relative) -> Self {
        let members =
            self.family.iter().map(|row| row.family_number.as_str()).collect::<std::collections::BTreeSet<_>>();
        let number = i64::try_from(members.len()).unwrap_or(0) + 1;
        let rows = self.family_rows(Relative { number, ..relative });
        self.family.extend(rows);
        self
    }

    /// The spouse: no income, in 健保の扶養.
    pub(crate) fn spouse(self, birth_date: Date) -> Self {
        let spouse = Relative::spouse(&self, birth_date);
        self.family(spouse)
    }

    pub(crate) fn child(self, birth_date: Date) -> Self {
        self.family(Relative::child(birth_date))
    }

    /// The first row, and one from 2026 on when 税の区分 is another in that year.
    fn family_rows(&self, relative: Relative) -> Vec<FamilyMemberChange> {
        let from = self.hired_on().max(relative.birth_date);
        let class_in = |year: i16| relative.tax_class.unwrap_or_else(|| self.relative_class(relative, year));
        let mut first = self.family_row(relative, from);
        let first_class = class_in(from.year().max(2025));
        first.tax_class = first_class.into();
        let mut rows = vec![first];
        let (turn, class) = (day(2026, 1, 1), class_in(2026));
        if class != first_class && from < turn {
            let mut row = self.empty_row(relative, turn);
            row.tax_class = class.into();
            rows.push(row);
        }
        rows
    }

    fn relative_class(&self, relative: Relative, year: i16) -> FamilyTaxClass {
        let age = age_on(relative.birth_date, day(year, 12, 31)).unwrap_or(0);
        if age < self.counted_age { FamilyTaxClass::UnderSixteen } else { FamilyTaxClass::DependentSixteenOrOver }
    }

    fn empty_row(&self, relative: Relative, from: Date) -> FamilyMemberChange {
        let number = FamilyNumber::from(relative.number.to_string().as_str());
        FamilyMemberChange::new(self.client.clone(), self.code.clone(), number, from)
    }

    fn family_row(&self, relative: Relative, from: Date) -> FamilyMemberChange {
        let mut row = self.empty_row(relative, from);
        let (name, kana) = given(relative.sex, self.number * 5 + relative.number * 11);
        row.family_name = self.employee.family_name.clone().map_or_else(Default::default, Into::into);
        row.family_kana = self.employee.family_kana.clone().map_or_else(Default::default, Into::into);
        (row.given_name, row.given_kana) = (kura_model::Text::from(name).into(), kura_model::Kana::from(kana).into());
        row.birth_date = relative.birth_date.into();
        row.sex = relative.sex.into();
        row.relation = relative.relation.into();
        row.living_together = true.into();
        row.estimated_income_tax = Yen::new(relative.income).into();
        row.disability_class = relative.disability.into();
        if relative.elderly_parent {
            row.cohabiting_parent = true.into();
        }
        if relative.family_allowance {
            row.family_allowance = true.into();
        }
        if relative.in_health_insurance {
            row.health_dependent_from = from.into();
            let born_later = relative.birth_date > self.hired_on();
            let reason =
                if born_later { HealthDependentReason::Birth } else { HealthDependentReason::EmploymentOfInsured };
            row.health_reason = reason.into();
        }
        match (relative.pension, relative.income) {
            (Some(pension), _) => {
                row.annual_income_health = Yen::new(pension).into();
                row.income_kind = IncomeKind::Pension.into();
            }
            (None, 0) => {
                row.annual_income_health = Yen::ZERO.into();
                row.income_kind = IncomeKind::NoIncome.into();
            }
            (None, _) => {}
        }
        row
    }

    /// 本人の合計所得の見込み decides whether a spouse counts. Where the design says none it is invented from the standard.
    pub(crate) fn complete_income_estimate(&mut self) {
        let married =
            self.family.iter().any(|row| matches!(row.relation.value(), Some(Relation::Wife | Relation::Husband)));
        let standard = self.standards.last().and_then(|standard| standard.health_standard);
        if let (true, None, Some(standard)) = (married, self.terms.own_income_estimate.value(), standard) {
            self.terms.own_income_estimate = Yen::new(standard.get() * 12 * 7 / 10).floor_to(10_000).into();
        }
    }
}
