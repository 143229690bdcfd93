//! Whether the attachments of a vault are with its notes. Often they are too large for a repository.

/// What was seen of the attachments of a vault.
#[derive(Debug, Default)]
pub(super) struct Attachments {
    any: bool,
    in_folder: bool,
}

impl Attachments {
    /// Looks at a file; `folder` is where the vault keeps its attachments.
    pub(super) fn add(&mut self, path: &str, folder: Option<&str>) {
        self.any |= is_attachment(path) && !path.ends_with(".txt");
        self.in_folder |=
            folder.is_some_and(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
    }

    pub(super) fn elsewhere(&self, folder: Option<&str>) -> Option<String> {
        match folder {
            _ if !self.any => Some("no attachment of this vault is here".to_owned()),
            Some(folder) if !self.in_folder => Some(format!("the folder for attachments, `{folder}`, is not here")),
            _ => None,
        }
    }
}

/// Whether a name has the ending of a file that is no note.
pub fn is_attachment(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(name, ending)| {
        let short = (1..=6).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        !name.is_empty() && short && !ending.eq_ignore_ascii_case("md")
    })
}
