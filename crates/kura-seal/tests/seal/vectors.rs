//! Wycheproof's vectors for the primitives, as they are linked here. How many there are is part of the test: an empty list proves
//! nothing.

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce, Tag};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use p256::elliptic_curve::ecdh::diffie_hellman;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;
use wycheproof::TestResult::{Invalid, Valid};
use wycheproof::{aead, ecdh, hkdf as hkdf_vectors, mac};

#[test]
fn aes_256_gcm() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let (mut opened, mut refused) = (0, 0);
    for group in
        set.test_groups.iter().filter(|group| (group.key_size, group.nonce_size, group.tag_size) == (256, 96, 128))
    {
        for test in &group.tests {
            let cipher = Aes256Gcm::new_from_slice(&test.key).unwrap();
            let (nonce, tag) = (Nonce::try_from(&test.nonce[..]).unwrap(), Tag::try_from(&test.tag[..]).unwrap());
            let mut text = test.ct.to_vec();
            let result = cipher.decrypt_inout_detached(&nonce, &test.aad, text.as_mut_slice().into(), &tag);
            match test.result {
                Valid => {
                    assert!(result.is_ok() && text == test.pt[..], "{}: {}", test.tc_id, test.comment);
                    let own = cipher.encrypt_inout_detached(&nonce, &test.aad, text.as_mut_slice().into()).unwrap();
                    assert!(text == test.ct[..] && own == tag, "{}: {}", test.tc_id, test.comment);
                    opened += 1;
                }
                _ => {
                    assert!(result.is_err(), "{}: {}", test.tc_id, test.comment);
                    refused += 1;
                }
            }
        }
    }
    assert_eq!((opened, refused), (39, 27));
}

#[test]
fn hkdf_sha_256() {
    let set = hkdf_vectors::TestSet::load(hkdf_vectors::TestName::HkdfSha256).unwrap();
    let (mut derived, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut key = vec![0; test.size];
        let result = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut key);
        if test.result == Invalid {
            assert!(result.is_err(), "{}: {}", test.tc_id, test.comment);
            refused += 1;
        } else {
            assert!(result.is_ok() && key == test.okm[..], "{}: {}", test.tc_id, test.comment);
            derived += 1;
        }
    }
    assert_eq!((derived, refused), (83, 3));
}

#[test]
fn hmac_sha_256() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let (mut right, mut wrong) = (0, 0);
    for group in &set.test_groups {
        for test in &group.tests {
            let mac = Hmac::<Sha256>::new_from_slice(&test.key).unwrap().chain_update(&test.msg);
            let result = mac.verify_truncated_left(&test.tag);
            assert_eq!(result.is_ok(), test.result == Valid, "{}: {}", test.tc_id, test.comment);
            if test.result == Valid { right += 1 } else { wrong += 1 }
        }
    }
    assert_eq!((right, wrong), (66, 108));
}

#[test]
fn ecdh_p_256() {
    let set = ecdh::TestSet::load(ecdh::TestName::EcdhSecp256r1Ecpoint).unwrap();
    let (mut agreed, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        // Wycheproof writes the private number as a signed integer, sometimes with zeros before it.
        let number: Vec<u8> = test.private_key.iter().copied().skip_while(|byte| *byte == 0).collect();
        let private = SecretKey::from_slice(&[vec![0; 32 - number.len()], number].concat()).unwrap();
        match PublicKey::from_sec1_bytes(&test.public_key) {
            Ok(public) => {
                let shared = diffie_hellman(private.to_nonzero_scalar(), public.as_affine());
                assert_eq!(shared.raw_secret_bytes()[..], test.shared_secret[..], "{}: {}", test.tc_id, test.comment);
                assert_ne!(test.result, Invalid, "{}: {}", test.tc_id, test.comment);
                agreed += 1;
            }
            Err(_) => {
                assert_ne!(test.result, Valid, "{}: {}", test.tc_id, test.comment);
                refused += 1;
            }
        }
    }
    assert_eq!((agreed, refused), (331, 24));
}
