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
    /// 届出のファイルを調べます
    Filing {
        #[command(subcommand)]
        command: FilingCommand,
    },
    /// 架空の顧問先の本で、ひと月を実行してみせます
    Demo(Demo),
}

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
