use std::fmt;

/// 事業所: whose filing it is, with the facts line 4 of the file asks for. Every text is checked when a file is made.
#[derive(Clone, PartialEq, Eq)]
pub struct Office {
    /// 事業所整理記号 都道府県コード, of the pension office (東京 21), not of JIS.
    pub pref_code: String,
    /// 郡市区符号: the number before the hyphen of the 事業所整理記号.
    pub area_code: String,
    /// 事業所記号: the rest of it, in half width (`ﾐﾄﾞﾉ`).
    pub mark: String,
    /// 事業所番号, one to five digits.
    pub number: String,
    /// 郵便番号, `100-0000` or `1000000`.
    pub zip: String,
    /// 事業所所在地, 37 full-width characters at most.
    pub address: String,
    /// 事業所名称, 25 full-width characters at most.
    pub name: String,
    /// 事業主氏名, family and given name parted by one full-width space.
    pub employer_name: String,
    /// 電話番号, in its three parts.
    pub tel: [String; 3],
}

/// 提出者: who hands the file over. The media number counts per submitter.
#[derive(Clone, PartialEq, Eq)]
pub enum Submitter {
    /// 事業主.
    Establishment {
        /// 媒体通番 of the office.
        media_number: MediaNumber,
    },
    /// 社会保険労務士.
    Sharoshi {
        /// 社会保険労務士コード（登録番号）, eight digits.
        registration_number: String,
        /// 社会保険労務士氏名, with a space between family and given name.
        name: String,
        /// 媒体通番 of the sharoshi.
        media_number: MediaNumber,
    },
}

impl Submitter {
    /// 媒体通番 of the file.
    pub const fn media_number(&self) -> MediaNumber {
        match self {
            Self::Establishment { media_number } | Self::Sharoshi { media_number, .. } => *media_number,
        }
    }
}

/// 媒体通番, 001 to 999: one more for every file handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediaNumber(u16);

impl MediaNumber {
    /// 001.
    pub const FIRST: Self = Self(1);
    const LAST: u16 = 999;

    /// A number from 1 to 999.
    pub fn new(number: u16) -> Option<Self> {
        (1..=Self::LAST).contains(&number).then_some(Self(number))
    }

    /// The number of the next file; 001 follows 999.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.0 >= Self::LAST { Self::FIRST } else { Self(self.0.saturating_add(1)) }
    }

    /// The number itself.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// `014`.
impl fmt::Display for MediaNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:03}", self.0)
    }
}
