use kura_calendar::Date;
use kura_law::{Law, LawError};

use crate::checking::Checking;
use crate::person::zip_parts;
use crate::record_layout::RecordLayout;
use crate::submission::FileWriter;
use crate::writer::RecordWriter;
use crate::{Office, Submitter};

/// 代表届書コード: the same for every form.
pub(crate) const REPRESENTATIVE_FORM_CODE: &str = "22223";
/// Line 2.
pub(crate) const MANAGEMENT_MARK: &str = "[kanri]";
/// The line before the data records.
pub(crate) const DATA_MARK: &str = "[data]";

/// The layouts of the lines before the data: 媒体管理, 事業所数, 事業所.
pub(crate) struct Header {
    pub(crate) media_of_establishment: RecordLayout,
    pub(crate) media_of_sharoshi: RecordLayout,
    pub(crate) office_count: RecordLayout,
    pub(crate) office: RecordLayout,
}

impl Header {
    pub(crate) fn of(law: &Law) -> Result<Self, LawError> {
        Ok(Self {
            media_of_establishment: RecordLayout::of_table(law, "layout_record_1_media_office")?,
            media_of_sharoshi: RecordLayout::of_table(law, "layout_record_1_media_sharoshi")?,
            office_count: RecordLayout::of_table(law, "layout_record_3_office_count")?,
            office: RecordLayout::of_table(law, "layout_record_4_office")?,
        })
    }

    /// Writes lines 1 to 5.
    pub(crate) fn write(
        &self,
        office: &Office,
        submitter: &Submitter,
        created_on: Date,
        file: &mut FileWriter,
        checking: &mut Checking<'_>,
    ) -> Result<(), LawError> {
        let mut name = "";
        match submitter {
            Submitter::Establishment { .. } => {
                let mut writer = RecordWriter::new(&self.media_of_establishment, false);
                office.write_key(&mut writer);
                write_media(submitter, created_on, writer, file, checking)?;
            }
            Submitter::Sharoshi { registration_number, name: sharoshi_name, .. } => {
                let mut writer = RecordWriter::new(&self.media_of_sharoshi, false);
                writer.set("sharoshi_reg_no", registration_number);
                write_media(submitter, created_on, writer, file, checking)?;
                name = sharoshi_name;
            }
        }
        file.mark(MANAGEMENT_MARK);
        let mut writer = RecordWriter::new(&self.office_count, false);
        writer.set("sharoshi_name", name);
        writer.set("office_count", "001");
        writer.write_line(file, checking)?;
        let mut writer = RecordWriter::new(&self.office, false);
        office.write(&mut writer);
        writer.write_line(file, checking)?;
        file.mark(DATA_MARK);
        Ok(())
    }
}

fn write_media(
    submitter: &Submitter,
    created_on: Date,
    mut writer: RecordWriter<'_>,
    file: &mut FileWriter,
    checking: &mut Checking<'_>,
) -> Result<(), LawError> {
    writer.set("media_seq", submitter.media_number());
    writer.set("created_on", created_on.strftime("%Y%m%d"));
    writer.set("representative_form_code", REPRESENTATIVE_FORM_CODE);
    writer.write_line(file, checking)
}

impl Office {
    /// 事業所整理記号, and 事業所番号 in the records that carry it.
    pub(crate) fn write_key(&self, writer: &mut RecordWriter<'_>) {
        writer.set("office_pref_code", &self.pref_code);
        writer.set("office_area_code", &self.area_code);
        writer.set("office_mark", &self.mark);
        if writer.layout().office_number.is_some() {
            writer.set("office_number", &self.number);
        }
    }

    fn write(&self, writer: &mut RecordWriter<'_>) {
        self.write_key(writer);
        let (zip1, zip2) = zip_parts(&self.zip);
        writer.set("zip1", zip1);
        writer.set("zip2", zip2);
        writer.set("office_address", &self.address);
        writer.set("office_name", &self.name);
        writer.set("employer_name", &self.employer_name);
        for (name, part) in ["tel1", "tel2", "tel3"].into_iter().zip(&self.tel) {
            writer.set(name, part);
        }
    }
}
