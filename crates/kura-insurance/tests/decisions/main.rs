//! Tests of kura-insurance's decisions: official examples, demo people, both sides of every threshold and date, every
//! sentence and every error once, properties.

#[cfg(test)]
mod ages_and_loss;
#[cfg(test)]
mod annual;
#[cfg(test)]
mod annual_average;
#[cfg(test)]
mod demo_people;
#[cfg(test)]
mod edges;
#[cfg(test)]
mod employment_coverage;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod leave_end;
#[cfg(test)]
mod occasional;
#[cfg(test)]
mod official_examples;
#[cfg(test)]
mod pay;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod separation;
#[cfg(test)]
mod social_coverage;
