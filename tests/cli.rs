//! The command line as it is seen: messages, exit codes and formats, each case a file in `tests/cmd`.
//! After a change of words: `TRYCMD=overwrite cargo test --test cli`, and read the diff.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)]

#[test]
fn the_command_line_says_what_it_should() {
    let cases = trycmd::TestCases::new();
    // Whatever the environment says, these say it again.
    let fixed = [("NO_COLOR", "1"), ("CLICOLOR", "0"), ("CLICOLOR_FORCE", "0"), ("COLUMNS", "100"), ("TERM", "dumb")];
    for (name, value) in fixed.into_iter().chain([("GITHUB_ACTIONS", ""), ("CI", ""), ("RUST_BACKTRACE", "0")]) {
        cases.env(name, value);
    }
    cases.case("tests/cmd/*.toml").case("tests/cmd/*.trycmd");
}
