"""List the kinds of mutations that only neighbours tell: a field against the others of its record, and of its kind."""

from mutations.engine import Kind

_F, _C, _S, _A = "findings/*.yml", "claims/*.yml", "sources.bib", "assertions.yml"


def append(name: str, files: str, text: str, at: int) -> Kind:
    """Write a record at the end of a file."""
    return Kind(name, files, r"(?<=\n)\n*\Z", text.replace("\\", r"\\"), at)


_FINDING = """- id: ZZ-901
  source: singh2014kratom
  about: A sentence of ours.
  measure: {measure}
  value: {value}
  unit: {unit}
{more}  population: people
  locator: abstract
  seen: abstract
"""


def finding(name: str, at: int, measure: str, value: str, unit: str, more: str = "") -> Kind:
    """Write a finding with these numbers."""
    text = _FINDING.format(
        measure=measure, value=value, unit=unit, more="".join(f"  {row}\n" for row in more.split("|") if row)
    )
    return append(name, "findings/dependence.yml", text, at)


FINDINGS = [
    finding("ratio near the end of its interval", 6, "odds ratio of use", "1.25", "OR", "spread: {kind: ci95, low: 1.2, high: 9.8}|comparator: no use"),
    finding("ratio near the high end", 6, "hazard ratio of death", "9.5", "aHR", "spread: {kind: ci95, low: 1.2, high: 9.8}|comparator: no use"),
    finding("odds ratio without comparator", 5, "odds ratio of use", "1.25", "OR"),
    finding("risk ratio without comparator", 5, "risk ratio of death", "0.5", "RR"),
    finding("share above 100 at its high end", 6, "share who used", "50", '"%"', "spread: {kind: ci95, low: 40, high: 101}"),
    finding("sd beside low and high", 6, "score, mean", "5", "points", "spread: {kind: sd, low: 1, high: 2}"),
    finding("sd without value", 6, "score, mean", "5", "points", "spread: {kind: sd}"),
    finding("spread of no kind", 6, "score, mean", "5", "points", "spread: {kind: sdd, value: 2}"),
    finding("interval without ends", 6, "score, mean", "5", "points", "spread: {kind: ci95, value: 2}"),
    finding("interval with one end", 6, "score, mean", "5", "points", "spread: {kind: iqr, low: 2}"),
    finding("n as text", 6, "people who used", "5", "people", 'n: "12"'),
    finding("n true", 6, "people who used", "5", "people", "n: true"),
    finding("count of people not whole", 4, "people who used", "5.5", "people"),
    finding("correlation above 1", 4, "correlation of use and pain", "1.2", "r"),
    finding("correlation below -1", 4, "correlation of use and pain", "-1.2", "r"),
    finding("deaths per 100 above 100", 4, "deaths", "120", "per 100 people"),
    finding("negative half-life", 4, "half-life", "-3", "h"),
    finding("phone with a letter", 6, "people who used", "5", "people", "where: {phone: '1-8OO-222'}"),
    finding("checksum too short", 6, "people who used", "5", "people", "where: {sha256: abc}"),
    finding("year of study after the source", 6, "people who used", "5", "people", "where: {year: 2020}"),
    finding("key of where nearly another", 6, "people who used", "5", "people", "where: {contry: Malaysia}"),
    finding("word of where nearly another", 6, "people who used", "5", "people", "where: {country: Untied States}"),
    finding("list in where", 6, "people who used", "5", "people", "where: {country: [Malaysia]}"),
    finding("nothing in where", 6, "people who used", "5", "people", "where: {country: }"),
    finding("blank in where", 6, "people who used", "5", "people", 'where: {country: " "}'),
    finding("where is a list", 6, "people who used", "5", "people", "where: [country]"),
    finding("capital key of where", 6, "people who used", "5", "people", "where: {Country: Malaysia}"),
    finding("a number and no unit", 4, "people who used", "5", "null"),
    finding("value as list", 4, "people who used", "[5, 6]", "people"),
    finding("comparator blank", 6, "odds ratio of use", "1.25", "OR", 'comparator: " "'),
    finding("caution a list", 6, "people who used", "5", "people", "caution: [a, b]"),
    Kind("finding twice under two ids", _F, r"^- id: (\S+)\n((?:  .*\n)+)(?=- id: )", r"- id: \1\n\2- id: ZZ-999\n\2", lambda m: m[2].count("\n") + 3),
    Kind("finding seen better than its source", _F, r"^(- id: CLI-05[013]\n(?:  .*\n)*?  seen: )secondary$", r"\1full-text", lambda m: m[0].count("\n")),
    *[Kind(f"locator {v!a}", _F, r"^  locator: .*$", f"  locator: {v}") for v in ("", '""', "...", "12", "[a]", "{a: b}")],
    *[Kind(f"id {v}", _F, r"^- id: .*$", f"- id: {v}") for v in ("WD-1", "WD12", "wd-001", "WD-00l", "12", "[WD-001]", "WD_001")],
    *[Kind(f"source {v!a}", _F, r"^  source: .*$", f"  source: {v}") for v in ("", "a b", "12", "[a]", '"{a}"')],
    *[Kind(f"measure {v!a}", _F, r"^  measure: .*$", f"  measure: {v}") for v in ("", "--", "12", "true", "[a]")],
    *[Kind(f"population {v!a}", _F, r"^  population: .*$", f"  population: {v}") for v in ("", "?", "12", "true")],
    *[Kind(f"seen {v!a}", _F, r"^  seen: .*$", f"  seen: {v}") for v in ("", "Abstract", "full text", "yes", "[abstract]")],
    *[Kind(f"no {k}", _F, rf"^(- id: .*\n(?:  .*\n)*?)  {k}: .*\n", r"\1") for k in ("about", "measure", "population", "locator", "seen")],
]  # fmt: skip

