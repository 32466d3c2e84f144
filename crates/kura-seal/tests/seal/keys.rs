//! Wrapped keys come out for their holder, office, unit and epoch, and for nobody else.

use crate::given::{chance, office, place, unit};
use kura_seal::{
    AgentKey, DataKey, KeyEpoch, OpenError, Place, PublicKey, RecoveryKey, Schema, ServerKey, UnitKey, UnitKeys,
    WrapError, open, seal, seal_entry,
};
use zeroize::Zeroizing;

#[test]
fn a_unit_key_comes_out_of_the_keyring() {
    let mut rng = chance(1);
    let (data_key, unit_key) = (DataKey::generate(KeyEpoch::FIRST, &mut rng), UnitKey::generate(&mut rng));
    let wrapped = data_key.wrap_unit_key(&unit_key, office(1), unit(1), &mut rng).unwrap();
    assert!(data_key.unwrap_unit_key(office(1), unit(1), &wrapped).unwrap() == unit_key);

    let other = DataKey::generate(KeyEpoch::FIRST, &mut rng);
    for (key, office, unit, error) in [
        (&data_key, office(2), unit(1), WrapError::Altered),
        (&data_key, office(1), unit(2), WrapError::Altered),
        (&other, office(1), unit(1), WrapError::OtherKey),
    ] {
        assert_eq!(key.unwrap_unit_key(office, unit, &wrapped).unwrap_err(), error);
    }
    refuses_all_but(&wrapped, |wrapped| data_key.unwrap_unit_key(office(1), unit(1), wrapped).map(|_| ()));
}

#[test]
fn after_a_rotation_the_new_data_key_opens_the_old_records() {
    let mut rng = chance(1);
    let (old, unit_key) = (DataKey::generate(KeyEpoch::FIRST, &mut rng), UnitKey::generate(&mut rng));
    let sealed = seal(&unit_key, old.epoch(), &place(), Schema::new(1), b"body", &mut rng).unwrap();
    let wrapped = old.wrap_unit_key(&unit_key, office(1), unit(1), &mut rng).unwrap();

    let new = old.next(&mut rng).unwrap();
    assert_eq!(new.epoch(), KeyEpoch::new(2));
    assert_ne!(new.expose(), old.expose());
    let rewrapped = new.rewrap_unit_key(&old, office(1), unit(1), &wrapped, &mut rng).unwrap();
    let unit_key = new.unwrap_unit_key(office(1), unit(1), &rewrapped).unwrap();
    assert_eq!(*open(&unit_key, &place(), &sealed).unwrap().body, b"body");

    let wrong = WrapError::OtherEpoch { wrapped: KeyEpoch::new(2), used: KeyEpoch::FIRST };
    assert_eq!(old.unwrap_unit_key(office(1), unit(1), &rewrapped).unwrap_err(), wrong);
    assert_eq!(
        wrong.to_string(),
        "この鍵は第2期のデータ鍵で包まれています（使ったのは第1期）。その期のデータ鍵で開いてください。"
    );
    assert!(DataKey::generate(KeyEpoch::new(u32::MAX), &mut rng).next(&mut rng).is_none());
}

#[test]
fn after_a_rotation_of_the_unit_key_history_opens_and_a_resealed_record_needs_the_new_key() {
    let mut rng = chance(1);
    let data_key = DataKey::generate(KeyEpoch::FIRST, &mut rng);
    let keys = UnitKeys::from(UnitKey::generate(&mut rng));
    let old = seal(keys.newest(), data_key.epoch(), &place(), Schema::new(1), b"body", &mut rng).unwrap();
    let entry = seal_entry(keys.newest(), data_key.epoch(), office(1), 7, Schema::new(1), b"entry", &mut rng).unwrap();
    let keys = keys.rotate(&mut rng);
    let (old_place, opened) = (place(), keys.open(&place(), &old).unwrap());
    assert_eq!(*opened.body, b"body");
    let place = Place { version: 2, ..old_place };
    let new = seal(keys.newest(), data_key.epoch(), &place, Schema::new(1), &opened.body, &mut rng).unwrap();

    let row = data_key.wrap_unit_keys(&keys, office(1), unit(1), &mut rng).unwrap();
    let back = data_key.unwrap_unit_keys(office(1), unit(1), &row).unwrap();
    assert!(back == keys);
    assert_eq!(*back.open(&old_place, &old).unwrap().body, b"body");
    assert_eq!(*back.open(&place, &new).unwrap().body, b"body");
    assert_eq!(*back.open_entry(office(1), 7, &entry).unwrap().body, b"entry");
    assert_eq!(back.open(&place, &old).unwrap_err(), OpenError::Altered);

    let newest = data_key.unwrap_unit_key(office(1), unit(1), &row).unwrap();
    assert!(newest == *keys.newest());
    assert_eq!(*open(&newest, &place, &new).unwrap().body, b"body");
    assert_eq!(open(&newest, &old_place, &old).unwrap_err(), OpenError::OtherKey);

    let next = data_key.next(&mut rng).unwrap();
    let rewrapped = next.rewrap_unit_key(&data_key, office(1), unit(1), &row, &mut rng).unwrap();
    assert!(next.unwrap_unit_keys(office(1), unit(1), &rewrapped).unwrap() == keys);
    let stranger = UnitKeys::from(UnitKey::generate(&mut rng)).rotate(&mut rng);
    assert_eq!(stranger.open(&place, &new).unwrap_err(), OpenError::OtherKey);
    refuses_all_but(&row, |row| data_key.unwrap_unit_keys(office(1), unit(1), row).map(|_| ()));
}

