"""Print references as they were entered, with the letters behind years; the style "evidence" of pybtex."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pybtex.database import Person
from pybtex.richtext import Text
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import FieldIsMissing, field, href, join, node, optional, sentence, words
from sphinx.application import Sphinx

from evidencebook.evidence.bibtex_entries import NEEDS, PRINTED
from evidencebook.evidence.bibtex_fields import names, plain
from evidencebook.locale import _
from evidencebook.pages.domain import domain_of

#: What biblatex calls otherwise, or divides further; and what pybtex cannot print a kind without.
_LIKE = {
    **dict.fromkeys(("collection", "mvbook", "mvcollection", "reference", "mvreference"), "book"),
    **dict.fromkeys(("suppbook", "suppcollection", "inreference"), "incollection"),
    **{"conference": "inproceedings", "thesis": "phdthesis", "report": "techreport", "mvproceedings": "proceedings"},
}
_NEEDS = {
    **NEEDS,
    **{"inbook": "publisher", "unpublished": "note", "booklet": "title", "manual": "title", "proceedings": "title"},
}


@node  # type: ignore[untyped-decorator]  # pybtex ships no types
def name_list(children: Any, context: Any, role: str) -> Text:
    """Join names; "others" in the middle of a list are an ellipsis, as APA has it, and at its end no author either."""
    if role not in context["entry"].persons:
        raise FieldIsMissing(role, context["entry"])
    style, persons = context["style"], context["entry"].persons[role]
    named = [place for place, person in enumerate(persons) if str(person) != "others"]
    made = Text()
    for place in named:
        if place and place - 1 not in named:
            made += ", … "
        elif place:
            made += (_(" and ") if len(persons) == 2 else _(", and ")) if place == len(persons) - 1 else ", "
        made += style.format_name(persons[place], style.abbreviate_names).format_data(context)
    return made + _(" and others") if named and named[-1] < len(persons) - 1 else made


class AuthorYearLabels(BaseLabelStyle):  # type: ignore[misc]  # as above
    """Label each entry of the list as sentences cite it: author and year."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> Iterator[str]:
        """Yield "Sordo et al., 2017" and the like; a source without authors goes by its title."""
        for entry in sorted_entries:
            persons = entry.persons.get("author") or entry.persons.get("editor") or []
            names = [_surname(person) for person in persons if str(person) != "others"]
            several = len(persons) > 2 or len(names) < len(persons)
            who = f"{names[0]} et al." if several and names else _(" and ").join(names)
            fields = {name: plain(entry.fields.get(name, "")) for name in ("title", "year")}
            yield ", ".join(filter(None, (who or fields["title"], fields["year"])))


def _surname(person: Any) -> str:
    return plain(" ".join([*person.prelast_names, *person.last_names]))


def _protected(text: str) -> str:
    """Write plain words so that pybtex reads none of them as LaTeX."""
    return re.sub(r"[%{}]", r"\\\g<0>", text.replace("~", "\u223c"))


class EvidenceStyle(PlainStyle):  # type: ignore[misc]  # pybtex ships no types
    """Keep the capitals of a title: lowering them, as the plain style does, turns "US" into "us"."""

    default_label_style = AuthorYearLabels

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Return the names of authors or editors."""
        return sentence[name_list(role)] if as_sentence else name_list(role)

    def format_title(self, e: Any, which_field: str, as_sentence: bool = True) -> Any:
        """Return the title as it stands in the entry."""
        title = field(which_field)
        return sentence[title] if as_sentence else title

    def format_web_refs(self, e: Any) -> Any:
        """Return the addresses; what PubMed Central holds (pmcid) can be read by everyone, and the entry says so."""
        number = field("pmcid", raw=True)
        free = href(join["https://pmc.ncbi.nlm.nih.gov/articles/", number])[_("Free full text")]
        return words[super().format_web_refs(e), optional[sentence[join[free, " (", number, ")"]]]]


def put_letters(app: Sphinx) -> None:
    """Give the bibliography extension's entries the fields that we read, with letters behind years.

    So its list and its citations know what biblatex calls otherwise, and print no LaTeX; for builder-inited, after its
    own reading. The file keeps the plain year.
    """
    cite: Any = app.env.get_domain("cite")  # of sphinxcontrib.bibtex
    if person := getattr(cite.reference_style, "person", None):  # which joins names in English
        person.sep2, person.last_sep = _(" and "), _(", and ")
    entries = cite.bibdata.data.entries
    for key, source in domain_of(app.env).evidence.sources.items():
        if (entry := entries.get(key)) is None:
            continue
        entry.fields.update({name: text for name, text in source.fields.items() if name not in entry.persons})
        # Of LaTeX pybtex reads a part: signs that would begin a remark or a command are made plain before.
        entry.fields.update({name: _protected(plain(source.fields[name])) for name in PRINTED & source.fields.keys()})
        for role in entry.persons.keys() & source.fields.keys():
            persons = [Person(name) for name in names(source.fields[role])]
            # Of three a citation names the first with "et al."; so it does where the file has one and "others".
            entry.persons[role] = [*persons, persons[-1]] if str(persons[-1]) == "others" else persons
        if source.letter or "year" not in entry.fields:
            entry.fields["year"] = source.dated
        _set_kind(entry)


def _set_kind(entry: Any) -> None:
    """Choose of the kinds that pybtex can print the nearest one for which the entry has all that is printed."""
    fields, persons = entry.fields, entry.persons
    kind = _LIKE.get(entry.type, entry.type)
    if kind == "inbook" and "booktitle" in fields:
        kind = "incollection"
    for name, other in (("school", "institution"), ("institution", "publisher"), ("howpublished", "publisher")):
        if name not in fields and other in fields and _NEEDS.get(kind, "howpublished") == name:
            fields[name] = fields[other]
    entry.type = kind if _NEEDS.get(kind, "") in fields else "misc"
    if "author" not in persons and entry.type not in ("book", "inbook", "proceedings"):
        persons["author"] = persons.get("editor", [])
    if entry.type == "misc" and "howpublished" not in fields:
        fields["howpublished"] = ", ".join(filter(None, map(fields.get, ("booktitle", "institution", "number"))))
