"""Compare how much 7-hydroxymitragynine studies found in blood beside mitragynine."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidencebook.analysis.figure_style import BLUE, GREEN, INK, ORANGE, bare_rows, canvas, styled
from evidencebook.analysis.values import value_of

PARENT, METABOLITE = "mitragynine", "7-hydroxymitragynine"
#: What a study may report of both substances, and how the figure calls it.
_PAIRED = {"Cmax": "peaks", "AUC, zero to infinity": "totals"}
_DIRECT = "concentration ratio, 7-hydroxymitragynine to mitragynine"
_INVERSE = "mitragynine to 7-hydroxymitragynine ratio, mean"
_DOSES = {"single": "one dose", "multiple": "daily doses"}
#: So near the axis a number would run into the names.
_EDGE = 0.05
_STYLES = {"medians": (BLUE, "o"), "group means": (ORANGE, "s"), "after death": (GREEN, "D")}


def ratios(findings: pd.DataFrame) -> pd.DataFrame:
    """Give 7-hydroxymitragynine over mitragynine in human blood, one row per study, quantity and schedule.

    `findings` is indexed by id and needs the columns measure, compound, species, study, schedule, value, low, high, n
    and citation. Columns of the result: study, of (what was compared), kind, n, ratio (missing where only a range was
    given), low and high, pure numbers. Where a study gives both substances apart, the ratio is that of the two middle
    values and its ends cross the two ranges, wider than any person need have been. A ratio the other way round is
    inverted. Raises LookupError, naming the measure, when no study gives one.
    """
    rows = [*_paired(findings), *_direct(findings), *_inverse(findings)]
    return pd.DataFrame(rows).set_index("id")


def ratio_numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give the ratios that prose quotes.

    ratio_peaks and ratio_totals are of medians; ratio_lowest and ratio_highest are the ends over the group means;
    ratio_dead is the ratio after death; mass_over_moles is how much larger a ratio by mass is than one by moles. Raises
    LookupError when a finding is missing and ValueError when a number is not finite.
    """
    table, use = ratios(findings), "the ratio by mass"
    groups = table[table["kind"] == "group means"]
    quoted = {
        f"ratio_{row['of'].split(',')[0]}": row["ratio"] for _, row in table[table["kind"] == "medians"].iterrows()
    }
    quoted |= {
        "ratio_lowest": groups["low"].min(),
        "ratio_highest": groups["high"].max(),
        "ratio_dead": table.loc[table["kind"] == "after death", "ratio"].min(),
        "mass_over_moles": value_of(findings, "PROD-921", use) / value_of(findings, "PHA-224", use),
    }
    quoted = {name: float(number) for name, number in quoted.items()}
    if broken := [name for name, number in quoted.items() if not np.isfinite(number)]:
        raise ValueError(f"these numbers are not finite: {', '.join(broken)}")
    return quoted


def ratio_table(table: pd.DataFrame) -> pd.DataFrame:
    """Word the ratios, numbers as text."""
    worded = {
        "Compared": table["of"],
        "People": ["" if pd.isna(n) else f"{n:.0f}" for n in table["n"]],
        "Ratio": [_spanned(*numbers) for numbers in table[["ratio", "low", "high"]].to_numpy(dtype=np.float64)],
    }
    return pd.DataFrame(worded).set_index(pd.Index(table["study"], name="Study"))


@styled
def ratio_figure(table: pd.DataFrame) -> Figure:
    """Draw one line per ratio: its range and, where there is one, its middle value."""
    if not np.isfinite(table["ratio"].fillna(table["low"])).all():
        raise ValueError("a ratio without a number cannot be drawn")
    figure, axes = canvas(0.5 * len(table) + 0.8)
    for place, (_, row) in enumerate(table.iloc[::-1].iterrows()):
        _draw(axes, place, row)
    axes.set_yticks(np.arange(len(table)), [f"{row['study']}\n{row['of']}" for _, row in table.iloc[::-1].iterrows()])
    bare_rows(axes)
    axes.set_xlim(0, 0.5)
    axes.set_ylim(-0.5, len(table) - 0.4)
    axes.set_xlabel("7-hydroxymitragynine ÷ mitragynine")
    return figure


def _spanned(ratio: float, low: float, high: float) -> str:
    """Write a ratio with its range, or one of the two."""
    span = f"{low:.2g} to {high:.2g}" if np.isfinite(low) else ""
    if not np.isfinite(ratio):
        return span
    return f"{ratio:.2g} ({span})" if span else f"{ratio:.2g}"


def _draw(axes: Axes, place: int, row: pd.Series) -> None:
    """Draw the range, thin where it only crosses two others, and the middle value with its number."""
    colour, mark = _STYLES[row["kind"]]
    if np.isfinite(row["low"]):
        width = 1.2 if row["kind"] == "medians" else 7
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=width, alpha=0.8)
    if np.isfinite(row["ratio"]):
        axes.plot(row["ratio"], place, mark, color=colour)
        text, at = f"{row['ratio']:.2g}", row["ratio"]
    else:
        text, at = f"{row['low']:.2g} to {row['high']:.2g}", (row["low"] + row["high"]) / 2
    axes.annotate(
        text, (at, place), (0, 7), textcoords="offset points", ha="left" if at < _EDGE else "center", color=INK
    )


def _paired(findings: pd.DataFrame) -> list[dict[str, object]]:
    """Divide what a study gives of the two substances, under the id of the metabolite's finding."""
    wanted = findings["measure"].isin(list(_PAIRED)) & (findings["species"] == "human")
    human = findings[wanted & findings["value"].notna()]
    keys = ["study", "schedule", "measure"]
    pairs = (
        human[human["compound"] == METABOLITE]
        .reset_index()
        .merge(human[human["compound"] == PARENT], on=keys, suffixes=("", "_parent"))
    )
    if pairs.empty:
        raise LookupError(f"no study gives {' or '.join(_PAIRED)} of both {PARENT} and {METABOLITE} in people")
    return [
        {
            "id": row["id"],
            "study": row["study"],
            "of": f"{_PAIRED[row['measure']]}, {_DOSES.get(row['schedule'], row['schedule'])}",
            "kind": "medians",
            "n": row["n"],
            "ratio": row["value"] / row["value_parent"],
            "low": row["low"] / row["high_parent"],
            "high": row["high"] / row["low_parent"],
        }
        for _, row in pairs.sort_values("measure", ascending=False).iterrows()
    ]


def _direct(findings: pd.DataFrame) -> list[dict[str, object]]:
    """Take the ratios that a study gives itself."""
    rows = findings[(findings["measure"] == _DIRECT) & (findings["species"] == "human")]
    if rows.empty:
        raise LookupError(f"no finding has the measure {_DIRECT} in people")
    return [
        {
            "id": name,
            "study": row["study"],
            "of": f"levels, {_DOSES.get(row['schedule'], row['schedule'])}",
            "kind": "group means",
        }
        | {"n": row["n"], "ratio": row["value"], "low": row["low"], "high": row["high"]}
        for name, row in rows.sort_values("schedule", ascending=False).iterrows()
    ]


def _inverse(findings: pd.DataFrame) -> list[dict[str, object]]:
    """Turn round the ratios that forensic laboratories give; the inverse of a mean is not the mean of inverses."""
    rows = findings[(findings["measure"] == _INVERSE) & findings["value"].notna()]
    return [
        {"id": name, "study": row["series"], "of": "levels, after death", "kind": "after death"}
        | {"n": row["n"], "ratio": 1 / row["value"], "low": np.nan, "high": np.nan}
        for name, row in rows.iterrows()
    ]
