//! A line between processes.

use std::io::{Read, Write};
use std::thread;

use kura_platform::files;
use kura_platform::socket::{Address, Ear, Line, SocketError};

#[test]
fn a_line_carries_bytes_both_ways_and_ends_with_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("vault");
    files::create_private_folder(&home).unwrap();
    let address = Address::in_folder(&home, "vault");
    assert!(matches!(Line::connect(&address), Err(SocketError::NobodyListens { .. })));
    let ear = Ear::listen(&address).unwrap();
    let listener = thread::spawn(move || {
        let mut line = ear.accept().unwrap();
        let mut heard = [0; 4];
        line.read_exact(&mut heard).unwrap();
        line.write_all(&heard.map(|byte| byte.to_ascii_uppercase())).unwrap();
    });
    let mut line = Line::connect(&address).unwrap();
    line.write_all(b"kura").unwrap();
    let mut heard = Vec::new();
    line.read_to_end(&mut heard).unwrap();
    assert_eq!(heard, b"KURA");
    listener.join().unwrap();
    assert!(matches!(Line::connect(&address), Err(SocketError::NobodyListens { .. })));
}

#[cfg(unix)]
#[test]
fn a_socket_lies_in_a_private_folder_and_is_private_itself() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("vault");
    files::create_private_folder(&home).unwrap();
    let address = Address::in_folder(&home, "vault");
    // A killed process leaves its socket behind.
    drop(std::os::unix::net::UnixListener::bind(home.join("vault.sock")).unwrap());
    let ear = Ear::listen(&address).unwrap();
    assert_eq!(fs::metadata(home.join("vault.sock")).unwrap().permissions().mode() & 0o777, 0o600);
    drop(ear);
    fs::set_permissions(&home, fs::Permissions::from_mode(0o750)).unwrap();
    assert!(matches!(Ear::listen(&address), Err(SocketError::FolderNotPrivate { .. })));
    let long = Address::in_folder(&folder.path().join("x".repeat(100)), "vault");
    assert!(matches!(Line::connect(&long), Err(SocketError::PathTooLong { .. })));
}
