use kura_law::Law;

/// 住民税納付データは作れません. Each bank has its own form, and none has been read whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("住民税納付ファイルの様式が銀行から示されていません。")]
pub struct InhabitantTaxFileRefused {
    /// What to do instead.
    pub remedy: String,
}

/// The file for paying 住民税 through a bank, refused by name until its layout is known. Nothing is guessed from the part of
/// one bank's sheet that could be read; the way of eLTAX (地方税共通納税) stays open.
pub fn refuse_inhabitant_tax_file(law: &Law) -> InhabitantTaxFileRefused {
    let named = law.missing().iter().find(|missing| missing.part && missing.table == crate::layout::TABLE);
    let remedy =
        named.map_or("取引銀行の様式を取り寄せてください。", |missing| missing.remedy.as_str());
    InhabitantTaxFileRefused { remedy: format!("{remedy}eLTAXの地方税共通納税でも納付できます。") }
}
