//! 個人番号 and 法人番号: their check digits. No answer and no error repeats the digits.

use kura_law::Law;
use kura_model::check_digit::{NumberFault, check_corporate_number, check_individual_number};

use crate::answer::Answer;
use crate::error::CalcError;
use crate::request::Request;

/// `my_number_check`: whether 12 digits can be a 個人番号.
pub(crate) fn my_number_check(request: &mut Request<'_>, _: &Law) -> Result<Answer, CalcError> {
    checked(request, check_individual_number)
}

/// `corporate_number_check`: whether 13 digits can be a 法人番号.
pub(crate) fn corporate_number_check(request: &mut Request<'_>, _: &Law) -> Result<Answer, CalcError> {
    checked(request, check_corporate_number)
}

fn checked(request: &mut Request<'_>, check: fn(&str) -> Result<(), NumberFault>) -> Result<Answer, CalcError> {
    let digits = request.text("digits")?;
    request.finish()?;

    let mut answer = Answer::new();
    if let Some(digits) = digits {
        let fault = check(&digits).err();
        answer.fields().flag("valid", fault.is_none());
        answer.fields().text("reason", fault.map_or("ok", NumberFault::code));
    }
    answer.or_missing(request, &["digits"])
}
