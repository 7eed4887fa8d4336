"""List the kinds of mutations: what cannot be true and must be refused at its line, and what is harmless.

A row: name, files, what is looked for, what is put there, and how many lines below the match the fault stands.
"""

import random
import re

from mutations.engine import Kind

_F, _C, _S, _A = "findings/*.yml", "claims/*.yml", "sources.bib", "assertions.yml"
_SHARE = r"^  measure: ((?!.*(?:increas|reduc|chang|exposure|rate|ratio)).*)\n  value: [\d.]+\n  unit: ['\"]%['\"]$"
_PERSONS = r"^  value: \d+\n  unit: (people|deaths|participants|reports|cases)\n  n: (\d+)$(?!(?:\n  .*){1,3}weighted)"
_RATIO = r"^  value: [\d.]+\n  unit: (a?OR|a?RR|a?HR|ratio|fold)$"
_AMOUNT = r"^  value: [\d.]+\n  unit: (h|mg|days|ng/mL|nM|uM|mg/kg|mg/g|min)$"
_SPREAD = r"^  spread: \{kind: (ci95|range|iqr), low: ([\d.]+), high: ([\d.]+)\}$"
_VALUE = r"^  value: [\d.]+$"
_FIRST_CLAIM = r"^  statement: (?:It is very uncertain|Kratom|Methadone|Buprenorphine).*\.$"
_GRADED = r"^  statement: (.*\b(?:may|probably|very uncertain)\b.*)\.(?=\n  applies_to: \w+\n  certainty: (?:low|moderate|very low)$)"
_BIDI, _NBSP = "\u202e", "\u00a0"


def _every(name: str, files: str, pattern: str, news: tuple[str, ...], at: int = 0) -> list[Kind]:
    """Return one kind for each text that is put in the same place."""
    return [
        Kind(f"{name}: {new.strip()[:30]!a}", files, pattern, new.replace("\\", r"\\") if "\\g" not in new else new, at)
        for new in news
    ]


def _over(match: re.Match[str], rng: random.Random) -> str:
    return f"  value: {int(match[2]) + rng.randint(1, 50)}\n  unit: {match[1]}\n  n: {match[2]}"


NUMBERS = [
    *[Kind(f"share of {v}", _F, _SHARE, rf'  measure: \1\n  value: {v}\n  unit: "%"', 1) for v in ("100.1", "250", "-3", "-0.5")],
    Kind("count above its n", _F, _PERSONS, _over),
    *[Kind(f"count of {v}", _F, _PERSONS, rf"  value: {v}\n  unit: \1\n  n: \2") for v in ("-1", "3.5", "0.25")],
    Kind("n of 0", _F, r"^  n: \d+$", "  n: 0"),
    Kind("n below 0", _F, r"^  n: \d+$", "  n: -12"),
    Kind("n not whole", _F, r"^  n: (\d+)$", r"  n: \1.5"),
    *[Kind(f"ratio of {v}", _F, _RATIO, rf"  value: {v}\n  unit: \1") for v in ("0", "-0.4")],
    *[Kind(f"amount of {v}", _F, _AMOUNT, rf"  value: {v}\n  unit: \1") for v in ("-1", "-0.01")],
    Kind("value above its spread", _F, r"^  value: [\d.]+(\n.*\n  spread: \{kind: ci95, low: [\d.]+, high: )([\d.]+)", lambda m, _: f"  value: {float(m[2]) + 1}{m[1]}{m[2]}"),
    Kind("value below its spread", _F, r"^  value: [\d.]+(\n.*\n  spread: \{kind: (?:ci95|range), low: )([1-9][\d.]*)", lambda m, _: f"  value: {float(m[2]) / 2}{m[1]}{m[2]}"),
    Kind("low above high", _F, _SPREAD, lambda m, _: f"  spread: {{kind: {m[1]}, low: {float(m[3]) + 1}, high: {m[3]}}}"),
    Kind("end of a share", _F, r"(^  unit: ['\"]%['\"]\n  spread: \{kind: \w+, low: [\d.]+, high: )[\d.]+", r"\g<1>140", 1),
    Kind("low end below 0", _F, r"(^  unit: (?:h|OR|aOR|HR|aHR|RR)\n  spread: \{kind: \w+, low: )[\d.]+", r"\1-2", 1),
    *[Kind(f"{kind} below 0", _F, _SPREAD, f"  spread: {{kind: {kind}, value: -0.4}}") for kind in ("sd", "se", "sem")],
    *_every("value", _F, _VALUE, tuple(f"  value: {v}" for v in ['.nan', '.inf', '-.inf', '1e400', '1234567890123456789012345678901', '0.1234567890123456789012', '012', '0x1F', '1:30', '1_000', '0o17', '1,5', 'true', 'yes', 'NO', 'twelve', '[1]', '"12"', '1e300'])),
    *_every("n", _F, r"^  n: \d+$", tuple(f"  n: {v}" for v in ("1_000", "012", "1e3", "9" * 33, "many"))),
    *[Kind(f"country {v}", _F, r"(^  where: \{.*country: )[A-Za-z ]+", rf"\g<1>{v}") for v in ("NO", "no", "off", "012")],
    *[Kind(f"year {v}", _F, r"(^  where: \{.*\byear: )\d{4}\b", rf"\g<1>{v}") for v in ("3026", "20199", "19", "1_999", "-2019")],
    Kind("years backwards", _F, r"(^  where: \{.*\byears?: '?)(\d{4})-(\d{4})", r"\g<1>2021-1998"),
    Kind("dose key below 0", _F, r"(^  where: \{.*\bdose_m?g: )\d+", r"\g<1>-5"),
    Kind("month of 13 in a finding", _F, r"(^  where: \{.*\bdate: ['\"]?\d{4})-\d\d", r"\g<1>-13"),
    Kind("not whole calendar year", _F, r"^  value: \d+\n  unit: year$", "  value: 2014.5\n  unit: year"),
]  # fmt: skip

