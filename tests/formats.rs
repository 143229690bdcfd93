//! The formats of reports, held to their public schemas and to what they promise each other.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod sandbox;

use std::collections::HashSet;
use std::process::{Command, Stdio};
use std::{fs, io::Write};

use sandbox::{BROKEN, Sandbox, vaultmend};
use serde_json::Value;
use vaultmend::report::FORMATS;

/// A vault with findings of every severity, with fixes and without.
fn damaged() -> Sandbox {
    let vault = Sandbox::new();
    vault.write("War.md", "---\ntags: '#War #saw'\n---\n");
    vault.write(
        "Sub folder/Łódź 100%.md",
        format!("É {BROKEN}An in[[flu]]ence on [[Nobody]], and\n\nhttps://x.org/[[2006]]/a\n"),
    );
    vault
}

fn report(vault: &Sandbox, format: &str) -> String {
    vault.run(&["check", "--format", format]).code(1).stdout()
}

fn json(vault: &Sandbox, format: &str) -> Value {
    serde_json::from_str(&report(vault, format)).unwrap()
}

#[test]
fn no_format_changes_the_exit_code() {
    let (damaged, whole) = (damaged(), Sandbox::new());
    whole.write("a.md", "Nothing.\n");
    for format in FORMATS {
        damaged.run(&["check", "--format", format.name]).code(1);
        damaged.run(&["check", "--format", format.name, "--fail-on", "never"]).code(0);
        whole.run(&["check", "--format", format.name, "--fail-on", "info"]).code(0);
    }
}

#[test]
fn sarif_is_what_its_schema_says() {
    // To ECMA-262 a bracket that closes nothing is a bracket; this validator wants to be told.
    let schema = include_str!("schemas/sarif-2.1.0.json").replace("{2}]?$", "{2}\\\\]?$");
    let schema = serde_json::from_str(&schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let whole = Sandbox::new();
    whole.write("a.md", "Nothing.\n");
    let clean: Value = serde_json::from_str(&whole.run(&["check", "--format", "sarif"]).code(0).stdout()).unwrap();
    let found = json(&damaged(), "sarif");
    for document in [&clean, &found] {
        let errors: Vec<String> = schema.iter_errors(document).map(|e| format!("{} {e}", e.instance_path())).collect();
        assert_eq!(errors, [""; 0]);
    }
    assert!(!schema.is_valid(&serde_json::json!({ "version": "2.1.0" })), "the schema is asked");
    let run = &found["runs"][0];
    let results = run["results"].as_array().unwrap();
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["helpUri"].as_str().unwrap().ends_with(".html") && !rule["help"]["markdown"].is_null());
    }
    let nested = results.iter().find(|result| result["ruleId"] == "links/nested-link").unwrap();
    let place = &nested["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "Sub%20folder/%C5%81%C3%B3d%C5%BA%20100%25.md");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&1.into(), &7.into()), "characters");
    assert!(nested["fixes"][0]["artifactChanges"][0]["replacements"].as_array().is_some_and(|edits| edits.len() == 2));
}

#[test]
fn junit_is_what_its_schema_says() {
    let whole = Sandbox::new();
    whole.write("a.md", "Nothing.\n");
    let clean = whole.run(&["check", "--format", "junit"]).code(0).stdout();
    let found = report(&damaged(), "junit");
    assert!(clean.contains("<testcase") && !clean.contains("<failure"));
    assert_eq!(
        found.matches("<failure").count(),
        damaged()
            .run(&["check", "--format", "short"])
            .stdout()
            .lines()
            .filter(|line| !line.contains(": info["))
            .count()
    );
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schemas/junit-10.xsd");
    for text in [clean, found] {
        let lint = Command::new("xmllint")
            .args(["--noout", "--schema", schema, "-"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut lint) = lint else {
            eprintln!("skipped: there is no xmllint to ask about {schema}");
            return;
        };
        lint.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let said = lint.wait_with_output().unwrap();
        assert!(said.status.success(), "{}\n{text}", String::from_utf8_lossy(&said.stderr));
    }
}

#[test]
fn checkstyle_has_an_error_for_each_finding_under_its_file() {
    let text = report(&damaged(), "checkstyle");
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut errors, mut files) = (0, Vec::new());
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                let names: Vec<String> = tag.attributes().map(|a| a.unwrap().key.as_ref().to_owned()).collect();
                match tag.name().as_ref() {
                    "file" => files.push(names),
                    "error" => {
                        errors += 1;
                        assert_eq!(names, ["line", "column", "severity", "message", "source"]);
                    }
                    name => assert_eq!(name, "checkstyle"),
                }
            }
            _ => {}
        }
    }
    assert_eq!((errors, files.len()), (report(&damaged(), "short").lines().count(), 2));
}

