/// 端数処理: how a fraction of a yen (or of another unit) becomes whole. Every rounding in Kura is one of these names.
///
/// All rules look at the magnitude, so a refund rounds as the payment did: −1.5 is to 1.5 as −2 is to 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// 切捨て: the fraction is dropped.
    Down,
    /// 切上げ: any fraction becomes one more.
    Up,
    /// 四捨五入: less than half is dropped, half and more becomes one more. For yen this is the 50-sen rule of 通貨法3条
    /// when an amount is paid in cash (50銭未満切捨て・50銭以上切上げ).
    HalfUp,
    /// 五捨六入・50銭以下切捨て: half and less is dropped, more becomes one more. The 50-sen rule of 通貨法3条 when an
    /// employee's share is deducted from pay (被保険者負担分を給与から控除する場合).
    HalfDown,
}
