//! Makes a vault of as many notes as are asked for, the same for the same seed on every machine:
//! in size, links, tags, code, tables, frontmatter, scripts and damage much like public vaults.
//!
//! `cargo run --release --example make-vault -- --notes 50000 --seed 1 OUT`

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Parser;
use fastrand::Rng;

#[derive(Parser)]
#[command(about = "Makes a vault for measuring")]
struct Args {
    /// How many notes
    #[arg(long, default_value_t = 10_000)]
    notes: usize,
    /// What all chances are drawn from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The mean size of a note in bytes
    #[arg(long, default_value_t = 4_000)]
    size: usize,
    /// Links to a thousand bytes
    #[arg(long, default_value_t = 1.0)]
    links: f64,
    /// The share of notes that an auto-linker has gone over, 0 to 1
    #[arg(long, default_value_t = 0.02)]
    damaged: f64,
    /// A new folder
    out: PathBuf,
}

/// So many files there are for embeds to show.
const IMAGES: usize = 500;

fn main() -> io::Result<()> {
    let args = Args::parse();
    if fs::read_dir(&args.out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(io::Error::new(ErrorKind::AlreadyExists, format!("{} is not empty", args.out.display())));
    }
    let mut rng = Rng::with_seed(args.seed);
    let words = Words::new(&mut rng);
    let names = names(args.notes, &words, &mut rng);
    let terms: Vec<&str> = (0..40).map(|i| words.english[20 + i * 7].as_str()).collect();
    let (mut bytes, mut last) = (0, PathBuf::new());
    for path in &names {
        let mut note = Note { rng: rng.fork(), words: &words, names: &names, links: args.links, text: String::new() };
        note.write(args.size);
        let mut text = note.text;
        if note.rng.f64() < args.damaged {
            text = auto_linked(&text, &terms);
        }
        let file = args.out.join(path);
        let folder = file.parent().unwrap_or(Path::new("."));
        if folder != last {
            fs::create_dir_all(folder)?;
            last = folder.to_owned();
        }
        bytes += text.len();
        fs::write(&file, text)?;
    }
    fs::create_dir_all(args.out.join(".obsidian"))?;
    fs::write(args.out.join(".obsidian/app.json"), "{}\n")?;
    fs::create_dir_all(args.out.join("Images"))?;
    for image in 0..IMAGES {
        fs::write(args.out.join(format!("Images/image {image}.png")), "")?;
    }
    eprintln!("{} notes, {bytes} bytes", args.notes);
    Ok(())
}

/// Words of several scripts; the first of each list are the commonest.
struct Words {
    english: Vec<String>,
    foreign: Vec<Vec<String>>,
}

impl Words {
    fn new(rng: &mut Rng) -> Words {
        let keys = include_str!("../src/language/lexicon/en.txt").lines();
        // What marks an entry of the lexicon is no letter.
        let plain = |key: &&str| key.len() > 2 && key.bytes().all(|byte| byte.is_ascii_lowercase());
        let mut english: Vec<String> = keys.filter(plain).map(str::to_owned).collect();
        rng.shuffle(&mut english);
        english.truncate(20_000);
        english.sort_by_key(String::len);
        // Short words are common, but not by their length alone.
        for i in (1..english.len()).rev() {
            english.swap(i, i - rng.usize(0..=i.min(200)));
        }
        let alphabets = ["абвгдежзиклмнопрстуфхцчшыья", "αβγδεζηθικλμνξοπρστυφχψω", "äöüßabdefghiklmnorstuwz"];
        let mut foreign: Vec<Vec<String>> = alphabets.map(|letters| made_up(letters, 3..11, rng)).into();
        let han: String = ('\u{4e00}'..'\u{5600}').collect();
        foreign.push(made_up(&han, 4..24, rng));
        Words { english, foreign }
    }
}

fn made_up(letters: &str, length: std::ops::Range<usize>, rng: &mut Rng) -> Vec<String> {
    let letters: Vec<char> = letters.chars().collect();
    let mut word = || (0..rng.usize(length.clone())).map(|_| letters[rng.usize(..letters.len())]).collect();
    (0..5_000).map(|_| word()).collect()
}

