//! Whether the attachments of a vault are with its notes. Often they are too large for a repository.

/// Files that programs keep beside notes: a configuration does not show that the attachments are here.
const OF_PROGRAMS: [&str; 6] = ["json", "lock", "toml", "txt", "yaml", "yml"];

/// What was seen of the attachments of a vault.
#[derive(Debug, Default)]
pub(super) struct Attachments {
    any: bool,
    in_folder: bool,
}

impl Attachments {
    /// Looks at a file; `folder` is where the vault keeps its attachments.
    pub(super) fn add(&mut self, path: &str, folder: Option<&str>) {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        self.any |= is_attachment(path) && !OF_PROGRAMS.contains(&ending);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_no_attachment() {
        let mut attachments = Attachments::default();
        for file in ["vaultmend.toml", "baseline.json", "LICENSE.txt"] {
            attachments.add(file, None);
        }
        assert!(attachments.elsewhere(None).is_some());
        attachments.add("a/map.png", None);
        assert_eq!(attachments.elsewhere(None), None);
    }
}
