use kura_store::{Entropy, NotLent};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

/// A source of chance for one piece of work, from the system's: seeds, salts and ids of one thread come from it.
pub(crate) fn source(entropy: &dyn Entropy) -> Result<ChaCha20Rng, NotLent> {
    let mut seed = zeroize::Zeroizing::new([0; 32]);
    entropy.fill(seed.as_mut())?;
    Ok(ChaCha20Rng::from_seed(*seed))
}
