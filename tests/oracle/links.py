#!/usr/bin/env python3
"""Tells what every wikilink of a vault leads to, by Obsidian's rules and nothing else.

It shares no code and no design with the program: it reads line by line with regular expressions,
and looks at every file for every link. Its answers are compared with the program's.

    links.py VAULT

prints a JSON list of [note, line, link, status, [paths]], status being one, many or none.
"""

import json
import os
import re
import sys
import unicodedata

# A link: no brackets and no line end in it.
LINK = re.compile(r"!?\[\[([^\[\]\n]*)\]\]")
# Elements that have no end, so nothing is inside them.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Elements that begin a block which is not read up to the next blank line.
BLOCK = re.compile(
    r"^ {0,3}</?(address|article|aside|blockquote|body|center|details|dialog|dd|div|dl|dt|fieldset|figcaption|figure|"
    r"footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|noframes|ol|optgroup|"
    r"option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(\s|/?>|$)",
    re.IGNORECASE,
)
RAW = re.compile(r"^ {0,3}<(pre|script|style|textarea)(\s|>|$)", re.IGNORECASE)
# A whole tag alone on its line begins a block too.
ALONE = re.compile(r"^ {0,3}</?[A-Za-z][A-Za-z0-9-]*(\s+[A-Za-z_:][\w.:-]*(\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*\s*/?>\s*$")


def fold(name):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).replace("\u00a0", " ")


def blanked(text):
    """As many blanks, the line ends kept."""
    return re.sub(r"[^\n]", " ", text)


def without(text, pattern, flags=0):
    return re.sub(pattern, lambda found: blanked(found[0]), text, flags=flags)


def quoted_only(yaml):
    """The frontmatter with all blanked that is not between quotes."""
    kept = []
    for line in yaml.split("\n"):
        shown = [" "] * len(line)
        if line.strip().startswith("#"):
            line = ""
        for found in re.finditer(r"\"([^\"]|\\\")*\"|'([^']|'')*'", line):
            before = line[: found.start()].strip()
            if before == "" or before.endswith((":", "-", ",", "[")):
                shown[found.start() : found.end()] = line[found.start() : found.end()]
        kept.append("".join(shown))
    return "\n".join(kept)


def indent_of(line):
    return len(line) - len(line.lstrip(" \t"))


def without_blocks(text):
    """The text without code blocks and blocks of HTML."""
    lines = text.split("\n")
    fence = None
    html = None
    in_item = None
    below = None
    listed = False
    code = False
    empty = True
    for number, line in enumerate(lines):
        bare = re.sub(r"^(\s*>)+ ?", "", line)
        item = re.match(r"^(\s*([-*+]|\d+[.)])\s+)+", bare)
        bare = bare[item.end() :] if item else bare.lstrip() if listed else bare
        mark = re.match(r"^\s*(`{3,}|~{3,})(.*)$", bare)
        if fence:
            closes = mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not mark[2].strip()
            lines[number] = " " * len(line)
            fence = None if closes else fence
            empty = False
            continue
        width = indent_of(line.expandtabs(4))
        if html and item and in_item is not None and width < in_item:
            html = None
        if below is not None and not html and line.strip():
            # What is indented below a block of HTML in an item is code, whatever it looks like.
            if width >= below + 4:
                lines[number] = " " * len(line)
                continue
            below = None
        if html:
            done = html(line)
            lines[number] = " " * len(line)
            html = None if done else html
            empty = line.strip() == ""
            below = in_item if empty else None
            continue
        if mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
            lines[number] = " " * len(line)
            empty = False
            continue
        if RAW.match(bare):
            name = RAW.match(bare)[1].lower()
            ends = lambda line, name=name: f"</{name}>" in line.lower()
            html = None if ends(line) else ends
            lines[number] = " " * len(line)
            continue
        if BLOCK.match(bare) or (empty and ALONE.match(bare)):
            html = lambda line: line.strip() == ""
            in_item = width if listed or item else None
            lines[number] = " " * len(line)
            empty = False
            continue
        if item:
            listed = True
        elif line.strip() and indent_of(line) == 0 and empty:
            listed = False
        deep = re.match(r"^( {4}|\t| {1,3}\t)", line) is not None
        if deep and not listed and (empty or code) and not item:
            lines[number] = " " * len(line)
            code = True
        elif line.strip():
            code = False
        empty = line.strip() == ""
    return "\n".join(lines)


def without_spans(text):
    """The text without inline code: as many backticks to close as opened it, in one paragraph."""
    return "".join(without_spans_in(part) for part in re.split(r"(\n[ \t>]*(?=\n))", text))


def without_spans_in(text):
    kept = []
    while True:
        opening = re.search(r"(?<!\\)`+", text)
        if not opening:
            return "".join(kept) + text
        closing = re.search(r"(?<!`)`{%d}(?!`)" % len(opening[0]), text[opening.end() :])
        end = opening.end() + (closing.end() if closing else 0)
        kept.append(text[: opening.start()])
        kept.append(blanked(text[opening.start() : end]) if closing else opening[0])
        text = text[end:]


def without_elements(text):
    """The text without what stands in HTML elements that begin and end in one paragraph."""
    return "".join(without_elements_in(part) for part in re.split(r"(\n[ \t]*(?=\n))", text))


def without_elements_in(text):
    tag = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[^<>]*)?)>")
    tags = [found for found in tag.finditer(text) if found[2].lower() not in VOID and not found[3].endswith("/")]
    for index, opening in enumerate(tags):
        same = (one for one in tags[index + 1 :] if one[1] and one[2].lower() == opening[2].lower())
        closing = None if opening[1] else next(same, None)
        if closing:
            between = text[opening.end() : closing.start()]
            text = text[: opening.end()] + blanked(between) + text[closing.start() :]
    return without(text, r"<[A-Za-z/][^<>\n]*>")


