"""Each kind of bad entry gives a message with file and line that says what to write instead."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evidencebook.cli import main
from evidencebook.evidence import formatting
from evidencebook.evidence.loader import inspect

Edit = Callable[[str, str, str], Path]


def told(folder: Path, most: int = 3) -> str:
    """Return the problems of a folder, the path to it cut off; one fault must not set off an avalanche."""
    _, problems = inspect(folder)

    assert 1 <= len(problems) <= most, [str(problem) for problem in problems]
    return "\n".join(str(problem).split("evidence/", 1)[1] for problem in problems)


CASES = [
    pytest.param(
        "findings/care.yml",
        "  unit: people",
        "  unit: [people",
        "findings/care.yml:18: the YAML is broken",
        id="broken YAML",
    ),
    pytest.param(
        "claims/care.yml",
        "  would_change: A second laboratory.",
        f"  would_change: {'a' * 300}",
        "claims/care.yml:21: claim lever-pressing: would_change: is longer than 20000 letters, or has a word of more",
        id="a text without end",
    ),
    pytest.param(
        "findings/care.yml",
        "  locator: abstract",
        "  locatr: abstract",
        "findings/care.yml:10: finding WD-200: locatr is an unknown key",
        id="unknown key",
    ),
    pytest.param(
        "findings/care.yml",
        "value: 36.1",
        'value: "36.1"',
        "findings/care.yml:5: finding WD-200: value must be a",
        id="wrong type",
    ),
    pytest.param(
        "findings/care.yml",
        "id: WD-018",
        "id: WD-200",
        'duplicate id: finding "WD-200" is first at',
        id="duplicate id",
    ),
    pytest.param(
        "findings/animals.yml",
        "source: hemby2019abuse",
        "source: hemby2019abus",
        'findings/animals.yml:2: finding WD-065: source "hemby2019abus" is not in sources.bib',
        id="missing source",
    ),
    pytest.param(
        "claims/care.yml",
        "people probably die",
        "people die",
        'claims/care.yml:2: claim death-out-of-treatment: the verb does not say moderate certainty; say "probably"',
        id="verb against certainty",
    ),
    pytest.param(
        "findings/care.yml",
        "unit: people",
        "unit: peple",
        'findings/care.yml:17: finding WD-018: unit: unit "peple" cannot be read; write for example h',
        id="malformed unit",
    ),
    pytest.param(
        "findings/care.yml",
        "  n: 1144",
        "  spread: {kind: ci95}",
        "findings/care.yml:18: finding WD-018: spread: a spread of kind ci95 takes low and high, as",
        id="spread without numbers",
    ),
    pytest.param(
        "sources.bib",
        "10.1136/bmj.j1550",
        "bmj.j1550",
        'sources.bib:3: source sordo2017mortality: doi: "bmj.j1550" is no DOI; write it bare',
        id="no DOI",
    ),
    pytest.param(
        "claims/care.yml",
        "certainty: low",
        "certainty: hi",
        'claim lever-pressing: certainty "hi" is none of high, moderate, low, very low, no evidence, not graded',
        id="certainty outside the list",
    ),
    pytest.param(
        "claims/care.yml",
        "findings: [WD-065]",
        "findings: [WD-999]",
        'claims/care.yml:22: claim lever-pressing: finding "WD-999" is in no file under findings/',
        id="unknown finding",
    ),
    pytest.param(
        "claims/care.yml",
        "  stated: 2026-11-20\n  checked: 2026-11-22\n- id: lever-pressing",
        "  checked: 2026-11-22\n- id: lever-pressing",
        "claims/care.yml:1: claim death-out-of-treatment: stated is missing",
        id="claim without the day it was stated",
    ),
    pytest.param(
        "claims/care.yml",
        "  checked: 2026-11-22\n- id: lever-pressing",
        "  checked: 2026-11-22\n  history: [{date: 2026-11-23, what: reworded}]\n- id: lever-pressing",
        "claims/care.yml:15: claim death-out-of-treatment: history.0: "
        "dates out of order, 2026-11-20, 2026-11-23, 2026-11-22; "
        "the order is stated, each change of history, checked",
        id="changed after the last check",
    ),
    pytest.param(
        "findings/care.yml",
        "A count among self-selected users, not a success rate.",
        "Not a success rate.",
        "finding WD-018: its source is self-selected; the caution must say so",
        id="caution silent on selection",
    ),
    pytest.param(
        "findings/care.yml",
        "  seen: abstract\n- id: WD-018",
        "  seen: secondary\n- id: WD-018",
        "claim death-out-of-treatment: rests only on findings seen second-hand",
        id="second-hand alone",
    ),
    pytest.param(
        "assertions.yml",
        "claims: [death-out-of-treatment]",
        "claims: []",
        "assertions.yml:7: assertion A01: claims is empty; name at least one",
        id="assertion without claim",
    ),
    pytest.param(
        "assertions.yml",
        "  verdict: supported\n",
        "",
        "assertions.yml:1: assertion A01: verdict is missing",
        id="assertion without verdict",
    ),
    pytest.param(
        "assertions.yml",
        "  answer: Deaths are fewer in treatment.\n",
        "",
        "assertions.yml:1: assertion A01: answer is missing",
        id="assertion without answer",
    ),
    pytest.param(
        "assertions.yml",
        "verdict: supported",
        "verdict: true-ish",
        'assertions.yml:4: assertion A01: verdict "true-ish" is none of supported, partly supported, unproven, '
        "contradicted, not checkable",
        id="verdict outside the list",
    ),
    pytest.param(
        "assertions.yml",
        "  against: [lever-pressing]\n",
        "",
        'assertions.yml:11: assertion A02: the verdict "contradicted" has no claim against it; name one under against',
        id="contradicted by nothing",
    ),
    pytest.param(
        "assertions.yml",
        "verdict: contradicted",
        "verdict: supported",
        'assertion A02: the verdict "supported" rests on claims against it only',
        id="supported by what speaks against it",
    ),
    pytest.param(
        "assertions.yml",
        "against: [lever-pressing]",
        "against: [death-out-of-treatment]",
        'claim "death-out-of-treatment" stands under against and not under claims',
        id="against without a claim",
    ),
    pytest.param(
        "assertions.yml",
        "Deaths are fewer",
        "Half of 300 deaths are fewer",
        '"300" in the answer leads to no source; write {finding:value}',
        id="typed number in an answer",
    ),
    pytest.param(
        "claims/care.yml",
        "outcomes: [death]",
        "outcomes: [deth]",
        'claims/care.yml:12: claim death-out-of-treatment: outcome "deth" is not in outcomes.yml',
        id="unknown outcome",
    ),
    pytest.param(
        "findings/care.yml",
        "  unit: people",
        "<<<<<<< HEAD\n  unit: people\n=======\n  unit: patients\n>>>>>>> other\n",
        "findings/care.yml:17: git left a conflict here, down to line 21; keep what is right of both sides",
        id="conflict of git in YAML",
    ),
    pytest.param(
        "findings/care.yml",
        "  unit: people",
        "  unit: {{people}}",
        "findings/care.yml:17: a list or braces instead of a key; a text that begins with { or",
        id="braces as in a template",
    ),
    pytest.param(
        "findings/care.yml",
        "  unit: people",
        "  where: &where {again: [*where]}\n  unit: people",
        "findings/care.yml:17: the YAML is broken: a name for aliases, &where; take it out",
        id="a recursive alias",
    ),
    pytest.param(
        "findings/care.yml",
        "  unit: people",
        "  unit: \x1bpeople",
        "findings/care.yml:17: the file cannot be read: a non-printable character, U+001B; remove it",
        id="a non-printable character",
    ),
    pytest.param(
        "sources.bib",
        "@misc{sordo2017mortality",
        "<<<<<<< HEAD\n=======\n>>>>>>> other\n@misc{sordo2017mortality",
        "sources.bib:1: git left a conflict here, down to line 3; keep what is right of both sides",
        id="conflict of git between entries of the bibliography",
    ),
    pytest.param(
        "claims/care.yml",
        "step: 1",
        "step: 2",
        "claim death-out-of-treatment: certainty moderate is not its sum: it starts low (review, not "
        "of randomised trials alone); risk of bias 0, large effect +2, which is high; write that, or correct a step",
        id="certainty that is not the sum",
    ),
    pytest.param(
        "claims/care.yml",
        ", note: one laboratory",
        "",
        "claims/care.yml:20: claim lever-pressing: because.0.note is missing",
        id="step without a note",
    ),
    pytest.param(
        "claims/care.yml",
        "step: -2",
        "step: 1",
        "claims/care.yml:20: claim lever-pressing: because.0: imprecision can only lower a certainty",
        id="step of the wrong sign",
    ),
    pytest.param(
        "claims/care.yml",
        "  argument: Both reviews agree, and nothing lowers the cohorts further.\n",
        "",
        "claims/care.yml:5: claim death-out-of-treatment: it starts low (review, not of randomised trials alone); risk "
        "of bias 0, large effect +1; a raise needs argument",
        id="raise without an argument",
    ),
    pytest.param(
        "claims/care.yml",
        "imprecision, step: -2",
        "large effect, step: 1",
        "it starts high (animal experiment); large effect +1; GRADE raises only what starts low",
        id="raise of what starts high",
    ),
    pytest.param(
        "claims/care.yml",
        "certainty: low",
        "certainty: not graded",
        "claims/care.yml:18: claim lever-pressing: certainty: "
        "is not graded and gives GRADE domains; say it under caution:",
        id="domains on a claim that is not graded",
    ),
    pytest.param(
        "claims/care.yml",
        "certainty: low\n  because:\n    - {domain: imprecision, step: -2, note: one laboratory}",
        "certainty: no evidence",
        "claims/care.yml:15: claim lever-pressing: has no evidence only where it rests on searches alone",
        id="no evidence on a claim with findings",
    ),
    pytest.param(
        "claims/care.yml",
        "  findings: [WD-065]\n",
        "",
        "claims/care.yml:15: claim lever-pressing: rests on searches alone; write certainty: no evidence",
        id="a grade on a search alone",
    ),
    pytest.param(
        "claims/care.yml",
        "applies_to: animals",
        "applies_to: cells",
        "claims/care.yml:18: claim lever-pressing: GRADE does not grade cells; write certainty: not graded",
        id="a grade on cells",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), CASES)
def test_a_fault_is_told_at_its_line(edit: Edit, name: str, old: str, new: str, expected: str) -> None:
    """A fault is told with file, line and what to write."""
    folder = edit(name, old, new)

    assert expected in told(folder)


@pytest.mark.parametrize(
    ("verdict", "against", "expected"),
    [
        ("supported", "", 'the verdict "supported" rests on very low claims only'),
        ("contradicted", "  against: [lever-pressing]\n", "has very low claims against it only"),
    ],
)
def test_very_low_claims_carry_no_firm_verdict(edit: Edit, verdict: str, against: str, expected: str) -> None:
    """What is very uncertain makes a statement neither right nor wrong."""
    edit("claims/care.yml", "Rats may not press", "It is very uncertain whether rats press")
    edit("claims/care.yml", "certainty: low", "certainty: very low")
    edit("assertions.yml", "  against: [lever-pressing]\n", against)
    folder = edit("assertions.yml", "verdict: contradicted", f"verdict: {verdict}")

    assert expected in told(folder)


def test_human_claim_on_animals_alone(edit: Edit) -> None:
    """Rats do not carry a claim about people, whatever was searched beside."""
    folder = edit("claims/care.yml", "applies_to: animals", "applies_to: humans")

    assert "claim lever-pressing: applies to humans but rests on animal" in told(folder)


def test_human_claim_on_animals_may_be_very_uncertain(edit: Edit) -> None:
    """What is very low for indirectness may rest on rats."""
    edit("claims/care.yml", "applies_to: animals", "applies_to: humans")
    edit("claims/care.yml", "domain: imprecision", "domain: indirectness")
    edit("claims/care.yml", "Rats may not press", "It is very uncertain whether people do not press")
    edit("assertions.yml", "verdict: contradicted", "verdict: unproven")
    folder = edit("claims/care.yml", "certainty: low", "certainty: very low")

    assert inspect(folder)[1] == []


def test_self_selected_source_without_risk_of_bias(edit: Edit) -> None:
    """A claim on people who chose to answer names the risk of bias."""
    edit("claims/care.yml", "domain: risk of bias", "domain: imprecision")
    folder = edit("claims/care.yml", "  findings: [WD-200]\n  against: [WD-018]", "  findings: [WD-200, WD-018]")

    assert "rests on garciaromeu2020kratom; name risk of bias among the reasons" in told(folder)


def test_funding_is_not_said_by_associations_of_measures(edit: Edit) -> None:
    """The association of a trade is named with a capital before it."""
    edit("sources.bib", "self-selected}", "self-selected, industry-funded}")
    folder = edit("findings/care.yml", "A count among", "Associations among")

    assert "finding WD-018: its source is industry-funded; the caution must say so" in told(folder)


@pytest.mark.parametrize("key", ["strain", "interval", "stratum", "floating"])
def test_key_that_begins_as_a_type_does_is_named(edit: Edit, key: str) -> None:
    """Keys are free under `where`."""
    folder = edit("findings/animals.yml", "species: rat", f"{key}: [rat]")

    assert f"finding WD-065: where.{key} must be text" in told(folder, most=5)


def test_every_typed_number_in_a_claim_is_named(edit: Edit) -> None:
    """A number in a claim leads to a finding or is refused."""
    folder = edit("claims/care.yml", "about {finding:value}`WD-200`", "about 36 of 1000")

    assert [str(p).count("leads to no source") for p in inspect(folder)[1]] == [1, 1]


def test_all_faults_are_told_in_one_run(edit: Edit, capsys: pytest.CaptureFixture[str]) -> None:
    """Faults in four files come out together, with exit status 1 and without a traceback."""
    edit("sources.bib", "10.1136/bmj.j1550", "bmj.j1550")
    edit("findings/care.yml", "unit: people", "unit: peple")
    edit("findings/animals.yml", "seen: abstract", "seen: abstrat")
    folder = edit("claims/care.yml", "certainty: low", "certainty: hi")

    (folder.parent / "book").mkdir()
    (folder.parent / "book" / "_config.yml").write_text("title: Small\n", encoding="utf-8")

    assert main(["check", "--book", str(folder.parent)]) == 1
    told = capsys.readouterr().err
    for name in ("sources.bib:3:", "findings/care.yml:17:", "findings/animals.yml:8:", "claims/care.yml:18:"):
        assert name in told
    assert "Traceback" not in told


@pytest.mark.parametrize("unit", ["Cohen's d", "Hedges' g", "households", "turbines per year"])
def test_unit_of_another_subject(edit: Edit, unit: str) -> None:
    """Effect sizes are no day and no gram; what a book alone counts stands in its vocabulary.yml."""
    folder = edit("findings/care.yml", "unit: people", f'unit: "{unit}"')
    (folder / "vocabulary.yml").write_text("counted: [turbine, turbines]\n", encoding="utf-8")

    assert inspect(folder)[1] == []
    assert formatting.with_unit("0.5", "Cohen's d").replace("\u00a0", " ") == "Cohen's d 0.5"
    (folder / "vocabulary.yml").write_text("\ncounts: [turbines]\n", encoding="utf-8")
    assert "vocabulary.yml:2: vocabulary: counts is an unknown key" in str(inspect(folder)[1][-1])


def test_background_sources(edit: Edit) -> None:
    """What is cited and never extracted needs no design; a key in both bibliographies is named, and so is a fault."""
    folder = edit("sources.bib", "", "")
    book = "@misc{%s,\n  author = {Doe, Jane},\n  title = {A method}\n%s}\n"
    (folder / "background.bib").write_text(book % ("doe2000method", ""), encoding="utf-8")
    evidence, diagnostics = inspect(folder)
    assert (list(evidence.background), diagnostics) == (["doe2000method"], [])

    text = book % ("sordo2017mortality", "") + book % ("doe2000method", ", doi = {x}")
    (folder / "background.bib").write_text(text, encoding="utf-8")
    first, second = map(str, inspect(folder)[1])
    assert first.endswith('background.bib:1: duplicate id: "sordo2017mortality" is in sources.bib too; keep one')
    assert 'background.bib:5: source doe2000method: doi: "x" is no DOI' in second


def test_missing_folder(tmp_path: Path) -> None:
    """A wrong path is told, not raised."""
    assert "there is no such folder" in str(inspect(tmp_path / "nowhere")[1][0])


def test_the_small_evidence_base_is_sound(small: Path) -> None:
    """The cases above break something whole."""
    assert inspect(small)[1] == []
