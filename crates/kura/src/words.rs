//! The closed lists of the journal in the words of the people who read it.

use kura_journal::{Action, Class, Purpose, Role};

/// 役割.
pub(crate) const fn role(role: Role) -> &'static str {
    match role {
        Role::System => "システム",
        Role::OfficeAdministrator => "管理者",
        Role::Sharoshi => "社会保険労務士",
        Role::Clerk => "職員",
        Role::NumberHandler => "事務取扱担当者",
        Role::Auditor => "監査担当",
        Role::ClientManager => "顧問先の管理者",
        Role::ClientViewer => "顧問先の閲覧者",
        Role::Employee => "従業員",
        Role::Operator => "運用者",
        Role::Unknown => "登録なし",
    }
}

/// 行為.
pub(crate) const fn action(action: Action) -> &'static str {
    match action {
        Action::Create => "作成",
        Action::Update => "更新",
        Action::Delete => "削除",
        Action::Reseal => "再封印",
        Action::DestroyKey => "消去",
        Action::RequestDestruction => "消去の依頼",
        Action::Lease => "鍵の貸出し",
        Action::SignIn => "ログイン",
        Action::SignInRefused => "ログインの拒否",
        Action::SignOut => "ログアウト",
        Action::Read => "閲覧・参照",
        Action::Run => "計算",
        Action::Approve => "承認",
        Action::Publish => "公開",
        Action::Export => "出力",
        Action::Import => "取込み",
        Action::NewLogEpoch => "記録の世代の開始",
        Action::ClockSkew => "時計の後戻り",
        Action::Custody => "鍵の保管状況の記録",
        Action::Grant => "権限の付与",
        Action::Revoke => "権限の取消し",
        Action::Refuse => "操作の拒否",
        Action::Configure => "設定の変更",
        Action::Drill => "訓練",
        Action::Archive => "保全",
    }
}

/// 閲覧の区分.
pub(crate) const fn class(class: Class) -> &'static str {
    match class {
        Class::Computed => "計算のため（だれも見ていません）",
        Class::Shown => "画面に表示",
        Class::Exported => "持出し",
    }
}

/// 利用目的.
pub(crate) const fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Payroll => "給与計算",
        Purpose::Bonus => "賞与計算",
        Purpose::SocialInsurance => "社会保険の手続",
        Purpose::LabourInsurance => "労働保険の手続",
        Purpose::YearEnd => "年末調整",
        Purpose::ResidentTax => "住民税",
        Purpose::Transfer => "振込",
        Purpose::Inquiry => "問合せへの対応",
        Purpose::Correction => "訂正",
        Purpose::RequestOfPerson => "本人からの請求",
        Purpose::Audit => "監査・検証",
        Purpose::Maintenance => "保守",
        Purpose::Incident => "漏えい等への対応",
        Purpose::Migration => "移行",
        Purpose::Administration => "事務所の管理",
    }
}
