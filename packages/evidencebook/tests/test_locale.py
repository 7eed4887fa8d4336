"""Every word that pages print has a translation, and what rules look for is known, in each language."""

import re
from pathlib import Path

import pytest

import catalogue
from evidencebook import locale
from evidencebook.cli import main
from evidencebook.evidence import dates, formatting, grade, units
from evidencebook.evidence.typed_numbers import typed_numbers
from small_book import Book, Replace

OTHERS = [one for one in locale.languages() if one != locale.ENGLISH]
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\$\{.*?\}")

#: What the small book says, in German.
_GERMAN = {
    "Out of methadone treatment, about {finding:value}`WD-200` people probably die.": "Ohne Methadon sterben "
    "wahrscheinlich etwa {finding:value}`WD-200` Menschen.",
    "A count among self-selected users, not a success rate.": "Gezählt unter Menschen, die sich selbst meldeten.",
    "See {claim}`the risk": "Siehe {claim}`das Risiko",
    "Rats may not press a lever for mitragynine.": "Ratten drücken für Mitragynin möglicherweise keinen Hebel.",
}


@pytest.fixture(params=OTHERS)
def language(request: pytest.FixtureRequest) -> str:
    """Give each language but English."""
    return str(request.param)


@pytest.fixture
def printed(language: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Print in a language while the test runs."""
    monkeypatch.setenv(locale.VARIABLE, language)
    return language


def test_languages() -> None:
    """German and Spanish stand beside English."""
    assert locale.languages() == ("de", "en", "es")
    assert [locale.known(one) for one in ("de_AT", "es-MX", "en", "fr", "")] == ["de", "es", "en", "", ""]


def test_catalogue_is_complete(language: str) -> None:
    """Every message has a translation with the same placeholders, no other has one, and the file is renewed.

    `python packages/evidencebook/tests/catalogue.py --write` renews it; what is new then waits for its words.
    """
    made = catalogue.renewed(language)
    for message in (one for one in made if one.id):
        ids, strings = (one if isinstance(one, list | tuple) else (one,) for one in (message.id, message.string))
        assert all(strings), message.id
        wanted = sorted(_PLACEHOLDER.findall(ids[-1]))
        assert [sorted(_PLACEHOLDER.findall(one)) for one in strings] == [wanted] * len(strings), message.id

    assert catalogue.place(language).read_text(encoding="utf-8") == catalogue.text(made)


def test_catalogue_sees_every_call() -> None:
    """No message stands inside an f-string, where nothing that gathers messages finds it."""
    calls = re.compile(r"""f(['"]).*?\{[^{}]*?\b(?:_|ngettext)\((?:['"])""")
    found = [path.name for path in catalogue.ROOT.rglob("*.py") if calls.search(path.read_text(encoding="utf-8"))]

    assert found == []
    assert calls.search("""f"{_('Terms:')} and" """)


def test_units_in_language(printed: str) -> None:
    """Whatever pages count or measure in a word has one in the language; signs stay."""
    words = {word for word in units.COUNTED | {"point", "doses", "glasses", "times"} if len(word) > 1}

    assert words - locale.words(printed)["units"].keys() == set()
    assert formatting.with_unit("5", "ng/mL") == "5\u00a0ng/mL"


def test_words_hold_what_english_has(language: str) -> None:
    """The entries are the same, and every pattern can be read."""
    english, other = (locale.words(one) for one in (locale.ENGLISH, language))

    assert {*english, "units"} == {*other}
    for part in ("verbs", "advice", "sentences", "cautions", "numbers"):
        assert english[part].keys() == other[part].keys()
    for part in ("verbs", "sentences", "cautions"):
        for pattern in other[part].values():
            re.compile(pattern)


@pytest.mark.parametrize(
    ("language", "certainty", "statement", "fits"),
    [
        ("de", "high", "Es senkt die Sterblichkeit.", True),
        ("de", "moderate", "Es senkt wahrscheinlich die Sterblichkeit.", True),
        ("de", "moderate", "Es senkt die Sterblichkeit.", False),
        ("de", "low", "Es senkt möglicherweise die Sterblichkeit.", True),
        ("de", "low", "Es senkt wahrscheinlich die Sterblichkeit.", False),
        ("de", "low", "Es lindert möglicherweise Husten, und es heilt Fieber.", False),
        ("de", "very low", "Ob es hilft, ist sehr unsicher.", True),
        ("de", "no evidence", "Es wurde keine Studie gefunden.", True),
        ("es", "high", "Reduce las muertes.", True),
        ("es", "moderate", "Probablemente reduce las muertes.", True),
        ("es", "low", "Podría reducir las muertes.", True),
        ("es", "low", "Reduce las muertes.", False),
        ("es", "very low", "Es muy incierto si reduce las muertes.", True),
        ("es", "no evidence", "No se encontró ningún estudio.", True),
        ("fr", "low", "Cela réduit les décès.", True),
    ],
)
def test_verbs_of_language(language: str, certainty: grade.Certainty, statement: str, fits: bool) -> None:
    """The wording of GRADE in German and Spanish; of a language that nobody wrote down nothing is said."""
    assert (grade.check_wording(statement, certainty, language) is None) is fits


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am 3. März 2021 starben 12 von 40 Menschen.", ["12", "40"]),
        ("de", "Im Jahr 2021, in Phase 2 und am 3. Tag", []),
        ("de", "Zwei Drittel der Menschen, nach fünfundzwanzig Tagen", ["Zwei Drittel", "fünfundzwanzig"]),
        ("de", "2000 Haushalte", ["2000"]),
        ("es", "El 3 de marzo de 2021 murieron 12 de 40 personas.", ["12", "40"]),
        ("es", "En 2021, en la fase 2", []),
        ("es", "Dos tercios, tras veinticinco días", ["Dos tercios", "veinticinco"]),
    ],
)
def test_typed_numbers_of_language(language: str, text: str, expected: list[str]) -> None:
    """Dates and names of a language are none; its number words are."""
    assert sorted(typed_numbers(text, language=language)) == sorted(expected)


