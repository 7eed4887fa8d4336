"""Gather what reviews and cohorts found about the medicines for opioid use disorder, as ratios that can be compared."""

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.pooling import log_ratio, pooled, reason_not_to_pool

#: Outcomes in the words of the findings, with the words of the page.
STAYING = {"retention": "staying in treatment", "completion": "completing withdrawal treatment"}
DEATH = {"all-cause mortality": "death from any cause"}
#: Units that are ratios of one group to another.
RATIOS = ("RR", "ratio", "HR", "aHR", "aRR")

_MEDICINES = {
    "methadone": "methadone",
    "buprenorphine": "buprenorphine",
    "methadone or buprenorphine": "either of the two",
    "any": "any medicine",
    "naltrexone": "naltrexone",
    "alpha-2 agonists": "clonidine or lofexidine",
}
#: Parts of a study that its findings tell apart in words only.
_PART_OF = {"CARE-923": "before fentanyl", "CARE-924": "with fentanyl"}
_PART = {"on treatment": "while taking it", "with the month after stopping": "and the month after"}


def comparisons(findings: pd.DataFrame, outcomes: dict[str, str]) -> pd.DataFrame:
    """Give every ratio with an interval that compares a medicine on one of `outcomes`, one row per finding.

    `findings` is the table that evidencebook.findings() gives; `outcomes` is STAYING or DEATH. Columns: outcome,
    medicine, against, part, study, kind (trials, cohorts, one trial or one cohort), unit, value, low, high, n, review,
    source and certainty (the review's own, or missing). Ratios of time out of treatment to time in it are turned
    round, so that a ratio below 1 always means less of the outcome with the medicine: 1/x, and the ends of the
    interval change places. Raises LookupError, naming the outcome, when it has no such finding.
    """
    rows = findings[findings["outcome"].isin(list(outcomes)) & findings["unit"].isin(RATIOS)]
    rows = rows[rows["medicine"].isin(list(_MEDICINES)) & rows["low"].notna() & rows["high"].notna()]
    for outcome, words in outcomes.items():
        if outcome not in set(rows["outcome"]):
            raise LookupError(f"no finding compares a medicine on {outcome}, and the page on {words} needs one")
    table = pd.DataFrame(
        {
            "outcome": rows["outcome"].map(outcomes),
            "medicine": rows["medicine"].map(_MEDICINES),
            "against": [_against(row) for _, row in rows.iterrows()],
            "part": [_part(str(name), row) for name, row in rows.iterrows()],
            "study": [_study(row) for _, row in rows.iterrows()],
            "kind": [_kind(row) for _, row in rows.iterrows()],
            "certainty": [_certainty(findings, row) for _, row in rows.iterrows()],
        }
    )
    table[["unit", "n", "review", "source"]] = rows[["unit", "n", "review", "source"]]
    table[["value", "low", "high"]] = [_in_against_out(row) for _, row in rows.iterrows()]
    return _sorted(table, outcomes)


def questions(findings: pd.DataFrame) -> pd.DataFrame:
    """Say of each question whether its results may be pooled, and pool them where they may.

    One row per outcome and medicine, with the columns results (their number), reason (why not, or missing) and
    pooled, low and high (the pooled ratio and its interval, or missing). Rules: analysis.stats.pooling.
    """
    table = pd.concat([comparisons(findings, STAYING), comparisons(findings, DEATH)])
    rows = []
    for (outcome, medicine), group in table.groupby(["outcome", "medicine"], sort=False):
        reason = reason_not_to_pool(group)
        middle, low, high = (np.nan, np.nan, np.nan) if reason else _pooled(group)
        rows.append([f"{outcome}: {medicine}", len(group), reason, middle, low, high])
    return pd.DataFrame(rows, columns=["question", "results", "reason", "pooled", "low", "high"]).set_index("question")


def questions_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the verdict on each question, for the page."""
    table = questions(findings)
    pooling = [
        reason if pd.notna(reason) else f"pooled: {middle:.2f} (95% CI {low:.2f} to {high:.2f})"
        for reason, middle, low, high in table[["reason", "pooled", "low", "high"]].itertuples(index=False)
    ]
    worded = pd.DataFrame({"Results": table["results"], "Pooled here?": pooling}, index=table.index)
    worded["Pooled here?"] = [text if text.startswith("pooled") else f"no: {text}" for text in pooling]
    return worded.rename_axis("Question")


def _pooled(group: pd.DataFrame) -> tuple[float, float, float]:
    """Pool the ratios of one question on the logarithmic scale."""
    logs = [log_ratio(row["value"], row["low"], row["high"]) for _, row in group.iterrows()]
    result = pooled([effect for effect, _ in logs], [error for _, error in logs])
    return float(np.exp(result.middle)), float(np.exp(result.low)), float(np.exp(result.high))


def _in_against_out(row: pd.Series) -> tuple[float, float, float]:
    """Give value, low and high, turned round where the finding divides the other way."""
    value, low, high = float(row["value"]), float(row["low"]), float(row["high"])
    return (1 / value, 1 / high, 1 / low) if row.get("contrast") == "out against in" else (value, low, high)


def _against(row: pd.Series) -> str:
    """Name what the medicine was compared with, without the details."""
    if pd.notna(row.get("contrast")):
        return "time out of treatment"
    return str(row["comparator"]).partition(":")[0].partition(",")[0]


def _part(name: str, row: pd.Series) -> str:
    """Name the part of a study or review that a result is about."""
    if pd.notna(row.get("dose_band")):
        return f"{row['dose_band']} dose"
    return _PART_OF.get(name, _PART.get(str(row.get("counted")), ""))


def _study(row: pd.Series) -> str:
    """Name a study as "Surname year"."""
    if pd.notna(row.get("review")):
        return str(row["review"])
    words = str(row["citation"]).split()
    return f"{words[0]} {words[-1]}"


def _kind(row: pd.Series) -> str:
    """Tell trials from cohorts, and what a review has pooled from a single study."""
    if row["design"] == "systematic-review":
        return "trials" if "randomised" in str(row["population"]) else "cohorts"
    return "one trial" if row["design"] == "rct" else "one cohort"


def _certainty(findings: pd.DataFrame, row: pd.Series) -> str | None:
    """Find the certainty that a review gives to this comparison itself."""
    same = findings["measure"].str.startswith("GRADE certainty")
    for key in ("review", "medicine", "outcome", "comparator"):
        same &= findings[key] == row[key]
    found = findings.loc[same, "certainty"].dropna()
    return None if found.empty else str(found.iloc[0])


def _sorted(table: pd.DataFrame, outcomes: dict[str, str]) -> pd.DataFrame:
    """Put outcomes and medicines in the order of the page, reviews before single studies, else as in the evidence."""
    order = pd.DataFrame(
        {
            "outcome": table["outcome"].map(list(outcomes.values()).index),
            "medicine": table["medicine"].map(list(_MEDICINES.values()).index),
            "single": table["review"].isna(),
        }
    )
    return table.loc[order.sort_values(["outcome", "medicine", "single"], kind="stable").index]
