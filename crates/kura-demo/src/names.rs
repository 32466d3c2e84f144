use kura_model::Sex;

/// A name with its reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) family: &'static str,
    pub(crate) family_kana: &'static str,
    pub(crate) given: &'static str,
    pub(crate) given_kana: &'static str,
    pub(crate) sex: Sex,
}

/// 姓と名 with their readings.
pub(crate) type Pair = (&'static str, &'static str);

/// A name of the design: 姓, セイ, 名, メイ.
pub(crate) const fn name(family: Pair, given: Pair, sex: Sex) -> Name {
    Name { family: family.0, family_kana: family.1, given: given.0, given_kana: given.1, sex }
}

/// The name of a generated person: a place-name of the prefecture, and a given name that differs among those who share it.
pub(crate) fn generated(families: &'static [Pair], number: i64, sex: Sex) -> Name {
    let family = pick(families, number);
    let rounds = number / i64::try_from(families.len()).unwrap_or(1);
    name(family, given(sex, number * 3 + rounds * 7), sex)
}

/// A given name of a member of the family, away from those of the generated people around it.
pub(crate) fn given(sex: Sex, number: i64) -> Pair {
    match sex {
        Sex::Male => pick(MALE, number),
        Sex::Female => pick(FEMALE, number),
    }
}

fn pick(list: &'static [Pair], number: i64) -> Pair {
    let at = i64::try_from(list.len()).ok().and_then(|length| number.checked_rem_euclid(length));
    at.and_then(|at| usize::try_from(at).ok()).and_then(|at| list.get(at)).copied().unwrap_or(("架空", "カクウ"))
}

/// The letters of a residence card from the kana: `ﾐﾅﾄ` is MINATO (ヘボン式, long vowels not marked).
pub(crate) fn latin(kana: &str) -> String {
    let mut latin = String::new();
    let mut doubled = false;
    for character in kana.chars() {
        let Some(sound) = sound_of(character) else {
            doubled |= character == 'ッ';
            continue;
        };
        if matches!(character, 'ャ' | 'ュ' | 'ョ') {
            // シ + ャ is SHA, キ + ャ is KYA.
            latin.pop();
            let whole = ["SH", "CH", "J"].iter().any(|consonant| latin.ends_with(consonant));
            latin.push_str(if whole { sound.trim_start_matches('Y') } else { sound });
            continue;
        }
        if std::mem::take(&mut doubled) {
            latin.push(if sound.starts_with("CH") { 'T' } else { sound.chars().next().unwrap_or('T') });
        }
        latin.push_str(sound);
    }
    latin
}

fn sound_of(character: char) -> Option<&'static str> {
    SOUNDS.iter().find(|(kana, _)| kana.contains(character)).and_then(|(kana, sounds)| {
        let at = kana.chars().position(|known| known == character)?;
        sounds.get(at).copied()
    })
}

/// Kana of a row and how they sound.
const SOUNDS: &[(&str, &[&str])] = &[
    ("アイウエオ", &["A", "I", "U", "E", "O"]),
    ("カキクケコ", &["KA", "KI", "KU", "KE", "KO"]),
    ("ガギグゲゴ", &["GA", "GI", "GU", "GE", "GO"]),
    ("サシスセソ", &["SA", "SHI", "SU", "SE", "SO"]),
    ("ザジズゼゾ", &["ZA", "JI", "ZU", "ZE", "ZO"]),
    ("タチツテト", &["TA", "CHI", "TSU", "TE", "TO"]),
    ("ダヂヅデド", &["DA", "JI", "ZU", "DE", "DO"]),
    ("ナニヌネノ", &["NA", "NI", "NU", "NE", "NO"]),
    ("ハヒフヘホ", &["HA", "HI", "FU", "HE", "HO"]),
    ("バビブベボ", &["BA", "BI", "BU", "BE", "BO"]),
    ("パピプペポ", &["PA", "PI", "PU", "PE", "PO"]),
    ("マミムメモ", &["MA", "MI", "MU", "ME", "MO"]),
    ("ヤユヨ", &["YA", "YU", "YO"]),
    ("ャュョ", &["YA", "YU", "YO"]),
    ("ラリルレロ", &["RA", "RI", "RU", "RE", "RO"]),
    ("ワヲン", &["WA", "O", "N"]),
];