_TIMES = r"^  measure: ((?:half-life|Tmax|duration|onset|peak)[^\n]*)\n  value: (\S+)\n  unit: \w+$"
UNITS = [
    *[Kind(f"share in {u}", _F, r"^  measure: ([^\n]*(?:share|prevalence|percent)[^\n]*)\n  value: ([\d.]+)\n  unit: ['\"]%['\"]$", rf"  measure: \1\n  value: \2\n  unit: {u}", 2) for u in ("h", "nM", "mg", "OR", "kg", "mL")],
    *[Kind(f"value in % in {u}", _F, _SHARE, rf"  measure: \1\n  value: 1.5\n  unit: {u}", 2) for u in ("nM*h", "L/h", "g/mol", "HR")],
    *[Kind(f"time in {u}", _F, _TIMES, rf"  measure: \1\n  value: \2\n  unit: {u}", 2) for u in ('"%"', "mg", "ng/mL", "people", "points", "OR", "L")],
    *[Kind(f"concentration in {u}", _F, r"^  measure: ((?:IC50|Ki|Cmax)[^\n]*)\n  value: (\S+)\n  unit: (?:nM|uM|ng/mL)$", rf"  measure: \1\n  value: \2\n  unit: {u}", 2) for u in ("h", '"%"', "people", "kg", "ratio")],
    *[Kind(f"ratio in {u}", _F, _RATIO, rf"  value: 1.5\n  unit: {u}", 1) for u in ("h", "mg", "nM")],
    *[Kind(f"odds ratio in {u}", _F, r"^  value: [\d.]+\n  unit: (?:a?OR|a?HR)$", rf"  value: 1.5\n  unit: {u}", 1) for u in ('"%"', "people", "points")],
    *[Kind(f"unit {u[:20]}", _F, r"^  unit: (?:people|['\"]%['\"]|h|nM)$", f"  unit: {u}") for u in (
        "Mpoints", "hpeople", "kdeaths", "mpercent", "9**9**9", "9**9**9**9", "(" * 3000 + "h" + ")" * 3000, "h**999999999", "peple", "furlong",
        "smoot", "parsec", "'%%'", "'  '", "''", "mg//mL", "mg/", "*h", "1e400*h", "h; rm", "__import__", "[h]", "kday", "Mh", "speed_of_light", "hpeople/h", "x" * 5000, "mg" + "/h" * 400)],
]  # fmt: skip

