"""Lay out a small book of invented sources, and answer about them as the services would."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from evidencebook.cli.verify import verify
from surveillance.server import Services, as_json, as_xml

TODAY = "2026-11-28"
CONFIG = 'title: "Tea"\nsphinx:\n  config:\n    evidence_contact: ada@example.org\n'


@dataclass
class CheckedBook:
    """Hold a book and run the command in it."""

    root: Path
    them: Services

    @property
    def checks(self) -> str:
        """Give what is on record."""
        path = self.root / "evidence" / "checks.yml"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def check(self, source: str, what: str) -> str:
        """Give one line of the record."""
        found = re.findall(rf"^- .*source: {source}, what: {what}, .*$", self.checks, re.MULTILINE)
        assert len(found) == 1, self.checks
        return str(found[0])

    def write(self, *entries: str) -> None:
        """Write the bibliography."""
        (self.root / "evidence" / "sources.bib").write_text("\n".join(entries), encoding="utf-8")

    def arguments(self) -> list[str]:
        """Give the options that lead to loopback, without pauses."""
        names = ("crossref", "doi", "pubmed", "clinicaltrials", "archive")
        services = [part for name in names for part in ("--service", f"{name}={self.them.base}/{name}")]
        return [*services, "--hurry", "0", "--timeout", "2"]

    def run(self, *more: str, today: str = TODAY) -> Result:
        """Run the command."""
        return CliRunner().invoke(verify, [*self.arguments(), "--today", today, *more], standalone_mode=False)

    def status(self, done: Result) -> int:
        """Give the exit status as the program would."""
        assert done.exception is None, repr(done.exception)
        return int(done.return_value or 0)


def entry(key: str, **more: str) -> str:
    """Write an entry of an invented work."""
    fields = {
        "author": "Example, Ada and Second, Bo",
        "title": f"A trial of tea called {key}",
        "year": "2020",
        "keywords": "rct",
        "note": "seen: abstract",
        **more,
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@misc{{{key},\n{lines}}}\n"


def work(key: str, doi: str, updates: Sequence[tuple[str, str]] = (), **more: object) -> dict[str, object]:
    """Answer as Crossref would about an invented work."""
    message = {
        "DOI": doi,
        "type": "journal-article",
        "title": [f"A trial of tea called {key}"],
        "author": [{"given": "Ada", "family": "Example"}, {"given": "Bo", "family": "Second"}],
        "issued": {"date-parts": [[2020, 2]]},
        **(
            {"updated-by": [{"DOI": d, "type": t, "source": "retraction-watch"} for t, d in updates]} if updates else {}
        ),
    }
    return {"status": "ok", "message-type": "work", "message": message | more}


def article(number: str, key: str, doi: str = "", inner: str = "") -> str:
    """Write an article as PubMed would about an invented work."""
    identity = f'<ArticleId IdType="doi">{doi}</ArticleId>' if doi else ""
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{number}</PMID><Article><Journal><JournalIssue><PubDate>'
        f"<Year>2020</Year></PubDate></JournalIssue></Journal><ArticleTitle>A trial of tea called {key}.</ArticleTitle>"
        "<AuthorList><Author><LastName>Example</LastName><ForeName>Ada</ForeName></Author><Author>"
        "<LastName>Second</LastName><ForeName>Bo</ForeName></Author></AuthorList></Article>"
        f"{inner}</MedlineCitation><PubmedData><ArticleIdList>{identity}</ArticleIdList></PubmedData></PubmedArticle>"
    )


def says_crossref(them: Services, key: str, doi: str, updates: Sequence[tuple[str, str]] = (), **more: object) -> None:
    """Let Crossref know a work."""
    them.say("crossref", f"/works/{doi}", as_json(work(key, doi, updates, **more)))


def says_pubmed(them: Services, *articles: str) -> None:
    """Let PubMed know articles, whichever are asked for."""
    them.say("pubmed", "/efetch.fcgi", as_xml(f"<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>"))


def says_register(
    them: Services, number: str, status: str, *, results: bool = False, updated: str = "2026-01-05"
) -> None:
    """Let the register know a study."""
    module = {"overallStatus": status, "lastUpdatePostDateStruct": {"date": updated, "type": "ACTUAL"}}
    study = {
        "protocolSection": {"identificationModule": {"nctId": number}, "statusModule": module},
        "hasResults": results,
    }
    them.say("clinicaltrials", f"/studies/{number}", as_json(study))
