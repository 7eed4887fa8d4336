"""A table decides like the screen does: all of it or nothing, twice like once, whatever spreadsheet wrote it."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebook.surveillance.screen import batch
from surveillance.queued import DREAMS, RULE, TEA, TRIAL, Screen, candidate, sound, write_queue

Output = pytest.CaptureFixture[str]
Fill = Callable[..., Path]


@pytest.fixture
def fill(queue: Path, screen: Screen) -> Fill:
    """Write the table by the command, and fill in decisions by id."""

    def filled(**said: tuple[str, str]) -> Path:
        path = queue.parent / "table.csv"
        if not path.exists():
            assert screen(options=("--batch", "table.csv")) == 0
        rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
        for row in rows:
            row["decision"], row["reason"] = said.get(f"_{row['id'].strip(chr(39))}", ("", ""))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, batch.COLUMNS)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return filled


def test_the_table_has_what_waits(queue: Path, screen: Screen, capsys: Output) -> None:
    """In the order in which the screen asks, with empty columns to fill in; a person need not be known for it."""
    screen("l", "i")
    assert screen(options=("--batch", "table.csv")) == 0

    assert "table.csv: 3 records; fill in decision" in capsys.readouterr().out
    raw = (queue.parent / "table.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfid,decision,reason,title,")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert [row["id"] for row in rows] == [RULE, DREAMS, TEA]
    assert all(row["decision"] == row["reason"] == "" for row in rows)
    assert rows[2]["decided"] == "ada-example put off it on 2026-11-22"


def test_no_cell_is_a_formula_and_no_id_a_number(queue: Path, screen: Screen) -> None:
    """What a service says never calculates; an id of digits is not rounded by a spreadsheet."""
    titles = ("=1+1", "+1", "-1", "@x", "\t=1", " =1")
    records = [candidate(f"{number:012x}", f"{title} tea") for number, title in enumerate(titles, 1)]
    write_queue(queue, [*records, candidate("12345e678901")])

    screen(options=("--batch", "table.csv"))
    rows = list(csv.DictReader((queue.parent / "table.csv").read_text("utf-8-sig").splitlines()))
    assert [row["title"][:2] for row in rows] == ["'=", "'+", "'-", "'@", "'=", "'=", "Te"]
    assert rows[0]["id"] == "'000000000001"
    assert rows[6]["id"] == "'12345e678901"


def test_a_table_is_taken_over_once(queue: Path, screen: Screen, fill: Fill, capsys: Output) -> None:
    """Ids of digits and guarded reasons come back as they were; the second time nothing changes."""
    table = fill(
        _0123456789ab=("include", ""), _123456789012=("E", "'-no tea"), _aaaaaaaaaaaa=("Later", "when it is printed")
    )
    assert screen(options=("--batch", str(table))) == 0
    assert "decided 3: 1 included, 1 excluded, 1 put off" in capsys.readouterr().out
    path = queue / "decisions" / "ada-example.yml"
    before = path.read_bytes()
    made = {one.id: (one.decision, one.reason) for one in sound(queue).decisions.values()}
    assert made == {
        TEA: ("include", None),
        TRIAL: ("exclude", "-no tea"),
        DREAMS: ("later", "when it is printed"),
    }
    assert list(sound(queue).waiting) == [TEA]

    assert screen(options=("--batch", str(table)), today="2026-11-23") == 0
    assert "table.csv decides nothing new" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_a_changed_row_changes_one_decision(queue: Path, screen: Screen, fill: Fill) -> None:
    """The rest of the table stays as it was decided; the stub goes."""
    screen(options=("--batch", str(fill(_0123456789ab=("include", ""), _bbbbbbbbbbbb=("include", "")))))
    screen(options=("--batch", str(fill(_0123456789ab=("exclude", "no tea"), _bbbbbbbbbbbb=("include", "")))))

    assert [(one.id, one.decision) for one in sound(queue).decisions.values()] == [
        *((TEA, "include"), (RULE, "include"), (TEA, "exclude"))
    ]
    assert list(sound(queue).waiting) == [RULE]


def test_every_fault_is_told_and_nothing_taken_over(queue: Path, screen: Screen, capsys: Output) -> None:
    """With its line, also below a cell of several lines; the good rows wait too."""
    rows = [
        "id,decision,reason,title",
        f'{TEA},include,,"a title\nof two lines"',
        f"{TRIAL},exclude,,",
        "ffffffffffff,include,,",
        f"{RULE},perhaps,,",
        f"{DREAMS},,no tea,",
        f"{TEA},later,,",
        ",,,",
    ]
    (queue.parent / "t.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    assert screen(options=("--batch", "t.csv")) == 2
    assert capsys.readouterr().err.splitlines() == [
        "t.csv:4: a record is excluded for a reason; write it into the column reason",
        't.csv:5: record "ffffffffffff" is not in queue.yml; leave the ids as they were written',
        't.csv:6: the decision "perhaps" is none of include, exclude, later',
        "t.csv:7: there is a reason and no decision; write include, exclude or later, or empty the reason",
        f't.csv:8: record "{TEA}" is decided twice; keep one row',
    ]
    assert not (queue / "decisions").exists()
    assert not (queue / "waiting").exists()


WRITTEN = [
    pytest.param("\ufeffID;Decision;Reason;title\r\n{id};exclude;kein Tee, müde;x\r\n", id="Excel, semicolons, mark"),
    pytest.param("sep=;\r\nid;decision;reason\r\n{id};exclude;kein Tee, müde\r\n", id="a line that names the sign"),
    pytest.param("id\tdecision\treason\n{id}\texclude\tkein Tee, müde", id="tabs, no end of line"),
    pytest.param('title,reason,decision,id\n"a, b","kein Tee, müde",exclude,{id}\n\n', id="columns moved"),
]


@pytest.mark.parametrize("text", WRITTEN)
def test_whatever_wrote_the_table(queue: Path, screen: Screen, text: str) -> None:
    """Separators, marks, ends of lines and the order of columns make no difference."""
    (queue.parent / "t.csv").write_bytes(text.format(id=RULE).encode())

    assert screen(options=("--batch", "t.csv")) == 0
    assert [(one.id, one.reason) for one in sound(queue).decisions.values()] == [(RULE, "kein Tee, müde")]


BAD = [
    pytest.param(b"id,reason\n", "t.csv:1: the first line names no column decision", id="a column is missing"),
    pytest.param(
        f"id,decision,reason\n{TEA},exclude,no tea, and no sleep\n".encode(),
        "t.csv:2: the row has more cells than the first line; put quotes around",
        id="half a reason beyond the columns",
    ),
    pytest.param(
        f"id,decision,reason,decision\n{TEA},include,,exclude\n".encode(),
        "t.csv:1: the first line names decision twice; keep one column",
        id="a column twice",
    ),
    pytest.param(
        b"id,Entscheidung,reason\n",
        "t.csv:1: the first line names no column decision; write these names above the columns that hold them",
        id="a column under another name",
    ),
    pytest.param(b"", "t.csv:1: the first line names no column id, decision, reason", id="empty"),
    pytest.param("id,decision,reason\nx,exclude,müde\n".encode("cp1252"), "t.csv:1: it is not in UTF-8", id="encoding"),
    pytest.param(b'id,decision,reason\nx,"open\n', "t.csv:2: the table is broken", id="a quote that never ends"),
]


@pytest.mark.parametrize(("content", "expected"), BAD)
def test_a_table_that_is_none(queue: Path, screen: Screen, capsys: Output, content: bytes, expected: str) -> None:
    """It is said what is wrong and nothing is written."""
    (queue.parent / "t.csv").write_bytes(content)

    assert screen(options=("--batch", "t.csv")) == 2
    assert expected in capsys.readouterr().err
    assert not (queue / "decisions").exists()


def test_a_folder_that_is_not_there(screen: Screen, capsys: Output) -> None:
    """A slip in a path makes no folder."""
    assert screen(options=("--batch", "nowhere/t.csv")) == 2
    assert "there is no folder nowhere" in capsys.readouterr().err
