"""Find sub-commands as modules of a package, so that adding a file adds a command and no list is kept."""

import difflib
import importlib
import pkgutil
from typing import Any, NoReturn

import click

from evidencebook.evidence.diagnostics import how_to_install


class CommandsOfPackage(click.Group):
    """Offer each public module of a package as a sub-command; import it when it is asked for, and not before.

    The function that a module is named after is its command: `forget_sample.py` is `forget-sample`, and `import_.py`,
    whose name Python keeps for itself, is `import`.
    """

    def __init__(self, *args: Any, package: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.package = package

    def modules(self) -> dict[str, str]:
        """Return the name of each module by the name of its command."""
        folder = importlib.import_module(self.package).__path__
        names = (module.name for module in pkgutil.iter_modules(folder) if not module.name.startswith("_"))
        return {name.rstrip("_").replace("_", "-"): name for name in names}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, sorted."""
        return sorted(self.modules())

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command of that name; nothing when there is none."""
        module = self.modules().get(name)
        if module is None:
            return None
        try:
            command: click.Command = getattr(importlib.import_module(f"{self.package}.{module}"), module)
        except ModuleNotFoundError as missing:
            return _unavailable(name, missing)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say which commands there are when one is unknown."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], known, n=1)
            meant = f'. Did you mean "{near[0]}"?' if near else "."
            ctx.fail(f'there is no command "{args[0]}"{meant} There are: {", ".join(known)}.')
        return super().resolve_command(ctx, args)


def _unavailable(name: str, missing: ModuleNotFoundError) -> click.Command:
    """Stand in for a command that needs an extra: --help lists it, and to call it says what to install."""

    def fail() -> NoReturn:
        raise missing

    anything = {"ignore_unknown_options": True, "allow_extra_args": True}
    words = how_to_install(missing.name or "")
    short = words.partition("run: ")[2]
    return click.Command(name, callback=fail, context_settings=anything, help=words, short_help=short)
