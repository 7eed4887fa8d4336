"""Compare how tightly kratom's alkaloids and other substances bind, laboratory by laboratory."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidencebook.analysis.values import value_of
from evidencebook.evidence.units import registry

#: The receptors of the page, in the order of its figure, as findings name them.
RECEPTORS = ("mu", "kappa", "delta", "alpha-2A")
#: The alkaloids of kratom and what the body makes of them, in the order of the figure; all others are comparators.
KRATOM = ("mitragynine", "7-hydroxymitragynine", "mitragynine pseudoindoxyl", "speciociliatine")
#: The one set that holds most substances at the mu receptor; a ratio within it mixes the fewest laboratories.
DATABASE = "compiled (ChEMBL)"
#: The binding of mitragynine relative to morphine within one laboratory: no Ki, so not among the dots.
_RELATIVE = "PHA-082"
#: The two-sided 95% point of the normal distribution.
_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Between:
    """Hold the standard deviation between laboratories, in log10 of Ki, and its degrees of freedom."""

    sd: float
    freedom: int

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Give the chi-square interval of the standard deviation, in log10, taking log10 Ki to be normal."""
        from scipy.special import gammaincinv  # noqa: PLC0415  a page that needs no interval is spared the import

        tails = np.array([(1 + level) / 2, (1 - level) / 2])
        low, high = self.sd * np.sqrt(self.freedom / (2 * gammaincinv(self.freedom / 2, tails)))
        return float(low), float(high)


def affinities(findings: pd.DataFrame) -> pd.DataFrame:
    """Give every binding constant (Ki) of one substance at one receptor, one row per finding.

    `findings` is indexed by id and needs the columns measure, value, unit, compound, receptor, laboratory, species,
    seen and citation; doubtful may be missing. Columns of the result: compound, receptor, laboratory, species, seen,
    citation, ki (nM) and doubtful (true or false). Raises LookupError when there is none, ValueError, naming the
    finding, when a constant is no concentration above zero.
    """
    rows = findings[(findings["measure"] == "Ki") & findings["receptor"].isin(RECEPTORS)]
    if rows.empty:
        raise LookupError(f"no finding has the measure Ki at any of {', '.join(RECEPTORS)}")
    table = rows[["compound", "receptor", "laboratory", "species", "seen", "citation"]].copy()
    table["ki"] = [_nanomolar(*row) for row in zip(rows.index, rows["value"], rows["unit"], strict=True)]
    table["doubtful"] = rows["doubtful"].eq(True) if "doubtful" in rows else False
    return table