TEXTS = [
    *_every("about", _F, r"^  about: .*$", ('  about: ""', '  about: "   "', f'  about: "{_NBSP}{_NBSP}"', '  about: "\\u200b\\u200b"', "  about: ...", "  about:", "  about: 12", f"  about: A{_BIDI}b", '  about: "a\\u202eb"', '  about: "a\\u0007b"', "  about: a\u200bb", "  about: a\u2066b", "  about: a\x00b", "  about: a\x85b", "  about: See {nonsense}`PK-001`.", "  about: See {finding:valu}`PK-001`.", "  about: See {ref}`index`.", "  about: '{claim}`no-such-claim`'")),
    *[Kind(f"blank {k}", f, rf"^  {k}: \S.*$", f'  {k}: "{_NBSP} "') for f, k in ((_F, "measure"), (_F, "population"), (_F, "locator"), (_F, "caution"), (_C, "statement"), (_C, "would_change"), (_C, "caution"), (_A, "answer"), (_A, "statement"), (_A, "fair"), ("searches.yml", "result"), ("searches.yml", "terms"))],
    *[Kind(f"surer: {w[:12]}", _C, _GRADED, rf"  statement: \1, {w}.") for w in ("always and without doubt", "indeed certainly", "as is proven", "which is definitely so", "guaranteed", "undoubtedly")],
    *[Kind(f"second clause: {w[:16]}", _C, _GRADED, rf"  statement: \1{w}.") for w in ("; kratom relieves withdrawal", ", and it cures dependence", ", and kratom prevents death", "; it works", ", but it reduces pain in everyone")],
    Kind("not graded, and its verb grades", _C, r"^  statement: ([^\n]*\b(?:may|probably|very uncertain)\b[^\n]*)\n  applies_to: (\w+)\n  certainty: (?:low|moderate|very low)\n  because:\n(?:    .*\n)+(?:  argument: .*\n)?", r"  statement: \1\n  applies_to: \2\n  certainty: not graded\n  caution: industry-funded and self-selected sources\n"),
    Kind("low claim with a high verb", _C, r"^  statement: ([^\n]*) may (\w+) (?=[^\n]*\n  applies_to: \w+\n  certainty: low$)", r"  statement: \1 will \2 "),
    Kind("moderate claim with may", _C, r"^(  statement: [^\n]*) probably (?=[^\n]*\n  applies_to: \w+\n  certainty: moderate$)", r"\1 may "),
    Kind("a script in a text", _C, r"^  would_change: .*$", "  would_change: <script>x</script>"),
    *[Kind(f"unknown role in {k}", f, rf"^  {k}: \S.*$", f"  {k}: See {{foo:bar}}`x`.") for f, k in ((_C, "would_change"), (_C, "caution"), (_F, "population"), (_A, "answer"), ("searches.yml", "result"))],
    *[Kind(f"misspelt key {k}", f, rf"^  {k}:", f"  {k[:-1]}:") for f, k in ((_F, "measure"), (_F, "locator"), (_C, "certainty"), (_C, "checked"), (_A, "verdict"))],
    Kind("certainty no word of the list", _C, r"^  certainty: .*$", "  certainty: very high"),
    Kind("seen no word of the list", _F, r"^  seen: .*$", "  seen: fulltext"),
    Kind("id in small letters", _F, r"^- id: ([A-Z]+)-(\d+)$", r"- id: x-\2"),
    Kind("step beyond its range", _C, r"step: -1", "step: -3"),
    Kind("step as text", _C, r"step: -1", 'step: "-1"'),
]  # fmt: skip

DATES = [
    *[Kind(f"{k} {v}", _C, rf"^  {k}: \d.*$", f"  {k}: {v}", -1 if k == "x" else 0) for k in ("checked", "stated") for v in ("3026-11-22", "1826-11-22", "2026-13-01", "2026-02-30", "2027-01-01", "22.11.2026", "2026-11", "soon")],
    *[Kind(f"search {v}", "searches.yml", r"^  date: .*$", f"  date: {v}") for v in ("'2026-13'", "2026-11-31", "'1026-11-22'", "'2027-01'", "2026-12-24", "yesterday", "2026")],
]  # fmt: skip

