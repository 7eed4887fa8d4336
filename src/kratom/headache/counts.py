"""Gather where headache was counted after kratom, where it was only named, and where nobody asked.

A series that does not list headache is not a series without headache: it is shown as such and gets no number.
"""

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import exact, rule_of_three
from evidencebook.analysis.values import range_of, value_of

#: How long volunteers were watched after a dose of mitragynine.
WATCHED = "WD-962"
#: Within how many hours a headache starts by definition, after the last of what was taken, and between which hours.
STARTS_WITHIN = {"opioid withdrawal": "WD-169", "caffeine withdrawal": "WD-965"}
STARTS_BETWEEN = {"after alcohol": "WD-966"}
#: The counts that prose quotes, by the first part of their glued names.
QUOTED = {"tea": "WD-222", "leaf": "WD-961"}
#: Sizes of a study for which the page says what none among them would mean. A choice, not a finding.
SIZES = (30, 100, 300, 1000)
_USE = "the page on headache"


def counted(findings: pd.DataFrame) -> pd.DataFrame:
    """Give every count of headache after kratom, with its exact interval, one row per finding, indexed by id.

    `findings` needs the columns symptom, exposure, value, unit, n, recruitment and citation. Taken are findings whose
    symptom names headache after an exposure to kratom, and whose value is a number of people or a percentage. Columns
    of the result: symptom, said (as the source gives it), count, n, share, low, high (%; a percentage becomes the
    nearest whole number of people), recruitment and citation. Raises LookupError when there is none or one lacks its n,
    ValueError when a count is impossible.
    """
    rows = _after_kratom(findings)
    rows = rows[rows["value"].notna() & rows["unit"].isin(["people", "%"])]
    if rows.empty:
        raise LookupError(f"no finding counts headache after kratom, and {_USE} needs one")
    return pd.DataFrame([{"id": name} | _count(str(name), row) for name, row in rows.iterrows()]).set_index("id")


