"""Say how strongly a survey would have to select its people to show what it showed.

These are bounds, not corrections: they hold a reported share against what it could mean, and never turn it into the
share of all who tried. Even that share would be one of opinions, without a comparison group.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evidencebook.analysis.stats.proportions import wilson
from evidencebook.analysis.values import value_of
from kratom.self_reports.reports import counted, heterogeneity_of, share_of

#: The same question, whether kratom had been helpful, put by a trade group's survey and in a treatment programme.
HELPED_TRADE, HELPED_TREATMENT = "GAP-061", "WD-029"
#: People still using and people who had stopped, in the trade group's survey.
STILL, STOPPED = "GAP-056", "GAP-057"
#: Share who ever used and share who used in the past year, by who was asked, in samples not drawn among users.
EVER_AND_PAST_YEAR = {
    "household survey, drawn by chance": ("SAF-331", "SAF-039"),
    "online panel, weighted": ("SAF-050", "SAF-049"),
    "crowdsourced": ("PREV-903", "SAF-053"),
    "treatment programme": ("SAF-062", "SAF-063"),
}
#: Shares of all who tried that might have answered, for the worst-case bounds. Nobody knows the real one.
ANSWERED = (0.01, 0.1, 0.5, 0.9)
_USE = "the bounds on selection"


@dataclass(frozen=True)
class Bounds:
    """Hold the lowest and the highest share that fit, from 0 to 1."""

    low: float
    high: float


def odds(share: float) -> float:
    """Turn a share above 0 and below 1 into odds; raise ValueError for any other."""
    if not 0 < share < 1:
        raise ValueError(f"a share of {share} has no odds; it must lie between 0 and 1")
    return share / (1 - share)


def ratio_needed(among_all: float, among_asked: float) -> float:
    """Give how many times as likely people of one kind must be to be asked as the others.

    `among_all` is their share among everyone, `among_asked` among those who were asked; both above 0 and below 1. By
    Bayes' theorem the odds among those asked are the odds among everyone times this ratio (Greenland, Int J Epidemiol
    1996;25:1107). Above 1 the survey favours them. Raises ValueError for a share outside.
    """
    return odds(among_asked) / odds(among_all)


def shown(among_all: float, ratio: float) -> float:
    """Give the share that a survey shows when people of one kind are `ratio` times as likely to be asked.

    The inverse of ratio_needed, by the same theorem; `among_all` and the result lie between 0 and 1.
    """
    asked = odds(among_all) * ratio
    return asked / (1 + asked)


def worst_case(among_asked: float, answered: float, at_most: float | None = None) -> Bounds:
    """Bound the share among everyone when only a part answered and nothing is assumed about the rest.

    `among_asked` is the share among those who answered and `answered` the part of everyone who did, both from 0 to 1;
    where the source gives only a lower bound, `at_most` is the highest share it allows. The bounds take all others as
    no, then as yes; they lie 1 - answered apart (Manski, J Hum Resour 1989;24:343). Raises ValueError for a share
    outside.
    """
    highest = among_asked if at_most is None else at_most
    if not (0 <= among_asked <= highest <= 1 and 0 <= answered <= 1):
        raise ValueError(f"shares must lie from 0 to 1, not {among_asked}, {highest} and {answered}")
    return Bounds(answered * among_asked, answered * highest + 1 - answered)


def still_using(findings: pd.DataFrame) -> pd.DataFrame:
    """Say how far the trade group's survey favoured people who still use kratom.

    One row per sample not drawn among users, indexed by its name: past_year (% of those who ever used), in_survey (%
    still using in the trade group's survey) and ratio, how many times as likely those still using were to be asked.
    Raises LookupError naming a missing finding.
    """
    still, stopped = (value_of(findings, name, _USE) for name in (STILL, STOPPED))
    in_survey, rows = still / (still + stopped), {}
    for sample, (ever, recent) in EVER_AND_PAST_YEAR.items():
        share = value_of(findings, recent, _USE) / value_of(findings, ever, _USE)
        ratio = ratio_needed(share, in_survey)
        rows[sample] = {"past_year": 100 * share, "in_survey": 100 * in_survey, "ratio": ratio}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("sample")


def helped(findings: pd.DataFrame) -> tuple[float, float, Bounds]:
    """Give the share who called kratom helpful in the trade group's survey, and in treatment with its interval.

    From 0 to 1; the first is a lower bound. Raises LookupError naming a missing finding.
    """
    treated = wilson(*counted(findings, HELPED_TREATMENT))
    here, there = share_of(findings, HELPED_TRADE)[0], share_of(findings, HELPED_TREATMENT)[0]
    return here, there, Bounds(treated.low, treated.high)


def worst_case_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word the worst-case bounds of both surveys, one row per part that might have answered."""
    trade, treated, _ = helped(findings)
    columns = {
        "Trade group's survey": [_span(worst_case(trade, part, at_most=1)) for part in ANSWERED],
        "Treatment programme": [_span(worst_case(treated, part)) for part in ANSWERED],
    }
    return pd.DataFrame(columns, index=pd.Index([f"{part:.0%}" for part in ANSWERED], name="If this part answered"))


def still_using_table(findings: pd.DataFrame) -> pd.DataFrame:
    """Word how far people still using were favoured, one row per sample to compare with."""
    table = still_using(findings)
    worded = {
        "Used in the past year": table["past_year"].map("{:.0f}%".format),
        "Still using, in the survey": table["in_survey"].map("{:.0f}%".format),
        "Favoured": table["ratio"].map("{:.0f}-fold".format),
    }
    return pd.DataFrame(worded).rename_axis("Of those who ever used")


def numbers(findings: pd.DataFrame) -> dict[str, float]:
    """Give every number that the page and the chapters quote, by the name under which it is glued.

    Shares and I² in %, ratios as such. Raises LookupError naming a missing finding, ValueError when a number is not
    finite.
    """
    trade, treated, ends = helped(findings)
    respondents = value_of(findings, STILL, _USE) + value_of(findings, STOPPED, _USE)
    part = respondents / value_of(findings, "PREV-902", _USE)
    ratios, worst = still_using(findings)["ratio"], worst_case(trade, part, at_most=1)
    quoted = {
        "helped_trade": 100 * trade,
        "helped_treatment": 100 * treated,
        "helped_treatment_low": 100 * ends.low,
        "helped_treatment_high": 100 * ends.high,
        "ratio": ratio_needed(treated, trade),
        "ratio_low": ratio_needed(ends.high, trade),
        "ratio_high": ratio_needed(ends.low, trade),
        "ratio_each": float(np.sqrt(ratio_needed(treated, trade))),
        "still_using_low": float(ratios.min()),
        "still_using_high": float(ratios.max()),
        "answered": 100 * part,
        "worst_low": 100 * worst.low,
        "worst_high": 100 * worst.high,
    }
    quoted |= _heterogeneity(findings) | _use_disorder(findings)
    if broken := [name for name, number in quoted.items() if not np.isfinite(number)]:
        raise ValueError(f"these numbers are not finite: {', '.join(broken)}")
    return quoted


def _heterogeneity(findings: pd.DataFrame) -> dict[str, float]:
    """Say how far the answers to the two questions that several surveys asked lie apart."""
    quoted: dict[str, float] = {}
    for short, question in {"fewer": "took it to use fewer opioids", "main": "main reason: opioids"}.items():
        apart = heterogeneity_of(findings, question)
        quoted |= {f"{short}_low": 100 * apart.low, f"{short}_high": 100 * apart.high}
        quoted |= {f"{short}_i_squared": 100 * apart.i_squared, f"{short}_surveys": apart.freedom + 1}
    return quoted


def _use_disorder(findings: pd.DataFrame) -> dict[str, float]:
    """Set the severe use disorder of one survey beside the moderate or severe one of another, with its interval."""
    severe = wilson(*counted(findings, "WD-096"))
    either = share_of(findings, "WD-021")[0]
    return {
        "disorder_ratio": severe.share / either,
        "severe_low": 100 * severe.low,
        "severe_high": 100 * severe.high,
    }


def _span(bounds: Bounds) -> str:
    """Write bounds in whole percent."""
    return f"{100 * bounds.low:.0f} to {100 * bounds.high:.0f}%"