_LIST = r"^  (findings|against|outcomes): \[([^\],]+)"
REFERENCES = [
    Kind("finding twice in a claim", _C, _LIST, r"  \1: [\2, \2"),
    *[Kind(f"unknown {k}", _C, rf"^  {k}: \[([^\],]+)", f"  {k}: [{v}") for k, v in (("findings", "ZZ-999"), ("against", "ZZ-999"), ("searches", "no-such-search"), ("outcomes", "no-such-outcome"), ("analyses", "no-such-page"))],
    Kind("claim twice in an assertion", _A, r"^  claims: \[([^\],]+)", r"  claims: [\1, \1"),
    Kind("unknown claim in an assertion", _A, r"^  claims: \[([^\],]+)", "  claims: [no-such-claim"),
    *[Kind(f"{r} in {k}", f, rf"^  {k}: \S.*$", f"  {k}: See {{{r}}}`{v}`.") for r, v in (("finding:value", "ZZ-999"), ("cite:p", "nobody2020nothing"), ("claim", "no-such-claim"), ("assertion", "A999"), ("finding", "ZZ-999")) for f, k in ((_C, "would_change"), (_C, "caution"), (_A, "answer"), (_F, "caution"))],
    *[Kind(f"{r} in a reason", _C, r"note: \"[^\"]*\"", f'note: "see {{{r}}}`{v}`"') for r, v in (("finding:value", "ZZ-999"), ("claim", "no-such-claim"), ("cite:t", "nobody2020nothing"))],
    Kind("part that a finding has not", _C, r"^  would_change: .*$", "  would_change: See {finding:low}`WD-069`."),
    Kind("unknown source", _F, r"^  source: \S+$", "  source: nobody2020nothing"),
    Kind("unknown effect", _C, r"^  effect: \{outcome: ([^,]+), size: [^,}]+", r"  effect: {outcome: \1, size: ZZ-999"),
    Kind("effect that is no id", _C, r"^  effect: \{outcome: ([^,]+), size: [^,}]+", r"  effect: {outcome: \1, size: none"),
    Kind("for and against", _C, r"^  findings: \[([^\],]+)(.*\n(?:  searches: .*\n)?)  against: \[", r"  findings: [\1\2  against: [\1, ", lambda m: m[0].count("\n")),
    Kind("duplicate id of a finding", _F, r"^- id: \S+(?=\n(?: .*\n)+\Z)", lambda m, _: re.search(r"- id: \S+", m.string)[0]),
    Kind("excluded twice", "excluded.yml", r"^  findings:\n  - (\S+)\n", r"  findings:\n  - \1\n  - \1\n", 2),
    Kind("excluded unknown source", "excluded.yml", r"^  sources:\n  - \S+$", "  sources:\n  - nobody2020nothing", 1),
    Kind("excluded without reason", "excluded.yml", r"^- reason: .*$", '- reason: " "'),
]  # fmt: skip


def _field(name: str, new: str, pattern: str = r"\{.*\}") -> Kind:
    return Kind(f"{name} = {new[:24]!a}", _S, rf"^  {name} = {pattern}(,?)$", lambda m, _: f"  {name} = {new}{m[1]}")


