"""Lay out what is counted as a kratom death, and in how many of those deaths nothing else was found."""

import pandas as pd

from evidencebook.analysis.stats.reported_shares import out_of, percent, share_of, shares
from evidencebook.analysis.values import value_of

_USE = "the page on deaths"
#: What the denominator is, by the outcome that a finding on deaths with kratom alone is filed under.
OF_WHOM = {
    "kratom named a cause": "kratom among the causes",
    "drug toxicity death": "mitragynine contributed",
    "mitragynine found": "mitragynine found",
    "mitragynine found or blamed": "collected from registers, papers and media",
    "death reported": "reported to the FDA",
    "death": "reported to poison centres",
}
#: Fewer deaths than this say little by themselves.
EXAMINED = 20
_ENDS = {"": "share", "_low": "low", "_high": "high"}
_UNITS = ["deaths", "people", "%"]


def alone_in_deaths(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the share of deaths in which no other substance was found or named, one row per source, indexed by id.

    Taken from every finding on deaths whose exposure is "alone" and whose outcome says what was counted (OF_WHOM).
    Columns: series, country, years, of_whom, count, total, share, low, high (%; Wilson 95% interval). The rows count
    different things and must not be pooled. Raises LookupError when there is none.
    """
    wanted = (findings["exposure"] == "alone") & findings["outcome"].isin(list(OF_WHOM)) & findings["unit"].isin(_UNITS)
    names = list(findings.index[wanted])
    if not names:
        raise LookupError("no finding on deaths says in how many kratom was the only substance")
    table = findings.loc[names, ["series", "country", "years"]].join(shares(findings, names, _USE))
    table.insert(3, "of_whom", findings.loc[names, "outcome"].map(OF_WHOM))
    return table.sort_values("total", ascending=False)


def three_counts(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the deaths that each of three definitions counts in the same records, one row per source.

    Index: series. Columns: found (mitragynine in the body), named (an examiner named it among the causes, or held that
    it contributed; missing where not reported) and alone (nothing else was found), all in deaths. Raises LookupError.
    """
    nevada = share_of(findings, "SAF-318", _USE)
    rows = {
        "SUDORS": (
            value_of(findings, "SAF-066", _USE),
            value_of(findings, "SAF-068", _USE),
            _count(findings, "SAF-069"),
        ),
        "Florida medical examiners": (value_of(findings, "HRM-911", _USE), float("nan"), _count(findings, "HRM-913")),
        "Nevada 2021": (_people(findings, "SAF-319") + _people(findings, "SAF-320"), float(nevada.total), nevada.count),
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["found", "named", "alone"]).rename_axis("series")


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page quotes on deaths; raises LookupError when a finding is missing."""
    table, narrowed = alone_in_deaths(findings), three_counts(findings)
    found, alone = (narrowed[column]["SUDORS"] for column in ("found", "alone"))
    examined = table.loc[table["total"] >= EXAMINED, "share"]
    quoted = {
        "named_of_found": share_of(findings, "SAF-068", _USE).share,
        "alone_of_found": 100 * float(alone / found),
        "found_over_alone": float(found / alone),
        "nevada_found": float(narrowed["found"]["Nevada 2021"]),
        "alone_lowest": float(examined.min()),
        "alone_highest": float(examined.max()),
        "collected_sum": value_of(findings, "SAF-076", _USE) + value_of(findings, "SAF-077", _USE),
        "opioid_florida": share_of(findings, "HRM-915", _USE).share,
    }
    for place, name in {"named": "SAF-069", "florida": "HRM-913"}.items():
        quoted |= {f"alone_{place}{end}": float(table[column][name]) for end, column in _ENDS.items()}
    return quoted


def deaths_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the shares of deaths with kratom alone, numbers as text."""
    rows = alone_in_deaths(findings)
    worded = {
        "What was counted": rows["of_whom"].to_list(),
        "Kratom alone (95% interval)": [f"{out_of(row)}, {percent(row)}" for _, row in rows.iterrows()],
    }
    return pd.DataFrame(worded, index=pd.Index(rows["series"], name="Source"))


def _count(findings: pd.DataFrame, name: str) -> int:
    """Give the count of a finding that has a denominator."""
    return share_of(findings, name, _USE).count


def _people(findings: pd.DataFrame, name: str) -> float:
    """Give how many were studied, of a finding whose value is something else."""
    value_of(findings, name, _USE)
    return float(findings["n"].loc[name])