/// The paths of the notes: unique, some of the same base name.
fn names(notes: usize, words: &Words, rng: &mut Rng) -> Vec<String> {
    let folders: Vec<String> = (0..notes / 60 + 1)
        .map(|_| (0..rng.usize(0..4)).map(|_| capital(common(&words.english, rng)) + "/").collect())
        .collect();
    let mut seen = HashSet::new();
    let mut names = Vec::with_capacity(notes);
    while names.len() < notes {
        let own = if rng.u8(..12) == 0 { &words.foreign[rng.usize(..words.foreign.len())] } else { &words.english };
        let name: Vec<String> = (0..rng.usize(2..6)).map(|_| own[rng.usize(..own.len())].clone()).collect();
        // No file system takes names of more than 255 bytes.
        let name: String = capital(&name.join(" ")).chars().take(60).collect();
        let path = format!("{}{}.md", folders[rng.usize(..folders.len())], name.trim_end());
        if seen.insert(path.to_lowercase()) {
            names.push(path);
        }
    }
    names.sort_unstable();
    names
}

/// The word of rank n as often as 1/n.
fn common<'a>(words: &'a [String], rng: &mut Rng) -> &'a str {
    let most = (words.len() as f64).ln();
    &words[((rng.f64() * most).exp() as usize).min(words.len() - 1)]
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

struct Note<'a> {
    rng: Rng,
    words: &'a Words,
    names: &'a [String],
    links: f64,
    text: String,
}

