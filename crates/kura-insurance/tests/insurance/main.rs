//! Tests of kura-insurance: official examples row by row, both sides of every switch date, properties.

#[cfg(test)]
mod errors;
#[cfg(test)]
mod labour_insurance_vectors;
#[cfg(test)]
mod periods;
#[cfg(test)]
mod premiums;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod rate_vectors;
#[cfg(test)]
mod rows;
#[cfg(test)]
mod tables;
