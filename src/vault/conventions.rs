//! How a vault is read: by which program, and how that writes its links.

use schemars::JsonSchema;
use serde::Deserialize;

/// The program whose rules hold for names and links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Program")]
pub enum Flavor {
    /// Names without regard to folders, aliases in frontmatter.
    #[default]
    Obsidian,
    /// Aliases are names, names hold their namespaces, and a link makes the page it names.
    Logseq,
    /// As Obsidian, but that a link without a note is a placeholder.
    Foam,
}

impl Flavor {
    /// Its name in a configuration.
    pub fn name(self) -> &'static str {
        match self {
            Flavor::Obsidian => "obsidian",
            Flavor::Logseq => "logseq",
            Flavor::Foam => "foam",
        }
    }

    /// Whether a name may hold links, so that nested ones are no damage.
    pub fn nests_links(self) -> bool {
        self == Flavor::Logseq
    }
}

/// What Obsidian writes into a link to a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LinkFormat {
    /// The base name where there is one such note, else the path from the root.
    #[default]
    Shortest,
    /// The path from the linking note.
    Relative,
    /// The path from the root.
    Absolute,
}

impl LinkFormat {
    /// Its name in a configuration.
    pub fn name(self) -> &'static str {
        match self {
            LinkFormat::Shortest => "shortest",
            LinkFormat::Relative => "relative",
            LinkFormat::Absolute => "absolute",
        }
    }
}

/// The conventions of one vault.
#[derive(Debug, Clone, Default)]
pub struct Conventions {
    pub flavor: Flavor,
    pub links: LinkFormat,
    /// The folder for attachments, from the root.
    pub attachments: Option<String>,
}

/// The keys of `.obsidian/app.json` that matter here.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct App {
    new_link_format: LinkFormat,
    attachment_folder_path: String,
}

impl Conventions {
    /// Reads the text of an `.obsidian/app.json`. One that cannot be read says nothing.
    pub fn read_app(&mut self, json: &str) {
        let app: App = serde_json::from_str(json).unwrap_or_default();
        self.links = app.new_link_format;
        let folder = app.attachment_folder_path.trim_matches('/');
        // `./` is the folder of each note.
        self.attachments = (!folder.is_empty() && !folder.starts_with('.')).then(|| folder.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn obsidian_s_own_settings_are_read() {
        let mut conventions = Conventions::default();
        conventions.read_app(r#"{"newLinkFormat": "relative", "attachmentFolderPath": "zData/files/", "x": 1}"#);
        assert_eq!(conventions.links, LinkFormat::Relative);
        assert_eq!(conventions.attachments.as_deref(), Some("zData/files"));
        conventions.read_app(r#"{"attachmentFolderPath": "./"}"#);
        assert_eq!((conventions.links, conventions.attachments), (LinkFormat::Shortest, None));
    }
}
