//! A named pipe. All pipes of a machine share one space of names, so the name carries the folder; its owner alone may open it.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use interprocess::local_socket::traits::Listener as _;
use interprocess::local_socket::{ConnectOptions, GenericNamespaced, ListenerOptions, Name, ToNsName};
use interprocess::os::windows::local_socket::ListenerOptionsExt;
use interprocess::os::windows::security_descriptor::SecurityDescriptor;
use sha2::{Digest, Sha256};
use widestring::u16cstr;

use super::{Address, SocketError};

pub(super) type Stream = interprocess::local_socket::Stream;
pub(super) type Listener = interprocess::local_socket::Listener;

pub(super) fn listen(address: &Address) -> Result<Listener, SocketError> {
    let name = name(address)?;
    // Everything for the owner (OW) and the system itself (SY), nothing inherited, nothing for anybody else.
    let listen = || {
        let owner_only = SecurityDescriptor::deserialize(u16cstr!("D:P(A;;GA;;;OW)(A;;GA;;;SY)"))?;
        ListenerOptions::new().name(name).security_descriptor(owner_only).create_sync()
    };
    listen().map_err(address.system())
}

pub(super) fn accept(listener: &Listener) -> io::Result<Stream> {
    listener.accept()
}

pub(super) fn connect(address: &Address) -> Result<Stream, SocketError> {
    ConnectOptions::new().name(name(address)?).connect_sync().map_err(address.system())
}

/// Pipes have no time limit.
pub(super) fn set_patience(_: &Stream, _: Duration) -> io::Result<()> {
    Ok(())
}

/// The pipe's own list has decided who may open it.
pub(super) fn same_user(_: &Stream) -> io::Result<bool> {
    Ok(true)
}

fn name(address: &Address) -> Result<Name<'static>, SocketError> {
    let folder = address.folder.canonicalize().map_err(address.system())?;
    let sum: [u8; 32] = Sha256::digest(folder.as_os_str().as_encoded_bytes()).into();
    let mut name = format!("kura-{}-", address.name);
    for byte in sum.iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name.to_ns_name::<GenericNamespaced>().map(Name::into_owned).map_err(address.system())
}
