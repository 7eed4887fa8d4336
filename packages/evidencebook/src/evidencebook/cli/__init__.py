"""The command line; each sub-command is the module of its name and imports what it needs when it is called."""

import os
import sys
from collections.abc import Sequence

import click

from evidencebook.cli._group import CommandsOfPackage
from evidencebook.evidence.diagnostics import EvidenceError, UserError, how_to_install

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


def _print_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from evidencebook.release import wheel  # noqa: PLC0415  it reads every file of the package

        click.echo(f"evidencebook {wheel.version()}" + (f" (commit {wheel.commit()})" if wheel.commit() else ""))
        ctx.exit()


@click.group(cls=CommandsOfPackage, package=__name__, epilog=_EPILOG)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print it.")
def commands() -> None:
    """Work with a book whose every number leads to its source."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the evidence has faults, 2 it could not be done."""
    status: object = 2
    try:
        status = commands.main(arguments, prog_name="evidencebook", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        status = wrong.exit_code
    except (UserError, EvidenceError) as wrong:
        click.echo(str(wrong), err=True)
    except ModuleNotFoundError as missing:
        click.echo(how_to_install(missing.name or ""), err=True)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as broken:
        click.echo(f"{broken.filename}: {broken.strerror}", err=True)
    except click.Abort:
        status = 130
    return status if isinstance(status, int) else 0
