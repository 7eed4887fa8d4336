"""Hold the model of mitragynine in blood against what studies in people published, one of which it was set to.

The model knows one study: a single cup of tea (Tanna 2022). What another study reports is predicted from it without any
further fitting. No level from another study with a known dose could be read, so that the other studies test times,
half-lives and volumes, which do not depend on the dose, and not the height of the curve.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidencebook.analysis.values import value_of
from kratom.blood_levels.compartments import TwoCompartment, area, concentration, half_life_read, hour_of_highest
from kratom.blood_levels.model import MIDDLE_SHAPE, SHAPES, Reported, calibrated, reported
from kratom.blood_levels.simulation import DAY, STEADY, days_to_steady

#: How a quantity stands to the model: set to it, from the same people, or from a study the model does not know.
FITTED, SAME, OTHER = "fitted", "same people", "other study"
_USE = "the validation of the model"
#: The hours between which a half-life is read where blood was drawn for one day only, and the doses before.
_READ, _WEEK = (12.0, 24.0), 8


@dataclass(frozen=True)
class Check:
    """Hold a published finding, how the table calls it, what the model gives for it, and what that assumes."""

    finding: str
    study: str
    quantity: str
    unit: str
    predict: Callable[[TwoCompartment, "Given"], float]
    role: str = OTHER
    assumed: str = ""


@dataclass(frozen=True)
class Given:
    """Hold what a prediction may use beside the model: the published numbers and two facts of the other studies."""

    published: Reported
    doses: int
    weight: float

    @property
    def clearance(self) -> float:
        """Give the apparent clearance, L/h: the dose over the area."""
        return self.published.dose / self.published.middle.area


def _terminal(model: TwoCompartment, _: Given) -> float:
    """Give the half-life of the slow phase."""
    return float(np.log(2)) / model.beta


def _read_in_a_day(model: TwoCompartment, _: Given) -> float:
    """Give the half-life that one day of samples would show."""
    return half_life_read(model, _READ, DAY, _WEEK)


def _volume(half_life: Callable[[TwoCompartment, Given], float]) -> Callable[[TwoCompartment, Given], float]:
    """Give the volume, L per kg, that belongs to a half-life: clearance times half-life over ln 2."""
    return lambda model, given: given.clearance * half_life(model, given) / float(np.log(2)) / given.weight


_TEA, _CAPSULES, _THAI = "Tanna 2022", "Huestis 2024", "Trakulsrichai 2015"
_READ_WORDS = "read from 12 to 24 h"
CHECKS = (
    Check("PK-016", _TEA, "peak", "nM", lambda m, g: float(concentration(m, g.published.middle.time_of_peak)), FITTED),
    Check("PK-017", _TEA, "time of peak", "h", lambda m, _: hour_of_highest(m, DAY, 1), FITTED),
    Check("PK-019", _TEA, "total exposure", "nM·h", lambda m, _: area(m), FITTED),
    Check("PK-018", _TEA, "half-life", "h", _terminal, FITTED),
    Check("PK-021", _TEA, "clearance", "L/h", lambda m, g: g.published.dose / area(m), SAME),
    Check("PK-020", _TEA, "volume", "L", lambda m, g: g.clearance / m.beta, SAME),
    Check("PK-041", _CAPSULES, "time of peak, one dose", "h", lambda m, _: hour_of_highest(m, DAY, 1)),
    Check("PK-042", _CAPSULES, "time of peak, daily doses", "h", lambda m, g: hour_of_highest(m, DAY, g.doses)),
    Check("PK-047", _CAPSULES, "longest half-life, one dose", "h", _terminal, assumed="the same in every dose group"),
    Check("PK-048", _CAPSULES, "longest half-life, daily doses", "h", _terminal, assumed="the same after many doses"),
    Check(
        "PK-045",
        _CAPSULES,
        "days until steady",
        "days",
        lambda m, g: days_to_steady(_terminal(m, g)),
        assumed=f"steady at {STEADY:.0%} of the build-up",
    ),
    Check(
        "PK-002",
        _THAI,
        "time of peak, daily doses",
        "h",
        lambda m, _: hour_of_highest(m, DAY, _WEEK),
        assumed="seven daily doses before",
    ),
    Check("PK-003", _THAI, "half-life", "h", _terminal),
    Check("PK-003", _THAI, f"half-life, {_READ_WORDS}", "h", _read_in_a_day, assumed="seven daily doses before"),
    Check("PK-004", _THAI, "volume per weight", "L/kg", _volume(_terminal), assumed="mean weight of the men"),
    Check("PK-004", _THAI, f"volume per weight, {_READ_WORDS}", "L/kg", _volume(_read_in_a_day), assumed="both"),
)


def validation(findings: pd.DataFrame) -> pd.DataFrame:
    """Set what the model gives beside what was published, one row per quantity.

    `findings` is indexed by id and has the columns value, low, high and spread. Columns of the result: study, quantity,
    unit, predicted, observed (missing where only a range was published), ratio (predicted over observed, likewise),
    predicted_low and predicted_high (over the slow shares that the fit leaves open), low and high (the published range,
    or one standard deviation either side), ratio_low and ratio_high (predicted over high and low), role, assumed and
    finding. Raises LookupError, naming the finding, when one is missing, and ValueError when a number is not finite.
    """
    given = Given(reported(findings), int(value_of(findings, "PK-040", _USE)), value_of(findings, "GAP-051", _USE))
    models = {shape: calibrated(given.published.middle, shape) for shape in SHAPES}
    table = pd.DataFrame([_row(findings, check, models, given) for check in CHECKS])
    if not np.isfinite(table[["predicted", "predicted_low", "predicted_high"]].to_numpy()).all():
        raise ValueError("the model gave no finite number for a published quantity")
    return table


def validation_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the validation, numbers as text: model, published and their ratio, by study and quantity."""
    table = validation(findings)
    names = table["study"] + ": " + table["quantity"] + " (" + table["unit"] + ")"
    worded = {
        "Model": [
            _spanned(row["predicted"], row["predicted_low"], row["predicted_high"]) for _, row in table.iterrows()
        ],
        "Published": [_spanned(row["observed"], row["low"], row["high"]) for _, row in table.iterrows()],
        "Ratio": [_ratio(row) for _, row in table.iterrows()],
    }
    return pd.DataFrame(worded, index=pd.Index(names, name="Study and quantity"))