def test_numbers_and_days_in_language(printed: str) -> None:
    """A comma before decimals, and the day as people write it, which is read again."""
    day = dates.read_day("2026-03-02")

    assert formatting.number(1234.5) == {"de": "1.234,5", "es": "1\u00a0234,5"}[printed]
    assert day is not None
    assert dates.read_day(dates.written(day)) == day
    assert dates.written(day) == {"de": "2. März 2026", "es": "2 de marzo de 2026"}[printed]


def test_check_reads_german_verbs(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`language: de` in the settings is enough: `evidencebook check` then wants German verbs."""
    config = sample / "book" / "_config.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"(?m)^( +)language: en$", r"\1language: de", text), encoding="utf-8")
    assert "language: de" in config.read_text(encoding="utf-8")

    assert main(["check", "--book", str(sample)]) == 1
    assert "möglicherweise" in capsys.readouterr().err


def test_book_in_german(book: Book, replace: Replace) -> None:
    """Cards, tables, search and the frame speak German, also in scripts, and none of it is left in English."""
    replace("book/conf.py", '"basic"', '"furo"')
    with (book.folder / "book" / "conf.py").open("a", encoding="utf-8") as file:
        file.write('language = "de"\n')
    for old, new in _GERMAN.items():
        for path in [*(book.folder / "evidence").rglob("*.yml"), *(book.folder / "book").glob("*.md")]:
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    book.build()

    page = book.soup("chapter")
    card = page.select_one(".admonition.claim")
    assert card is not None
    assert "Vertrauenswürdigkeit" in card.text
    assert "Was sie ändern würde:" in card.text
    assert page.html is not None
    assert page.html["lang"] == "de"
    heads = [head.text for head in book.soup("findings").select("table.evidence-findings th")]
    assert heads == ["Kennung", "Was gefunden wurde", "Quelle"]
    static = book.folder / "built" / "html" / "_static"
    assert '"Zur Aussage"' in (static / "cards.js").read_text(encoding="utf-8")
    assert "Nichts gefunden." in (static / "search.js").read_text(encoding="utf-8")
    whole = page.text + book.soup("search").text + book.soup("findings").text
    english = [
        one for one in ("Rests on", "certainty", "Search this", "Used in", "Back to top", "About this") if one in whole
    ]
    assert english == []