/// 大阪府.
pub(crate) const OSAKA: &[Pair] = &[
    ("池田", "イケダ"),
    ("茨木", "イバラキ"),
    ("箕面", "ミノオ"),
    ("豊中", "トヨナカ"),
    ("枚方", "ヒラカタ"),
    ("寝屋川", "ネヤガワ"),
    ("守口", "モリグチ"),
    ("門真", "カドマ"),
    ("大東", "ダイトウ"),
    ("交野", "カタノ"),
    ("八尾", "ヤオ"),
    ("柏原", "カシワラ"),
    ("松原", "マツバラ"),
    ("羽曳野", "ハビキノ"),
    ("藤井寺", "フジイデラ"),
    ("富田林", "トンダバヤシ"),
    ("河内", "カワチ"),
    ("熊取", "クマトリ"),
    ("田尻", "タジリ"),
    ("千早", "チハヤ"),
    ("能勢", "ノセ"),
    ("忠岡", "タダオカ"),
    ("鳳", "オオトリ"),
    ("浜寺", "ハマデラ"),
    ("深井", "フカイ"),
    ("日根野", "ヒネノ"),
    ("久米田", "クメダ"),
    ("天見", "アマミ"),
    ("住吉", "スミヨシ"),
    ("生野", "イクノ"),
    ("淀川", "ヨドガワ"),
];

/// 東京都.
pub(crate) const TOKYO: &[Pair] = &[
    ("青梅", "オウメ"),
    ("秋川", "アキカワ"),
    ("赤羽", "アカバネ"),
    ("浅草", "アサクサ"),
    ("荒川", "アラカワ"),
    ("池上", "イケガミ"),
    ("稲城", "イナギ"),
    ("上野", "ウエノ"),
    ("大泉", "オオイズミ"),
    ("大塚", "オオツカ"),
    ("荻窪", "オギクボ"),
    ("奥多摩", "オクタマ"),
    ("葛西", "カサイ"),
    ("蒲田", "カマタ"),
    ("神田", "カンダ"),
    ("清瀬", "キヨセ"),
    ("国立", "クニタチ"),
    ("小金井", "コガネイ"),
    ("小平", "コダイラ"),
    ("駒込", "コマゴメ"),
    ("品川", "シナガワ"),
    ("杉並", "スギナミ"),
    ("世田谷", "セタガヤ"),
    ("高尾", "タカオ"),
    ("立川", "タチカワ"),
    ("田無", "タナシ"),
    ("多摩", "タマ"),
    ("調布", "チョウフ"),
    ("戸越", "トゴシ"),
    ("成増", "ナリマス"),
    ("西荻", "ニシオギ"),
    ("羽村", "ハムラ"),
    ("東村山", "ヒガシムラヤマ"),
    ("福生", "フッサ"),
    ("町田", "マチダ"),
    ("三鷹", "ミタカ"),
    ("武蔵", "ムサシ"),
    ("目黒", "メグロ"),
    ("谷原", "ヤハラ"),
    ("代々木", "ヨヨギ"),
    ("六郷", "ロクゴウ"),
];

