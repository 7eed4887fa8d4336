"""Word the numbers behind the figures of interactions."""

import pandas as pd

from kratom.interactions.forecasts import constants, ratios

_QUANTITY = {"AUC": "total exposure", "Cmax": "peak", "half-life": "half-life"}
_KIND = {"predicted": "forecast", "measured": "measured"}
_MEASURE = {"IC50": "half-blocked", "Ki": "half-blocked", "KI": "destroyed, half the fastest rate"}


def ratio_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word every ratio with kratom against without, with its interval and the people measured."""
    table = ratios(findings)
    worded = {
        "Medicine": table["object_drug"] + " (" + table["enzyme"] + ")",
        "Quantity": table["quantity"].map(lambda name: _QUANTITY.get(name, name)),
        "What it is": table["kind"].map(_KIND),
        "Times": table["value"].map(_plain),
        "Interval": [_span(low, high) for low, high in zip(table["low"], table["high"], strict=True)],
        "People": table["n"].map(lambda count: "" if pd.isna(count) else f"{count:.0f}"),
    }
    return pd.DataFrame(worded).set_index("Medicine")


def constant_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word every blocking concentration with its standard deviation."""
    table = constants(findings)
    limits = zip(table["value"], table["low"], table["sd"], strict=True)
    worded = {
        "Enzyme or transporter": table["enzyme"],
        "From": table["tissue"],
        "What happens at it": table["measure"].map(lambda name: _MEASURE.get(name.partition(",")[0].split()[0], name)),
        "Mitragynine (µM)": [_with_deviation(value, low, sd) for value, low, sd in limits],
    }
    return pd.DataFrame(worded).set_index("Enzyme or transporter")


def _span(low: float, high: float) -> str:
    """Write an interval, or nothing where none was given."""
    return "" if pd.isna(low) or pd.isna(high) else f"{_plain(low)} to {_plain(high)}"


def _with_deviation(value: float, low: float, sd: float) -> str:
    """Write a value with its standard deviation, or a lower limit."""
    if pd.isna(value):
        return f"more than {_plain(low)}"
    return _plain(value) if pd.isna(sd) else f"{_plain(value)} ± {_plain(sd)}"


def _plain(value: float) -> str:
    """Write a number with three digits."""
    return f"{value:.3g}"