def readable(text):
    """The text with everything blanked in which brackets are no links."""
    text = text.replace("\r\n", "\n")
    head = re.match(r"\ufeff?---[ \t]*\n((?:.*\n)*?)---[ \t]*(\n|$)", text)
    front = ""
    if head:
        front = quoted_only(text[: head.end()])
        text = text[head.end() :]
    text = without_blocks(text)
    text = without(text, r"<!--.*?-->", re.DOTALL)
    text = without_spans(text)
    text = without(text, r"\$\$.*?\$\$", re.DOTALL)
    text = without(text, r"\$(?=[^\s$])[^$\n]*[^\s$]\$(?!\d)")
    text = without(text, r"%%.*?%%", re.DOTALL)
    text = re.sub(r"\{\{[^\n]*?\}\}|<%[^\n]*?%>", lambda found: "{" * len(found[0]), text)
    text = without_elements(text)
    return front + text


def links(text):
    """The links that hold no other and stand in none: where brackets nest, nothing is told."""
    whole = []
    for found in LINK.finditer(text):
        before = text[max(0, found.start() - 50) : found.start()]
        escaped = (len(before) - len(before.rstrip("\\"))) % 2 == 1
        if escaped and found[0].startswith("!"):
            # Only the mark of the embed is.
            found = LINK.match(text, found.start() + 1)
        if not escaped or found[0] != text[found.start() : found.end()] or text[found.start() - 1] == "!":
            whole.append(found)
    shown = list(text)
    for found in whole:
        shown[found.start() : found.end()] = "\0" * len(found[0])
    around = list(re.finditer(r"\[\[[^\[\]\n]*\0[^\[\]\n]*\]\]", "".join(shown)))
    for found in whole:
        if not any(outer.start() < found.start() and found.end() < outer.end() for outer in around):
            yield found


def is_link(text, found):
    line_end = text.find("\n", found.end())
    before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    after = text[found.end() : line_end if line_end >= 0 else len(text)]
    # `[[1]](https://example.org)` is Markdown's link, `[[Fetch]]()` is none.
    url = r"\(<?(#|/|www\.|[A-Za-z][A-Za-z0-9+.-]+:[^\s)]|[^\s)]*/|[^\s).]+\.\w{2,4}\))"
    if "|" not in found[1] and re.match(url, after):
        return False
    # In an address, or where a Markdown link leads to.
    word = "" if before[-1:].isspace() else (before.split() or [""])[-1]
    whole = re.sub(r"[\[\]]", "", word + found[0] + re.match(r"\S*", after)[0])
    if re.match(r"[\w-]+(\.[\w-]+)*\.(com|org|ca|net)/\w", whole):
        return False
    # (An embed shows a file, never a part of an address.)
    if found[0].startswith("!"):
        pass
    elif re.search(r"://[^)>\"，。、；）]*$", word) or "://" in found[1]:
        return False
    if before.endswith("](") and after.startswith(")") or re.search(r"\]\([^)\s]*$", before) and "/" in word:
        return False
    target = re.split(r"\\?\||#", found[1])[0].strip()
    own = target == "" and re.match(r"^\s*#", found[1])
    if not target and not own:
        return False
    if re.search(r"[\"{}<>=;$\t\\\x1b]", target) or target[:1] in "':-" and target:
        return False
    return not ("," in target and re.fullmatch(r"[\d ,.+-]*", target))


class Vault:
    def __init__(self, root):
        self.files = []
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
                if not name.startswith("."):
                    self.files.append(path)
        self.by_key = {}
        for path in self.files:
            note = path.lower().endswith(".md")
            if not note and "." not in path.split("/")[-1]:
                continue
            # A note goes by its path with its ending too.
            for key in {fold(path), fold(path[:-3] if note else path)}:
                self.by_key.setdefault(key, []).append(path)
        self.by_base = {}
        for key in self.by_key:
            self.by_base.setdefault(key.split("/")[-1], []).append(key)

    def resolve(self, target, source):
        key = fold(target.strip())
        if not key:
            return [source]
        folder = fold(source).split("/")[:-1]
        if key.startswith("/"):
            return self.by_key.get(key[1:], [])
        if key.startswith(("./", "../")):
            return self.by_key.get(self.walked(folder, key), [])
        if "/" in key:
            for exact in (key, self.walked(folder, key)):
                if exact in self.by_key:
                    return self.by_key[exact]
        keys = [one for one in self.by_base.get(key.split("/")[-1], []) if ("/" + one).endswith("/" + key)]
        return sorted(path for one in keys for path in self.by_key[one])

    @staticmethod
    def walked(folder, key):
        parts = list(folder)
        for part in key.split("/"):
            if part == "..":
                if not parts:
                    return None
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        return "/".join(parts)


def main():
    root = sys.argv[1]
    vault = Vault(root)
    told = []
    for path in vault.files:
        if not path.lower().endswith(".md"):
            continue
        with open(os.path.join(root, path), "rb") as file:
            try:
                text = file.read().decode("utf-8")
            except UnicodeDecodeError:
                continue
        if "\0" in text:
            continue
        text = readable(text)
        for found in links(text):
            if not is_link(text, found):
                continue
            target = re.split(r"\\?\||#", found[1])[0]
            paths = vault.resolve(target, path)
            status = "none" if not paths else "one" if len(paths) == 1 else "many"
            line = text.count("\n", 0, found.start()) + 1
            told.append([path, line, found[0], status, sorted(paths)[:10]])
    json.dump(told, sys.stdout, ensure_ascii=True)


main()
