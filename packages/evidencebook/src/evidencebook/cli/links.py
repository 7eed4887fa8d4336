"""evidencebook links: ask whether DOIs resolve and pages answer."""

import sys
from pathlib import Path

import click

from evidencebook.evidence import bibtex_reader as bibliography
from evidencebook.evidence.diagnostics import relative_path
from evidencebook.surveillance import link_report
from evidencebook.surveillance import polite_requests as asking
from evidencebook.surveillance.links import failed, questions

_DEFAULTS = asking.Manners()
_EPILOG = """\b
Examples:
  evidencebook links
  evidencebook links --markdown report.md --contact https://example.org/book
"""


@click.command(epilog=_EPILOG)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="evidence")
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write the report there as Markdown.")
@click.option("--contact", default="", help="Where those who are asked find you: an address of a page or of mail.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=_DEFAULTS.timeout, help="Seconds for one answer.")
@click.option("--pause", type=click.FloatRange(min=0), default=_DEFAULTS.pause, help="Seconds between two requests.")
@click.option("--retries", type=click.IntRange(min=0), default=_DEFAULTS.retries, help="Further tries.")
@click.option("--doi-base", default=_DEFAULTS.doi_base, help="Resolver of DOIs.")
@click.option("--crossref-base", default=_DEFAULTS.crossref_base, help="Registry that knows of retractions.")
def links(
    folder: Path,
    markdown: Path | None,
    contact: str,
    timeout: float,
    pause: float,
    retries: int,
    doi_base: str,
    crossref_base: str,
) -> None:
    """Ask for each source in FOLDER whether its DOI resolves, its page answers, and whether it was retracted.

    One request at a time goes to each host.
    A host that turns programs away is "not checkable", never "broken".
    Exit status 1 means that an editor has something to do.
    """
    path = folder / "sources.bib"
    if not path.is_file():
        raise click.UsageError(
            f"{relative_path(path)} is missing; name the folder that holds it, as: evidencebook links evidence"
        )
    sources, places, problems = bibliography.read(path)
    for problem in problems:
        click.echo(problem, err=True)
    manners = asking.Manners(doi_base, crossref_base, contact, timeout, pause, retries)
    asked = questions(sources, places)
    with click.progressbar(length=len(asked), label="asking", file=sys.stderr) as bar:
        answers = asking.ask(asked, manners, lambda: bar.update(1))
    click.echo("\n".join(link_report.lines(answers, relative_path(path))))
    if markdown:
        markdown.write_text(link_report.markdown(answers, relative_path(path)), encoding="utf-8")
    if problems or failed(answers):
        sys.exit(1)


if __name__ == "__main__":
    links()