_CLAIM = r"^(- id: {0}\n(?:  .*\n)*?  {1}: )"
CLAIMS = [
    Kind("reason given twice", _C, r"^(    - \{domain: (?:risk of bias|imprecision), step: (?:0|-1), note: .*\}\n)", r"\1\1", 1),
    Kind("argument without a raise", _C, r"^(  certainty: (?:low|very low)\n  because:\n(?:    - \{domain: .*, step: (?:0|-1|-2), note.*\}\n)+)(?=  (?:effect|would))", r"\1  argument: GRADE allows it.\n", lambda m: m[0].count("\n")),
    *[Kind(f"statement {v}", _C, r"^  statement: (.*)\.$", new) for v, new in (("cut off", r"  statement: \1"), ("without its last word", r"  statement: \1,"), ("blank", '  statement: ""'), ("a number", "  statement: 12"), ("a list", "  statement: [a, b]"))],
    Kind("statement of another claim", _C, r"(^  statement: [^>].*)(\n(?:  .*\n)+- id: .*\n)  statement: [^>].*", r"\1\2\1", lambda m: m[2].count("\n")),
    Kind("animal claim made human", _C, r"^  applies_to: animals$", "  applies_to: humans"),
    Kind("claim on cells made human", _C, r"^  applies_to: cells$", "  applies_to: humans"),
    *[Kind(f"applies_to {v!a}", _C, r"^  applies_to: .*$", f"  applies_to: {v}") for v in ("", "human", "people", "[humans]", "Humans")],
    Kind("graded claim about law", _C, r"^  applies_to: humans(?=\n  certainty: (?:low|moderate|very low)$)", "  applies_to: law"),
    *[Kind(f"certainty {v!a}", _C, r"^  certainty: .*$", f"  certainty: {v}") for v in ("", "Low", "very-low", "none", "[low]", "3")],
    Kind("certainty one level up", _C, r"^  certainty: low$", "  certainty: moderate"),
    Kind("certainty one level down", _C, r"^  certainty: moderate$", "  certainty: low"),
    Kind("certainty not graded, reasons kept", _C, r"^  certainty: (?:low|moderate)$", "  certainty: not graded"),
    *[Kind(f"domain {v}", _C, r"\{domain: [a-z ]+,", "{domain: " + v + ",") for v in ("bias", "Risk of bias", "risk-of-bias", "precision", "''")],
    *[Kind(f"step {v}", _C, r"step: -1\b", f"step: {v}") for v in ("1", "-3", "-1.5", "null", "'-1'", "2")],
    Kind("step left out", _C, r", step: -1", ""),
    Kind("note left out", _C, r", note: \"[^\"]*\"", ""),
    *[Kind(f"note {v}", _C, r"note: \"[^\"]*\"", f"note: {v}") for v in ('""', '" "', "12", '"–"')],
    Kind("effect of no ratio", _C, r"relative: CARE-\d+", "relative: CARE-037"),
    Kind("effect whose risk is a ratio", _C, r"without: CARE-\d+", "without: CARE-049"),
    Kind("effect whose risks differ in unit", _C, r"(effect: \{.*exposed: )CARE-94\d", r"\1CARE-037"),
    Kind("effect of an unknown key", _C, r"(effect: \{outcome: [^,]+), size:", r"\1, sise:"),
    Kind("effect without outcome", _C, r"effect: \{outcome: [^,]+, ", "effect: {"),
    Kind("statement quotes what the claim does not hold", _C, r"^(  statement: .*?\{finding:\w+\}`)[A-Z]+-\d+", r"\1CARE-048"),
    Kind("about pages, and on trials", _C, r"^(  (?:outcomes|findings): \[CARE.*\]\n)(?=  stated)", r"\1  about_pages: true\n", 1),
    *[Kind(f"about_pages {v}", _C, r"^  about_pages: true$", f"  about_pages: {v}") for v in ("yes", "1", "'true'", "TRUE1")],
    Kind("checked before its sources", _C, r"^(  stated: )20\d\d(-\d\d-\d\d\n  checked: )20\d\d(-\d\d-\d\d)\n(?!  history)", r"\g<1>1999\g<2>1999\3\n", 1),
    Kind("checked before stated", _C, r"^  checked: 2026-11-\d\d$", "  checked: 2026-10-01"),
    Kind("history after checked", _C, r"(^  checked: 2026-11-2\d\n  history:\n    - \{date: )2026-11-\d\d", r"\g<1>2026-11-30", 2),
    Kind("history without what", _C, r"(^    - \{date: 2026-11-\d\d), what: .*\}$", r"\1}"),
    Kind("history blank", _C, r"(^    - \{date: 2026-11-\d\d, what: ).*\}$", r'\1" "}'),
    *[Kind(f"{k} {v}", _C, rf"^  {k}: .*$", f"  {k}: {v}") for k in ("findings", "outcomes", "searches", "against") for v in ("''", "[12]", "[[a]]", "{a: b}", "WD-001")],
    *[Kind(f"id {v}", _C, r"^- id: .*$", f"- id: {v}") for v in ("No-Capitals", "with space", "under_score", "12.5", "-a", "a--b", "''", "[a]")],
    Kind("id of another claim", _C, r"^- id: (.*)\n((?:  .*\n)+)- id: .*$", r"- id: \1\n\2- id: \1", lambda m: m[2].count("\n") + 1),
    *[Kind(f"no {k}", _C, rf"^(- id: .*\n(?:  .*\n)*?)  {k}: .*\n", r"\1") for k in ("applies_to", "certainty", "would_change", "stated", "checked")],
    *[Kind(f"would_change {v!a}", _C, r"^  would_change: .*$", f"  would_change: {v}") for v in ("", "'-'", "12", "[a]")],
]  # fmt: skip

