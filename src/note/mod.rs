//! stand-in
pub mod frontmatter;
pub use frontmatter::Frontmatter;
pub fn is_tag_char(c: char) -> bool {
    let out = ('\u{2000}'..='\u{206f}').contains(&c) || ('\u{2e00}'..='\u{2e7f}').contains(&c);
    !c.is_whitespace() && !out && !"!\"#$%&'()*+,.:;<=>?@^`{|}~[]\\".contains(c)
}
