"""Bring what laboratories found in kratom products to one unit, and set it beside the labels."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pint import DimensionalityError

from evidencebook.analysis.values import range_of, value_of
from evidencebook.evidence.units import registry

MITRAGYNINE, SEVEN_OH = "mitragynine", "7-hydroxymitragynine"
LEAF, SOLD, CONCENTRATE = "leaf", "sold as kratom", "7-OH concentrate"
#: The three questions that the products belong to. A product not named here is refused, not dropped.
_KINDS = {
    "leaf": LEAF,
    "leaf powder": LEAF,
    "mixed": SOLD,
    "powder and capsule": SOLD,
    "extract": SOLD,
    "packaged": SOLD,
    "7-OH concentrate": CONCENTRATE,
}
#: How a measure says that its value is that of one product at the end of many.
_ENDS = {"lowest": ("lowest", "minimum"), "highest": ("highest", "maximum")}
_EXCESS = "excess over label claim"
#: Misquoted: the share of the product, the share of all alkaloids that mitragynine is said to be, and a measured leaf.
_SHARE_OF_PRODUCT, _SHARE_OF_ALKALOIDS, _A_LEAF = "PHA-086", "PHA-145", "PHA-010"


@dataclass(frozen=True)
class Span:
    """Hold the lowest and the highest content of some products, in mg/g."""

    low: float
    high: float

    @property
    def fold(self) -> float:
        """Give how many times the highest exceeds the lowest."""
        return self.high / self.low


def per_gram(amount: float, unit: str) -> float:
    """Turn a content into mg per g of product; `unit` is any share by mass, such as mg/g, % or ug/g.

    Raises ValueError when the unit is not one.
    """
    try:
        return float(registry().Quantity(amount, unit.replace("%", "percent")).to("mg/g").magnitude)
    except DimensionalityError as wrong:
        raise ValueError(f"{unit} is no content by mass") from wrong


def contents(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the measured content of both alkaloids, one row per finding, indexed by id.

    `findings` needs the columns measure, quantity, compound, product, basis, country, sampling, citation, year, value,
    low, high, spread, spread_kind, unit, n and doubtful. Taken are findings whose quantity is "content" and which give
    a number. Columns of the result: compound, kind, product, basis, country, sampling, study, n, value, low and high
    (mg/g; a range is a range and has no value; a standard deviation goes either side), end (lowest or highest, where
    the value is that of one product), bound (only "less than") and doubtful. Raises LookupError when there is none and
    ValueError when a product or a unit is unknown.
    """
    wanted = (findings["quantity"] == "content") & findings["compound"].isin([MITRAGYNINE, SEVEN_OH])
    numbers = findings[["value", "low", "high"]].apply(pd.to_numeric).notna().any(axis=1)
    rows = findings[wanted & numbers]
    if rows.empty:
        raise LookupError(f"no finding gives a content of {MITRAGYNINE} or {SEVEN_OH}")
    if unknown := sorted(set(rows["product"]) - set(_KINDS)):
        raise ValueError(f"{', '.join(map(str, unknown))}: is this leaf, sold as kratom or a concentrate?")
    table = pd.DataFrame([_content(row) for _, row in rows.iterrows()], index=rows.index).round(6)
    return table.sort_values(["kind", "published", "study"], key=_in_order)


def span(table: pd.DataFrame, kind: str, compound: str, *, doubtful: bool = False) -> Span:
    """Give the lowest and highest content reported for a kind of product, in mg/g.

    `table` as contents gives it. Upper bounds do not count, doubtful findings only if asked for. Raises LookupError
    when nothing is left.
    """
    rows = table[(table["kind"] == kind) & (table["compound"] == compound) & ~table["bound"]]
    rows = rows if doubtful else rows[~rows["doubtful"]]
    if rows.empty:
        raise LookupError(f"no finding gives the content of {compound} in {kind}, and the products page needs it")
    return Span(float(rows["value"].fillna(rows["low"]).min()), float(rows["value"].fillna(rows["high"]).max()))


def labels(findings: pd.DataFrame) -> pd.DataFrame:
    """Give what was found as a share of what the label says, one row per study with numbers, indexed by id.

    Columns: study, kind, compound, low and high (% of the label). A range of contents beside a range of labels is
    divided crosswise, since which product bore which label is not known. An excess is added to 100. Raises LookupError
    when a label has no content from the same source beside it, or when no label has a number.
    """
    rows = findings[(findings["quantity"] == "label") & findings["low"].notna() & findings["high"].notna()]
    if rows.empty:
        raise LookupError("no finding sets a label beside the content, and the products page needs one")
    table = pd.DataFrame([_label(str(name), row, findings) for name, row in rows.iterrows()], index=rows.index)
    return table.sort_values("low")