/// 福岡県.
pub(crate) const FUKUOKA: &[Pair] = &[
    ("朝倉", "アサクラ"),
    ("飯塚", "イイヅカ"),
    ("糸島", "イトシマ"),
    ("浮羽", "ウキハ"),
    ("大川", "オオカワ"),
    ("小郡", "オゴオリ"),
    ("遠賀", "オンガ"),
    ("春日", "カスガ"),
    ("嘉穂", "カホ"),
    ("苅田", "カンダ"),
    ("鞍手", "クラテ"),
    ("古賀", "コガ"),
    ("篠栗", "ササグリ"),
    ("志免", "シメ"),
    ("須恵", "スエ"),
    ("田川", "タガワ"),
    ("太宰府", "ダザイフ"),
    ("田主丸", "タヌシマル"),
    ("津屋崎", "ツヤザキ"),
    ("戸畑", "トバタ"),
    ("直方", "ノオガタ"),
    ("博多", "ハカタ"),
    ("広川", "ヒロカワ"),
    ("福間", "フクマ"),
    ("豊前", "ブゼン"),
    ("三潴", "ミズマ"),
    ("宮若", "ミヤワカ"),
    ("宗像", "ムナカタ"),
    ("門司", "モジ"),
    ("八女", "ヤメ"),
    ("柳川", "ヤナガワ"),
    ("行橋", "ユクハシ"),
    ("吉富", "ヨシトミ"),
    ("若松", "ワカマツ"),
    ("英彦", "ヒコ"),
    ("和白", "ワジロ"),
    ("芦屋", "アシヤ"),
];

const MALE: &[Pair] = &[
    ("明", "アキラ"),
    ("篤", "アツシ"),
    ("一郎", "イチロウ"),
    ("修", "オサム"),
    ("一馬", "カズマ"),
    ("清", "キヨシ"),
    ("浩二", "コウジ"),
    ("悟", "サトル"),
    ("茂", "シゲル"),
    ("駿", "シュン"),
    ("大輔", "ダイスケ"),
    ("隆", "タカシ"),
    ("拓也", "タクヤ"),
    ("正", "タダシ"),
    ("努", "ツトム"),
    ("哲也", "テツヤ"),
    ("透", "トオル"),
    ("直樹", "ナオキ"),
    ("昇", "ノボル"),
    ("弘", "ヒロシ"),
    ("文雄", "フミオ"),
    ("誠一", "セイイチ"),
    ("学", "マナブ"),
    ("光男", "ミツオ"),
    ("康平", "コウヘイ"),
    ("雄太", "ユウタ"),
    ("陽介", "ヨウスケ"),
    ("亮", "リョウ"),
    ("蓮", "レン"),
    ("渉", "ワタル"),
    ("健太", "ケンタ"),
];

const FEMALE: &[Pair] = &[
    ("愛", "アイ"),
    ("明子", "アキコ"),
    ("彩香", "アヤカ"),
    ("泉", "イズミ"),
    ("恵美", "エミ"),
    ("香織", "カオリ"),
    ("和子", "カズコ"),
    ("京子", "キョウコ"),
    ("久実", "クミ"),
    ("桜子", "サクラコ"),
    ("佐知", "サチ"),
    ("沙織", "サオリ"),
    ("静香", "シズカ"),
    ("順子", "ジュンコ"),
    ("千春", "チハル"),
    ("智子", "トモコ"),
    ("奈々", "ナナ"),
    ("典子", "ノリコ"),
    ("春菜", "ハルナ"),
    ("日和", "ヒヨリ"),
    ("文香", "フミカ"),
    ("真由", "マユ"),
    ("美穂", "ミホ"),
    ("桃子", "モモコ"),
    ("友美", "トモミ"),
    ("優花", "ユウカ"),
    ("陽子", "ヨウコ"),
    ("理恵", "リエ"),
    ("瑠璃", "ルリ"),
    ("若菜", "ワカナ"),
    ("麻衣", "マイ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kana_sound_as_on_a_residence_card() {
        for (kana, sounds) in [
            ("アサクサ", "ASAKUSA"),
            ("フッサ", "FUSSA"),
            ("ジュンコ", "JUNKO"),
            ("キョウコ", "KYOUKO"),
            ("リョウ", "RYOU"),
            ("シュン", "SHUN"),
            ("チハル", "CHIHARU"),
            ("マッチ", "MATCHI"),
        ] {
            assert_eq!(latin(kana), sounds, "{kana}");
        }
    }
}