OTHERS = [
    Kind("unproven made contradicted", _A, r"^  verdict: unproven$", "  verdict: contradicted"),
    Kind("contradicted made supported", _A, r"^  verdict: contradicted$", "  verdict: supported"),
    Kind("contradicted without against", _A, r"^  against: \[kratom-dependence.*\]\n", "", -5),
    Kind("nearest claim moved behind", _A, r"^  claims: \[kratom-dependence, (.*), no-comparison-of-harms\]$", r"  claims: [no-comparison-of-harms, kratom-dependence, \1]", -3),
    *[Kind(f"verdict {v!a}", _A, r"^  verdict: .*$", f"  verdict: {v}") for v in ("", "Supported", "partly", "false", "not-checkable", "[unproven]")],
    *[Kind(f"assertion {v}", _A, r"^- id: .*$", f"- id: {v}") for v in ("A1", "B01", "a01", "12", "A-01", "A02x", "[A01]")],
    Kind("kind nearly another", _A, r"^  kind: health$", "  kind: heatlh"),
    Kind("section nearly another", _A, r"^  section: (?:long-term|mechanism|withdrawal)$", "  section: mechanisn"),
    Kind("statement of another assertion", _A, r"(^  statement: .*)(\n(?:  .*\n)+\n- id: .*\n(?:  section.*\n)(?:  kind.*\n))  statement: .*", r"\1\2\1", lambda m: m[2].count("\n")),
    *[Kind(f"{k} {v!a}", _A, rf"^  {k}: .*$", f"  {k}: {v}") for k in ("answer", "fair", "section", "claims") for v in ("'...'", "12", "{a: b}")],
    *[Kind(f"no {k}", _A, rf"^(- id: .*\n(?:  .*\n)*?)  {k}: .*\n", r"\1") for k in ("verdict", "answer", "claims")],
    *[Kind(f"excluded kind {v!a}", "excluded.yml", r"^  kind: .*$", f"  kind: {v}") for v in ("not-needed", "other", "[unsound]", "Unsound")],
    *[Kind(f"excluded {k} {v!a}", "excluded.yml", rf"^  {k}:\n(?:  - .*\n)+", f"  {k}: {v}\n") for k in ("findings", "sources") for v in ("all", "[12]", "{a: b}")],
    Kind("excluded key misspelt", "excluded.yml", r"^  findings:$", "  finding:"),
    Kind("excluded and used", "excluded.yml", r"^  findings:\n", "  findings:\n  - WD-085\n", 1),
    Kind("excluded source that is used", "excluded.yml", r"^  sources:\n", "  sources:\n  - singh2014kratom\n", 1),
    Kind("another scale in a checklist", "scores.yml", r"index: cdc(.*)score: 1, out_of: 1", r"index: cdc\1score: 1, out_of: 5"),
    Kind("checklist nearly another", "scores.yml", r"index: discern", "index: discren"),
    *[Kind(f"score {v}", "scores.yml", r"score: \d+", f"score: {v}") for v in ("true", "0.5", "'1'", "null", "6e1")],
    *[Kind(f"out_of {v}", "scores.yml", r"out_of: \d+", f"out_of: {v}") for v in ("0", "-5", "true", "5.0", "'5'")],
    *[Kind(f"item {v!a}", "scores.yml", r"item: [^,\"]+,", f"item: {v},") for v in ("''", "' '", "12", "true")],
    Kind("question asked twice", "reader-questions.yml", r"^(- \{.*\})\n", r"\1\n\1\n", 1),
    Kind("question by nearly another", "reader-questions.yml", r"asks: (?:clinician|family)", "asks: clinican"),
    *[Kind(f"screens {v}", "reader-questions.yml", r"screens: \d+", f"screens: {v}") for v in ("-1", "1.5", "true", "'2'", "null", "1000")],
    *[Kind(f"page {v}", f, r"page: (?!name-of-page)[\w-]+", f"page: {v}") for f in ("reader-questions.yml", "search-words.yml") for v in ("index.md", "/index", "../book/index", "12", "''", "Index")],
    *[Kind(f"anchor {v}", "reader-questions.yml", r"anchor: [\w-]+", f"anchor: {v}") for v in ("'#answer'", "Answer", "a b", "12", "''")],
    *[Kind(f"words {v}", "search-words.yml", r"words: \[(?!one, several)[^\]]+\]", f"words: {v}") for v in ("[]", "help", "[12]", "[' ']", "[[a]]")],
    Kind("a search word in two rows", "search-words.yml", r"words: \[(?!overdose)[^,\]]+", "words: [overdose"),
    Kind("outcome of the same name", "outcomes.yml", r"^(- \{id: )([\w-]+)(, .*\})\n", r"\1\2\3\n\1\2-too\3\n", 1),
    Kind("group nearly another", "outcomes.yml", r'group: "May kratom help\?"', 'group: "May kratom hlep?"'),
    *[Kind(f"outcome {k} {v}", "outcomes.yml", rf'{k}: "?[A-Za-z][^,"}}]*"?', f"{k}: {v}") for k in ("id", "name", "group") for v in ("''", "12", "[a]", "' '")],
    *[Kind(f"search {k} {v}", "searches.yml", rf"^  {k}: .*$(?=\n(?:  \w|- ))", f"  {k}: {v}") for k in ("question", "where", "terms", "result") for v in ("12", "' '", "[a]", "true")],
    Kind("search twice", "searches.yml", r"^- id: (\S+)\n((?:  .*\n)+)(?=- id: )", r"- id: \1\n\2- id: \1-too\n\2", lambda m: m[2].count("\n") + 2),
    *[Kind(f"query {k} {v}", "watch.yml", rf"^  {k}: \w.*$", f"  {k}: {v}") for k, vs in (("terms", ("''", "12", "[a]")), ("service", ("Europe PMC", "''", "pubmed"))) for v in vs],
    *[Kind(f"query since {v}", "watch.yml", r"^  since: .*$", f"  since: {v}") for v in ("1826-01-01", "2026-13-01", "yesterday", "3026-01-01", "2026")],
    Kind("query misspelt", "watch.yml", r"^  why: ", "  whi: "),
    Kind("query twice", "watch.yml", r"^- id: (.*)\n((?:  .*\n)+\n)", r"- id: \1\n\2- id: \1\n\2", lambda m: m[2].count("\n") + 1),
]  # fmt: skip


