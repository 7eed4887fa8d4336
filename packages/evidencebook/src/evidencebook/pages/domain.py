"""Keep, page by page, where claims and findings stand and what went wrong."""

import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from evidencebook.evidence import dates, memo
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import Diagnostic
from evidencebook.evidence.loader import inspect
from evidencebook.surveillance import store
from evidencebook.surveillance.models import Surveillance

#: The parts of the domain's data that belong to one page each.
PARTS = ("shown", "used", "glued", "offered", "problems", "listings", "whole", "numbered")
#: The builders of sites: pages that are read in a browser, beside which files can lie.
SITES = ("html", "dirhtml")
Shown = dict[str, dict[str, list[str]]]


class EvidenceDomain(Domain):
    """Know where each claim and finding is shown; resolve links to them."""

    name = "evidence"
    label = "Evidence"
    object_types: ClassVar[dict[str, ObjType]] = {  # type: ignore[misc]  # Sphinx declares it on the instance
        "claim": ObjType("claim", "claim"),
        "finding": ObjType("finding", "finding"),
        "source": ObjType("source", "source"),
        "search": ObjType("search", "search"),
        "assertion": ObjType("assertion", "assertion"),
    }
    initial_data: ClassVar[dict[str, Any]] = {  # type: ignore[misc]  # as above
        "shown": {},  # docname -> kind -> ids shown there, in order
        "used": {},  # docname -> claims linked there
        "glued": {},  # docname -> pages whose results it quotes
        "offered": {},  # docname -> tables of executed pages it links to, with the line
        "problems": {},  # docname -> how many problems the press reported
        "listings": {},  # docname -> kinds of lists on it that other pages fill
        "whole": {},  # docname -> true where it depends on all the evidence and on what is kept beside it
        "homes": {},  # claim -> docname of its card, as the sources say before they are read
        "plain": 0,  # how many numbers the sources mark as no quantity
        "numbered": {},  # docname -> its sections, lists of pages and numbered nodes
        "figures": ["", {}],  # what the numbers of figures were made from, and the numbers by page
        "references": "",  # what the lists of references were made from
        "fingerprints": {},  # docname -> what the page was made from when it was last read
    }
    data_version = 8
    #: The pages being read in this build; not kept from one build to the next.
    changed: tuple[str, ...] = ()
    #: Whether the site is the same as before and nothing is written in this build, or what lies beside its pages is.
    leaves_site = leaves_data = False

    @cached_property
    def _inspected(self) -> tuple[EvidenceBase, list[Diagnostic], Surveillance, list[Diagnostic]]:
        with memo.kept_in(memo.file(Path(self.env.srcdir), "evidence")):
            evidence, diagnostics = inspect(self._folder)
            return evidence, diagnostics, *store.inspect(self._folder, evidence)

    @property
    def _folder(self) -> Path:
        folder: Path = (Path(self.env.srcdir) / self.env.config.evidence_folder).resolve()
        return folder

    @property
    def evidence(self) -> EvidenceBase:
        """Give the evidence base, loaded once for each build."""
        return self._inspected[0]

    @property
    def living(self) -> Surveillance:
        """Give what is kept beside the evidence: queries, records found, decisions, checks."""
        return self._inspected[2]

    @property
    def evidence_diagnostics(self) -> list[Diagnostic]:
        """Give what is wrong with the evidence base and with what is kept beside it."""
        return [*self._inspected[1], *self._inspected[3]]

    @property
    def page_records(self) -> Shown:
        """Map each page to what it shows."""
        return self.data["shown"]  # type: ignore[no-any-return]  # data is untyped in Sphinx

    @property
    def claim_pages(self) -> dict[str, str]:
        """Map each claim to the page that holds its card."""
        return self.data["homes"]  # type: ignore[no-any-return]  # as above

    def note_shown(self, kind: str, name: str) -> None:
        """Note that the page being read shows this record under its own anchor."""
        page = self.page_records.setdefault(self.env.docname, {})
        page.setdefault(kind, []).append(name)

    def note_used(self, claim: str) -> None:
        """Note that the page being read links to this claim."""
        self.data["used"].setdefault(self.env.docname, []).append(claim)

    def note_offered(self, name: str, line: int) -> None:
        """Note that the page being read links to a table of an executed page."""
        self.data["offered"].setdefault(self.env.docname, []).append((name, line))

    def note_listing(self, kind: str) -> None:
        """Note that the page being read holds a list that other pages fill: their tables, or where cards stand."""
        self.data["listings"].setdefault(self.env.docname, []).append(kind)

    def note_whole(self) -> None:
        """Note that the page being read depends on everything."""
        self.data["whole"][self.env.docname] = True

    def note_glued(self, pages: Iterable[str]) -> None:
        """Note the pages whose results the page being read quotes."""
        self.data["glued"][self.env.docname] = sorted(set(pages))

    def note_problem(self) -> None:
        """Count a problem for the page being read, or for the book as a whole."""
        page = self.env.temp_data.get("docname", "")
        self.data["problems"][page] = self.data["problems"].get(page, 0) + 1

    def pages_using(self, claim: str) -> list[str]:
        """List the pages that show or link a claim."""
        return sorted(
            page for page in self.data["used"].keys() | self.page_records.keys() if claim in self.claims_on(page)
        )

    def claims_on(self, page: str) -> set[str]:
        """Name the claims that a page shows or links."""
        return {*self.data["used"].get(page, ()), *self.page_records.get(page, {}).get("claim", ())}

    def place(self, kind: str, name: str) -> tuple[str, str] | None:
        """Give page and anchor of a record: for a claim its home, else the page that shows most records of the kind."""
        pages = [page for page, kinds in sorted(self.page_records.items()) if name in kinds.get(kind, ())]
        if not pages:
            return None
        home = self.claim_pages.get(name) if kind == "claim" else None
        # A table on one page may repeat a row; the record lives where most of its kind do.
        page = home if home in pages else max(pages, key=lambda page: len(self.page_records[page][kind]))
        return page, anchor(kind, name)

    @property
    def shared_data(self) -> dict[str, Any]:
        """Give what is known of all pages together, on which any of them may depend."""
        return {part: self.data[part] for part in ("shown", "used", "offered", "homes")}

    def clear_doc(self, docname: str) -> None:
        """Forget what a page said before it is read again."""
        for part in PARTS:
            self.data[part].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for part in PARTS:
            self.data[part] |= {page: otherdata[part][page] for page in docnames if page in otherdata[part]}

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Link to where the record stands; a record that is nowhere shown stays plain text."""
        if typ == "export" and builder.name in SITES:
            up = "../" * fromdocname.count("/")
            return nodes.reference("", "", contnode, refuri=f"{up}evidence/{target}", internal=True)
        place = self.place(typ, target)
        if place is None:
            return contnode  # type: ignore[return-value]  # Sphinx takes any element, its signature says reference
        return make_refnode(builder, fromdocname, *place, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, Element]]:
        """Offer every record of this name to {any} and to bare Markdown links."""
        found: list[tuple[str, Element]] = []
        for kind in self.object_types:
            if place := self.place(kind, target):
                found.append((f"evidence:{kind}", make_refnode(builder, fromdocname, *place, contnode)))
        return found

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """List every shown record for search and other books; the row of an outcome is reached from its map."""
        for page, kinds in self.page_records.items():
            for kind in (one for one in kinds if one in self.object_types):
                for name in kinds[kind]:
                    if self.place(kind, name) == (page, anchor(kind, name)):
                        yield name, name, kind, page, anchor(kind, name), 1


def anchor(kind: str, name: str) -> str:
    """Give the permanent anchor of a record; a BibTeX key may hold signs that no anchor has."""
    # A statement under examination is cited by its own short name, as audit.html#a01.
    return name.lower() if kind == "assertion" else re.sub(r"[^\w.-]", "-", f"{kind}-{name}".lower())


def counting_day(env: BuildEnvironment) -> dt.date:
    """Give the day on which the age of a check is counted."""
    return dates.counting_day(env.config.today, os.environ.get("SOURCE_DATE_EPOCH"), domain_of(env).evidence)


def domain_of(env: BuildEnvironment) -> EvidenceDomain:
    """Give the evidence domain with its type."""
    return env.get_domain("evidence")  # type: ignore[return-value]  # registered by setup()
