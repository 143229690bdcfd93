//! What linkers do to capitals.

/// What a linker's loop has left of capitals. Of what several notes tell, the last in this order counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Capitals {
    /// Nothing tells.
    #[default]
    Unknown,
    /// A term stands unlinked in other ones: the loop told them apart.
    Kept,
    /// The loop has written its own into several words.
    Lost,
}
