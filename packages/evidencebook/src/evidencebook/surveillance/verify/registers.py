"""Ask the registries about one source after the other, each of them only as long as it answers."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

from evidencebook.surveillance import links
from evidencebook.surveillance.asking.client import Client, NoAnswerError, RefusedQueryError
from evidencebook.surveillance.verify import judging, seen_crossref, seen_pubmed
from evidencebook.surveillance.verify.judging import Result
from evidencebook.surveillance.verify.seen import Seen

_Got = TypeVar("_Got")
#: So many failures in a row, and a service is left alone for this run.
_PATIENCE = 3
#: NCBI asks to send more than 200 numbers in another way.
_BATCH = 200
#: That so many numbers are all unknown is likelier a fault of the service than of the entries.
_FEW = 3


@dataclass
class Registers:
    """Ask, and remember who stopped answering; raise NoAnswerError for them, LookupError for what they do not know."""

    client: Client
    _silent: Counter[str] = field(default_factory=Counter)
    _works: dict[str, Seen | Result] = field(default_factory=dict)

    def articles(self, numbers: Iterable[str]) -> tuple[dict[str, Seen | None], str]:
        """Map PubMed numbers to records, those that it does not know to nothing; say why some were not answered."""
        wanted = list(numbers)
        found: dict[str, Seen | None] = {}
        silence = ""
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            try:
                given = self._patiently("pubmed", partial(self._batch, batch))
            except (NoAnswerError, LookupError) as broken:
                silence = str(broken)
            else:
                found |= {number: given.get(number) for number in batch}
        return found, silence

    def work(self, doi: str) -> Seen | Result:
        """Return what Crossref says of a DOI, or the result when another registry keeps it, or none."""
        if doi.lower() not in self._works:
            self._works[doi.lower()] = self._work(doi)
        return self._works[doi.lower()]

    def study(self, number: str) -> Any:
        """Return the registration of a study."""
        return self._patiently(
            "clinicaltrials", lambda: self.client.json("clinicaltrials", f"studies/{quote(number, safe='')}", {})
        )

    def archived(self, address: str) -> str | None:
        """Return the address of an archived copy."""
        asked = {"url": address.partition("://")[2] or address}  # with its scheme, it often answers that there is none
        try:
            answer = self._patiently("archive", lambda: self.client.json("archive", "available", asked))
        except LookupError:
            return None
        return judging.archived(address, answer)

    def _work(self, doi: str) -> Seen | Result:
        path = f"works/{quote(doi, safe='')}"
        asked = {"mailto": self.client.contact}
        try:
            return self._patiently(
                "crossref", lambda: seen_crossref.seen(doi, self.client.json("crossref", path, asked))
            )
        except LookupError:
            return self._resolved(doi)

    def _resolved(self, doi: str) -> Result:
        """Tell a DOI that another registry keeps from one that was mistyped."""
        question = links.Question("doi", doi, (), 0)
        try:
            body = self._patiently("doi", lambda: self.client.json("doi", f"api/handles/{quote(doi)}", {"type": "URL"}))
            answer = links.judge_doi(question, 200, body)
        except LookupError:
            answer = links.judge_doi(question, 404, None)
        if answer.state == "good":
            return Result("there", None, "registered elsewhere than at Crossref; title, authors and year not compared")
        if answer.state == "broken":
            return Result("unknown", None, answer.words)
        raise NoAnswerError(f"doi.org gave an answer that cannot be read ({answer.words})")

    def _batch(self, numbers: list[str]) -> Mapping[str, Seen]:
        who = {"tool": "evidencebook", "email": self.client.contact, "api_key": self.client.key or None}
        asked = {"db": "pubmed", "id": ",".join(numbers), "retmode": "xml", **who}
        given = seen_pubmed.seen(self.client.xml("pubmed", "efetch.fcgi", asked))
        if not given and len(numbers) > _FEW:
            raise NoAnswerError(f"pubmed gave none of {len(numbers)} records")
        return given

    def _patiently(self, service: str, ask: Callable[[], _Got]) -> _Got:
        """Ask a service unless it failed too often; one that refuses a single question is well."""
        if self._silent[service] >= _PATIENCE:
            raise NoAnswerError(f"{service} was not asked: it did not answer before")
        try:
            got = ask()
        except RefusedQueryError:
            raise
        except NoAnswerError:
            self._silent[service] += 1
            raise
        except ValueError as strange:
            self._silent[service] += 1
            raise NoAnswerError(f"{service} gave an answer that cannot be read: {strange}") from strange
        except LookupError:
            self._silent[service] = 0
            raise
        self._silent[service] = 0
        return got