#[test]
fn gitlab_has_what_its_documentation_asks_for() {
    let report = json(&damaged(), "gitlab");
    let mut seen = HashSet::new();
    for issue in report.as_array().unwrap() {
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
        assert!(seen.insert(issue["fingerprint"].as_str().unwrap()), "a fingerprint is there twice");
        assert!(issue["description"].is_string() && issue["check_name"].is_string());
        let path = issue["location"]["path"].as_str().unwrap();
        assert!(!path.starts_with("./") && !path.starts_with('/'), "{path}");
        assert!(issue["location"]["positions"]["begin"]["line"].as_u64().unwrap() > 0);
    }
    assert!(seen.len() > 3);
}

#[test]
fn rdjson_counts_columns_in_bytes_and_suggests_only_what_one_edit_settles() {
    let report = json(&damaged(), "rdjson");
    let all = report["diagnostics"].as_array().unwrap();
    let of = |rule: &str| all.iter().find(|one| one["code"]["value"] == rule).unwrap();
    let nested = of("links/nested-link");
    assert_eq!(nested["location"]["range"]["start"], serde_json::json!({ "line": 1, "column": 8 }), "É is two bytes");
    assert_eq!(nested["severity"], "ERROR");
    assert!(nested.get("suggestions").is_none(), "its fix has two edits");
    let tags = of("frontmatter/tags-not-a-list");
    assert_eq!(tags["suggestions"][0]["text"], "\n  - War\n  - saw");
    for one in all {
        assert!(one["message"].is_string() && one["location"]["path"].is_string());
        assert!(["ERROR", "WARNING", "INFO"].contains(&one["severity"].as_str().unwrap()));
    }
}

#[test]
fn json_and_json_lines_say_the_same() {
    let vault = damaged();
    let document = json(&vault, "json");
    let text = report(&vault, "json-lines");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, findings) = lines.split_last().unwrap();
    assert_eq!((last["type"].as_str(), &last["errors"]), (Some("summary"), &document["summary"]["errors"]));
    assert_eq!(findings.len(), document["findings"].as_array().unwrap().len());
    for (line, finding) in findings.iter().zip(document["findings"].as_array().unwrap()) {
        let mut line = line.clone();
        assert_eq!(line.as_object_mut().unwrap().remove("type"), Some("finding".into()));
        assert_eq!(line, *finding);
    }
}

#[test]
fn in_github_actions_findings_are_annotations_the_worst_first_and_not_too_many() {
    let vault = Sandbox::new();
    vault.write("a.md", (0..8).map(|i| format!("On [[Nobody {i}]].\n\n")).collect::<String>());
    vault.write("b.md", "An in[[flu]]ence.\n\n".repeat(12));
    let run = |arguments: &[&str]| {
        sandbox::finish(vaultmend(&vault.path()).env("GITHUB_ACTIONS", "true").arg("check").args(arguments), b"")
            .code(1)
            .stdout()
    };
    let said = run(&[]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 11, "{said}");
    assert!(lines[..10].iter().all(|line| line.starts_with("::error file=b.md,line=")), "{said}");
    let place = "::error file=b.md,line=1,endLine=1,col=4,endColumn=17,title=links/split-word::the link covers only";
    assert!(lines[0].starts_with(place), "{said}");
    assert!(
        lines[10].starts_with("::notice title=vaultmend::") && lines[10].ends_with("10 more findings not shown here"),
        "{said}"
    );
    assert!(run(&["--format", "short"]).starts_with("a.md:1:4: info["), "what is asked for is given");
}

#[test]
fn a_run_writes_as_many_reports_as_are_asked_for() {
    let vault = damaged();
    let both = ["check", "--format", "short", "--output", "sarif=out.sarif", "--output", "markdown=summary.md.txt"];
    let short = vault.run(&both).code(1).stdout();
    assert_eq!(short, report(&vault, "short"));
    assert_eq!(String::from_utf8(vault.read("out.sarif")).unwrap(), report(&vault, "sarif"));
    assert_eq!(String::from_utf8(vault.read("summary.md.txt")).unwrap(), report(&vault, "markdown"));
    vault.run(&["fix", "--fail-on", "never", "--output", "json=fixed.json"]).code(0);
    let fixed: Value = serde_json::from_slice(&vault.read("fixed.json")).unwrap();
    assert_eq!(fixed["summary"]["errors"], 0);
}

#[test]
fn a_report_is_written_too_where_standard_output_is_no_report() {
    let vault = Sandbox::new();
    let left = "A [[Nowhere]] and [[[[War]]saw]].\n";
    for (arguments, code) in [(&["fix", "--diff", "a.md"][..], 1), (&["fix", "-", "--fail-on", "never"], 0)] {
        vault.write("a.md", left);
        vault.run_with(&[arguments, &["--output", "json=left.json"]].concat(), left.as_bytes()).code(code);
        let document: Value = serde_json::from_slice(&vault.read("left.json")).unwrap();
        let rules: Vec<_> = document["findings"].as_array().unwrap().iter().map(|found| &found["rule"]).collect();
        assert_eq!(rules, ["links/unresolved-link"; 2], "{arguments:?}: {document}");
        fs::remove_file(vault.at("left.json")).unwrap();
    }
    vault.run(&["check", "--suppress", "--output", "json=left.json"]).code(2).says("leave `--output` out");
    assert!(!vault.at("left.json").exists());
}