def named(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the studies of kratom that name headache without counting it: n (may be missing), recruitment, citation."""
    rows = _after_kratom(findings)
    return rows.loc[rows["value"].isna(), ["n", "recruitment", "citation"]]


def not_named(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the series of effects or withdrawal whose abstracts do not name headache, one row per source.

    These are the findings with `headache: not named` about more than one person. Columns: n (the largest of a source),
    recruitment, citation. Raises LookupError when there is none.
    """
    rows = findings[(findings["headache"] == "not named") & (findings["n"] > 1)]
    if rows.empty:
        raise LookupError(f"no finding says that a series does not name headache, and {_USE} needs it")
    columns = {"n": ("n", "max"), "recruitment": ("recruitment", "first"), "citation": ("citation", "first")}
    return rows.groupby("source", sort=False).agg(**columns)


def without_item(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the withdrawal scales that do not ask about headache: scale, items, citation.

    Raises LookupError when there is none.
    """
    rows = findings[findings["headache_item"].isin([False])]
    if rows.empty:
        raise LookupError(f"no finding describes a withdrawal scale without headache, and {_USE} needs it")
    return rows[["scale", "value", "citation"]].rename(columns={"value": "items"})


def none_seen(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the reports of no headache among n people after kratom: n, and the bound of the rule of three (%).

    Only a source that says none among n people is taken, never one that is silent. When this was written there was
    none, and the table is empty.
    """
    rows = _after_kratom(findings)
    rows = rows[(rows["value"] == 0) & rows["unit"].isin(["people", "%"]) & rows["n"].notna()]
    bounds = [100 * rule_of_three(int(n)) for n in rows["n"]]
    return pd.DataFrame({"n": rows["n"].astype(int), "bound": pd.Series(bounds, rows.index, dtype=float)})


def windows(findings: pd.DataFrame) -> pd.DataFrame:
    """Give windows in hours after the last of what was taken, one row each: start, end.

    The first row is how long volunteers were watched after mitragynine; the others say when a headache starts, by
    definition. Raises LookupError naming a missing finding.
    """
    rows = {"volunteers watched": (0.0, value_of(findings, WATCHED, _USE))}
    rows |= {name: (0.0, value_of(findings, finding, _USE)) for name, finding in STARTS_WITHIN.items()}
    rows |= {name: range_of(findings, finding, _USE) for name, finding in STARTS_BETWEEN.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["start", "end"])


def record_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word what each source gives of headache, one row per source: counted, named, or silent."""
    rows = []
    for _, row in counted(findings).iterrows():
        share = f"{row['share']:.0f}% (exact 95% interval {row['low']:.0f} to {row['high']:.0f}%)"
        rows.append((_people(row), f"{row['symptom']}: {share}", row["citation"]))
    rows += [(_people(row), "named, not counted", row["citation"]) for _, row in named(findings).iterrows()]
    rows += [(_people(row), "not in the abstract", row["citation"]) for _, row in not_named(findings).iterrows()]
    rows += [(f"{row['scale']} scale", "not asked", row["citation"]) for _, row in without_item(findings).iterrows()]
    return pd.DataFrame(rows, columns=["People", "Headache", "Source"]).set_index("People")


def sizes_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word what none among so many people would mean by the rule of three; one size is that of the study watched.

    Raises LookupError when the study or its number of people is missing.
    """
    sizes = sorted({_watched(findings), *SIZES})
    bounds = [f"up to {100 * rule_of_three(size):.2g}%" for size in sizes]
    index = pd.Index([f"{size:,} people" for size in sizes], name="None among")
    return pd.DataFrame({"How often it could still be": bounds}, index=index)


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page and the chapters quote, by the name under which it is glued.

    Shares in %, hours in h. Raises LookupError naming a missing finding, ValueError when a number is not finite.
    """
    table, spans = counted(findings), windows(findings)
    quoted = {
        "counts": float(len(table)),
        "named": float(len(named(findings))),
        "none_seen": float(len(none_seen(findings))),
        "series_silent": float(len(not_named(findings))),
        "scales_silent": float(len(without_item(findings))),
        "watched_hours": float(spans["end"].iloc[0]),
        "watched_people": float(_watched(findings)),
        "if_none_watched": 100 * rule_of_three(_watched(findings)),
    }
    for name, finding in QUOTED.items():
        value_of(findings, finding, _USE)
        quoted |= {f"{name}_{column}": float(table[column][finding]) for column in ("share", "low", "high")}
    if broken := [name for name, number in quoted.items() if not np.isfinite(number)]:
        raise ValueError(f"these numbers are not finite: {', '.join(broken)}")
    return quoted


def _after_kratom(findings: pd.DataFrame) -> pd.DataFrame:
    """Take the findings on headache after an exposure to kratom; other medicines and definitions have no exposure."""
    about = findings["symptom"].astype("string").str.contains("headache", na=False)
    return findings[about & findings["exposure"].isin(["alone", "with others"])]


def _count(name: str, row: pd.Series) -> dict[str, object]:
    """Turn a finding into a count with its exact interval."""
    if not np.isfinite(float(row["n"])):
        raise LookupError(f"finding {name} does not say how many were asked, and its interval needs it")
    total, value = int(row["n"]), float(row["value"])
    count = round(value * total / 100) if row["unit"] == "%" else round(value)
    ends = exact(count, total)
    said = f"{value:g}% of {total}" if row["unit"] == "%" else f"{count} of {total}"
    shares = {"share": 100 * ends.share, "low": 100 * ends.low, "high": 100 * ends.high}
    told = {"symptom": row["symptom"], "said": said, "count": count, "n": total}
    return told | shares | {"recruitment": row["recruitment"], "citation": row["citation"]}


def _watched(findings: pd.DataFrame) -> int:
    """Give the number of volunteers watched after mitragynine."""
    value_of(findings, WATCHED, _USE)
    people = float(findings.loc[[WATCHED], "n"].iloc[0])
    if not np.isfinite(people):
        raise LookupError(f"finding {WATCHED} does not say how many were watched, and {_USE} needs it")
    return int(people)


def _people(row: pd.Series) -> str:
    """Write how many people of what kind, or that the number was not given."""
    return f"{row['n']:,.0f}, {row['recruitment']}" if np.isfinite(row["n"]) else f"{row['recruitment']}, not given"
