"""List kinds of mutations that a second look found: letters that look alike, words that read themselves, odd neighbours."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path

from mutations.engine import FileKind, Kind, Place
from mutations.kinds_of_neighbours import append, entry, finding

_F, _C, _S, _A, _Q = "findings/*.yml", "claims/*.yml", "sources.bib", "assertions.yml", "searches.yml"
_CYRILLIC_A, _FILLER, _BRAILLE, _JOINER = "\u0430", "\u3164", "\u2800", "\u034f"
_MEAN = "score, mean"


def _texts(name: str, new: str) -> list[Kind]:
    """Put one text into each sort of text field in turn."""
    fields = ((_F, "about"), (_F, "measure"), (_F, "population"), (_F, "locator"), (_F, "caution"), (_C, "would_change"), (_C, "caution"), (_C, "argument"), (_A, "answer"), (_A, "statement"), (_Q, "result"), (_Q, "where"), (_Q, "question"))  # fmt: skip
    return [Kind(f"{name} in {files}: {key}", files, rf"^  {key}: [A-Za-z].*$", f"  {key}: {new}".replace("\\", r"\\")) for files, key in fields]  # fmt: skip


NUMBERS = [
    finding("interval of no width", 6, "odds ratio of use", "1.2", "aOR", "spread: {kind: ci95, low: 1.2, high: 1.2}|comparator: no use"),
    finding("sd of one person", 6, _MEAN, "5", "points", "spread: {kind: sd, value: 2}|n: 1"),
    finding("interval of one person", 6, _MEAN, "5", "points", "spread: {kind: ci95, low: 2, high: 8}|n: 1"),
    finding("quartiles of one person", 6, _MEAN, "5", "points", "spread: {kind: iqr, low: 2, high: 8}|n: 1"),
    finding("interval without its value", 6, _MEAN, "null", "points", "spread: {kind: ci95, low: 2, high: 8}|n: 12"),
    finding("quartiles without their value", 6, _MEAN, "null", "points", "spread: {kind: iqr, low: 2, high: 8}|n: 12"),
    finding("sd without its value", 6, _MEAN, "null", "points", "spread: {kind: sd, value: 2}|n: 12"),
    finding("unit without number", 4, "people who used", "null", "people", "n: 12"),
    finding("range of parts of people", 6, "people who used, in each village", "5", "people", "spread: {kind: range, low: 1.5, high: 8}"),
    finding("range of parts of years", 6, "start of use, year", "2010", "year", "spread: {kind: range, low: 2009.5, high: 2012}"),
    finding("year still to come", 4, "start of surveillance, year", "2090", "year"),
    finding("year after its source", 4, "start of surveillance, year", "2021", "year"),
    finding("age of no person", 4, "age, mean", "240", "years"),
    finding("age end of no person", 6, "age, mean", "40", "years", "spread: {kind: range, low: 18, high: 180}"),
    finding("colder than cold", 4, "temperature of storage", "-300", "degC"),
    finding("negative kelvin", 4, "temperature of storage", "-3", "K"),
    finding("more of it than whole, mg/g", 4, "mitragynine content", "1200", "mg/g"),
    finding("more of it than whole, ug/g", 4, "mitragynine content", "1200000", "ug/g"),
    finding("more of it than whole, mg/kg", 4, "lead content", "2000000", "mg/kg"),
    finding("more of it than whole, ppm", 4, "lead content", "2000000", "ppm"),
    finding("more people than there are", 4, "people who used", "90000000000", "people"),
    finding("n more than there are", 6, "people who used", "5", "people", "n: 90000000000"),
    finding("reduction of more than all", 4, "relative reduction, deaths", "140", '"%"'),
    finding("a kappa above 1", 4, "agreement of raters, kappa", "1.4", "points"),
    finding("underflow", 4, _MEAN, "1e-400", "points"),
    finding("number with a tag of hex", 4, "people who used", '!!int "0x1F"', "people"),
    finding("number with a tag of octal", 4, "people who used", '!!int "012"', "people"),
    finding("number with a tag of sixties", 4, "people who used", '!!int "1:30"', "people"),
    finding("number with a tag of floats", 4, _MEAN, '!!float "1:30.5"', "points"),
    finding("text with a tag", 4, "people who used", "!!str 5", "people"),
    finding("truth with a tag", 4, "people who used", '!!bool "yes"', "people"),
    finding("binary with a tag", 4, "people who used", "!!binary aGk=", "people"),
    finding("set with a tag", 4, "people who used", "!!set {a}", "people"),
    finding("local tag", 4, "people who used", "!mine 5", "people"),
    finding("anchor at a number", 4, "people who used", "&a 5", "people"),
    finding("number in full-width digits", 4, "people who used", "５", "people"),
    finding("number in Arabic digits", 4, "people who used", "٥", "people"),
    finding("number with a unit", 4, "people who used", "5 people", "people"),
    finding("number with a sign", 4, "people who used", "<5", "people"),
    finding("number as fraction", 4, "people who used", "1/2", "people"),
    finding("number with a space", 4, "people who used", "1 000", "people"),
    finding("true minus", 4, "change in score", "−5", "points"),
    finding("date of where after the edition", 6, "people who used", "5", "people", "where: {date: 2027-05-01}"),
    finding("month of where after the edition", 6, "people who used", "5", "people", "where: {date: '2027-05'}"),
    finding("year of where as date", 6, "people who used", "5", "people", "where: {date: '3026'}"),
    finding("phone of too many digits", 6, "people who used", "5", "people", "where: {phone: '1-800-222-1222-1222-1222-1222'}"),
    finding("phone of one digit", 6, "people who used", "5", "people", "where: {phone: '9'}"),
    finding("weeks without end", 6, "people who used", "5", "people", "where: {weeks: 40000}"),
    finding("weeks as words", 6, "people who used", "5", "people", "where: {weeks: twelve}"),
    finding("dose as words", 6, "people who used", "5", "people", "where: {dose_mg: much}"),
    finding("year in where of true", 6, "people who used", "5", "people", "where: {year: true}"),
    finding("a number for a country", 6, "people who used", "5", "people", "where: {country: 12}"),
    finding("truth for a compound", 6, "people who used", "5", "people", "where: {compound: true}"),
    finding("comparator of the population itself", 6, "odds ratio of use", "1.25", "OR", "comparator: people"),
    finding("country in small letters", 6, "people who used", "5", "people", "where: {country: malaysia}"),
    finding("country with a space behind", 6, "people who used", "5", "people", 'where: {country: "Malaysia "}'),
    finding("country in capitals", 6, "people who used", "5", "people", "where: {country: MALAYSIA}"),
    finding("allocation of no list", 6, "people who used", "5", "people", "where: {allocation: randomised}"),
    finding("species of a slip", 6, "people who used", "5", "people", "where: {species: humn}"),
    finding("sem in a share above all", 6, "share who used", "50", '"%"', "spread: {kind: sem, value: 120}"),
    finding("sd in a share above all", 6, "share who used", "50", '"%"', "spread: {kind: sd, value: 120}"),
]  # fmt: skip

_SPECIAL = (
    ("homoglyph", f"Kr{_CYRILLIC_A}tom is a tree."), ("full-width letters", "\uff2bratom is a tree."), ("filler alone", f'"{_FILLER}{_FILLER}"'), ("filler inside", f"Kratom{_FILLER} is a tree."),
    ("braille blank", f"Kratom{_BRAILLE} is a tree."), ("joiner of graphemes", f"Kra{_JOINER}tom is a tree."), ("stacked marks", "K\u0337\u0338\u0322\u0321\u0328\u0315\u0336ratom is a tree."), ("mathematical letters", "\U0001d40aratom is a tree."),
    ("replacement sign", "Kratom is a tr\ufffde."), ("mojibake", "Kratom isnâ€™t a tree."), ("mojibake of letters", "MÃ¼ller said so of a tree."), ("variation selector", "Kratom\ufe0e is a tree."), ("tag sign", "Kratom\U000e0041 is a tree."),
)  # fmt: skip
TEXTS = [
    *[kind for name, new in _SPECIAL for kind in _texts(name, new)],
    *[kind for name, new in (("role without its end", "See {finding:value}`PK-001 in it."), ("role without its beginning", "See {finding:value}PK-001` in it."), ("role with a space", "'See {finding:value} `PK-001` in it.'"), ("role without braces", "See finding:value`PK-001` in it."), ("half a brace", "'See finding:value}`PK-001` in it.'"), ("picture", "See ![words](https://example.org/x.png) in it."), ("role with nothing", "See {finding:value}`` in it."), ("role of colon form", "'See :finding:`PK-001` in it.'"), ("HTML entity", "See &lt;script&gt; in it.")) for kind in _texts(name, new)],
    Kind("statement that asks", _C, r"^  statement: (.*)\.$", r"  statement: \1?"),
    Kind("statement that shouts", _C, r"^  statement: (.*)\.$", r"  statement: \1!"),
    Kind("statement that trails off", _C, r"^  statement: (.*)\.$", r"  statement: \1…"),
    *[Kind(f"{key} cut off", files, rf"^  {key}: ([A-Z][^\"'`\n]*[a-z])\.$", rf"  {key}: \1") for files, key in ((_C, "would_change"), (_C, "argument"), (_A, "answer"), (_A, "fair"))],
    Kind("would_change says the statement", _C, r"^  statement: ([A-Z][^`\n]*)\n((?:  .*\n)+?)  would_change: .*", r"  statement: \1\n\2  would_change: \1", lambda m: m[2].count("\n") + 1),
    Kind("caution says the statement", _C, r"^  statement: ([A-Z][^`\n]*)\n((?:  .*\n)+?)  caution: .*", r"  statement: \1\n\2  caution: \1", lambda m: m[2].count("\n") + 1),
    Kind("answer says the statement", _A, r"^  statement: (.*)\n((?:  .*\n)+?)  answer: .*", r"  statement: \1\n\2  answer: \1", lambda m: m[2].count("\n") + 1),
    Kind("fair says the statement", _A, r"^  statement: (.*)\n((?:  .*\n)+?)  fair: .*", r"  statement: \1\n\2  fair: \1", lambda m: m[2].count("\n") + 1),
    Kind("notes say the same", _C, r"(note: \"[^`\"]*\")\}\n(    - \{domain: .*)note: \"[^\"]*\"", r"\1}\n\2\1", 1),
    *[Kind(f"{key} surer: {word}", _A, rf"^  {key}: ([^`\n]*)\.$", rf"  {key}: \1, {word}.") for key in ("answer", "fair") for word in ("without any doubt", "as is proven", "which is guaranteed", "definitely")],
    *[Kind(f"share in the statement: {word[:14]}", _C, r"^  statement: ([^`\n]*)\.$", rf"  statement: \1, and {word}.") for word in ("two thirds of users agree", "nine in ten say so", "half of them stop", "it doubles within a year", "three quarters agree")],
    *[Kind(f"surer: {w}", _C, r"^  statement: (.*\b(?:may|probably|very uncertain)\b.*)\.(?=\n  applies_to: \w+\n  certainty: (?:low|moderate|very low)$)", rf"  statement: \1, {w}.") for w in ("beyond doubt", "no doubt about it", "in every case", "inevitably", "unquestionably", "it is a fact", "clearly so", "as everyone knows", "invariably", "as science shows", "for certain", "in all people")],
    *[Kind(f"second clause: {w[:18]}", _C, r"^  statement: (.*\b(?:may|probably|very uncertain)\b.*)\.(?=\n  applies_to: \w+\n  certainty: (?:low|moderate|very low)$)", rf"  statement: \1{w}.") for w in ("; kratom heals the liver", ", so kratom is safe", "; kratom kills", ", and kratom protects against relapse", "; kratom stops craving", ", which cures pain", ": kratom causes cancer", " and it eliminates craving")],
]  # fmt: skip

CLAIMS = [
    Kind("effect of one finding twice", _C, r"without: (CARE-\d+), exposed: CARE-\d+", r"without: \1, exposed: \1"),
    Kind("effect against its own risks", _C, r"(relative: CARE-\d+, )without: (CARE-\d+), exposed: (CARE-\d+)", r"\1without: \3, exposed: \2"),
    Kind("change told twice", _C, r"^(    - \{date: 2026-11-\d\d, what: .*\})\n", r"\1\n\1\n", 1),
    Kind("change of what twice", _C, r"^(    - \{date: 2026-11-)(29)(, what: .*\})\n", r"\g<1>28\3\n\1\2\3\n", 1),
    Kind("statement in other letters", _C, r"(^  statement: )([^>`\n].*)(\n(?:  .*\n)+- id: .*\n)  statement: [^>\n].*", lambda m, _: m[1] + m[2] + m[3] + m[1] + m[2].upper()[:-1] + ".", lambda m: m[3].count("\n")),
    Kind("statement with two blanks", _C, r"(^  statement: )(\w+) ([^>`\n].*)(\n(?:  .*\n)+- id: .*\n)  statement: [^>\n].*", r"\1\2 \3\4\1\2  \3", lambda m: m[4].count("\n")),
    Kind("finding with another comma", _F, r"^- id: (\S+)\n  source: (.*)\n  about: ([A-Z]\w+) (.*)\n((?:  .*\n)+)(?=- id: )", r"- id: \1\n  source: \2\n  about: \3 \4\n\5- id: ZZ-999\n  source: \2\n  about: \3  \4\n\5", lambda m: m[5].count("\n") + 5),
    *[Kind(f"{key} as a mapping of texts", _C, rf"^  {key}: .*$", f"  {key}: {{a: b}}") for key in ("statement", "applies_to", "stated", "checked")],
    *[Kind(f"{key} null", _C, rf"^  {key}: .*$", f"  {key}: null") for key in ("statement", "applies_to", "would_change", "stated", "checked")],
    *[Kind(f"{key} {v}", _C, rf"^  {key}: \S.*$", f"  {key}: {v}") for key in ("stated", "checked") for v in ("2026-11-22T10:00:00", "2026-11-22 10:00", "'2026-11-22 '", "2026-1-2", "20261122", "[2026-11-22]", "2026-11-31", "2026-W47-1")],
    Kind("day of a change of time", _C, r"^(    - \{date: 2026-11-\d\d)(?=, what)", r"\1T10:00:00Z"),
    Kind("history as a text", _C, r"^  history:\n(?:    - .*\n)+", "  history: none yet\n"),
    Kind("history of a list of texts", _C, r"^  history:\n(?:    - .*\n)+", "  history: [first]\n"),
    Kind("finding in small letters", _C, r"^  findings: \[([A-Z]+)(-\d+)", lambda m, _: f"  findings: [{m[1].lower()}{m[2]}"),
    Kind("finding with a stray sign", _C, r"^  findings: \[([A-Z]+-\d+)", r"  findings: [\1."),
    Kind("two findings without comma", _C, r"^  findings: \[([A-Z]+-\d+), ([A-Z]+-\d+)", r"  findings: [\1 \2"),
    Kind("comma too many", _C, r"^  findings: \[([A-Z]+-\d+), ", r"  findings: [\1,, "),
    Kind("search named as outcome", _C, r"^  outcomes: \[[^\]]*\]$", "  outcomes: [no-pregnancy-cohort]"),
    Kind("claim named as search", _C, r"^  searches: \[[^\]]*\]$", "  searches: [kratom-dependence]"),
    Kind("claim against itself in an assertion", _A, r"^  claims: \[([\w-]+)(.*)\]\n(?!  against)", r"  claims: [\1\2]\n  against: [no-such-claim]\n", 1),
    *[Kind(f"search date {v}", _Q, r"^  date: .*$", f"  date: {v}") for v in ("2026-11-22T10:00", "'2026-11-22/23'", "2026-00", "'2026-1'", "null", "[2026-11]", "1e3")],
    *[Kind(f"terms {v[:20]}", _Q, r"^  terms: .*$(?=\n(?:  \w|- ))", f"  terms: {v}") for v in ("kratom AND (withdrawal", "'kratom AND \"withdrawal'", "AND OR NOT", "kratom AND", "'*'")],
    *[Kind(f"watch terms {v[:20]}", "watch.yml", r"^  terms: kratom OR .*$", f"  terms: {v}") for v in ("kratom AND (withdrawal", "'kratom AND \"withdrawal'")],
]  # fmt: skip

SOURCES = [
    *[entry(f"{k} {v}", 7, f"{k} = {v}") for k, v in (
        ("month", "{13}"), ("month", "{Foo}"), ("month", "{0}"), ("day", "{32}"), ("urldate", "{2026-13-01}"), ("urldate", "{3026-01-01}"), ("urldate", "{2027-05-01}"), ("urldate", "{yesterday}"), ("volume", "{-3}"), 
        ("number", "{-1}"), ("pages", "{3l7--325}"), ("pages", "{317--325--330}"), ("pages", "{317-}"), ("crossref", "{nobody2020}"),
        ("doi", "{10.1000/abc.pdf}"), ("doi", "{10.1000/abc/full}"), ("doi", "{10.1000/abc/abstract}"), ("doi", "{10.1000/abc%20d}"), ("doi", f"{{10.1000/{_CYRILLIC_A}bc}}"), ("doi", "{10.1000/a&lt;b}"), ("doi", "{10.1000/abc?x=1}"), ("doi", "{10.1000/abc#top}"), ("doi", "{10.1000/10.1000/abc}"), ("doi", "{10.1000/abc, 10.1000/abd}"), ("doi", "{}"), ("doi", "{n/a}"),
        ("pmid", "{}"), ("pmid", "{３３２５７１９９}"), ("pmid", "{033257190}"), ("pmcid", "{PMC 123}"), ("pmcid", "{PMC0}"), ("pmcid", "{}"),
        ("url", f"{{https://ex{_CYRILLIC_A}mple.org/}}"), ("url", "{https://127.0.0.1/}"), ("url", "{https://192.168.1.1/x}"), ("url", "{https://example..org/}"), ("url", "{https://-example.org/}"), ("url", "{https://example.org:99999/}"), ("url", "{https://example.org:0/}"), ("url", "{https://example.org/%zz}"), ("url", "{https://example.org/a\\b}"), ("url", "{https://foo.local/}"),
        ("url", "{https://[::1]/}"), ("url", "{http:/example.org}"), ("url", "{https://https://example.org}"), ("url", "{https://example.org https://example.com}"), ("url", "{}"), ("url", "{file://host/x}"), ("url", "{blob:https://example.org/x}"), ("url", "{https://example.org/x`y}"), ("url", "{https://example.org/{x}}"), ("url", "{https://foo.localhost/x}"), ("url", "{https://example.org./x^y}"),
        ("journal-", "{x}"), 
    )],
    *[entry(f"author {v[:24]}", 1, f"author = {v}") for v in (
        "{Singh, Darshan and and Muller, C}", "{Singh, D., Muller, C., Vicknasingam, B.}", "{n/a}", "{Unknown}", "{singh, darshan}", "{Singh, Darshan and Singh, Darshan}", "{Singh, D \\& Muller, C}", "{Singh, D. & Muller, C.}", "{https://example.org}", "{Singh, Darshan et al.}",
        f"{{S{_CYRILLIC_A}ha, Darshan}}", "{others}", "{, Darshan}", "{Singh D, Muller C}",
    )],
    *[entry(f"title {v[:24]}", 2, f"title = {v}") for v in (
        "{<script>x</script>}", "{\\input{/etc/passwd}}", "{\\write18{ls} Kratom}", "{Kratom $x}", "{n/a}", "{Untitled}", "{WITHDRAWN: Kratom in a trial}", "{Retraction: Kratom in a trial}", "{Retracted article: Kratom in a trial}", "{Expression of concern: Kratom in a trial}", f"{{Kr{_CYRILLIC_A}tom in a trial}}",
        "{Kratom \ufffd in a trial}", "{Kratom isnâ€™t a tree}", "{...}", "{https://example.org/x}", "{10.1000/abc}", "{[Article withdrawn] Kratom in a trial}", "{\\begin{x}Kratom}", "{Kratom}{in}", "{Kratom \\def\\x{y}}",
    )],
    *[entry(f"journal {v[:24]}", 3, f"journal = {v}") for v in ("{n/a}", "{unknown}", "{https://example.org}", "{\\input{x}}", "nosuchmacro", "{10.1000/abc}", "{2019}")],
    *[entry(f"keywords {v}", 4, f"keywords = {v}") for v in ("{cohort; industry-funded}", "{cohort, cohort}", "{cohort, industry-funded, industry-funded}", "{Industry-Funded, cohort}", "{cohort industry-funded}", "{cohort,, rct}", "{cohort/rct}", "{not cohort}", "{n/a}", "{cohort, industry funded}")],
    *[entry(f"note {v}", 5, f"note = {v}") for v in ("{seen: abstract, full-text}", "{seen:  }", "{SEEN: abstract}", "{seen: abstract. Retraction published 2024}", "{seen: abstract. Withdrawn by its authors}", "{seen: abstract. Expression of concern 2024}", "{seen: not}")],
    *[entry(f"year {v}", 6, f"year = {v}") for v in ("{2020?}", "{c. 2020}", "{2020, 2021}", "{2020.5}", "{２０２０}", "{+2020}", "{'20}", "{2020-}", "{2021--2019}", "{2020}{1}")],
    *[entry(f"key {k}", 0, "", f"@article{{{k},") for k in ("zuma2020<b>", "zuma`2020", "zum\u04302020kratom", "z" * 300, "{zuma}")],
]  # fmt: skip


def _whole(
    name: str, what: str, change: Callable[[bytes], bytes], line: int = 1, most: int = 400, harmless: bool = False
) -> FileKind:
    """Change the bytes of a file as a whole."""

    def apply(folder: Path, _: random.Random) -> Place:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        raw = path.read_bytes() if path.is_file() else b""
        new = change(raw)
        path.write_bytes(new)
        return path, line if line > 0 else new.count(b"\n") + line + 1

    return FileKind(f"{what} in {name}", apply, harmless, most)


def _latin(raw: bytes) -> bytes:
    return raw + "\n# M\u00fcller\n".encode("latin-1")


_SOME = ("findings/deaths.yml", "claims/withdrawal.yml", "searches.yml", "sources.bib", "scores.yml", "watch.yml")
FILES = [
    *[_whole(name, "UTF-16", lambda raw: b"\xff\xfe" + raw.decode().encode("utf-16-le"), most=5) for name in _SOME],
    *[_whole(name, "Latin-1", _latin, -1, most=5) for name in _SOME],
    *[_whole(name, "a NUL at the end", lambda raw: raw + b"\x00", 0, most=5) for name in _SOME],
    *[_whole(name, "compressed", gzip.compress, most=5) for name in _SOME],
    *[_whole(name, "a web page", lambda _: b"<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", most=400) for name in _SOME],
    *[_whole(name, "JSON of nothing", lambda _: b"{}", most=200) for name in _SOME],
    *[_whole(name, "a number", lambda _: b"12\n", most=200) for name in _SOME],
    *[_whole(name, "the word null", lambda _: b"null\n", most=200) for name in _SOME[:3]],
    *[_whole(name, "a directive of 1.1", lambda raw: b"%YAML 1.1\n---\n" + raw, most=5) for name in _SOME[:3]],
    *[_whole(name, "a merge key", lambda raw: b"- &base {id: x}\n- {<<: *base}\n" + raw, 2) for name in _SOME[:3]],
    *[_whole(name, "a pointer of Git LFS", lambda _: b"version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 12\n", most=200) for name in _SOME],
    *[_whole(name, "50 MB", lambda _: b"#" * 50_000_000, most=5) for name in ("findings/deaths.yml", "sources.bib")],
    _whole("findings/deaths2.yml", "one record of nothing", lambda _: b"- \n"),
    _whole("findings/deaths2.yml", "a record of a text", lambda _: b"- text\n"),
    _whole("findings/deaths2.yml", "a record of a list", lambda _: b"- [a]\n"),
    _whole("claims/more.yml", "one record of nothing", lambda _: b"- null\n"),
    _whole("vocabulary.yml", "a number", lambda _: b"12\n"),
    _whole("vocabulary.yml", "an unknown key", lambda _: b"desings: [a]\n"),
    _whole("vocabulary.yml", "a list", lambda _: b"- a\n"),
    _whole("vocabulary.yml", "counted of a number", lambda _: b"counted: 5\n"),
    _whole("vocabulary.yml", "counted of a unit", lambda _: b"counted: [mg]\n"),
    _whole("vocabulary.yml", "a broken one", lambda _: b"counted: [a\n", 2),
    _whole("vocabulary.yml", "bytes", lambda _: b"\xff\n"),
    _whole("background.bib", "a source of sources.bib", lambda _: b"@article{singh2014kratom,\n  author = {Singh, D},\n  title = {Kratom},\n  journal = {J},\n  year = {2014},\n}\n"),
    _whole("background.bib", "words", lambda _: b"words\n"),
    _whole("results.yml", "a page that is not there", lambda _: b"- id: nowhere\n  numbers: {a: 5}\n"),
    _whole("results.yml", "no number", lambda _: b"- id: relations\n  numbers: {a: five}\n", 2),
    _whole("results.yml", "nothing in it", lambda _: b"- id: relations\n  numbers: {}\n", 2),
    *[_whole(name, what, lambda _, new=new: new) for name in ("runs.yml", "queue.yml", "checks.yml", "decisions/ada.yml") for what, new in (("words", b"words\n"), ("a record of nothing", b"- null\n"), ("an unknown key", b"- {idd: x}\n"), ("bytes", b"\xff\n"), ("a conflict", b"<<<<<<< a\n"))],
    *[_whole(name, "nobody reads it", lambda _: b"x\n") for name in ("findings/deaths.YML", "findings/deaths.yml~", "findings/Deaths copy.txt.yml2", "sources.bib.save", "finding.yml", "sources2.bib", "vocabulary.yaml", "claims/new.json", "Sources.bib")],
]  # fmt: skip

HARMLESS = [
    _whole("findings/deaths.yml", "CRLF", lambda raw: raw.replace(b"\n", b"\r\n"), harmless=True),
    _whole("sources.bib", "CRLF", lambda raw: raw.replace(b"\n", b"\r\n"), harmless=True),
    _whole("claims/withdrawal.yml", "CRLF", lambda raw: raw.replace(b"\n", b"\r\n"), harmless=True),
    _whole("findings/deaths.yml", "three dashes first", lambda raw: b"---\n" + raw, harmless=True),
    _whole("findings/deaths.yml", "three dots last", lambda raw: raw + b"...\n", harmless=True),
    _whole("findings/deaths.yml", "no line end", lambda raw: raw.rstrip(b"\n"), harmless=True),
    _whole("sources.bib", "no line end", lambda raw: raw.rstrip(b"\n"), harmless=True),
    _whole("sources.bib", "a comment entry", lambda raw: b"@comment{words of a tool}\n\n" + raw, harmless=True),
    _whole("sources.bib", "a string", lambda raw: b'@string{jep = "Journal"}\n\n' + raw, harmless=True),
    _whole("findings/deaths.yml", "blank lines last", lambda raw: raw + b"\n\n\n", harmless=True),
    _whole("findings/.deaths.yml.swp", "a swap file", lambda _: b"\x00\x01", harmless=True),
    _whole(".DS_Store", "of a Mac", lambda _: b"\x00\x01", harmless=True),
    _whole("findings/new.yml", "a heading alone", lambda _: b"# waits for its first finding\n", harmless=True),
    _whole("LICENSE.txt", "words", lambda _: b"words\n", harmless=True),
    append("a mean of people", "findings/dependence.yml", "- id: ZZ-901\n  source: singh2014kratom\n  about: A sentence of ours.\n  measure: mean number of people\n  value: 5.5\n  unit: people\n  population: people\n  locator: abstract\n  seen: abstract\n", 0),
    finding("a change below 0", 0, "change in score", "-5.5", "points"),
    finding("an increase above all", 0, "increase in exposure", "250", '"%"'),
    finding("a half-life in minutes", 0, "half-life", "166", "min"),
    finding("body temperature", 0, "temperature of the body, mean", "38.5", "degC"),
    finding("a content of a part", 0, "mitragynine content", "12.5", "mg/g"),
    finding("an interval", 0, _MEAN, "5", "points", "spread: {kind: ci95, low: 2, high: 8}|n: 12"),
    finding("one end of a range", 0, "age", "null", "years", "spread: {kind: range, low: 18}"),
    finding("an odd phone", 0, "people who used", "5", "people", "where: {phone: '13 11 14', country: Australia}"),
    finding("a day of where in words", 0, "people who used", "5", "people", "where: {date: undated copy}"),
    finding("letters of Greek", 0, "affinity at µ-opioid receptor, Ki", "5", "nM"),
    finding("a negative effect size", 0, "standardised mean difference", "-0.4", "SMD", "spread: {kind: ci95, low: -0.9, high: 0.1}|comparator: no use"),
    finding("a hedged ratio", 0, "hazard ratio of death", "0.4", "aHR", "spread: {kind: ci95, low: 0.25, high: 0.64}|comparator: no medication"),
    finding("a rate", 0, "deaths per person-years, rate", "4.1", "per 1000 person-years"),
    finding("a year of the source", 0, "start of surveillance, year", "2012", "year"),
    finding("an age", 0, "age, mean", "34.5", "years", "spread: {kind: sd, value: 9.1}|n: 120"),
    finding("a caution", 0, "people who used", "5", "people", "caution: Only a part was seen; the rest, as said, was not."),
    *[Kind(f"text: {new[:30]}", _F, r"^(  caution: [A-Z][^\"'\n]*)\.$", rf"\1. {new}") for new in ("Müller's group, as Ångström said, used naïve words.", "The Greek α, β and µ stand here, and 7-OH as well.", "It holds CO₂ and H₂O at 38 °C.", "The name is 帽柱木 in Chinese, and กระท่อม in Thai.", "An arrow → and a dash – are signs.", "It was *not* measured, and **never** counted.", "The sign ≥ and the sign ± are meant.", "Words in “quotes” and ‘others’ stand here.", "It is Δ9-THC and γ-hydroxybutyrate.", "Ketum is кратом in Russian.", "It was given as HCl·2H₂O.", "Ada's e-mail is not given (see the letter).", "A µ-opioid effect, or an ɑ-effect.")],
    Kind("a would_change with a question", _C, r"^  would_change: .*$", "  would_change: A trial that asks, does it last for a year.", ),
    Kind("a caution more", "claims/tonight.yml", r"^(- id: easing-the-night\n(?:  .*\n)*?  would_change: .*)$", r"\1\n  caution: Words of ours, and no more."),
    Kind("a block text", _C, r"^  would_change: ([A-Z].*)$", r"  would_change: >-\n    \1"),
    Kind("a literal text", _C, r"^  would_change: ([A-Z].*)$", r"  would_change: |\n    \1"),
    Kind("a list by lines", _C, r"^  outcomes: \[([\w-]+)\]$", r"  outcomes:\n    - \1"),
    Kind("a comment behind a value", _F, r"^(  value: [\d.]+)$", r"\1  # as printed"),
    Kind("a value with a zero behind", _F, r"^(  value: \d+\.\d)$", r"\g<1>0"),
    Kind("a note in other words", _C, r"note: \"[a-z]", 'note: "as said, t'),
    entry("a translated title", 0, "title = {{Kratom: Wirkung und Nutzen}}"),
    entry("a title with LaTeX", 0, "title = {Kratom {\\textit{Mitragyna speciosa}} and CO$_2$}"),
    entry("a title with accents", 0, "title = {M{\\\"u}ller's \\'etude of kratom}"),
    entry("a title with ampersand", 0, "title = {Kratom \\& others}"),
    entry("a title of a question", 0, "title = {Is kratom a drug?}"),
    entry("an author with a prefix", 0, "author = {van der Berg, Jan and de la Cruz, Ana}"),
    entry("an author with Jr", 0, "author = {Zuma, Jr, Ada}"),
    entry("an author of one name", 0, "author = {Suharto}"),
    entry("an author with accents", 0, "author = {M{\\\"u}ller, J{\\\"o}rg and Ångström, Å. and O'Brien, P.}"),
    entry("authors with initials", 0, "author = {Singh, D. and Müller, C. P. and Vicknasingam, B. K.}"),
    entry("a doi of old", 0, "doi = {10.1002/(SICI)1099-1573(199802)12:1}"),
    entry("an address with a query", 0, "url = {https://example.org/page?id=12&lang=en#part}"),
    entry("an address with a percent", 0, "url = {https://example.org/a%20b}"),
    entry("an address with a port", 0, "url = {https://example.org:8443/x}"),
    entry("an address in brackets", 0, "url = {https://example.org/a_(b)}"),
    entry("an address with a tilde", 0, "url = {https://example.org/~ada/x}"),
    entry("a day of access", 0, "urldate = {2026-11-01}"),
    entry("a month by name", 0, "month = {May}"),
    entry("a month as number", 0, "month = 5"),
    entry("a month of two", 0, "month = {May-Jun}"),
    entry("pages of an e-number", 0, "pages = {e0234639}"),
    entry("pages one after another", 0, "pages = {12--15, 19}"),
    entry("an isbn", 0, "isbn = {978-3-16-148410-0}"),
    entry("a volume with a supplement", 0, "volume = {12 Suppl 1}|number = {S2}"),
    entry("two keywords", 0, "keywords = {cohort, industry-funded, Kratom; Plants}"),
    entry("a note more", 0, "note = {seen: abstract. The full text was not free}"),
]  # fmt: skip
HARMLESS = [
    FileKind(one.name, one.change, True)
    if isinstance(one, FileKind)
    else Kind(one.name, one.files, one.pattern, one.new, 0, True)
    for one in HARMLESS
]

KINDS = [*NUMBERS, *TEXTS, *CLAIMS, *SOURCES, *FILES, *HARMLESS]