#[test]
fn a_data_key_comes_back_from_the_server_key_with_its_epoch() {
    let mut rng = chance(1);
    let (server_key, data_key) = (ServerKey::generate(&mut rng), DataKey::generate(KeyEpoch::new(5), &mut rng));
    let wrapped = server_key.wrap_data_key(&data_key, office(1), &mut rng).unwrap();
    let stored = ServerKey::from_bytes(&Zeroizing::new(*server_key.expose()));
    let back = stored.unwrap_data_key(office(1), &wrapped).unwrap();
    assert!(back == data_key);
    assert_eq!(back.epoch(), KeyEpoch::new(5));
    assert_eq!(server_key.unwrap_data_key(office(2), &wrapped).unwrap_err(), WrapError::Altered);
    let other = ServerKey::generate(&mut rng);
    assert_eq!(other.unwrap_data_key(office(1), &wrapped).unwrap_err(), WrapError::OtherKey);
    refuses_all_but(&wrapped, |wrapped| server_key.unwrap_data_key(office(1), wrapped).map(|_| ()));
}

#[test]
fn a_wrapped_key_of_one_sort_is_none_of_another() {
    let mut rng = chance(1);
    let data_key = DataKey::generate(KeyEpoch::FIRST, &mut rng);
    let server_key = ServerKey::from_bytes(&Zeroizing::new(*data_key.expose()));
    let wrapped = server_key.wrap_data_key(&data_key, office(1), &mut rng).unwrap();
    assert_eq!(data_key.unwrap_unit_key(office(1), unit(1), &wrapped).unwrap_err(), WrapError::OtherKey);
}

#[test]
fn the_house_key_follows_from_the_server_key() {
    let server_key = ServerKey::generate(&mut chance(1));
    assert!(server_key.house_key() == ServerKey::generate(&mut chance(1)).house_key());
    assert!(server_key.house_key() != ServerKey::generate(&mut chance(2)).house_key());
}

#[test]
fn a_data_key_comes_back_from_paper_and_from_the_agent() {
    let mut rng = chance(1);
    let data_key = DataKey::generate(KeyEpoch::new(7), &mut rng);
    let (recovery, agent) = (RecoveryKey::generate(&mut rng), AgentKey::generate(&mut rng));
    let public = PublicKey::from_bytes(recovery.public_key().bytes()).unwrap();
    let on_paper = public.wrap_data_key(&data_key, office(1), &mut rng).unwrap();
    let at_agent = agent.public_key().wrap_data_key(&data_key, office(1), &mut rng).unwrap();

    let back = recovery.unwrap_data_key(office(1), &on_paper).unwrap();
    assert!(back == data_key);
    assert_eq!(back.epoch(), KeyEpoch::new(7));
    let stored = AgentKey::from_bytes(&Zeroizing::new(*agent.expose()));
    assert!(stored.unwrap_data_key(office(1), &at_agent).unwrap() == data_key);

    assert_eq!(agent.unwrap_data_key(office(1), &on_paper).unwrap_err(), WrapError::OtherKey);
    assert_eq!(recovery.unwrap_data_key(office(2), &on_paper).unwrap_err(), WrapError::OtherKey);
    refuses_all_but(&on_paper, |wrapped| recovery.unwrap_data_key(office(1), wrapped).map(|_| ()));
}

#[test]
fn what_is_no_point_of_the_curve_is_no_public_key() {
    let good = *RecoveryKey::generate(&mut chance(1)).public_key().bytes();
    let mut off_the_curve = good;
    off_the_curve[64] ^= 1;
    for wrong in [[0; 65], off_the_curve] {
        assert_eq!(PublicKey::from_bytes(&wrong), Err(WrapError::NoPublicKey));
    }
}

#[test]
fn keys_say_nothing_of_themselves() {
    let mut rng = chance(1);
    let said = [
        format!("{:?}", DataKey::generate(KeyEpoch::FIRST, &mut rng)),
        format!("{:?}", ServerKey::generate(&mut rng)),
        format!("{:?}", AgentKey::generate(&mut rng)),
        format!("{:?}", RecoveryKey::generate(&mut rng)),
        format!("{:?}", RecoveryKey::generate(&mut rng).words()),
    ];
    assert_eq!(said, ["DataKey(..)", "ServerKey(..)", "AgentKey(..)", "RecoveryKey(..)", "Words(..)"]);
}

/// Every bit flipped, every length cut, and a few bytes more: nothing unwraps but the bytes themselves.
fn refuses_all_but(wrapped: &[u8], unwrap: impl Fn(&[u8]) -> Result<(), WrapError>) {
    assert_eq!(unwrap(wrapped), Ok(()));
    for at in 0..wrapped.len() {
        for bit in 0..8 {
            let mut flipped = wrapped.to_vec();
            flipped[at] ^= 1 << bit;
            assert!(unwrap(&flipped).is_err(), "bit {bit} of byte {at}");
        }
        assert!(unwrap(&wrapped[..at]).is_err(), "{at} bytes");
    }
    assert!(unwrap(&[wrapped, &[0]].concat()).is_err());
    assert!(unwrap(&[&[0], wrapped].concat()).is_err());
}
