//! Bytes that stand beside each other.
//!
//! A search for one byte takes a fifth of the time of one for two, so the rarer of two is looked for.

use memchr::memchr_iter;

/// Where `first` stands before `second`, the rarer of them, in a text: the offsets of `first`, in bytes.
pub(crate) fn pairs(text: &str, [first, second]: [u8; 2]) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr_iter(second, bytes).filter_map(move |at| at.checked_sub(1).filter(|&before| bytes[before] == first))
}

/// The line ends of the empty lines of a text, by their offsets in bytes. An empty first line is none: what
/// stands before it is not known.
pub(super) fn empty_lines(text: &[u8]) -> impl DoubleEndedIterator<Item = usize> {
    memchr_iter(b'\n', text).filter(|&at| matches!(text[..at], [.., b'\n'] | [.., b'\n', b'\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_bytes_of_a_pair_stand_beside_each_other() {
        assert_eq!(pairs("(a](b) [](c)]", *b"](").collect::<Vec<_>>(), [2, 8]);
        assert_eq!(pairs("(](", *b"](").collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn an_empty_line_ends_behind_another() {
        assert_eq!(empty_lines(b"\na\n\nb\n\r\n\r\nc\n \n").collect::<Vec<_>>(), [3, 7, 9]);
        assert_eq!(empty_lines(b"a\n\n\nb\n").next_back(), Some(3));
    }
}
