//! A PDF made smaller without a change to what it says: its many small objects (tags, above all) go into one compressed
//! stream, as PDF allows since 1.5. The exporter writes each of them in plain text and lists its place in twenty bytes.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// The same document, packed; as it was where it is not laid out as the exporter does it.
pub(crate) fn packed(pdf: Vec<u8>) -> Vec<u8> {
    Document::read(&pdf).and_then(|document| document.pack().ok()).unwrap_or(pdf)
}

/// The parts of a PDF that has one table of its objects.
struct Document<'pdf> {
    /// What stands before the first object.
    header: &'pdf [u8],
    /// The objects by number, from 1.
    objects: Vec<Object<'pdf>>,
    /// Root, information and identifier, without the brackets around them.
    trailer: &'pdf str,
}

enum Object<'pdf> {
    /// With the words around it: it may not stand in another stream.
    Stream(&'pdf [u8]),
    /// Without them.
    Plain(&'pdf [u8]),
}

impl<'pdf> Document<'pdf> {
    fn read(pdf: &'pdf [u8]) -> Option<Self> {
        let table_at = number_after(pdf, b"startxref\n", rfind(pdf, b"startxref\n")?)?;
        let tail = std::str::from_utf8(pdf.get(table_at..)?).ok()?;
        let (table, trailer) = tail.split_once("trailer\n<<")?;
        let (trailer, _) = trailer.split_once(">>\nstartxref")?;
        let (_, trailer) = trailer.split_once("/Root")?;
        let mut lines = table.lines();
        (lines.next()? == "xref").then_some(())?;
        let (first, count) = lines.next()?.split_once(' ')?;
        (first == "0").then_some(())?;
        let count: usize = count.parse().ok()?;
        let mut places: Vec<usize> = Vec::with_capacity(count);
        for line in lines.skip(1) {
            let (place, rest) = line.split_once(' ')?;
            (rest.trim_end() == "00000 n").then_some(())?;
            places.push(place.parse().ok()?);
        }
        (places.len().checked_add(1)? == count).then_some(())?;
        let header = pdf.get(..*places.iter().min()?)?;
        let mut ends = places.clone();
        ends.push(table_at);
        ends.sort_unstable();
        let object = |(number, start): (usize, &usize)| {
            let end = ends.get(ends.partition_point(|end| end <= start))?;
            Object::read(number, pdf.get(*start..*end)?)
        };
        let objects = (1..).zip(&places).map(object).collect::<Option<_>>()?;
        Some(Self { header, objects, trailer })
    }

    fn pack(&self) -> std::io::Result<Vec<u8>> {
        let count = self.objects.len();
        // The stream of objects and the table come after all others.
        let (bundle, table) = (count.saturating_add(1), count.saturating_add(2));
        let mut packed = self.header.to_vec();
        let mut entries = vec![Entry(0, 0, 0)];
        let (mut index, mut bodies) = (String::new(), Vec::new());
        let mut within = 0_usize;
        for (number, object) in (1_usize..).zip(&self.objects) {
            match object {
                Object::Stream(bytes) => {
                    entries.push(Entry(1, packed.len(), 0));
                    packed.extend_from_slice(bytes);
                }
                Object::Plain(body) => {
                    entries.push(Entry(2, bundle, within));
                    index.push_str(&format!("{number} {} ", bodies.len()));
                    bodies.extend_from_slice(body);
                    bodies.push(b'\n');
                    within = within.saturating_add(1);
                }
            }
        }
        entries.push(Entry(1, packed.len(), 0));
        let first = index.len();
        let words = format!("/Type/ObjStm/N {within}/First {first}");
        stream(&mut packed, bundle, &words, &[index.as_bytes(), &bodies].concat())?;
        let table_at = packed.len();
        entries.push(Entry(1, table_at, 0));
        let words = format!("/Type/XRef/W[1 4 2]/Size {}/Root{}", table.saturating_add(1), self.trailer);
        stream(&mut packed, table, &words, &entries.iter().flat_map(Entry::bytes).collect::<Vec<u8>>())?;
        write!(packed, "startxref\n{table_at}\n%%EOF")?;
        Ok(packed)
    }
}

impl<'pdf> Object<'pdf> {
    fn read(number: usize, bytes: &'pdf [u8]) -> Option<Self> {
        let body = bytes.strip_prefix(format!("{number} 0 obj\n").as_bytes())?;
        let body = body.trim_ascii_end().strip_suffix(b"endobj")?.trim_ascii_end();
        Some(if body.ends_with(b"endstream") { Object::Stream(bytes) } else { Object::Plain(body) })
    }
}

/// Where an object is: nowhere, at a place of the file, or in the stream of objects at an index.
struct Entry(u8, usize, usize);

impl Entry {
    fn bytes(&self) -> [u8; 7] {
        let [_, _, _, _, a, b, c, d] = u64::try_from(self.1).unwrap_or(u64::MAX).to_be_bytes();
        let [e, f] = u16::try_from(self.2).unwrap_or(u16::MAX).to_be_bytes();
        [self.0, a, b, c, d, e, f]
    }
}

fn stream(pdf: &mut Vec<u8>, number: usize, words: &str, content: &[u8]) -> std::io::Result<()> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content)?;
    let compressed = encoder.finish()?;
    write!(pdf, "{number} 0 obj\n<<{words}/Filter/FlateDecode/Length {}>>\nstream\n", compressed.len())?;
    pdf.extend_from_slice(&compressed);
    pdf.extend_from_slice(b"\nendstream\nendobj\n\n");
    Ok(())
}

fn rfind(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).rposition(|window| window == words)
}

fn number_after(bytes: &[u8], words: &[u8], at: usize) -> Option<usize> {
    let digits = bytes.get(at.checked_add(words.len())?..)?;
    let digits: Vec<u8> = digits.iter().copied().take_while(u8::is_ascii_digit).collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODIES: [&str; 3] =
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>", "<</Length 2>>\nstream\nhi\nendstream"];

    /// As the exporter writes it.
    fn plain() -> String {
        let (mut pdf, mut table) = ("%PDF-1.7\n".to_owned(), "xref\n0 4\n0000000000 65535 f\r\n".to_owned());
        for (number, body) in (1..).zip(BODIES) {
            table += &format!("{:010} 00000 n\r\n", pdf.len());
            pdf += &format!("{number} 0 obj\n{body}\nendobj\n\n");
        }
        let table_at = pdf.len();
        pdf + &table + &format!("trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{table_at}\n%%EOF")
    }

    #[test]
    fn streams_stay_as_they_are_and_all_else_goes_into_one() {
        let packed = packed(plain().into_bytes());
        let text = String::from_utf8_lossy(&packed);
        assert!(text.starts_with("%PDF-1.7\n3 0 obj\n<</Length 2>>\nstream\nhi\nendstream\nendobj"), "{text}");
        assert!(text.contains("4 0 obj\n<</Type/ObjStm/N 2/First 9/Filter"), "{text}");
        assert!(text.contains("5 0 obj\n<</Type/XRef/W[1 4 2]/Size 6/Root 1 0 R/Filter"), "{text}");
    }

    #[test]
    fn what_is_laid_out_otherwise_is_left_alone() {
        let misplaced = plain().replace("0000000009", "0000000008");
        for other in ["", "startxref\n", "%PDF-1.7\nstartxref\n99999\n%%EOF", &misplaced] {
            assert_eq!(packed(other.as_bytes().to_vec()), other.as_bytes());
        }
    }
}
