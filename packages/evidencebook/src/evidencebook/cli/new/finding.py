"""evidencebook new finding: append one reported result with the next id of its topic."""

import re

import click

from evidencebook.cli.new._report import given, opened, written
from evidencebook.evidence import entry_writer as entries
from evidencebook.evidence.base import EvidenceBase
from evidencebook.evidence.diagnostics import UserError
from evidencebook.evidence.todo_markers import stub
from evidencebook.evidence.topics import file_of
from evidencebook.evidence.vocabulary import SEEN_KINDS

_EPILOG = """\b
Examples:
  evidencebook new finding --topic sleep --source drake2013caffeine
  evidencebook new finding --topic sleep --source gardiner2023effect \\
      --about "Caffeine made people lie awake longer." --measure "wake after sleep onset" \\
      --value 12 --unit min --n 24 --population "adults in trials" --locator abstract
"""


class _Number(click.ParamType[int | float]):
    """Read a whole number as a whole number, since 12 and 12.0 are not written alike."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int | float:
        """Return the number, or say that it is none."""
        try:
            return int(str(value)) if re.fullmatch(r"[+-]?\d+", str(value)) else float(str(value))
        except ValueError:
            self.fail(f"{value!r} is no number; write it with a point, as 7.5", param, ctx)


@click.command(epilog=_EPILOG)
@click.option("--source", required=True, help="The key of its source in sources.bib.")
@click.option("--topic", help="The file under findings/; default: where this source's findings are.")
@click.option("--prefix", help="Capitals before the number of the id; default: those used in the topic.")
@click.option("--about", help="What is reported, one sentence of yours.")
@click.option("--measure", help="The field's name for what was measured.")
@click.option("--value", type=_Number(), help="The number; leave it out for a result in words.")
@click.option("--unit", help='As h, min, ng/mL, "%", people or "per 1000 person-years".')
@click.option("--spread", help='As "sd 1.5" or "ci95 0.6 0.8".')
@click.option("--n", type=int, help="How many were studied.")
@click.option("--population", help="Who or what was studied.")
@click.option("--where", "keys", multiple=True, metavar="KEY=VALUE", help="A free key; may be repeated.")
@click.option("--comparator", help="What it was compared with.")
@click.option("--locator", help="Where in the source it stands.")
@click.option("--seen", type=click.Choice(SEEN_KINDS), help="Default: what was seen of the source, else abstract.")
@click.option("--caution", help="What a careful reader must know.")
def finding(
    source: str, topic: str | None, prefix: str | None, spread: str | None, keys: tuple[str, ...], **said: object
) -> None:
    """Append one reported result to a file under evidence/findings/, with the next id."""
    book, evidence = opened()
    if source not in evidence.sources:
        raise UserError(f'source "{source}" is not in sources.bib; add it first: evidencebook new source --doi …')
    path = file_of(book.evidence / "findings", topic, _topics_of(evidence, source), "findings")
    prefix = prefix or _prefix(evidence, path.stem)
    values: dict[str, object] = {
        "id": f"{prefix}-{entries.next_number(evidence, f'{prefix}-'):03d}",
        "source": source,
        "about": said["about"] or stub("what is reported, one sentence of yours"),
        "measure": said["measure"] or stub("the standard name for what was measured"),
        "value": said["value"],
        "unit": said["unit"],
        **given(spread=_spread(spread), n=said["n"]),
        "population": said["population"] or stub("who or what was studied"),
        **given(where=_where(keys), comparator=said["comparator"]),
        "locator": said["locator"] or stub("where in the source"),
        "seen": said["seen"] or evidence.sources[source].seen or "abstract",
        **given(caution=said["caution"] or _caution(evidence, source)),
    }
    entries.add(book.evidence, evidence, "finding", values, path)
    written(path, f"finding {values['id']}")


def _topics_of(evidence: EvidenceBase, source: str) -> list[str]:
    """Name the topics of the findings that a source has already."""
    return [evidence.topic("finding", one) for one in evidence.findings_of_source.get(source, ())]


def _prefix(evidence: EvidenceBase, topic: str) -> str:
    """Give the prefix of the last finding in a topic; for a new topic its initials, or the start of its one word."""
    used = [name for name in evidence.findings if evidence.topic("finding", name) == topic]
    if used:
        return used[-1].rpartition("-")[0]
    words = re.findall(r"[a-z]+", topic)
    return ("".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:5]).upper() or "F"


def _spread(text: str | None) -> dict[str, object] | None:
    """Read "sd 1.5" or "ci95 0.6 0.8"."""
    if text is None:
        return None
    kind, *numbers = text.split()
    read = [_Number().convert(one, None, None) for one in numbers]
    names = ("value",) if len(read) == 1 else ("low", "high")
    if not 1 <= len(read) <= len(names):
        raise UserError(f'the spread "{text}" cannot be read; write for example "sd 1.5" or "ci95 0.6 0.8"')
    return {"kind": kind, **dict(zip(names, read, strict=True))}


def _where(pairs: tuple[str, ...]) -> dict[str, object]:
    """Read KEY=VALUE."""
    split = [one.partition("=") for one in pairs]
    if wrong := [one for one, (key, sign, value) in zip(pairs, split, strict=True) if not (key and sign and value)]:
        raise UserError(f'"{wrong[0]}" is no KEY=VALUE; write for example --where species=human')
    return {key: int(value) if re.fullmatch(r"-?\d+", value) else value for key, _, value in split}


def _caution(evidence: EvidenceBase, source: str) -> str | None:
    """Leave a stub that names what is wanted where the source has an interest or chose its own people."""
    flags = evidence.sources[source].flags
    return stub(f"the source is {' and '.join(flags)}, which means for this result") if flags else None