impl Note<'_> {
    fn write(&mut self, mean: usize) {
        // Most notes are short, a few are very long.
        let normal: f64 = (0..12).map(|_| self.rng.f64()).sum::<f64>() - 6.0;
        let size = (mean as f64 * 0.55 * (1.1 * normal).exp()) as usize;
        let script = self.rng.usize(..40);
        let own = if script < self.words.foreign.len() { &self.words.foreign[script] } else { &self.words.english };
        if self.one_in(10, 6) {
            self.frontmatter();
        }
        while self.text.len() < size {
            match self.rng.u8(..100) {
                0..10 => {
                    let level = self.rng.usize(1..5);
                    self.push(&format!("{} ", "#".repeat(level)));
                    self.sentence(own, 1..6);
                    self.push("\n\n");
                }
                10..35 => self.list(own),
                35..37 => self.table(own),
                37..42 => self.code(),
                42..44 => self.push("$$\n\\sum_{i=0}^n x_i^2\n$$\n\n"),
                44..46 => self.push("<div class=\"note\">\n<b>x</b>\n</div>\n\n"),
                46..50 => {
                    self.push("> [!note] ");
                    self.sentence(own, 6..20);
                    self.push("\n\n");
                }
                50..52 => self.push("%% to be written %%\n\n"),
                _ => self.paragraph(own),
            }
        }
    }

    fn frontmatter(&mut self) {
        self.push("---\ntitle: ");
        self.sentence(&self.words.english, 1..5);
        let (year, month, day) = (self.rng.u32(2012..2026), self.rng.u32(1..13), self.rng.u32(1..29));
        self.push(&format!("\ncreated: {year}-{month:02}-{day:02}\n"));
        if self.one_in(2, 1) {
            self.push("tags:\n");
            for _ in 0..self.rng.usize(1..5) {
                let tag = self.tag();
                self.push(&format!("  - {tag}\n"));
            }
        }
        if self.one_in(5, 1) {
            self.push("aliases: [");
            self.sentence(&self.words.english, 3..6);
            self.push("]\n");
        }
        self.push("---\n");
    }

    fn tag(&mut self) -> String {
        let mut one = || common(&self.words.english[..2_000], &mut self.rng).to_owned();
        let (first, second) = (one(), one());
        if self.one_in(4, 1) { format!("{first}/{second}") } else { first }
    }

    fn sentence(&mut self, own: &[String], words: std::ops::Range<usize>) {
        let first = capital(common(own, &mut self.rng));
        self.text.push_str(&first);
        for _ in 1..self.rng.usize(words) {
            self.text.push(' ');
            let word = common(own, &mut self.rng);
            self.text.push_str(word);
        }
    }

    fn paragraph(&mut self, own: &[String]) {
        for _ in 0..self.rng.usize(1..6) {
            let before = self.text.len();
            self.sentence(own, 4..20);
            self.spice();
            let end = if self.one_in(9, 1) { "? " } else { ". " };
            self.push(end);
            while self.rng.f64() * 1_000.0 < self.links * (self.text.len() - before) as f64 * 0.65 {
                self.link();
                if self.one_in(2, 1) {
                    break;
                }
            }
        }
        self.push("\n\n");
    }

    /// What stands between words now and then.
    fn spice(&mut self) {
        match self.rng.u8(..80) {
            0 => {
                let tag = self.tag();
                self.push(&format!(" #{tag}"));
            }
            1..3 => self.push(" `let x = y[0];`"),
            3 => self.push(" https://example.org/wiki/Some_page?q=1#part"),
            4 => self.push(" [the source](https://example.org/a/b.html)"),
            5..8 => self.push(" **and then**"),
            8 => self.push(" $x^2$"),
            9 => self.push(" (don't) \u{201c}really\u{201d} \u{2014}"),
            10 => self.push(" &amp; <br>"),
            11 => {
                let image = self.rng.usize(..IMAGES);
                self.push(&format!(" ![[image {image}.png]]"));
            }
            _ => {}
        }
    }

    fn link(&mut self) {
        let there = self.rng.u8(..100) < 90;
        let name = if there {
            let path = &self.names[self.rng.usize(..self.names.len())];
            path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md").to_owned()
        } else {
            capital(&format!("{} {}", self.tag().replace('/', " "), self.rng.u16(..)))
        };
        let link = match self.rng.u8(..10) {
            0 => format!("[[{name}|{}]] ", common(&self.words.english, &mut self.rng)),
            // One in six hundred has an ending.
            1 if self.one_in(60, 1) => format!("[[{name}]]s "),
            _ => format!("[[{name}]] "),
        };
        self.push(&link);
    }

    fn list(&mut self, own: &[String]) {
        let task = self.one_in(6, 1);
        let mut depth = 0;
        for _ in 0..self.rng.usize(2..8) {
            self.push(&"\t".repeat(depth));
            depth = self.rng.usize(..depth + 2).min(3);
            self.push(if task { "- [ ] " } else { "- " });
            self.sentence(own, 3..14);
            if self.rng.f64() < self.links * 0.04 {
                self.push(" ");
                self.link();
            }
            self.push("\n");
        }
        self.push("\n");
    }

    fn table(&mut self, own: &[String]) {
        self.push("| a | b | c |\n|---|:-:|--:|\n");
        for _ in 0..self.rng.usize(2..12) {
            for _ in 0..3 {
                self.push("| ");
                self.sentence(own, 1..5);
                self.push(" ");
            }
            self.push("|\n");
        }
        self.push("\n");
    }

    fn code(&mut self) {
        self.push("```sh\n");
        for _ in 0..self.rng.usize(1..12) {
            self.push("if [[ -f \"$file\" ]]; then # a comment\n  echo $((x + 1)) > out.txt\nfi\n");
        }
        self.push("```\n\n");
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn one_in(&mut self, of: u8, so_many: u8) -> bool {
        self.rng.u8(..of) < so_many
    }
}

/// What the commonest auto-linker makes of a note: each term in its turn, wherever its letters stand,
/// and all of them as tags.
fn auto_linked(text: &str, terms: &[&str]) -> String {
    let mut linked = text.to_owned();
    for term in terms {
        linked = linked.replace(term, &format!("[[{term}]]"));
    }
    let tags: Vec<String> = terms.iter().map(|term| format!("#{term}")).collect();
    let tags = format!("tags: '{}'\n", tags.join(" "));
    match linked.strip_prefix("---\n") {
        Some(rest) => format!("---\n{tags}{rest}"),
        None => format!("---\n{tags}---\n{linked}"),
    }
}
