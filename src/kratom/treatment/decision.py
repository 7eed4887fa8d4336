"""Count what people decide by, of 1,000 people without a medicine and with it, and draw it."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, styled
from evidencebook.analysis.values import value_of
from kratom.treatment.dots import PEOPLE, people

_USE = "the sheet to decide with"
#: In points, laid out by hand as in glance_figure: two fields side by side, fifty people in a row.
_POINTS, _WIDTH, _FIELD, _IN_ROW, _PITCH = 72, 288, 150, 50, 2.7
_PAIR, _NONE = 90, 44


@dataclass(frozen=True)
class Pair:
    """Hold how many of 1,000 people were counted without a medicine and with it."""

    medicine: str
    without: int
    exposed: int


def deaths(findings: pd.DataFrame) -> list[Pair]:
    """Give the people of 1,000 who died in a year out of treatment, and in it by the newer and larger review.

    `findings` is the table of evidencebook.findings() with the topic treatment. Rates per 1,000 person-years out of
    treatment (CARE-037, CARE-040), times the ratio of the newer review (CARE-049, CARE-050; Cochrane Handbook 15.4.4),
    as whole people. Raises LookupError, naming the finding, when one is missing.
    """
    found = (("Methadone", "CARE-037", "CARE-049"), ("Buprenorphine", "CARE-040", "CARE-050"))
    return [
        Pair(medicine, round(rate), round(rate * value_of(findings, ratio, _USE)))
        for medicine, outside, ratio in found
        for rate in [value_of(findings, outside, _USE)]
    ]


def stays(findings: pd.DataFrame) -> list[Pair]:
    """Give the people of 1,000 who stayed in treatment in the trials, without the medicine and with it.

    Shares in per cent of the umbrella review (CARE-943 to CARE-946), times ten. Raises LookupError as `deaths`.
    """
    found = (("Methadone", "CARE-946", "CARE-945"), ("Buprenorphine", "CARE-944", "CARE-943"))
    return [Pair(medicine, *(round(10 * value_of(findings, one, _USE)) for one in arms)) for medicine, *arms in found]


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Name each number for the text: methadone_died_without and so on, of so many `people`."""
    named: dict[str, float] = {"people": PEOPLE}
    for what, pairs in (("died", deaths(findings)), ("stayed", stays(findings))):
        for pair in pairs:
            name = f"{pair.medicine.lower()}_{what}"
            named |= {f"{name}_without": pair.without, f"{name}_with": pair.exposed}
    return named


def in_words(pairs: list[Pair], what: str, kratom: str) -> str:
    """Say what `decision_figure` shows, for who does not see it."""
    told = (
        f"{one.medicine}: of 1,000 people without it {one.without} {what}, of 1,000 people with it {one.exposed}."
        for one in pairs
    )
    return f"Fields of a thousand dots, one for each person. {' '.join(told)} Kratom, an empty frame: {kratom}."


@styled
def decision_figure(pairs: list[Pair], what: str, kratom: str) -> Figure:
    """Draw two fields of 1,000 people for each medicine, and for kratom an empty frame with the reason.

    `what` says what the marked people did ("died"), `kratom` why nothing can be drawn. Raises ValueError when a number
    is none of 1,000.
    """
    height = _PAIR * len(pairs) + _NONE
    figure = Figure(figsize=(_WIDTH / _POINTS, height / _POINTS))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)
    for place, pair in enumerate(pairs):
        top = _PAIR * place
        for across, arm, count, colour in (
            (0, f"without {pair.medicine.lower()}", pair.without, ORANGE),
            (_FIELD, f"with {pair.medicine.lower()}", pair.exposed, BLUE),
        ):
            axes.text(across, top + 6, arm, va="center", fontsize=10, fontweight="bold")
            axes.text(across, top + 19, f"{count} of {PEOPLE:,} {what}", color=colour, va="center", fontsize=10)
            people(axes, across, top + 29, count, colour, in_row=_IN_ROW, pitch=_PITCH)
    top = _PAIR * len(pairs)
    axes.text(0, top + 6, "with kratom", va="center", fontsize=10, fontweight="bold")
    axes.plot(
        [1, _WIDTH - 1, _WIDTH - 1, 1, 1],
        [top + 16, top + 16, top + 42, top + 42, top + 16],
        color=INK,
        linewidth=0.8,
        linestyle=(0, (4, 3)),
    )
    axes.text(_WIDTH / 2, top + 29, kratom, ha="center", va="center", fontsize=10)
    return figure
