//! Ids sort by time, have one spelling, and refuse what is not theirs.

use kura_id::{IdError, OfficeId, RecordId, UnitId};
use proptest::prelude::*;

#[test]
fn an_id_of_rfc_9562_is_read() {
    // RFC 9562, appendix A.6: 2022-02-22 14:22:22 in New York.
    let id: RecordId = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f".parse().unwrap();
    assert_eq!(id.unix_millis(), 0x017f_22e2_79b0);
    assert_eq!(format!("{id:?}"), "RecordId(017f22e2-79b0-7cc3-98c4-dc0c0c07398f)");
}

#[test]
fn other_spellings_and_other_versions_are_refused() {
    for spelling in [
        "",
        "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        "017f22e279b07cc398c4dc0c0c07398f",
        "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
        "urn:uuid:017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f ",
    ] {
        assert_eq!(spelling.parse::<RecordId>(), Err(IdError::Spelling), "{spelling}");
    }
    // RFC 9562, appendix A.3: version 4, and the id of nothing.
    for other in ["919108f7-52d1-4320-9bac-f847db4148a8", "00000000-0000-0000-0000-000000000000"] {
        assert_eq!(other.parse::<RecordId>(), Err(IdError::NotByTime), "{other}");
    }
    // Version 7 with a foreign variant.
    let mut bytes = OfficeId::from_parts(0, [0; 10]).unwrap().bytes();
    bytes[8] = 0;
    assert_eq!(OfficeId::from_bytes(bytes), Err(IdError::NotByTime));
    assert_eq!(UnitId::from_parts(1 << 48, [0; 10]), Err(IdError::TooLate));
}

proptest! {
    #[test]
    fn ids_sort_by_the_time_they_were_made(one in 0_u64..1 << 48, other in 0_u64..1 << 48, a: [u8; 10], b: [u8; 10]) {
        let (first, second) = (OfficeId::from_parts(one, a).unwrap(), OfficeId::from_parts(other, b).unwrap());
        prop_assert_eq!(first.unix_millis(), one);
        if one != other {
            prop_assert_eq!(first.cmp(&second), one.cmp(&other));
            prop_assert_eq!(first.bytes().cmp(&second.bytes()), one.cmp(&other));
        }
    }

    #[test]
    fn an_id_comes_back_from_its_bytes_and_from_its_spelling(millis in 0_u64..1 << 48, chance: [u8; 10]) {
        let id = OfficeId::from_parts(millis, chance).unwrap();
        prop_assert_eq!(OfficeId::from_bytes(id.bytes()).unwrap(), id);
        prop_assert_eq!(id.to_string().parse::<OfficeId>().unwrap(), id);
    }
}
