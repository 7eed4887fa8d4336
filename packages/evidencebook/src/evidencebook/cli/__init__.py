"""Give the press a command line; each sub-command is the module of its name, and needs no Sphinx."""

import os
import sys
from collections.abc import Sequence

import click

from evidencebook import __version__
from evidencebook.cli._group import CommandsOfPackage
from evidencebook.evidence.diagnostics import EvidenceError, UserError

_EPILOG = """\b
Examples:
  evidencebook init tea --title "Tea and Sleep" --author "Ada Example"
  evidencebook new finding --topic sleep --source drake2013caffeine
  evidencebook check
  evidencebook show some-claim

\b
Completion by the tab key, once for each shell:
  bash  eval "$(_EVIDENCEBOOK_COMPLETE=bash_source evidencebook)"
  zsh   eval "$(_EVIDENCEBOOK_COMPLETE=zsh_source evidencebook)"
  fish  _EVIDENCEBOOK_COMPLETE=fish_source evidencebook | source
Put the line into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish to keep it.
"""


@click.group(cls=CommandsOfPackage, package=__name__, epilog=_EPILOG)
@click.version_option(__version__)
def commands() -> None:
    """Work with a book whose every number leads to its source."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the evidence has faults, 2 asked for something wrong."""
    try:
        status = commands.main(arguments, prog_name="evidencebook", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (UserError, EvidenceError) as wrong:
        click.echo(str(wrong), err=True)
        return 2
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as broken:
        click.echo(f"{broken.filename}: {broken.strerror}", err=True)
        return 2
    except click.Abort:
        return 130
    return status if isinstance(status, int) else 0