def class_limits(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the classes of the comparison made in one assay, tightest first.

    Columns: compound, low and high (nM; missing where open). Raises LookupError when there is none.
    """
    rows = findings[findings["measure"] == "Ki, class limit"]
    if rows.empty:
        raise LookupError("no finding has the measure Ki, class limit")
    limits = pd.DataFrame({"compound": rows["compound"], "low": rows["low"], "high": rows["high"]})
    ordered: pd.DataFrame = limits.astype({"low": float, "high": float}).sort_values(by="low", na_position="first")
    return ordered


def spreads(table: pd.DataFrame) -> pd.DataFrame:
    """Summarise the undoubted values, one row per receptor and substance; doubtful ones are only counted.

    `table` as affinities gives it. Columns: laboratories, lowest, middle (geometric mean) and highest (nM), fold
    (highest over lowest) and doubtful (how many were left out); a substance with doubtful values only has no numbers.
    """
    trusted = table[~table["doubtful"]].groupby(["receptor", "compound"])["ki"]
    summary = trusted.agg(laboratories="count", lowest="min", middle=geometric_mean, highest="max")
    summary["fold"] = summary["highest"] / summary["lowest"]
    left_out = table.groupby(["receptor", "compound"])["doubtful"].sum()
    counted: pd.DataFrame = summary.reindex(left_out.index).assign(doubtful=left_out).fillna({"laboratories": 0})
    return counted


def between(table: pd.DataFrame, receptor: str | None = None) -> Between:
    """Pool the spread of the undoubted values of each substance at each receptor, or at one `receptor` only.

    `table` as affinities gives it. The square is the within-group mean square of log10 Ki (one-way analysis of
    variance; Bland and Altman, BMJ 1996;313:744). Raises LookupError when no substance has two values.
    """
    trusted = table[~table["doubtful"]]
    if receptor is not None:
        trusted = trusted[trusted["receptor"] == receptor]
    groups = np.log10(trusted["ki"]).groupby([trusted["receptor"], trusted["compound"]])
    freedom = int((groups.count() - 1).sum())
    if freedom == 0:
        raise LookupError("no substance has two undoubted values of Ki at one receptor, so no spread can be computed")
    deviations = np.log10(trusted["ki"]) - groups.transform("mean")
    return Between(float(np.sqrt((deviations**2).sum() / freedom)), freedom)


def pair_fold(sd: float) -> float:
    """Give the factor within which two laboratories lie in 95% of pairs: 10^(1.96·√2·sd), `sd` in log10.

    The repeatability coefficient of Bland and Altman (BMJ 1996;313:744), taken back from logarithms.
    """
    return float(10 ** (_Z95 * np.sqrt(2) * sd))


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page and the chapters quote, by the name under which it is glued.

    Ki in nM, folds as ratios; seven_mu_fold is the spread of 7-hydroxymitragynine at mu, and so on. Raises LookupError
    when a finding or a substance is missing, ValueError when a number is not finite.
    """
    table = affinities(findings)
    pooled = between(table)
    low, high = pooled.interval()
    quoted: dict[str, float] = {
        "values": len(table),
        "doubtful": int(table["doubtful"].sum()),
        "second_hand": int((table["seen"] == "secondary").sum()),
        "pair_fold": pair_fold(pooled.sd),
        "pair_fold_low": pair_fold(low),
        "pair_fold_high": pair_fold(high),
        "lofexidine_fold": _ki(table, "mitragynine", "alpha-2A") / _ki(table, "lofexidine", "alpha-2A"),
        "morphine_fold": _ki(table, "mitragynine", "mu", DATABASE) / _ki(table, "morphine", "mu", DATABASE),
        "morphine_fold_rat": value_of(findings, _RELATIVE, "the comparison with morphine"),
        "seven_fold": _ki(table, "mitragynine", "mu", DATABASE) / _ki(table, "7-hydroxymitragynine", "mu", DATABASE),
    }
    quoted |= _spread_of(spreads(table), "7-hydroxymitragynine", "seven")
    if broken := [name for name, number in quoted.items() if not np.isfinite(number)]:
        raise ValueError(f"these numbers are not finite: {', '.join(broken)}")
    return quoted


def geometric_mean(values: pd.Series) -> float:
    """Give the mean of values above zero on a logarithmic axis."""
    return float(np.exp(np.log(values).mean()))


def _spread_of(summary: pd.DataFrame, compound: str, short: str) -> dict[str, float]:
    """Name the summary of a compound wherever two laboratories measured it, as in seven_mu_lowest."""
    if compound not in summary.index.get_level_values("compound"):
        raise LookupError(f"no Ki of {compound} is in the evidence, and the spread between laboratories needs it")
    rows = summary[summary["laboratories"] > 1].reset_index()
    rows = rows[rows["compound"] == compound]
    columns = ("laboratories", "lowest", "highest", "fold")
    return {
        f"{short}_{row['receptor']}_{column}": float(row[column]) for _, row in rows.iterrows() for column in columns
    }


def _ki(table: pd.DataFrame, compound: str, receptor: str, laboratory: str | None = None) -> float:
    """Give the geometric mean of the undoubted values of one substance; raise LookupError when there is none."""
    rows = table[(table["compound"] == compound) & (table["receptor"] == receptor) & ~table["doubtful"]]
    if laboratory is not None:
        rows = rows[rows["laboratory"] == laboratory]
    if rows.empty:
        whose = f" from {laboratory}" if laboratory else ""
        raise LookupError(f"no undoubted Ki of {compound} at {receptor}{whose} is in the evidence")
    return geometric_mean(rows["ki"])


def _nanomolar(name: object, value: float, unit: str) -> float:
    """Turn a constant into nM; refuse what is no concentration above zero."""
    try:
        ki = float(registry().Quantity(float(value), unit).to("nM").magnitude)
    except Exception as broken:
        raise ValueError(f"the Ki of finding {name} is no concentration: {value} {unit}") from broken
    if not (np.isfinite(ki) and ki > 0):
        raise ValueError(f"the Ki of finding {name} must be above zero, not {value} {unit}")
    return ki
