#![doc = include_str!("../README.md")]

mod id;
mod kind;
mod registry;

pub use id::IdError;
pub use kind::Kind;
pub use registry::{DeviceId, OfficeId, RecordId, RequestId, RunId, UnitId, UserId};
