//! The closed lists of an entry. A number is never given a second meaning and never reused; a new word gets the next number, and
//! tests/entry.rs holds them all.

use crate::closed_list::closed_list;

closed_list! {
    /// What was done (行為).
    Action {
        /// A record was made (作成).
        Create = 1,
        /// A record was changed (更新).
        Update = 2,
        /// A record was deleted (削除).
        Delete = 3,
        /// Records were sealed anew under another key epoch; their content is the same (再封印).
        Reseal = 4,
        /// The key of a unit was destroyed: an erasure (鍵の破棄).
        DestroyKey = 5,
        /// A destruction was asked for and waits for its delay or a second person (鍵の破棄の申請).
        RequestDestruction = 6,
        /// A data key was leased to the application (鍵の貸出し).
        Lease = 7,
        /// Somebody signed in (ログイン).
        SignIn = 8,
        /// A sign-in was refused (ログインの拒否).
        SignInRefused = 9,
        /// Somebody signed out, or a session ended (ログアウト).
        SignOut = 10,
        /// Data were opened; the class says for whom (閲覧・参照).
        Read = 11,
        /// A run of pay, bonus or correction was computed (計算).
        Run = 12,
        /// A run was approved (承認).
        Approve = 13,
        /// Results were published to employees or clients (公開).
        Publish = 14,
        /// Data left as a file or a message (出力).
        Export = 15,
        /// Data came in from a workbook or a file (取込み).
        Import = 16,
        /// A restored office began a new log epoch (ログの世代の開始).
        NewLogEpoch = 17,
        /// The clock jumped back (時計の後戻り).
        ClockSkew = 18,
        /// Evidence of who could open what, gathered by the doctor (鍵の保管状況の記録).
        Custody = 19,
        /// A right was granted (権限の付与).
        Grant = 20,
        /// A right was withdrawn (権限の取消し).
        Revoke = 21,
        /// Something was refused: a budget, a missing right (操作の拒否).
        Refuse = 22,
        /// A setting of the office was changed (設定の変更).
        Configure = 23,
        /// A drill was run (訓練).
        Drill = 24,
        /// A copy for safety was written or verified (保全).
        Archive = 25,
    }
}

closed_list! {
    /// For whom data were opened (閲覧の区分). What an incident *observed* is [`Class::Shown`] and [`Class::Exported`].
    Class {
        /// Opened inside the desk to search or to calculate; nobody saw it. Names no people.
        Computed = 1,
        /// Shown to somebody on a screen.
        Shown = 2,
        /// Left as a file or a message.
        Exported = 3,
    }
}

closed_list! {
    /// What it was done for (利用目的).
    Purpose {
        /// Pay of a month (給与計算).
        Payroll = 1,
        /// Bonuses (賞与計算).
        Bonus = 2,
        /// Procedures of social insurance (社会保険の手続).
        SocialInsurance = 3,
        /// Procedures of labour insurance (労働保険の手続).
        LabourInsurance = 4,
        /// Year-end adjustment (年末調整).
        YearEnd = 5,
        /// Resident tax (住民税).
        ResidentTax = 6,
        /// Transfers (振込).
        Transfer = 7,
        /// A question of a client or an employee (問合せへの対応).
        Inquiry = 8,
        /// Correcting wrong data (訂正).
        Correction = 9,
        /// Disclosure, correction or end of use as the person asked (本人からの開示等の請求).
        RequestOfPerson = 10,
        /// Audit and verification (監査・検証).
        Audit = 11,
        /// Backup, restore, upgrade (保守).
        Maintenance = 12,
        /// Answering an incident (漏えい等への対応).
        Incident = 13,
        /// Data coming from, or going to, another program (移行).
        Migration = 14,
        /// Looking after people, roles and settings of the office (事務所の管理).
        Administration = 15,
    }
}

closed_list! {
    /// A kind of personal item (項目), as the breach reports count them.
    Item {
        /// Name (氏名).
        Name = 1,
        /// Date of birth (生年月日).
        BirthDate = 2,
        /// Sex (性別).
        Sex = 3,
        /// Address (住所).
        Address = 4,
        /// Telephone (電話番号).
        Telephone = 5,
        /// E-mail (メールアドレス).
        Email = 6,
        /// Pay and what explains it (給与).
        Pay = 7,
        /// Attendance (勤怠).
        Attendance = 8,
        /// Bank account (口座).
        Bank = 9,
        /// Insurance numbers and grades (社会保険).
        Insurance = 10,
        /// Tax (税).
        Tax = 11,
        /// Family (家族).
        Family = 12,
        /// Health: leave for illness, examinations (健康・要配慮個人情報).
        Health = 13,
        /// 個人番号.
        Number = 14,
        /// Employment: hiring, post, leaving (雇用).
        Employment = 15,
        /// Anything else about a person (その他).
        Other = 16,
    }
}

closed_list! {
    /// The role in which somebody acted (役割).
    Role {
        /// Kura itself: a job, the clock (システム).
        System = 1,
        /// Administrator of the office (事務所の管理者).
        OfficeAdministrator = 2,
        /// 社会保険労務士.
        Sharoshi = 3,
        /// Clerk (職員).
        Clerk = 4,
        /// Handler of 個人番号 (事務取扱担当者).
        NumberHandler = 5,
        /// Auditor (監査担当).
        Auditor = 6,
        /// Manager at the client (顧問先の管理者).
        ClientManager = 7,
        /// Viewer at the client (顧問先の閲覧者).
        ClientViewer = 8,
        /// Employee of a client (従業員).
        Employee = 9,
        /// Operator of the installation; sees no personal data (運用者).
        Operator = 10,
        /// Nobody known: a refused sign-in (不明).
        Unknown = 11,
    }
}

closed_list! {
    /// How the actor was authenticated (認証の方法).
    Authentication {
        /// Not at all (なし).
        None = 1,
        /// The operating system's user on the command line, unlocking as the proof (OSの利用者).
        OperatingSystem = 2,
        /// Passkey (パスキー).
        Passkey = 3,
        /// Long password and one-time code (パスワードと確認コード).
        PasswordAndCode = 4,
        /// Printed one-time slip (登録用紙).
        PrintedSlip = 5,
        /// Recovery sheet (復旧シート).
        RecoverySheet = 6,
        /// Token of a program (トークン).
        Token = 7,
        /// Key of the office's paired PC (事務所のPCの鍵).
        Agent = 8,
    }
}
