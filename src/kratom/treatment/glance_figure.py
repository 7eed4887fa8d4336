"""Draw the message for everyone at a glance: what was tested, and how many of a thousand people died."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, styled
from evidencebook.analysis.values import value_of

#: In points, as everything below: the axes are laid out by hand, so that rows of dots are exact.
_POINTS = 72
_ACROSS, _DOWN = 4 * _POINTS, 186  # narrower than other figures: on a phone its letters stay larger
#: A thousand dots: rows of forty, twenty-five of them; a third of the width for each block.
_ROW, _ROWS, _PITCH = 40, 25, 2.25
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
    _people(axes, 0, "out of\ntreatment", round(outside), ORANGE)
    _people(axes, _BLOCK, "on methadone,\nnewer review", round(outside * ratio), BLUE)
    _people(axes, 2 * _BLOCK, "on methadone,\nolder review", round(older), BLUE)
    return figure


def _trials(axes: Axes, down: float, name: str, count: int, beside: int = 0) -> None:
    """Draw one square for each trial; where there is none, a word, and as many hollow ones as there are `beside`."""
    axes.text(0, down, f"{name}: {count or 'none found'}", va="center")
    end = _TRIALS_FROM + _TRIAL * count
    if end > _ACROSS:
        raise ValueError(f"{count} trials are more squares than the figure is wide")
    _dashes(axes, _TRIALS_FROM, end, down, size=4.8, pitch=_TRIAL, colour=BLUE, dots=False)
    if not count:
        places = [_TRIALS_FROM + 2.4 + _TRIAL * place for place in range(beside)]
        axes.plot(places, [down] * beside, "s", markersize=4.2, fillstyle="none", color=INK, markeredgewidth=0.6)


def _people(axes: Axes, across: float, name: str, died: int, colour: str) -> None:
    """Draw a thousand people, those who died first, in colour and larger."""
    if not 0 <= died <= _ROW * _ROWS:
        raise ValueError(f"{died} of {_ROW * _ROWS} people cannot be drawn")
    axes.text(across, 107, f"{name}: {died}", color=colour, va="center")
    for row in range(_ROWS):
        dead = min(max(died - row * _ROW, 0), _ROW)
        down, start = 127 + row * _PITCH, across + 1
        middle, end = start + dead * _PITCH, start + _ROW * _PITCH
        _dashes(axes, start, middle, down, size=2.2, pitch=_PITCH, colour=colour)
        _dashes(axes, middle, end, down, size=1, pitch=_PITCH, colour=INK)


def _dashes(
    axes: Axes, start: float, end: float, down: float, *, size: float, pitch: float, colour: str, dots: bool = True
) -> None:
    """Draw a row of dots or squares as one dashed line: a thousand shapes would weigh more than the page."""
    if end <= start:
        return
    drawn = 0.001 if dots else size  # a dot is all round end
    last = 0.5 * pitch if dots else pitch - size  # what of the line lies behind the last one
    dashes = (0, (drawn / size, (pitch - drawn) / size))  # in widths of the line
    axes.plot(
        [start, end - last],
        [down, down],
        color=colour,
        linewidth=size,
        linestyle=dashes,
        dash_capstyle="round" if dots else "butt",
    )
