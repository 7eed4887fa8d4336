"""Word the results on the medicines for opioid use disorder, and name the numbers that pages quote."""

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import Interval, wilson
from evidencebook.analysis.stats.reported_shares import count_behind
from evidencebook.analysis.values import value_of
from kratom.treatment.comparisons import DEATH, STAYING, comparisons, questions
from kratom.treatment.risks import PEOPLE, arms, fisher, other_reviews, rates, risk_in_a_year

#: Deaths in the year after an inpatient detoxification, a count with its number of people.
DETOX_DEATHS = "WD-196"
#: Share still in treatment after a year with the medicine, and after a short taper.
KEPT, TAPERED = "CARE-184", "CARE-185"

_USE = "the page on the medicines"
_CAUSE, _OVERDOSE = "death from any cause", "death from overdose"


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that a page quotes, by name; risks are people out of 1,000, rates per 1,000 person-years.

    Raises LookupError when a finding behind one of them is missing.
    """
    known, other = rates(findings), other_reviews(findings)
    verdicts = questions(findings)
    given: dict[str, float] = {
        "people": PEOPLE,
        "questions": len(verdicts),
        "poolable": int(verdicts["reason"].isna().sum()),
    }
    given["results"] = int(verdicts["results"].sum())
    for medicine in ("methadone", "buprenorphine"):
        row = _row(known, f"{medicine}: {_CAUSE}")
        given |= _named(f"{medicine}_fewer", row, "fewer") | {f"{medicine}_times": row["outside"] / row["inside"]}
        given |= {f"{medicine}_year_in": risk_in_a_year(row["inside"])}
        given |= {f"{medicine}_year_out": risk_in_a_year(row["outside"])}
        given |= _named(f"{medicine}_overdose_fewer", _row(known, f"{medicine}: {_OVERDOSE}"), "fewer")
        later = _row(other, medicine)
        given |= _named(f"{medicine}_later_in", later, "inside") | _named(f"{medicine}_later_fewer", later, "fewer")
    outside = known["outside"]
    given["outside_times"] = outside[f"methadone: {_CAUSE}"] / outside[f"buprenorphine: {_CAUSE}"]
    given |= _detoxification(findings)
    return {name: float(number) for name, number in given.items() if np.isfinite(number)}


def risk_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word every result as people out of 1,000: with the medicine, without it, the difference, and whose baseline."""
    known, worded = rates(findings), []
    for name, row in known.iterrows():
        whose = f"people out of {row['medicine']} treatment, {row['review']}"
        worded.append([f"{name}, a year", row["inside"], row["outside"], _fewer(row), whose])
    for medicine, row in other_reviews(findings).iterrows():
        whose = "as above, " + str(known["review"][f"{medicine}: {_CAUSE}"])
        name = f"{medicine}: the same with the ratio of {row['review']}"
        worded.append([name, row["inside"], row["outside"], _fewer(row), whose])
    for study, row in arms(findings).iterrows():
        change = _change(row["more"], row["more_low"], row["more_high"])
        name = f"{row['with_arm']}: in treatment {_when(row['weeks'])}"
        worded.append([name, row["with"], row["without"], change, f"{row['without_arm']}, {study}"])
    columns = ["Of 1,000 people", "With", "Without", "Difference (95% CI)", "Whose baseline"]
    table = pd.DataFrame(worded, columns=columns).set_index(columns[0])
    table[["With", "Without"]] = table[["With", "Without"]].map(_plain)
    return table


def comparison_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Give every ratio of the forest plots with its source, people and certainty, as a table of numbers and words."""
    table = pd.concat([comparisons(findings, STAYING), comparisons(findings, DEATH)])
    table[["value", "low", "high"]] = table[["value", "low", "high"]].astype(float).round(4)  # 1/x has no end
    people = pd.to_numeric(table["n"]).astype("Int64")
    return table.assign(n=people, citation=findings["citation"][table.index]).drop(columns="source")


def certainty_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the certainty that reviews give to their own results, as far as it was seen."""
    graded = findings[findings["measure"].str.startswith("GRADE certainty") & findings["review"].notna()]
    what = graded["measure"].str.removeprefix("GRADE certainty, ")
    worded = {"Result": what, "Certainty": graded["certainty"], "Review": graded["review"]}
    return pd.DataFrame(worded).set_index("Result")


def _detoxification(findings: pd.DataFrame) -> dict[str, float]:
    """Give deaths after detoxification, and how likely chance alone would be in the small trial of keeping on."""
    deaths, died_of = int(value_of(findings, DETOX_DEATHS, _USE)), _people(findings, DETOX_DEATHS)
    kept_of, tapered_of = _people(findings, KEPT), _people(findings, TAPERED)
    kept = count_behind(value_of(findings, KEPT, _USE), kept_of)
    tapered = count_behind(value_of(findings, TAPERED, _USE), tapered_of)
    shares: dict[str, Interval] = {"detox_deaths": wilson(deaths, died_of)}
    shares |= {"kept": wilson(kept, kept_of), "tapered": wilson(tapered, tapered_of)}
    named = {f"{name}{end}": PEOPLE * part for name, share in shares.items() for end, part in _parts(share)}
    return named | {"kept_one_in_millions": 1 / fisher(kept, kept_of, tapered, tapered_of) / 1e6}


def _people(findings: pd.DataFrame, name: str) -> int:
    """Give the number of people of a finding."""
    if name not in findings.index or pd.isna(findings["n"][name]):
        raise LookupError(f"finding {name}, or its number of people, is missing from the evidence, and {_USE} needs it")
    return int(findings["n"][name])


def _parts(share: Interval) -> tuple[tuple[str, float], ...]:
    """Give a share and its ends with the endings of their names."""
    return ("", share.share), ("_low", share.low), ("_high", share.high)


def _named(name: str, row: pd.Series, column: str) -> dict[str, float]:
    """Give a number and its ends under a name."""
    return {f"{name}{end}": row[f"{column}{end}"] for end in ("", "_low", "_high")}


def _row(table: pd.DataFrame, key: object) -> pd.Series:
    """Give one row of a table or say which findings are missing."""
    if key not in table.index:
        raise LookupError(f"the findings on {key} are missing from the evidence, and {_USE} needs them")
    return table.loc[[key]].iloc[0]


def _fewer(row: pd.Series) -> str:
    """Write how many fewer died."""
    return _change(-row["fewer"], -row["fewer_high"], -row["fewer_low"])


def _change(middle: float, low: float, high: float) -> str:
    """Write a difference as more or fewer people, with its interval if there is one."""
    words = f"{_plain(abs(middle))} {_way(middle)}"
    if not np.isfinite([low, high]).all():
        return f"{words} (no interval seen)"
    if low < 0 < high:
        return f"{words} ({_plain(-low)} fewer to {_plain(high)} more)"
    least, most = sorted((abs(low), abs(high)))
    return f"{words} ({_plain(least)} to {_plain(most)})"


def _way(number: float) -> str:
    """Say which way a difference points."""
    return "more" if number >= 0 else "fewer"


def _plain(number: float) -> str:
    """Write people out of 1,000: whole from a hundred up, with one decimal below."""
    return f"{number:.0f}" if number >= 99.5 or number == 0 else f"{number:.1f}"


def _when(weeks: float) -> str:
    """Write a span of weeks as a reader would."""
    if np.isnan(weeks):
        return "at the end of follow-up"
    return "after a year" if weeks == 52 else f"after {weeks:g} weeks"