def entry(name: str, at: int, fields: str, head: str = "@article{zuma2020kratom,") -> Kind:
    """Write an entry of the bibliography."""
    rows = {
        "author": "{Zuma, Ada}",
        "title": "{A title}",
        "journal": "{A journal}",
        "keywords": "{cohort}",
        "note": "{seen: abstract}",
        "year": "{2020}",
    }
    rows |= dict(row.split(" = ", 1) for row in fields.split("|") if row)
    body = ",\n".join(f"  {key} = {value}" for key, value in rows.items() if value != "-")
    return append(name, _S, f"\n{head}\n{body}\n}}\n", at + 1)


SOURCES = [
    *[entry(f"author {v}", 1, f"author = {v}") for v in ("{Zuma, Ada; Yang, Bo}", "{Zuma, Ada et al.}", "{Zuma 2, Ada}", "{zuma@example.org}", "{{ }}", "{,}", '{Zuma, Ada, B, C}')],
    *[entry(f"title {v}", 2, f"title = {v}") for v in ("{}", "{ }", "{...}", "{RETRACTED ARTICLE: A title}", "{A \u202etitle}")],
    *[entry(f"journal {v}", 3, f"journal = {v}") for v in ("{}", "{--}")],
    *[entry(f"keywords {v}", 4, f"keywords = {v}") for v in ("{cohort, case-control}", "{industry-funded}", "{Cohort}", "{cohort, self selected}", "{}")],
    *[entry(f"note {v}", 5, f"note = {v}") for v in ("{Seen in part}", "{seen: none}", "{seen:}", "{abstract}", "{}")],
    *[entry(f"year {v}", 6, f"year = {v}") for v in ("{2013}", "{1820}", "{2019-20}x", "{2o20}", "{20}", "{2028}")],
    *[entry(f"pages {v}", 7, f"pages = {v}") for v in ("{317--}", "{--325}", "{325--317}", "{-3}")],
    *[entry(f"date {v}", 7, f"date = {v}") for v in ("{2020-13-01}", "{2020-02-30}", "{2018-05-01}")],
    *[entry(f"url {v}", 7, f"url = {v}") for v in ("{https://user:word@example.org/}", "{https://example}", "{vbscript:x}", "{https://example.org/<script>}", "{https://exa mple.org}", "{HTTPS//example.org}")],
    *[entry(f"doi {v}", 7, f"doi = {v}") for v in ("{10.1016/j.jep.2012.03.009}", "{https://dx.doi.org/10.1016/J.JEP.2012.03.009}", "{10.1000/}", "{10.1000/a b}", "{10.100/abc}", "{doi.org/10.1000/abc}")],
    entry("a key in capitals", -1, "", "@article{Singh2014Kratom,"),
    *[entry(f"kind {v}", 0, "", f"@{v}{{zuma2020kratom,") for v in ("artical", "jurnal", "webpage", "miscc")],
    *[entry(f"needs its field: {v}", 0, "journal = -", f"@{v}{{zuma2020kratom,") for v in ("article", "book", "phdthesis", "techreport", "inproceedings")],
    *[entry(f"field {v}", 7, f"{v} = {{x}}") for v in ("yaer", "jounral", "volum", "nmber", "publsher", "keywrds", "isbnn")],
    *[entry(f"no {k}", 0, f"{k} = -") for k in ("author", "title", "keywords", "note")],
]  # fmt: skip