SOURCES = [
    *[_field("year", v) for v in ("{3026}", "{20l9}", "{1019}", "{219}", "{2O19}", "{20199}", "{-2019}", "{2029}")],
    *[_field("pmid", v) for v in ("{PMID33257199}", "{33257199.}", "{0}", "{-33257199}", "{3325719912}", "{33257199,}", "{abc}", "{33 257 199}")],
    *[_field("pmcid", v) for v in ("{7001130}", "{PMC}", "{PMC7001130.}", "{PMID7001130}", "{PMC70O1130}")],
    *[_field("doi", v) for v in ("{10.1136/bcr-2019-229778.}", "{10.1136/bcr-2019-229778,}", "{11.1136/bcr}", "{10.1136}", "{doi 10.1136/x}", "{10.1136/bcr;}", '{10.1136/bcr"}', "{https://example.org/10.1136/x}", "{10.1136/bcr)}")],
    *[_field("url", v) for v in ("{javascript:alert(1)}", "{data:text/html,x}", "{example.org/page}", "{//example.org}", "{ftp://example.org/x}", "{https://}", "{https://localhost/x}", "{https://example.org/a b}", "{file:///etc/passwd}", "{https://example.org/page.}", "{mailto:a@example.org}")],
    *[Kind(f"field {n}", _S, rf"^  {o} =", f"  {n} =", w) for o, n, w in (("year", "yaer", 0), ("doi", "doii", 0), ("journal", "jurnal", 0), ("pages", "pagse", 0), ("volume", "volme", 0), ("keywords", "keyword5", 0), ("howpublished", "howpublishd", 0))],
    Kind("field autor", _S, r"^  author =", "  autor ="),
    Kind("field titel", _S, r"^  title =", "  titel ="),
    *[Kind(f"flag {v}", _S, r"^  keywords = \{([\w-]+)\}", rf"  keywords = {{\1, {v}}}") for v in ("industry-fundet", "self-selcted", "industry_funded", "Industry-funded", "selfselected")],
    *[_field("keywords", v) for v in ("{cohort, rct}", "{cohrt}", "{}", "{industry-funded}", "{random}", "{animal, in-vitro}")],
    *[Kind(f"entry type {t}", _S, r"^@(article|misc)\{", f"@{t}{{") for t in ("artikel", "mics", "artcle", "webpage1")],
    *[_field("note", v) for v in ("{seen: full text}", "{seen: fulltext}", "{seen: yes}", "{Seen: abstract}", "{}", "{seen abstract}", "{read}")],
    Kind("no author", _S, r"^(@\w+\{.*\n)  author = .*\n", r"\1", 0),
    _field("author", "{}"),
    _field("title", "{}"),
    _field("title", f"{{a{_BIDI}b}}"),
    _field("journal", "{ }"),
    Kind("no journal", _S, r"^(@article\{.*\n(?:  .*\n)*?)  journal = .*\n", lambda m, _: m[1][m[1].rfind("@") :] if m[1].count("@") == 1 else m[0]),
    Kind("no comma behind the key", _S, r"^(@\w+\{\S+),$", r"\1"),
    Kind("no comma behind a field", _S, r"^(  (?:author|doi|journal) = \{.*\}),$", r"\1", 1),
    Kind("a field twice", _S, r"^(  (?:author|doi|journal|keywords) = \{.*\},)$", r"\1\n\1", 1),
    Kind("a key twice", _S, r"^(@misc\{\S+,\n(?:  .*\n)+\}\n)", r"\1\n\1", lambda m: m[1].count("\n") + 1),
    Kind("no @", _S, r"^@(\w+\{\S+,)$", r"\1"),
    Kind("unclosed brace", _S, r"^(  (?:title|journal) = \{.*)\},$", r"\1,"),
    Kind("unclosed quotation mark", _S, r"^  (journal) = \{(.*)\},$", r'  \1 = "\2,'),
    Kind("words between entries", _S, r"^\}\n\n@", "}\n\nsome words\n\n@", 2),
    _field("title", "{RETRACTED: A trial of kratom}"),
    _field("note", "{seen: abstract. Retracted in 2024}"),
    Kind("pages backwards", _S, r"^  pages = \{\d{3}--\d{3}\}", "  pages = {412--317}"),
    Kind("doi of another source", _S, r"^  doi = \{.*\}(,?)$", r"  doi = {10.1016/j.jep.2012.03.009}\1"),
    Kind("pmid of another source", _S, r"^  pmid = \{.*\}(,?)$", r"  pmid = {33257199}\1"),
]  # fmt: skip

OTHERS = [
    Kind("score above its scale", "scores.yml", r"score: \d+, out_of: (\d+)", r"score: 9\1, out_of: \1"),
    Kind("score below 0", "scores.yml", r"score: \d+", "score: -1"),
    Kind("score without item", "scores.yml", r", item: [^,]+,", ","),
    Kind("item scored twice", "scores.yml", r"^(- \{.*\})\n", r"\1\n\1\n", 1),
    Kind("score misspelt", "scores.yml", r"out_of:", "outof:"),
    Kind("blank reason of a score", "scores.yml", r'reason: ".*"\}$', 'reason: " "}'),
    Kind("search words without page", "search-words.yml", r"^(- .*), page: [\w-]+", r"\1"),
    Kind("search words for no page", "search-words.yml", r"page: [\w-]+", "page: nowhere"),
    Kind("a search word twice", "search-words.yml", r"words: \[([^,\]]+)", r"words: [\1, \1"),
    Kind("question for no page", "reader-questions.yml", r"page: [\w-]+", "page: nowhere"),
    Kind("question of no screens", "reader-questions.yml", r"screens: \d+", "screens: 0"),
    Kind("outcome without name", "outcomes.yml", r", name: [^,]+,", ","),
    Kind("outcome twice", "outcomes.yml", r"^(- \{.*\})\n", r"\1\n\1\n", 1),
    Kind("query of no service", "watch.yml", r"^  service: .*$", "  service: pubmed"),
    Kind("verdict of no list", _A, r"^  verdict: .*$", "  verdict: true"),
]