def validation_numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give the ratios of predicted to published that prose quotes, by name; the ends where a range was published."""
    table = validation(findings)
    times = table[table["quantity"].str.startswith("time of peak") & (table["role"] == OTHER)]

    def number(study: str, quantity: str, column: str = "ratio") -> float:
        return float(table.loc[(table["study"] == study) & (table["quantity"] == quantity), column].iloc[0])

    return {
        "time_ratio_low": float(times["ratio"].fillna(times["ratio_low"]).min()),
        "time_ratio_high": float(times["ratio"].fillna(times["ratio_high"]).max()),
        "late_half_life_ratio": number(_CAPSULES, "longest half-life, daily doses"),
        "days_ratio_low": number(_CAPSULES, "days until steady", "ratio_low"),
        "days_ratio_high": number(_CAPSULES, "days until steady", "ratio_high"),
        "thai_half_life_ratio": number(_THAI, "half-life"),
        "thai_read_low": number(_THAI, f"half-life, {_READ_WORDS}", "predicted_low"),
        "thai_read_high": number(_THAI, f"half-life, {_READ_WORDS}", "predicted_high"),
        "thai_volume_ratio": number(_THAI, "volume per weight"),
        "thai_volume_ratio_read": number(_THAI, f"volume per weight, {_READ_WORDS}"),
    }


def _row(findings: pd.DataFrame, check: Check, models: dict[float, TwoCompartment], given: Given) -> dict[str, object]:
    """Predict one quantity with every slow share and divide by what was published."""
    low, observed, high = _published(findings, check.finding)
    runs = [check.predict(model, given) for model in models.values()]
    predicted = check.predict(models[MIDDLE_SHAPE], given)
    return {
        "study": check.study,
        "quantity": check.quantity,
        "unit": check.unit,
        "predicted": predicted,
        "observed": observed,
        "ratio": predicted / observed,
        "predicted_low": min(runs),
        "predicted_high": max(runs),
        "low": low,
        "high": high,
        "ratio_low": predicted / high,
        "ratio_high": predicted / low,
        "role": check.role,
        "assumed": check.assumed,
        "finding": check.finding,
    }


def _published(findings: pd.DataFrame, name: str) -> tuple[float, float, float]:
    """Give low, value and high of a finding, a standard deviation as a range; one of value and range must be there."""
    if name not in findings.index:
        raise LookupError(f"finding {name} is missing from the evidence, and {_USE} needs it")
    row = findings.loc[[name]].iloc[0]
    value, spread = float(row["value"]), float(row["spread"])
    low = float(row["low"]) if np.isfinite(float(row["low"])) else value - spread
    high = float(row["high"]) if np.isfinite(float(row["high"])) else value + spread
    if not (np.isfinite(value) or np.isfinite([low, high]).all()):
        raise LookupError(f"finding {name} has neither a value nor a range, and {_USE} needs one")
    return low, value, high


def _ratio(row: pd.Series) -> str:
    """Write the ratio, or its ends where only a range was published, and whether the model knew the study."""
    ends = f"{row['ratio_low']:.2f} to {row['ratio_high']:.2f}"
    text = f"{row['ratio']:.2f}" if np.isfinite(row["ratio"]) else ends
    return text if row["role"] == OTHER else f"{text} ({row['role']})"


def _spanned(value: float, low: float, high: float) -> str:
    """Write a number with its range, or the range alone; leave out a range that adds nothing."""
    span = f"{_plain(low)} to {_plain(high)}" if np.isfinite(low) and _plain(low) != _plain(high) else ""
    if not np.isfinite(value):
        return span
    return f"{_plain(value)} ({span})" if span else _plain(value)


def _plain(value: float) -> str:
    """Write a number with three digits, two of them behind the point at most, and no exponent."""
    return f"{round(float(f'{value:.3g}'), 2):,g}"
