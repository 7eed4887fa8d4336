"""Draw the message for everyone at a glance: what was tested, and how many of a thousand people died."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, styled
from evidencebook.analysis.values import value_of
from kratom.treatment.dots import dashes, people

#: In points, as everything below: the axes are laid out by hand, so that rows of dots are exact.
_POINTS = 72
_ACROSS, _DOWN = 4 * _POINTS, 186  # narrower than other figures: on a phone its letters stay larger
#: A third of the width for each thousand dots.
_BLOCK = 99
_TRIAL, _TRIALS_FROM = 8.4, 116

_USE = "the figure at a glance"


@styled
def glance_figure(findings: pd.DataFrame) -> Figure:
    """Draw trials in opioid withdrawal, one square each, and deaths of 1,000 people in a year, one dot for a person.

    `findings` is the table of evidencebook.findings() with the topics treatment and kratom-for-withdrawal: trials of
    buprenorphine against clonidine or lofexidine (GAP-158) and of kratom (WD-069), and death rates per 1,000
    person-years out of methadone treatment (CARE-037) and in it, drawn as whole people: by the ratio of the newer and
    larger review, applied to the rate outside (CARE-049; Cochrane Handbook 15.4.4), and by the older review (CARE-036).
    Raises LookupError, naming the finding, when one is missing, and ValueError when a count does not fit the drawing.
    """
    buprenorphine, kratom = (round(value_of(findings, name, _USE)) for name in ("GAP-158", "WD-069"))
    older, outside, ratio = (value_of(findings, name, _USE) for name in ("CARE-036", "CARE-037", "CARE-049"))
    figure = Figure(figsize=(_ACROSS / _POINTS, _DOWN / _POINTS))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, _ACROSS)
    axes.set_ylim(_DOWN, 0)
    axes.text(0, 10, "Trials of relief from opioid withdrawal", fontweight="bold", va="center")
    _trials(axes, 30, "buprenorphine", buprenorphine)
    _trials(axes, 48, "kratom", kratom, buprenorphine)
    axes.text(0, 84, "Of 1,000 people, how many died in a year", fontweight="bold", va="center")
    blocks = (
        ("out of\ntreatment", outside, ORANGE),
        ("on methadone,\nnewer review", outside * ratio, BLUE),
        ("on methadone,\nolder review", older, BLUE),
    )
    for place, (name, rate, colour) in enumerate(blocks):
        people(axes, place * _BLOCK, 127, round(rate), colour)
        axes.text(place * _BLOCK, 107, f"{name}: {round(rate)}", color=colour, va="center")
    return figure


def _trials(axes: Axes, down: float, name: str, count: int, beside: int = 0) -> None:
    """Draw one square for each trial; where there is none, a word, and as many hollow ones as there are `beside`."""
    axes.text(0, down, f"{name}: {count or 'none found'}", va="center")
    end = _TRIALS_FROM + _TRIAL * count
    if end > _ACROSS:
        raise ValueError(f"{count} trials are more squares than the figure is wide")
    dashes(axes, _TRIALS_FROM, end, down, size=4.8, pitch=_TRIAL, colour=BLUE, dots=False)
    if not count:
        places = [_TRIALS_FROM + 2.4 + _TRIAL * place for place in range(beside)]
        axes.plot(places, [down] * beside, "s", markersize=4.2, fillstyle="none", color=INK, markeredgewidth=0.6)
