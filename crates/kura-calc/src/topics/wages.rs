//! minimum_wage.

use kura_law::Law;
use kura_payroll::wages::minimum_wage as wage;

use crate::answer::Answer;
use crate::error::CalcError;
use crate::request::Request;

/// 地域別最低賃金.
pub(crate) fn minimum_wage(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let date = request.date("date")?;
    let prefecture = request.text("prefecture")?;
    request.finish()?;

    let mut answer = Answer::new();
    if let (Some(date), Some(prefecture)) = (date, prefecture) {
        let wage = wage(law, date, &prefecture)?;
        answer.fields().yen("hourly", wage.hourly.value);
        answer.fields().date("since", wage.since);
        answer.cite([wage.hourly.citation]);
    }
    answer.or_missing(request, &["date", "prefecture"])
}
