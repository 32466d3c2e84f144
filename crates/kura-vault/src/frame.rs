//! One message on the line: `version 2 | length of message 4 | length of secret 2 | message | secret`, numbers with the highest byte first.

use std::io::{self, Read, Write};

use zeroize::Zeroizing;

/// The only version there is.
pub(crate) const VERSION: u16 = 1;
/// The longest message.
pub(crate) const MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// The longest secret: a passphrase.
pub(crate) const SECRET_BYTES_MAX: usize = 1024;

/// A message and the secret that comes with it.
pub(crate) struct Frame {
    pub(crate) message: Vec<u8>,
    pub(crate) secret: Zeroizing<Vec<u8>>,
}

/// Why there is no message.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// Another version of the protocol.
    #[error(
        "金庫の通信の版が違います（相手は{found}、こちらは{VERSION}）。Kuraを更新したあとは、金庫も起動し直してください。"
    )]
    Version {
        /// The version found.
        found: u16,
    },
    /// Longer than the limits.
    #[error("金庫との通信が長すぎます。")]
    TooLong,
    /// The line broke.
    #[error("金庫との通信が切れました（{0}）。")]
    Line(#[from] io::Error),
}

/// Reads one message. What it asks memory for is bounded before it is asked.
pub(crate) fn read(line: &mut impl Read) -> Result<Frame, FrameError> {
    let mut head = [0; 8];
    line.read_exact(&mut head)?;
    let [v0, v1, m0, m1, m2, m3, s0, s1] = head;
    let found = u16::from_be_bytes([v0, v1]);
    if found != VERSION {
        return Err(FrameError::Version { found });
    }
    let message_bytes = usize::try_from(u32::from_be_bytes([m0, m1, m2, m3])).map_err(|_| FrameError::TooLong)?;
    let secret_bytes = usize::from(u16::from_be_bytes([s0, s1]));
    if message_bytes > MESSAGE_BYTES_MAX || secret_bytes > SECRET_BYTES_MAX {
        return Err(FrameError::TooLong);
    }
    let mut frame = Frame { message: vec![0; message_bytes], secret: Zeroizing::new(vec![0; secret_bytes]) };
    line.read_exact(&mut frame.message)?;
    line.read_exact(&mut frame.secret)?;
    Ok(frame)
}

/// Writes one message.
pub(crate) fn write(line: &mut impl Write, message: &[u8], secret: &[u8]) -> Result<(), FrameError> {
    if message.len() > MESSAGE_BYTES_MAX || secret.len() > SECRET_BYTES_MAX {
        return Err(FrameError::TooLong);
    }
    let message_bytes = u32::try_from(message.len()).map_err(|_| FrameError::TooLong)?;
    let secret_bytes = u16::try_from(secret.len()).map_err(|_| FrameError::TooLong)?;
    let parts =
        [&VERSION.to_be_bytes()[..], &message_bytes.to_be_bytes(), &secret_bytes.to_be_bytes(), message, secret];
    // The whole room at once: a buffer that grew would leave a copy of the secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(parts.iter().map(|part| part.len()).sum()));
    parts.iter().for_each(|part| bytes.extend_from_slice(part));
    line.write_all(&bytes)?;
    Ok(line.flush()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(message: Vec<u8>, secret in proptest::collection::vec(any::<u8>(), 0..=SECRET_BYTES_MAX)) {
            let mut line = Vec::new();
            write(&mut line, &message, &secret).unwrap();
            let frame = read(&mut line.as_slice()).unwrap();
            prop_assert_eq!((&frame.message, &*frame.secret), (&message, &secret));
            // Cut off anywhere it is no message, and nobody waits for more memory than there are bytes.
            for length in [0, 1, 7, 8, line.len() - 1].into_iter().filter(|length| *length < line.len()) {
                prop_assert!(read(&mut &line[..length]).is_err());
            }
        }

        #[test]
        fn no_bytes_make_it_stumble(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(frame) = read(&mut bytes.as_slice()) {
                prop_assert!(frame.message.len() + frame.secret.len() + 8 <= bytes.len());
            }
        }
    }

    #[test]
    fn limits_hold_on_both_sides() {
        let mut line = Vec::new();
        assert!(matches!(write(&mut line, &[0; MESSAGE_BYTES_MAX + 1], &[]), Err(FrameError::TooLong)));
        assert!(matches!(write(&mut line, &[], &[0; SECRET_BYTES_MAX + 1]), Err(FrameError::TooLong)));
        assert!(line.is_empty());
        assert!(matches!(read(&mut &[0, 1, 0, 1, 0, 1, 0, 0][..]), Err(FrameError::TooLong)));
        assert!(matches!(read(&mut &[0, 1, 0, 0, 0, 0, 4, 1][..]), Err(FrameError::TooLong)));
        assert!(matches!(read(&mut &[0, 2, 0, 0, 0, 0, 0, 0][..]), Err(FrameError::Version { found: 2 })));
    }
}
