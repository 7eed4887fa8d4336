"""Names and messages use the field's words; the words of before stay out."""

import ast
import re
from pathlib import Path

import evidencebook

ROOT = Path(evidencebook.__file__).parent
#: Words that no module, class or function bears, alone or as a part of its name.
WORDS = re.compile(
    "press|shelf|ledger|quarrel|broken|interests|leaflet|desk|registers|crew|meet|dismiss|ahead|speed|gate|homeless|lean|"
    "shell|mend|mended|citable|pen|surroundings|spot|faults|told|said|bookfolder|gitmarks|yamllines|stubs|garbage"
)
#: Names that say nothing of what a function gives.
ALONE = re.compile("shown|kept|made|one|given|people|taking|waiting|seen|needs|judging|verifying|frame|chain|homes")
PHRASES = re.compile(
    r"\bthe press\b|\bledger\b|\bshelf\b|stands twice|is no key|holds itself|runs backwards|turned away"
)


def parts(name: str) -> list[str]:
    """Take a name apart, in small letters: check_all and CheckAll are check, all."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_")


def is_old(name: str) -> bool:
    """Tell whether a name has an old word in it, or is one."""
    return any(map(WORDS.fullmatch, parts(name))) or bool(ALONE.fullmatch(name.lower().strip("_")))


def old_words(path: Path) -> set[str]:
    """Return the old names that a module bears or defines, and the old phrases in its texts, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {path.stem} if is_old(path.stem) else set()
    documented = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docs = {ast.get_docstring(node, clean=False) for node in documented}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and is_old(node.name):
            found.add(node.name)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
            found |= set(PHRASES.findall(node.value))
    return found


def test_names_are_of_the_field() -> None:
    """Every module of the package."""
    found = {path.relative_to(ROOT).as_posix(): old_words(path) for path in sorted(ROOT.rglob("*.py"))}

    assert {name: words for name, words in found.items() if words} == {}


def test_names_find_old_words() -> None:
    """As a part of a name, in either writing, but not inside another word."""
    assert is_old("_mend_page")
    assert is_old("OpenLedger")
    assert is_old("Seen")
    assert not is_old("compress")
    assert not is_old("recommend_seen")
