"""Know which kinds of BibTeX and biblatex entries and fields there are, and what an entry must hold."""

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from evidencebook.evidence.bibtex_fields import in_braces, names
from evidencebook.evidence.fields import month_or_day
from evidencebook.evidence.latex_text import unknown
from evidencebook.evidence.text_file import deceptive
from evidencebook.evidence.vocabulary import DESIGNS, FLAGS, SEEN_KINDS

_KINDS = """
article book booklet collection conference dataset electronic inbook incollection inproceedings inreference
jurisdiction legislation manual mastersthesis misc mvbook mvcollection mvproceedings online patent periodical
phdthesis proceedings reference report software standard suppbook suppcollection suppperiodical techreport thesis
unpublished video www
"""
KINDS = frozenset(_KINDS.split())
_NAMES = """
abbrev_source_title abstract addendum address affiliation affiliations afterword annotation annotator annote archive
archivedin archivelocation archiveprefix art_number article-number arxivid assignee author author-email
author_keywords authortype bookauthor booksubtitle booktitle booktitleaddon candidate chapter citation-subset
cited-references citedby citeulike-article-id coden collection comment commentator comments conference copyright
correspondence_address1 country creationdate crossref database date date-added date-modified day dimensions
doc-delivery-number document_type doi ean edition editor editora editorb editorc editortype eid eissn elocation-id
entrysubtype eprint eprint-pmcid eprint-pmid eprintclass eprinttype event eventdate eventtitle eventtitleaddon file
foreword funding gender groups holder howpublished hyphenation ids indextitle institution introduction intype isan
isbn ismn isrn issn issue issuesubtitle issuetitle iswc jabref journal journal-iso journal_abbrev journalsubtitle
journaltitle key keyword keywords keywords-plus label langid langidopts language lccn library libraryid linkb lista
localfile location mainsubtitle maintitle mendeley-groups mendeley-tags mesh modificationdate month mrnumber name
nameaddon nationality nlmuniqueid note note2 number number-of-cited-references options orcid-numbers organization
origdate origlanguage origlocation origpublisher origtitle owner pages pagetotal pagination part pdf place pmc pmcid
pmid preprint priority publication-stage publication_stage publication_type publisher pubmed pubmedid pubstate
qualityassured rating readstatus refid related relatedtype reprinttitle research-areas researcherid-numbers review
school section series shortauthor shorteditor shorthand shortjournal shorttitle sortkey sortname sorttitle source
subject subtitle summary supplement tags times-cited timestamp title titleaddon translator type unique-id url urldate
urlday urlmonth urlyear usera userb userc userd usere venue version volume volumes web-of-science-categories year
"""
_FIELDS = frozenset(_NAMES.split())
_EXPORTERS = re.compile(r"bdsk-|mendeley-|jabref|zotero|x-|local-|read|date-|opt")
#: Kinds and the field that says where a work of it came out, without which it is not printed whole.
NEEDS: Mapping[str, str] = {
    "article": "journal",
    "book": "publisher",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
}
#: Fields of text that the list of references prints.
PRINTED = frozenset(
    {"title", "booktitle", "journal", "publisher", "institution", "school", "series", "address", "edition"}
    | {"howpublished", "volume", "number", "type", "organization", "month"}
)
#: What no name of a person holds, unless it stands in braces.
_NO_NAME = re.compile(
    r";|\d|@|\bet al\b|://|\\?&|<|\bAND\b|^\s*,|,[^,]*,[^,]*,|^\w+ [A-Z]{1,3}, \w+ [A-Z]{1,3}$"
    r"|^(?:[Nn]/[Aa]|[Uu]nknown|[Nn]one|TBD)$"
)
_STAND_IN = re.compile(r"n/?a|none|null|nil|unknown|untitled|no title|tbd|tba|todo|fixme|x{2,}|\?+|test", re.IGNORECASE)
#: Among so many authors there are namesakes.
_MANY = 100
_MONTHS_OF_YEAR, _DAYS_OF_MONTH = 12, 31
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mai|okt|dez|ene|abr|ago|dic|mag|giu|lug|set|ott|gen|avr|jui"
    r"|spr|sum|aut|fal|win|ear|lat|mid|first|second|third|fourth|q\d)",
    re.IGNORECASE,
)
_NO_DOI = re.compile(
    r"/(?:full|abstract|pdf|epdf|fulltext|summary)$|\.pdf$|\.html?$|%[0-9a-f]{2}|&\w+;|\?\w+=|#[a-z]+$|/10\.\d{4,9}/",
    re.IGNORECASE,
)
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
#: No entry of an exporter has more; what comes behind is not looked at.
_MOST_FIELDS = 100
_SEEN_WORDS = "|".join(SEEN_KINDS)
_SEEN = re.compile(r"seen\b:?\s*(\S*)", re.IGNORECASE)
_YEAR = re.compile(r"\{?(?:1[5-9]|2[01])\d\d[a-z]?\}?(?:\s*[-–/]+\s*\d{2,4})?")
_PAGES = re.compile(r"(\d+)\s*[-–]+\s*(\d+)")
_IN_ADDRESS = (
    (re.compile(r"pmc(?:\.ncbi\.nlm\.nih\.gov|/articles)\S*?/(PMC\d+)", re.IGNORECASE), "pmcid"),
    (re.compile(r"pubmed\.ncbi\.nlm\.nih\.gov/(\d+)"), "pmid"),
    (re.compile(r"doi\.org/(10\.\S+)"), "doi"),
)


