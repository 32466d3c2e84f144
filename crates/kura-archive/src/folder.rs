//! A plain folder: a disk, a stick, or what `kura archive receive` keeps. On the machine of the office itself it is convenience, not protection.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use kura_id::OfficeId;
use kura_platform::files;

use crate::object::{Class, OBJECT_BYTES_MAX, ObjectName};
use crate::target::{Protection, Put, Source, Target, TargetError};

/// A folder with `<office>/<class>/<name>`.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder of this name. It is made when something is put; its parent must be there, so that a stick that is not plugged in is
    /// noticed.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where an object lies.
    #[must_use]
    pub fn place(&self, name: &ObjectName) -> PathBuf {
        self.class(name.office, name.class).join(name.file_name())
    }

    /// All objects of an office and a class, by name. Files of another spelling are none.
    ///
    /// # Errors
    /// [`TargetError::Unavailable`].
    pub fn objects(&self, office: OfficeId, class: Class) -> Result<Vec<ObjectName>, TargetError> {
        let mut names = Vec::new();
        for entry in entries(&self.class(office, class))? {
            let name = entry.to_str().and_then(|text| ObjectName::from_file_name(office, class, text));
            names.extend(name);
        }
        names.sort_unstable();
        Ok(names)
    }

    fn class(&self, office: OfficeId, class: Class) -> PathBuf {
        self.root.join(office.to_string()).join(class.name())
    }

    fn make_folders(&self, name: &ObjectName) -> io::Result<PathBuf> {
        let office = self.root.join(name.office.to_string());
        let class = office.join(name.class.name());
        for folder in [&self.root, &office, &class] {
            files::create_private_folder(folder)?;
        }
        Ok(class)
    }
}

impl Target for Folder {
    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<Put, TargetError> {
        if u64::try_from(bytes.len()).map_or(true, |length| length > OBJECT_BYTES_MAX) || !name.is_of(bytes) {
            return Err(TargetError::TooLong { name: *name });
        }
        match self.get(name) {
            Ok(there) if there == bytes => return Ok(Put::AlreadyThere),
            Ok(_) => return Err(TargetError::Taken { name: *name }),
            Err(TargetError::Missing { .. }) => {}
            Err(error) => return Err(error),
        }
        self.make_folders(name).map_err(unavailable)?;
        files::replace_private(&self.place(name), bytes).map_err(unavailable)?;
        Ok(Put::Stored)
    }

    fn newest_manifest(&self, office: OfficeId) -> Result<Option<ObjectName>, TargetError> {
        Ok(self.manifests(office)?.pop())
    }

    fn protection(&self) -> Protection {
        Protection::None
    }
}

impl Source for Folder {
    fn offices(&self) -> Result<Vec<OfficeId>, TargetError> {
        let mut offices: Vec<OfficeId> =
            entries(&self.root)?.iter().filter_map(|name| name.to_str()?.parse().ok()).collect();
        offices.sort_unstable();
        Ok(offices)
    }

    fn manifests(&self, office: OfficeId) -> Result<Vec<ObjectName>, TargetError> {
        self.objects(office, Class::Manifest)
    }

    fn get(&self, name: &ObjectName) -> Result<Vec<u8>, TargetError> {
        files::read_limited(&self.place(name), OBJECT_BYTES_MAX).map_err(|error| match error.kind() {
            ErrorKind::NotFound => TargetError::Missing { name: *name },
            ErrorKind::FileTooLarge => TargetError::TooLong { name: *name },
            _ => unavailable(error),
        })
    }
}

/// The names in a folder; none where there is no folder.
fn entries(folder: &Path) -> Result<Vec<std::ffi::OsString>, TargetError> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>().map_err(unavailable),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(unavailable(error)),
    }
}

fn unavailable(error: io::Error) -> TargetError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => TargetError::Full,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => TargetError::ReadOnly,
        _ => TargetError::Unavailable { reason: error.to_string() },
    }
}
