"""Give every figure of the book one look: readable on light and dark pages, in grey, and by colour-blind readers."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:  # the extension needs the colours where nobody draws; matplotlib comes with the extra "analysis"
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Text, axes and ticks; then blue, orange and green of Okabe and Ito, darkened until text in them can be read on white
#: (contrast 5.3 or more). All one grey to some eyes: vary marks and lines too.
INK = "#4d4d4d"
BLUE, ORANGE, GREEN = "#1f6ba8", "#b34a00", "#00704f"
#: The same where the page is dark (7.2 or more).
DARK = {INK: "#b0b3ab", BLUE: "#76b4e6", ORANGE: "#f0985a", GREEN: "#55c3a3"}

#: In inches. A phone shows a figure of this width with a point as 1.1 pixels, so that letters of 11 points have 12.
WIDTH = 4.5

P = ParamSpec("P")
R = TypeVar("R")

_LOOK: Any = {
    "font.family": "sans-serif",
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "lines.linewidth": 2.0,
    "lines.markersize": 7,
    "lines.solid_capstyle": "butt",  # a round end would lengthen a range
    "legend.frameon": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "none",  # text stays text: smaller, and found by a search
    "svg.hashsalt": "evidencebook",  # ids would differ from build to build without it
    "pdf.fonttype": 42,
} | dict.fromkeys(
    ["text.color", "axes.edgecolor", "axes.labelcolor", "axes.titlecolor", "xtick.color", "ytick.color"], INK
)


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw, or save, in the book's look without changing it for anyone else."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        from matplotlib import rc_context  # noqa: PLC0415  as above

        with rc_context(_LOOK):
            return draw(*args, **kwargs)

    return drawn


def canvas(height: float = 3.2, width: float = WIDTH) -> "tuple[Figure, Axes]":
    """Make a figure, height and width in inches, with one pair of axes; call it from a styled function."""
    from matplotlib.figure import Figure  # noqa: PLC0415  as above

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def bare_rows(axes: "Axes", **labels: Any) -> None:
    """Leave out the line and the ticks beside the names of rows; `labels` go to the names, as labelsize."""
    axes.tick_params(axis="y", length=0, **labels)
    axes.spines["left"].set_visible(False)