def product_numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give the numbers that prose quotes, by name, contents in mg/g.

    seven_fold_* say how many times more 7-hydroxymitragynine concentrates hold than products sold as kratom, least and
    most; seven_fold_doubtful is the least with the doubtful findings; per_mitragynine_* divide the two in concentrates,
    crosswise; misquoted_fold is how many times less a share of all alkaloids is than the same share of the leaf. Raises
    LookupError when a finding is missing and ValueError when a number is not finite.
    """
    table = contents(findings)
    leaf, sold = span(table, LEAF, MITRAGYNINE), span(table, SOLD, MITRAGYNINE)
    trace, strong = span(table, SOLD, SEVEN_OH), span(table, CONCENTRATE, SEVEN_OH)
    little, doubtful = span(table, CONCENTRATE, MITRAGYNINE), span(table, SOLD, SEVEN_OH, doubtful=True)
    quoted = {
        f"{name}_{end}": getattr(found, end)
        for name, found in {"leaf": leaf, "sold": sold, "trace": trace, "strong": strong, "little": little}.items()
        for end in ("low", "high", "fold")
    }
    quoted |= {"seven_fold_low": strong.low / trace.high, "seven_fold_high": strong.high / trace.low}
    quoted |= {"seven_fold_doubtful": strong.low / doubtful.high, "misquoted_fold": misquoted_fold(findings)}
    quoted |= {"per_mitragynine_low": strong.low / little.high, "per_mitragynine_high": strong.high / little.low}
    for _, row in labels(findings).iterrows():
        side = "under" if row["high"] < 100 else "over"
        quoted |= {f"label_{side}_low": row["low"], f"label_{side}_high": row["high"]}
    if broken := [name for name, number in quoted.items() if not np.isfinite(number)]:
        raise ValueError(f"these numbers are not finite: {', '.join(broken)}")
    return {name: float(number) for name, number in quoted.items()}


def misquoted_fold(findings: pd.DataFrame) -> float:
    """Give how many times less a share of all alkaloids is than the same share of the leaf.

    All alkaloids are taken to weigh as much as the mitragynine of one measured leaf over its quoted share of them.
    Raises LookupError when a finding is missing.
    """
    use = "the misquoted share"
    range_of(findings, _SHARE_OF_PRODUCT, use)
    of_alkaloids = value_of(findings, _SHARE_OF_ALKALOIDS, use) / 100
    leaf = per_gram(value_of(findings, _A_LEAF, use), str(findings.loc[_A_LEAF, "unit"]))
    return 1000 * of_alkaloids / leaf


def _content(row: pd.Series) -> dict[str, object]:
    """Bring one finding to mg/g."""
    numbers = {key: per_gram(float(row[key]), row["unit"]) for key in ("value", "low", "high")}
    if row["spread_kind"] == "sd":
        spread = per_gram(float(row["spread"]), row["unit"])
        numbers |= {"low": numbers["value"] - spread, "high": numbers["value"] + spread}
    bound = bool(np.isnan(numbers["value"]) and np.isnan(numbers["low"]))
    kept = {key: row[key] for key in ("compound", "product", "basis", "country", "sampling", "n", "published")}
    named = {"kind": _KINDS[row["product"]], "study": str(row["citation"]).replace(" and others", "")}
    ends = {word: end for end, words in _ENDS.items() for word in words}
    named["end"] = next((end for word, end in ends.items() if word in row["measure"]), "")
    return kept | named | numbers | {"bound": bound, "doubtful": row["doubtful"] is True}


def _label(name: str, row: pd.Series, findings: pd.DataFrame) -> dict[str, object]:
    """Divide content by label, or take the excess that the study gives."""
    if row["measure"] == _EXCESS:
        low, high = 100 + float(row["low"]), 100 + float(row["high"])
    else:
        same = (findings["source"] == row["source"]) & (findings["compound"] == row["compound"])
        content = findings[same & (findings["quantity"] == "content")]
        if content.empty:
            raise LookupError(f"label {name} has no content of the same products beside it")
        found = content.iloc[0]
        low, high = (
            100 * per_gram(float(found[end]), found["unit"]) / per_gram(float(row[other]), row["unit"])
            for end, other in (("low", "high"), ("high", "low"))
        )
    kind, study = _KINDS[row["product"]], str(row["citation"]).replace(" and others", "")
    return {"study": study, "kind": kind, "compound": row["compound"], "low": low, "high": high}


def _in_order(column: pd.Series) -> pd.Series:
    """Sort kinds as the page tells of them."""
    return column.map([LEAF, SOLD, CONCENTRATE].index) if column.name == "kind" else column