def check(
    kind: str, fields: Mapping[str, str], designs: tuple[str, ...] = DESIGNS, day: dt.date | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the field and what is wrong with it, of an entry whose fields bear the names that BibTeX styles know."""
    if kind not in KINDS:
        yield "", f'"@{kind}" is no kind of entry{_meant(kind, KINDS)}'
    for name, text in list(fields.items())[:_MOST_FIELDS]:
        if name not in _FIELDS and not _EXPORTERS.match(name):
            yield name, f'"{name}" is an unknown field{_meant(name, _FIELDS)}'
        if unseen := next(deceptive(text), None):
            yield name, f"{name} holds {unseen[1]}"
    for name in filter(None, ("title", NEEDS.get(kind))):
        if not any(map(str.isalnum, fields.get(name, ""))):
            yield name, f"an entry of @{kind} needs {name}; write {name} = {{…}}, or make it @misc"
    if not any(map(str.isalnum, fields.get("author") or fields.get("editor", ""))):
        yield "author", "has no author; write author = {Surname, Given}, or author = {{Name of the organisation}}"
    for name in sorted((PRINTED | {"author", "editor"}) & fields.keys()):
        if command := unknown(fields[name]):
            yield name, f"{name} holds {command}, which is no sign that can be read; write the sign itself"
    yield from _about_names(fields.get("author", ""))
    yield from _about_texts(fields)
    yield from _about_numbers(fields)
    yield from _about_digits(fields)
    yield from _about_dates(fields, day)
    yield from _about_keywords(fields.get("keywords", ""), designs)
    if (seen := _SEEN.match(fields.get("note", ""))) and seen[1].strip(".;,") not in SEEN_KINDS:
        yield "note", f'"{seen[0]}" is not how much was seen; write seen: and one of {", ".join(SEEN_KINDS)}'
    if twice := re.match(rf"seen: (?:{_SEEN_WORDS})\W+(?:and |or )?(?:{_SEEN_WORDS})\b", fields.get("note", "")):
        yield "note", f'"{twice[0]}" names two ways; keep that by which the findings were seen'
    if found := _HTML.search(fields.get("note", "")):
        yield "note", f'note holds HTML, "{found[0][:60]}"; write plain letters'


def _about_names(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the names of authors, alone and beside each other."""
    found = names(text)
    for at, name in enumerate(found):
        if not in_braces(name) and (odd := _NO_NAME.search(name)):
            what = "more than two commas" if odd[0].startswith(",") and odd[0].strip() != "," else f'"{odd[0]}"'
            yield "author", f'author "{name[:60]}" holds {what}; write A, B and C, D, or {{Name of a body}}'
        given = name.partition(",")[2].strip()
        if len(found) < _MANY and name in found[:at] and len(given) > 3 and "." not in given:
            yield "author", f'author "{name[:60]}" is named twice; keep one'
        if name == "others" and at == 0:
            yield "author", '"others" stands for those behind a name; write the first name before it'
        if re.fullmatch(r"[a-z]+, [a-z. ]+", name):
            yield "author", f'author "{name[:60]}" has no capital; write {name.title()}'


def _about_texts(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the texts that readers see: a stand-in, an address, HTML, half a formula."""
    for name in (name for name in sorted(PRINTED) if fields.get(name)):
        text = fields[name]
        if name in {"title", "booktitle", "journal"} and _STAND_IN.fullmatch(text.strip("{} .")):
            yield name, f'"{text}" stands for a {name} that nobody wrote; write it'
        elif name != "howpublished" and re.fullmatch(r"https?://\S+|(?:doi:\s*)?10\.\d{4,9}/\S+", text):
            yield name, f'{name} is an address, "{text[:60]}"; write the {name}, and the address as url or doi'
        elif found := _HTML.search(text):
            yield name, f'{name} holds HTML, "{found[0][:60]}"; write plain letters'
        elif len(re.findall(r"(?<!\\)\$", text)) % 2:
            yield name, f"{name} holds a $ without its other half; close it, or write \\$"
    if re.fullmatch(r"\d+", fields.get("journal", "")):
        yield "journal", f'journal "{fields["journal"]}" is a number; write the name of the journal'


def _about_dates(fields: Mapping[str, str], day: dt.date | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with month, day, and the day on which a page was read."""
    month = fields.get("month", "")
    known = (
        1 <= int(month) <= _MONTHS_OF_YEAR
        if re.fullmatch(r"\d{1,4}", month)
        else _MONTH.search(month) or not month.isascii()
    )
    if month and not known:
        yield "month", f'"{month}" is no month; write 1 to 12, or a name as may'
    if re.fullmatch(r"\d+", number := fields.get("day", "")) and not 1 <= int(number[:4]) <= _DAYS_OF_MONTH:
        yield "day", f'"{number}" is no day of a month; write 1 to 31'
    if read := fields.get("urldate", ""):
        try:
            if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", read):
                month_or_day(read, day)
            elif not (years := re.findall(r"(?:19|20|21|30)\d\d", read)) or int(years[-1]) > (
                day.year if day else 2100
            ):
                raise ValueError(f'"{read}" is no day on which a page can have been read; write 2026-11-22')
        except ValueError as wrong:
            yield "urldate", str(wrong)


def _about_digits(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the digits of pages, volume and number."""
    for name in ("pages", "volume", "number"):
        if re.search(r"\d[lIO]\d", fields.get(name, "")):
            yield name, f'{name} "{fields[name]}" holds a letter among its digits; write the digit'
    for name in ("volume", "number"):
        if re.match(r"[-–−]", fields.get(name, "")):
            yield name, f'{name} "{fields[name]}" is below 0; correct it'
    if re.search(r"^\W|[-–]\s*$", fields.get("pages", "0")):
        yield "pages", f'pages "{fields["pages"]}" have no first or last page; write 317--325'
    if re.fullmatch(r"\d+--\d+--\d+", fields.get("pages", "")):
        yield "pages", f'pages "{fields["pages"]}" have three ends; write 317--325'


def _about_numbers(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the year, with pages that run backwards, and with an address of another work."""
    year = fields.get("year", "")
    if re.search(r"\d", year) and not _YEAR.fullmatch(year):
        yield "year", f'"{year}" is no year; write four digits, or leave the field out'
    if (span := re.fullmatch(r"(\d{4})\W+(\d{4})", year)) and span[1] > span[2]:
        yield "year", f"year {year} is out of order; write the earlier year first"
    if wrong := _NO_DOI.search(fields.get("doi", "")):
        yield "doi", f'doi ends with or holds "{wrong[0]}", which belongs to an address; write the DOI alone'
    if (doi := fields.get("doi", "")).count("(") != doi.count(")"):
        yield "doi", f'doi "{doi}" holds a bracket without its other half; correct it'
    if dated := re.fullmatch(r"\d{4}(-\d\d){0,2}", fields.get("date", "")):
        try:
            month_or_day(f"{dated[0]}-01" if dated[1] is None else dated[0])
        except ValueError as wrong:
            yield "date", str(wrong)
        if dated[0][:4] not in year:
            yield "date", f"date {dated[0]} is not of the year {year}; correct one of them"
    pages = _PAGES.fullmatch(fields.get("pages", "").strip())
    if pages and len(pages[1]) == len(pages[2]) and int(pages[1]) > int(pages[2]):
        yield "pages", f"pages {pages[0]} are out of order; write the first page first"
    for pattern, name in _IN_ADDRESS:
        found = pattern.search(unquote(fields.get("url", "")))
        if found and fields.get(name) and found[1].lower().rstrip("/") != fields[name].lower():
            yield "url", f"url leads to {found[1]}, and {name} is {fields[name]}; correct one of them"


def _about_keywords(text: str, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with designs and flags; other words are an exporter's, where they resemble none of these."""
    words = [word.strip() for word in text.split(",")[:_MOST_FIELDS] if word.strip()]
    if len(designs := [word for word in words if word in known]) > 1:
        yield "keywords", f"keywords name two designs, {' and '.join(designs)}; keep that by which the evidence was got"
    for at, word in enumerate(words):
        if word in words[:at] and word in (*known, *FLAGS):
            yield "keywords", f'keywords name "{word}" twice; keep one'
        if word not in (*known, *FLAGS) and (meant := _meant(word.lower(), (*known, *FLAGS))):
            yield "keywords", f'keyword "{word}" is neither a design nor a flag{meant}'


@lru_cache(maxsize=4096)
def _meant(word: str, known: Collection[str]) -> str:
    """Name what was probably meant, to stand behind the message; nothing when nothing is near."""
    alike = sorted(one for one in known if abs(len(one) - len(word)) < 3)
    near = difflib.get_close_matches(word, alike, n=1, cutoff=0.75 if len(word) < 6 else 0.85)
    return f'; did you mean "{near[0]}"?' if near else ""