#[test]
fn a_report_that_cannot_be_written_stops_the_run() {
    let vault = damaged();
    let said = vault.run(&["check", "--output", "json=no/such/folder/x.json"]).code(2).says("no/such/folder/x.json");
    assert!(!said.stderr().contains(".vaultmend-"), "{}", said.stderr());
    vault.run(&["check", "--output", "xml=x"]).code(2).says("there is no format `xml`").says("one of: human");
    vault.run(&["check", "--output", "json"]).code(2).says("FORMAT=FILE");
    vault.run(&["check", "--output", "json="]).code(2).says("it names no file");
}

#[test]
fn a_report_takes_the_place_of_no_note() {
    let vault = damaged();
    let before = vault.read("War.md");
    let files = [("check", "War.md"), ("fix", "War.md"), ("check", "new.MD"), ("check", "../vault/./War.md")];
    for (command, file) in files {
        let file = file.replace("../vault", &format!("../{}", vault.path().file_name().unwrap().display()));
        let ran = vault.run(&[command, "--output", &format!("json={file}")]).code(2);
        ran.says("would be a note of the vault").says("another ending");
    }
    assert_eq!(vault.read("War.md"), before);
    assert!(!vault.at("new.MD").exists());
    let outside = Sandbox::new();
    let file = outside.at("summary.md");
    vault.run(&["check", "--output", &format!("markdown={}", file.display())]).code(1);
    assert_eq!(fs::read_to_string(file).unwrap(), report(&vault, "markdown"));
}

#[test]
#[cfg(unix)]
fn a_report_goes_where_a_link_leads() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let vault = damaged();
    symlink("War.md", vault.at("note.json")).unwrap();
    vault.run(&["check", "--output", "json=note.json"]).code(2).says("would be a note of the vault");
    let file = vault.write("reports/real.json", "old");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("reports/real.json", vault.at("out.json")).unwrap();
    symlink("reports/new.json", vault.at("new.json")).unwrap();
    for name in ["out.json", "new.json"] {
        vault.run(&["check", "--output", &format!("json={name}")]).code(1);
        assert!(vault.at(name).is_symlink());
        assert_eq!(fs::read_to_string(vault.at(name)).unwrap(), report(&vault, "json"));
    }
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o640);
    // What is no file is written to.
    let both = vault.run(&["check", "--format", "short", "--output", "json=/dev/stdout"]).code(1).stdout();
    assert_eq!(both, report(&vault, "json") + &report(&vault, "short"));
}

#[test]
fn many_findings_for_information_are_summed_up_for_people() {
    let vault = Sandbox::new();
    vault.write("a.md", (0..30).map(|i| format!("On [[Nobody {i}]].\n")).collect::<String>());
    vault.write("b.md", BROKEN);
    let said = vault.run(&["check", "--color", "never"]).code(1).stdout();
    assert!(!said.contains("Nobody") && said.contains("Warsaw"), "{said}");
    assert!(
        said.contains("30 info not shown one by one (`--verbose` shows all)")
            && said.contains("30  links/unresolved-link"),
        "{said}"
    );
    for more in ["--verbose", "--limit=0", "--fail-on=info"] {
        vault.run(&["check", more]).code(1).says("Nobody 7");
    }
    vault.run(&["check", "--format", "json"]).says("Nobody 29");
}

#[test]
fn loudness_is_about_standard_error_alone() {
    let vault = damaged();
    let said = vault.run(&["check", "--format", "json"]);
    let (quiet, loud) =
        (vault.run(&["-q", "check", "--format", "json"]), vault.run(&["check", "-v", "--format", "json"]));
    assert_eq!((quiet.stdout(), loud.stdout()), (said.stdout(), said.stdout()));
    assert_eq!(quiet.stderr(), "");
    loud.says("no configuration in or above").says("2 notes read in").says("2 notes checked in");
    vault.write("vaultmend.toml", "");
    vault.run(&["check", "-v"]).says("vaultmend.toml");
    vault.run(&["check", "-v", "-q"]).code(2);
    vault.run(&["-q", "check", "nowhere"]).code(2).says("there is no `nowhere`");
}

#[test]
fn colours_are_for_those_who_want_them() {
    let vault = damaged();
    let coloured = |environment: &[(&str, &str)], arguments: &[&str]| {
        let mut program = vaultmend(&vault.path());
        let ran = sandbox::finish(program.envs(environment.iter().copied()).arg("check").args(arguments), b"");
        ran.stdout().contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "this is no terminal");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(coloured(&[], &["--color", "always"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(!coloured(&[("NO_COLOR", "1")], &[]));
    let file = vault.at("report.txt");
    assert!(coloured(&[], &["--color", "always", "--output", &format!("human={}", file.display())]));
    assert!(!fs::read_to_string(file).unwrap().contains('\u{1b}'), "a file is no terminal");
}