SYNTAX = [
    Kind("unclosed quotation mark", _F, r"^  about: ([A-Z][^\"':#{}]*)$", r'  about: "\1'),
    Kind("unclosed quotation mark in a claim", _C, r"^  would_change: ([A-Z][^\"':#{}]*)$", r'  would_change: "\1'),
    Kind("unclosed bracket", _C, r"^  findings: \[(.*)\]$", r"  findings: [\1", 1),
    Kind("key twice", _F, r"^(  measure: .*)$", r"\1\n\1", 1),
    Kind("tab for indent", _F, r"^  measure:", "\tmeasure:"),
    Kind("wrong indent", _F, r"^  measure:", "   measure:"),
    *[Kind(f"conflict mark {m}", f, p, m + " x" * (m[0] != "=") + r"\n\g<0>") for m in ("<" * 7, "=" * 7, ">" * 7) for f, p in ((_F, r"^- id: "), (_S, r"^@"), (_C, r"^- id: "))],
    Kind("a tag of Python", _F, r"^  about: .*$", "  about: !!python/object/apply:os.getcwd []"),
    Kind("an alias", _F, r"^  about: .*$", "  about: *nobody"),
    Kind("an alias of itself", _F, r"^  about: .*$", "  about: &a [*a]"),
    Kind("a second document", _F, r"(?<=\n)(  .*\n\n?)- id: ", r"\1---\n- id: ", 1),
    Kind("byte-order mark inside", _F, r"^  about: ", "  about: \ufeff"),
]  # fmt: skip

HARMLESS = [
    Kind("a comment", _F, r"^- id: ", "# a remark\n- id: ", harmless=True),
    Kind("a comment in the bibliography", _S, r"^@", "% a remark\n@", harmless=True),
    Kind("hours in minutes", _F, r"^  unit: h$", "  unit: min", harmless=True),
    Kind("people as patients", _F, r"^  unit: people$", "  unit: patients", harmless=True),
    Kind("mg/g in ug/g", _F, r"^  unit: mg/g$", "  unit: ug/g", harmless=True),
    Kind("longer caution", _F, r"^(  caution: [A-Z][^\"'\n]*)\.$", r"\1, and more was not said.", harmless=True),
    Kind("key order", _F, r"^(  locator: .*)\n(  seen: .*)$", r"\2\n\1", harmless=True),
    Kind("order of findings in a claim", _C, r"^  outcomes: \[([^\],]+), ([^\],]+)\]", r"  outcomes: [\2, \1]", harmless=True),
    Kind("blank line between", _F, r"^- id: ", "\n- id: ", harmless=True),
    Kind("quotes around a text", _F, r"^  locator: (\w+)$", r'  locator: "\1"', harmless=True),
    Kind("a number as 12.0", _F, r"^  value: (\d+)\n  unit: (h|mg|nM)$", r"  value: \1.0\n  unit: \2", harmless=True),
    Kind("field order", _S, r"^(  keywords = .*,)\n(  note = .*,)$", r"\2\n\1", harmless=True),
    Kind("an exporter's field", _S, r"^(  keywords = .*,)$", r"\1\n  language = {eng},\n  issn = {1234-5678},", harmless=True),
    Kind("an exporter's keyword", _S, r"^  keywords = \{([\w-]+)\}", r"  keywords = {\1, Kratom, Plant Extracts}", harmless=True),
    Kind("@ in capitals", _S, r"^@article\{", "@Article{", harmless=True),
    Kind("another would_change", _C, r"^  would_change: .*$", "  would_change: A larger trial, in which 'usual care' is the other arm – or none…", harmless=True),
    Kind("a new where key", _F, r"^(  where: \{.*)\}$", r"\1, ward: north}", harmless=True),
]  # fmt: skip

KINDS = [*NUMBERS, *UNITS, *TEXTS, *DATES, *REFERENCES, *SOURCES, *OTHERS, *SYNTAX, *HARMLESS]