HARMLESS = [
    append("a finding more", "findings/dependence.yml", _FINDING.format(measure="people who used", value=5, unit="people", more="  n: 12\n  where: {country: Malaysia, year: 2013}\n"), 0),
    append("a ratio more", "findings/dependence.yml", _FINDING.format(measure="odds ratio of use", value=2.1, unit="aOR", more="  spread: {kind: ci95, low: 1.2, high: 3.7}\n  comparator: no use\n"), 0),
    append("a new key of where", "findings/dependence.yml", _FINDING.format(measure="people who used", value=5, unit="people", more="  where: {ward: north, country: Bhutan}\n"), 0),
    entry("a source more", 0, "doi = {10.1000/xyz}|pages = {e12--e19}|volume = {3}|number = {Suppl 1}|date = {2020-05}|month = may"),
    entry("a body as author", 0, "author = {{World Health Organization; Food and Agriculture Organization}}"),
    entry("others behind the first", 0, "author = {Zuma, Ada and others}|year = {2021}"),
    entry("a year in press", 0, "year = {in press}"),
    Kind("another name of an item", "scores.yml", r"item: Lists,", "item: Lists with bullets,", harmless=True),
    Kind("a new section", _A, r"^  section: summary$", "  section: afterword", harmless=True),
    Kind("another question", "reader-questions.yml", r'words: "[^"]*"', 'words: "What is it, then?"', harmless=True),
]  # fmt: skip
HARMLESS = [Kind(k.name, k.files, k.pattern, k.new, 0, harmless=True) for k in HARMLESS]

KINDS = [*FINDINGS, *CLAIMS, *OTHERS, *SOURCES, *HARMLESS]
