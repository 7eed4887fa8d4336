"""Compute how many people a trial of kratom for opioid withdrawal would need."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm
from statsmodels.stats.power import TTestIndPower

from evidencebook.analysis.values import value_of

#: Conventions of trial design, not findings.
ALPHA = 0.05
POWER = 0.9
#: The smallest effect worth finding, as parts of what lofexidine did: the first would match an approved medicine.
PARTS = {"all": 1.0, "three_quarters": 0.75, "half": 0.5}


@dataclass(frozen=True)
class Arm:
    """Hold one arm of a trial: mean and standard deviation in points of a withdrawal scale, and its size."""

    mean: float
    sd: float
    n: int


def arm(findings: pd.DataFrame, name: str) -> Arm:
    """Take an arm from a finding that gives a mean with its standard error.

    `findings` is indexed by id with the columns value, spread, spread_kind and n. Mean and standard deviation are in
    points of the finding's scale; the deviation is the standard error times the root of n (Altman and Bland, BMJ
    2005;331:903). Raises LookupError when the finding is missing, ValueError when its spread is no standard error.
    """
    mean = value_of(findings, name, "the size of the trial")
    row = findings.loc[name].to_dict()
    if row["spread_kind"] not in ("sem", "se"):
        raise ValueError(f"finding {name} gives no standard error, and the size of the trial needs one")
    return Arm(mean, float(row["spread"]) * float(np.sqrt(row["n"])), int(row["n"]))


def effect_size(treated: Arm, control: Arm) -> float:
    """Give the difference of two means over their pooled standard deviation (Cohen 1988); a pure number."""
    freedom = treated.n + control.n - 2
    pooled = ((treated.n - 1) * treated.sd**2 + (control.n - 1) * control.sd**2) / freedom
    return abs(control.mean - treated.mean) / float(np.sqrt(pooled))


def people_per_arm(effect: float, *, alpha: float = ALPHA, power: float = POWER, leaving: float = 0.0) -> int:
    """Give the people to enrol in each arm for a two-sided t test, rounded up.

    `effect` is in standard deviations, `leaving` the share without a score at the end, from 0 to below 1. Solved by
    statsmodels' TTestIndPower. Raises ValueError when effect is not positive or leaving is out of range.
    """
    if not effect > 0:
        raise ValueError(f"the effect must be above 0, not {effect}")
    if not 0 <= leaving < 1:
        raise ValueError(f"the share that leaves must be from 0 to below 1, not {leaving}")
    complete = TTestIndPower().solve_power(effect_size=effect, alpha=alpha, power=power, alternative="two-sided")
    return int(np.ceil(float(complete) / (1 - leaving)))


def approximate_per_arm(effect: float, *, power: float = POWER, leaving: float = 0.0) -> float:
    """Give the same by the normal distribution, not rounded: what a page can compute while a reader moves a control.

    Guenther's correction (Am Stat 1981;35:243) keeps it within one person of people_per_arm; arguments as there.
    """
    alpha = norm.ppf(1 - ALPHA / 2)
    complete = 2 * ((alpha + norm.ppf(power)) / effect) ** 2 + alpha**2 / 4
    return float(complete) / (1 - leaving)


def trial(findings: pd.DataFrame, treated: str, control: str) -> dict[str, float]:
    """Give the effect of the yardstick and the people per arm to find it, or a part of it, by name.

    `treated` and `control` are the ids of two findings on the same scale. The people per arm stand under per_arm_all,
    per_arm_three_quarters and per_arm_half, without and (…_leaving) with a quarter of the people lost.
    """
    one, other = arm(findings, treated), arm(findings, control)
    effect = effect_size(one, other)
    sizes: dict[str, float] = {"difference": other.mean - one.mean, "effect": effect, "power": 100 * POWER}
    for name, part in PARTS.items():
        sizes[f"per_arm_{name}"] = people_per_arm(part * effect)
        sizes[f"per_arm_{name}_leaving"] = people_per_arm(part * effect, leaving=0.25)
    return sizes


def size_table(sizes: dict[str, float]) -> pd.DataFrame:
    """Lay the people per arm out as a table: one row per effect, one column per share of people lost."""
    rows = {"all of it": "all", "three quarters": "three_quarters", "half": "half"}
    columns = {"Everyone stays": "", "A quarter leaves": "_leaving"}
    table = {head: [int(sizes[f"per_arm_{row}{end}"]) for row in rows.values()] for head, end in columns.items()}
    return pd.DataFrame(table, index=pd.Index(rows, name="Effect to find, as a part of lofexidine's"))
