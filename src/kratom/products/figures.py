"""Draw what products hold, on one axis, and how it compares with their labels."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, INK, ORANGE, bare_rows, canvas, styled
from kratom.products.contents import CONCENTRATE, LEAF, MITRAGYNINE, SEVEN_OH, SOLD

_STYLES = {MITRAGYNINE: (BLUE, "o"), SEVEN_OH: (ORANGE, "D")}
_SHORT = {MITRAGYNINE: "mitragynine", SEVEN_OH: "7-OH"}
_HEADS = {LEAF: "LEAF", SOLD: "SOLD AS KRATOM", CONCENTRATE: "7-OH CONCENTRATES"}
_PLACES = {"United States": "US", "North America": "N. America"}
_SAMPLING = {"trees": "trees", "cultivated trees": "a seedling", "single product": "one powder", "shops": "shops"}
_PRODUCTS = {"mixed": "kratom products", "powder and capsule": "powders and capsules", "extract": "an extract"}
_LIMITS = (0.05, 500.0)


@styled
def contents_figure(table: pd.DataFrame) -> Figure:
    """Draw one line per study and kind of product, both alkaloids on one logarithmic axis.

    `table` as contents gives it, in mg/g. Bars are ranges, marks are values, hollow marks are doubtful, an arrow points
    down from an upper bound. Raises ValueError when a row has no finite number or lies outside the axis.
    """
    _checked(table)
    lines = _lines(table)
    figure, axes = canvas(0.42 * len(lines) + 1.1)
    names = []
    for place, (head, rows) in enumerate(lines):
        names.append("" if rows is None else _name(rows.iloc[0]))
        if rows is None:
            axes.annotate(head, (_LIMITS[0], -place), (0, -3), textcoords="offset points", fontweight="bold")
            axes.axhline(-place + 0.5, color=INK, linewidth=0.5)
            continue
        for compound, group in rows.groupby("compound"):
            _draw(axes, -place, str(compound), group)
    _axes(axes, names)
    return figure


def contents_table(table: pd.DataFrame) -> pd.DataFrame:
    """Word the contents, numbers as text, one row per finding."""
    sampling = table["sampling"].map(_SAMPLING).fillna(table["sampling"])
    products = table["product"].map(_PRODUCTS).fillna(table["product"])
    what = table["study"] + ": " + products + ", " + table["country"].replace(_PLACES) + ", " + sampling
    amounts = [_amount(row) for _, row in table.iterrows()]
    worded = {"Alkaloid": table["compound"].map(_SHORT).to_list(), "mg in a gram": amounts}
    return pd.DataFrame(worded, index=pd.Index(what, name="What was analysed"))


def labels_table(table: pd.DataFrame) -> pd.DataFrame:
    """Word the shares of the label."""
    shares = [f"{row['low']:.0f} to {row['high']:.0f}%" for _, row in table.iterrows()]
    worded = {"Alkaloid": table["compound"].map(_SHORT).to_list(), "Found, of the label": shares}
    return pd.DataFrame(worded, index=pd.Index(table["study"] + ": " + table["kind"], name="Products"))


def _lines(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame | None]]:
    """Give the lines of the figure from the top: a heading for each kind, then its studies."""
    lines: list[tuple[str, pd.DataFrame | None]] = []
    for kind, head in _HEADS.items():
        rows = table[table["kind"] == kind]
        if len(rows):
            lines += [(head, None), *((name, rows[rows["study"] == name]) for name in dict.fromkeys(rows["study"]))]
    return lines


def _draw(axes: Axes, place: float, compound: str, rows: pd.DataFrame) -> None:
    """Draw what one study found of one alkaloid: a thin line from end to end, thick ranges, marks on values."""
    colour, mark = _STYLES[compound]
    ends = rows[["value", "low", "high"]].to_numpy(dtype=np.float64)
    if len(rows) > 1:
        axes.plot([np.nanmin(ends), np.nanmax(ends)], [place, place], color=colour, linewidth=1)
    for _, row in rows.iterrows():
        if row["bound"]:
            arrow = {"arrowstyle": "->", "color": colour, "linewidth": 1.4}
            axes.annotate("", (_LIMITS[0], place), (row["high"], place), arrowprops=arrow)
            axes.plot(row["high"], place, "|", color=colour, markersize=9)
        elif np.isfinite(row["value"]):
            axes.plot(row["value"], place, mark, color=colour, markersize=5.5)
            if row["product"] == "extract":
                axes.annotate("extract", (row["value"], place), (4, 5), textcoords="offset points", ha="right")
        else:
            face = "none" if row["doubtful"] else colour
            axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=4, alpha=0.6)
            axes.plot(
                [row["low"], row["high"]], [place, place], mark, color=colour, markerfacecolor=face, markersize=5.5
            )


def _axes(axes: Axes, names: list[str]) -> None:
    """Set the axis in mg/g below and in % above, and name the lines and the two alkaloids."""
    _rows(axes, names, 1.3)
    axes.set_xscale("log")
    axes.set_xlim(*_LIMITS)
    axes.set_xticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    axes.minorticks_off()
    axes.set_xlabel("mg in a gram of product")
    for compound, at in ((SEVEN_OH, 0.2), (MITRAGYNINE, 20)):
        axes.annotate(_SHORT[compound], (at, 0.85), color=_STYLES[compound][0], ha="center", va="center")
    above = axes.secondary_xaxis("top")  # ten milligrams in a gram are one per cent
    above.set_xticks([0.1, 1, 10, 100], ["0.01%", "0.1%", "1%", "10%"])
    above.minorticks_off()
    above.spines["top"].set_visible(False)


def _rows(axes: Axes, names: list[str], head: float) -> None:
    """Name the lines from the top down, at 0, -1, -2 and so on."""
    axes.set_yticks(-np.arange(len(names)), names, fontsize=11)
    axes.set_ylim(-len(names) + 0.4, head)
    bare_rows(axes)


def _name(row: pd.Series) -> str:
    """Name a line by place, kind of sample and study."""
    sampling = _SAMPLING.get(row["sampling"], row["sampling"])
    return f"{_PLACES.get(row['country'], row['country'])}, {sampling}\n{row['study']}"


def _amount(row: pd.Series) -> str:
    """Write a content: a value, a range, or an upper bound; and of how many products, and whether it is doubtful."""
    if row["bound"]:
        return f"less than {row['high']:.3g}"
    text = f"{row['value']:.3g}" if np.isfinite(row["value"]) else f"{row['low']:.3g} to {row['high']:.3g}"
    many = "" if pd.isna(row["n"]) else f"of {row['n']:.0f}"
    remarks = [" ".join(filter(None, (row["end"], many))), "doubtful" if row["doubtful"] else ""]
    remark = ", ".join(filter(None, remarks))
    return f"{text} ({remark})" if remark else text


def _checked(table: pd.DataFrame) -> None:
    """Refuse what would be drawn wrongly or not at all."""
    shown = table["value"].fillna(table["high"])
    lowest = table["value"].fillna(table["low"]).fillna(table["high"])
    if not (np.isfinite(shown).all() and (lowest >= _LIMITS[0]).all() and (shown <= _LIMITS[1]).all()):
        raise ValueError(f"a content has no number or lies outside {_LIMITS[0]} to {_LIMITS[1]} mg/g")
