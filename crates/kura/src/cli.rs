use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// 蔵 Kura: 社会保険労務士のための実務基盤
#[derive(Debug, Parser)]
#[command(name = "kura", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 法定計算: 標準入力の JSON Lines に1行ずつ答えます（docs/calc.md）
    Calc,
    /// 法令データを調べます
    Law {
        #[command(subcommand)]
        command: LawCommand,
    },
    /// 1冊の本から、1か月の給与と届出を作ります（サーバー不要）
    Month(Month),
    /// 蔵ブックのひな形を作り、記入した本を調べます
    Book {
        #[command(subcommand)]
        command: BookCommand,
    },
    /// 1冊の本の事実から、届出の期限と、足りない事実を一覧にします
    Duties(DutiesOf),
    /// 届出のファイルを調べます
    Filing {
        #[command(subcommand)]
        command: FilingCommand,
    },
    /// 架空の顧問先の本で、ひと月を実行してみせます
    Demo(Demo),
    /// この機械に事務所を作ります（鍵・保管庫・最初の管理者）
    Init(Init),
    /// 蔵ブックを事務所に取り込みます
    Import(Import),
    /// 事務所の全部を、蔵ブックとして書き出します
    Export(Export),
    /// 事務所での給与計算: 計算 → 点検 → 承認 → 公開
    Payroll {
        #[command(subcommand)]
        command: PayrollCommand,
    },
    /// 事務所の利用者と、その役割・担当
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
    /// 消去: 保存期間の過ぎた人、消去の依頼と承認
    Erasure {
        #[command(subcommand)]
        command: ErasureCommand,
    },
    /// 鍵の更新
    Keys {
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// 事務所の記録（だれが何を見て、何を変えたか）を読み、検証し、書き出します
    Journal {
        #[command(subcommand)]
        command: JournalCommand,
    },
    /// 保全: 事務所の写しを別の場所に送り、確かめます
    Archive {
        #[command(subcommand)]
        command: ArchiveCommand,
    },
    /// 訓練: その日に約束どおりになるかを、写しの上で確かめます
    Drill {
        #[command(subcommand)]
        command: DrillCommand,
    },
    /// 復旧シートと保全から、事務所をこの機械に戻します（docs/restore.md）
    Restore(Restore),
    /// 事務所の机をブラウザーで開きます
    Serve(Serve),
    /// この設置の状態を調べます
    Doctor(Doctor),
    /// 鍵の金庫のプロセス（ほかのコマンドが必要なときに起動します）
    #[command(hide = true, disable_help_flag = true)]
    Vault {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<std::ffi::OsString>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// 事務所名（復旧シートに印刷します）
    #[arg(long, value_name = "NAME", default_value = "")]
    pub(crate) name: String,
    /// 復旧シート（PDF）を標準出力に書きます。ディスクに残さず印刷に渡します: kura init --sheet | lp
    #[arg(long)]
    pub(crate) sheet: bool,
    /// 事務所を置くフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    #[command(flatten)]
    pub(crate) key: KeyPlace,
}

/// サーバー鍵の置き場所
#[derive(Debug, Args)]
pub(crate) struct KeyPlace {
    /// サーバー鍵を置くファイル（別の媒体を勧めます）
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// 鍵のファイルが、事務所と同じディスクにあってもよいことにします
    #[arg(long, requires = "key_file")]
    pub(crate) key_on_same_disk: bool,
    /// 鍵のファイルが、事務所のフォルダーの中にあってもよいことにします（ためし用。盗まれると、すべて開きます）
    #[arg(long, requires = "key_file")]
    pub(crate) key_inside_home: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ArchiveCommand {
    /// まだ保全されていない分を送ります。何度実行しても、足りない分だけを送ります
    Ship(ArchiveShip),
    /// 受け取る機械との組合せのファイルを作ります。同じものを、媒体で相手の機械に渡してください
    Pair(ArchivePair),
    /// 別の機械として保全を受け取ります。追加だけができ、送る側からは消せません
    Receive(ArchiveReceive),
    /// 保全に欠けも書き換えもないことを確かめます（鍵は要りません）
    Verify(ArchiveVerify),
}

#[derive(Debug, Args)]
pub(crate) struct ArchiveShip {
    /// 保全先: フォルダーか、受け取る機械 tcp://host:port
    #[arg(long, value_name = "TARGET")]
    pub(crate) to: String,
    /// 受け取る機械との組合せのファイル（kura archive pair で作ります）
    #[arg(long, value_name = "FILE")]
    pub(crate) pairing: Option<PathBuf>,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ArchivePair {
    /// 作るファイル
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ArchiveReceive {
    /// 待ち受ける場所（例: 0.0.0.0:7443）
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: String,
    /// 受け取ったものを置くフォルダー
    #[arg(long, value_name = "FOLDER")]
    pub(crate) into: PathBuf,
    /// 組合せのファイル
    #[arg(long, value_name = "FILE")]
    pub(crate) pairing: PathBuf,
    /// ディスクに必ず残す空き（GB）。送る側がいくら送っても、ここまでは埋まりません
    #[arg(long, value_name = "GB", default_value_t = 2)]
    pub(crate) reserve_gb: u64,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DrillCommand {
    /// 保全から戻せることを、この事務所の写しで確かめます
    Restore(Drill),
    /// 乗っ取られたこの機械が保全を消せないことを、この事務所の写しで確かめます
    Ransom(Drill),
    /// 訓練の攻撃者（訓練が起動します）
    #[command(hide = true)]
    Attack(DrillAttack),
}

#[derive(Debug, Args)]
pub(crate) struct Drill {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DrillAttack {
    /// 送る側のフォルダー: これだけが攻撃者のもの
    #[arg(long)]
    pub(crate) own: PathBuf,
    /// 受け取る側の待ち受け
    #[arg(long)]
    pub(crate) line: String,
    /// 受け取る側のフォルダー
    #[arg(long)]
    pub(crate) prey: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ArchiveVerify {
    #[command(flatten)]
    pub(crate) source: ArchiveSource,
    /// 復旧シートの24語も使い、データが記録のとおりであることまで確かめます（語は標準入力から）
    #[arg(long)]
    pub(crate) words: bool,
}

/// どの保全の、どこまでか
#[derive(Debug, Args)]
pub(crate) struct ArchiveSource {
    /// 保全のあるフォルダー
    #[arg(long, value_name = "TARGET")]
    pub(crate) from: PathBuf,
    /// 事務所のID（保全先に一つしかなければ省けます）
    #[arg(long, value_name = "ID")]
    pub(crate) office: Option<String>,
    /// この番号の目録まで（省略時は最新）。それより後の分は使いません
    #[arg(long, value_name = "NUMBER")]
    pub(crate) manifest: Option<u64>,
    /// 手元に残っている検証点のファイル（古い保全が戻されていないかが分かります）
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    pub(crate) source: ArchiveSource,
    /// 事務所を戻す、空のフォルダー
    #[arg(long, value_name = "DIR")]
    pub(crate) to: PathBuf,
    /// この日時の状態に戻します（日本時間。2026-06-04 はその日の終わり、2026-06-04T17:30 はその分の終わり）
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// 検証点より古い保全でも復元し、失われた分を記録に残します
    #[arg(long, requires = "known")]
    pub(crate) accept_loss: bool,
    #[command(flatten)]
    pub(crate) key: KeyPlace,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// 蔵ブック: .xlsx か、CSV のフォルダー
    pub(crate) book: PathBuf,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 書かずに、何が変わるかだけを示します
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// 変わる行を JSON Lines で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 書き出す先: .xlsx のファイルか、CSV のフォルダー
    #[arg(long, value_name = "PLACE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 待ち受ける場所（この機械の中だけです。ポートを0にすると、空いている番号を使います）
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
    pub(crate) listen: std::net::SocketAddr,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PayrollCommand {
    /// 計算します。公開するまで、事実にはなりません
    Run(PayrollRun),
    /// 顧問先の計算を並べます
    List(PayrollList),
    /// 点検: 計算を見て、よいと認めます
    Check(PayrollStep),
    /// 承認します
    Approve(PayrollStep),
    /// 公開: 明細を事実にし、書類を書き出します
    Publish(PayrollPublish),
    /// 取消: 公開しない計算や、中断した計算（計算中のまま）を取り消します
    Withdraw(PayrollStep),
    /// 再出力: 公開した計算の書類を、公開のときの記録からもう一度作ります。提出できる日を待っていた届出も作れます
    Output(PayrollOutput),
}

#[derive(Debug, Args)]
pub(crate) struct PayrollRun {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 会社コード
    #[arg(long, value_name = "CODE")]
    pub(crate) client: String,
    /// 支給月（YYYY-MM）
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) month: String,
    /// 給与ではなく、この名の賞与を計算します
    #[arg(long, value_name = "NAME", conflicts_with_all = ["provisional", "correct"])]
    pub(crate) bonus: Option<String>,
    /// 前月の差引支給額を仮払いします
    #[arg(long, conflicts_with = "correct")]
    pub(crate) provisional: bool,
    /// すでに公開した支給月（--month）の、取り込み直した勤怠による差額を計算します
    #[arg(long)]
    pub(crate) correct: bool,
    /// 書類の作成日（省略時は今日）
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PayrollList {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 会社コード
    #[arg(long, value_name = "CODE")]
    pub(crate) client: String,
    /// JSON Lines で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PayrollStep {
    /// 計算の番号
    pub(crate) run: String,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PayrollPublish {
    /// 計算の番号
    pub(crate) run: String,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 書類の出力先（省略時は DIR/out/会社_支給月）
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// PDFを作りません
    #[arg(long)]
    pub(crate) no_pdf: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PayrollOutput {
    /// 計算の番号
    pub(crate) run: String,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 書類の出力先
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// 書類の作成日（省略時は、公開した計算と同じ日）。この日より先の届出は作らずに待ちます
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// PDFを作りません
    #[arg(long)]
    pub(crate) no_pdf: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// 利用者を並べます
    List(UserList),
    /// 利用者を登録します。登録した人なら、役割と担当を変えます
    Put(UserPut),
    /// 登録を外します。記録には名が残ります
    Remove(UserRemove),
}

#[derive(Debug, Args)]
pub(crate) struct UserList {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// JSON Lines で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UserPut {
    /// オペレーティングシステムでの利用者の名
    pub(crate) name: String,
    /// 役割: administrator 管理者、sharoshi 社会保険労務士、clerk 職員、number-handler 事務取扱担当者、auditor 監査担当
    #[arg(long, value_enum)]
    pub(crate) role: UserRole,
    /// 担当する会社の会社コード（職員。何度でも付けられます）
    #[arg(long, value_name = "CODE")]
    pub(crate) client: Vec<String>,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

/// A role that works at the keyboard of the office.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum UserRole {
    Administrator,
    Sharoshi,
    Clerk,
    NumberHandler,
    Auditor,
}

#[derive(Debug, Args)]
pub(crate) struct UserRemove {
    /// オペレーティングシステムでの利用者の名
    pub(crate) name: String,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ErasureCommand {
    /// 保存期間が過ぎ、法令がもう何も求めていない人を示します。示すだけで、消しません
    Propose(ErasurePropose),
    /// 消去を依頼します
    Ask(ErasureAsk),
    /// 消去の依頼を並べます
    List(ErasureList),
    /// 別の管理者が、消去を承認します
    Approve(ErasureStep),
    /// 消去を実行します。取り消せません
    Run(ErasureStep),
}

#[derive(Debug, Args)]
pub(crate) struct ErasurePropose {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 基準日（省略時は今日）
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// JSON Lines で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ErasureAsk {
    /// 会社コード
    #[arg(long, value_name = "CODE")]
    pub(crate) client: String,
    /// 社員番号
    #[arg(long, value_name = "CODE")]
    pub(crate) person: String,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ErasureList {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// JSON Lines で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ErasureStep {
    /// 依頼の番号
    pub(crate) erasure: String,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// 鍵を新しくします。途中で止まっても、もう一度実行すれば続きから進みます
    Rotate(KeysRotate),
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["data_key", "office", "client"])))]
pub(crate) struct KeysRotate {
    /// 事務所のデータ鍵: 全部の鍵を、新しいデータ鍵で包み直します
    #[arg(long)]
    pub(crate) data_key: bool,
    /// 事務所自身の鍵: 事務所の記録を、新しい鍵で封印し直します
    #[arg(long)]
    pub(crate) office: bool,
    /// この会社の鍵（会社コード）。--person を付けると、その人の鍵だけです
    #[arg(long, value_name = "CODE")]
    pub(crate) client: Option<String>,
    /// この人の鍵（社員番号）
    #[arg(long, value_name = "CODE", requires = "client")]
    pub(crate) person: Option<String>,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// 記録を並べます: だれが、いつ、何をしたか
    List(JournalList),
    /// ある人の情報を、だれが見たか、持ち出したか
    Who(JournalWho),
    /// 記録が欠けも書き換えもないことを確かめます
    Verify(JournalVerify),
    /// 記録を、ほかの人も検証できる一つのファイルに書き出します（docs/journal-file.md）
    Export(JournalExport),
}

#[derive(Debug, Args)]
pub(crate) struct JournalList {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// この日から（日本時間）
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// この日まで（日本時間。この日を含みます）
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    /// この利用者のしたことだけ
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// JSON Lines で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct JournalWho {
    /// 会社コード
    #[arg(long, value_name = "CODE")]
    pub(crate) client: String,
    /// 社員番号
    #[arg(long, value_name = "CODE")]
    pub(crate) person: String,
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// JSON Lines で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct JournalVerify {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct JournalExport {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// 書き出すファイル
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// 事務所のフォルダー
    #[arg(long, value_name = "DIR", default_value = HOME)]
    pub(crate) dir: PathBuf,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where an installation lives when nothing is said.
const HOME: &str = "kura-home";

#[derive(Debug, Args)]
pub(crate) struct Month {
    /// 蔵ブック: .xlsx か、CSV のフォルダー
    pub(crate) book: PathBuf,
    /// 支給月（YYYY-MM）
    #[arg(long, value_name = "YYYY-MM")]
    pub(crate) month: String,
    /// 給与ではなく、この名の賞与を計算します（賞与のシートの賞与名。支給日が支給月にある予定の行）
    #[arg(long, value_name = "NAME")]
    pub(crate) bonus: Option<String>,
    /// 勤怠がそろわない月に、前月の差引支給額を仮払いします。差額は、勤怠を記入した次の実行で精算します
    #[arg(long, conflicts_with = "bonus")]
    pub(crate) provisional: bool,
    /// 出力先のフォルダー（全部そろってから現れます）
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// 書類の作成日（省略時は今日）。この日より先の届出は作らずに待ちます
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// PDFを作りません（明細・一覧は slips.jsonl と .xlsx だけになります）
    #[arg(long)]
    pub(crate) no_pdf: bool,
    /// 給与明細を一人ずつのPDFにせず、会社ごとに1つのPDFにします（紙で渡すときの一括印刷用）
    #[arg(long, conflicts_with = "no_pdf")]
    pub(crate) bulk: bool,
    /// 明細の各行の根拠（規則・入力・端数処理前の値・法令データの出典）を trace.jsonl に書きます
    #[arg(long)]
    pub(crate) trace: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BookCommand {
    /// 空の蔵ブック（.xlsx）を作ります
    Template(BookTemplate),
    /// 記入した本の誤りを、シート・行・列で示します
    Check(BookCheck),
}

#[derive(Debug, Args)]
pub(crate) struct BookTemplate {
    /// 作るファイル（例: 蔵ブック.xlsx）。すでにあるファイルには書きません
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct BookCheck {
    /// 蔵ブック: .xlsx か、CSV のフォルダー
    pub(crate) book: PathBuf,
    /// 前の本: この本がそこから繰り越されたことを確かめます
    #[arg(long, value_name = "BOOK")]
    pub(crate) previous: Option<PathBuf>,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DutiesOf {
    /// 蔵ブック: .xlsx か、CSV のフォルダー
    pub(crate) book: PathBuf,
    /// この日の一覧: 2か月前の月初めから3か月後まで（省くと今日）
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// 前の本: その本と比べて、増えた・なくなった・期限の動いた届出と、その理由も出します
    #[arg(long, value_name = "BOOK")]
    pub(crate) previous: Option<PathBuf>,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FilingCommand {
    /// 届書CSVを、提出先の仕様チェックと同じ言葉で調べます
    Check(FilingCheck),
}

#[derive(Debug, Args)]
pub(crate) struct FilingCheck {
    /// SHFD0006.CSV
    pub(crate) file: PathBuf,
    /// 提出する日（省略時は今日）
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// 出力先のフォルダー（省略時は ./kura-demo）
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// サーバーを起動しません（今はまだサーバーがないため、いつも起動しません）
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// PDFを作りません（明細・一覧は slips.jsonl と .xlsx だけになります）
    #[arg(long)]
    pub(crate) no_pdf: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum LawCommand {
    /// ある日に効力のある数字を、出典と確度とともに表示します
    Show(LawShow),
    /// 足りない表・古い表・改定の近い表を表示します
    Check(LawCheck),
}

#[derive(Debug, Args)]
pub(crate) struct LawShow {
    /// 表の名前（`kura law check` で一覧できます）
    pub(crate) table: String,
    /// 基準日（YYYY-MM-DD）
    #[arg(long, value_name = "DATE")]
    pub(crate) on: String,
    /// キーで絞り込みます（例: 東京都）
    #[arg(long, value_name = "KEY")]
    pub(crate) key: Vec<String>,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LawCheck {
    /// 基準日（YYYY-MM-DD、省略時は今日）
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
    /// JSON で出力します
    #[arg(long)]
    pub(crate) json: bool,
}
