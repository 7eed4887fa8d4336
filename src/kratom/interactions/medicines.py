"""List the medicines to ask a clinician about, by what might happen and by how well it is known."""

from dataclasses import dataclass

import pandas as pd

#: How well a thing is known, by the design of the best study behind it; the best comes first.
STRENGTH = {
    "measured in people": ("rct", "crossover-trial", "controlled-clinical", "pharmacokinetic-human"),
    "single cases": ("case-report", "case-series"),
    "reports without a comparison": ("surveillance", "cohort", "case-control", "cross-sectional"),
    "animals only": ("animal",),
    "test tube only": ("in-vitro", "chemistry"),
}
#: For all else: a review of the medicine, a label, a study that is only registered.
REASONED = "reasoning, not from a study"


@dataclass(frozen=True)
class Question:
    """Hold what to ask about: the medicines, what might happen and why, the findings behind it, and the claim on it."""

    medicines: str
    effect: str
    findings: tuple[str, ...]
    claim: str = ""


#: What a finding on kratom itself says comes before what is known of the medicine alone.
QUESTIONS = (
    Question(
        "midazolam, swallowed",
        "More of it probably reaches the blood: kratom slows CYP3A in the wall of the gut",
        ("PK-087",),
        "interactions-cyp3a",
    ),
    Question(
        "dextromethorphan",
        "No change was seen, though mitragynine blocks CYP2D6 in the test tube",
        ("PK-090",),
        "interactions-cyp2d6-none-seen",
    ),
    Question(
        "medicines whose leaflet warns of grapefruit",
        "More of them might reach the blood: grapefruit slows the same enzyme in the same place",
        ("INT-908",),
    ),
    Question(
        "methadone, fentanyl, oxycodone and other opioids",
        "Both can slow breathing; those that CYP3A removes might also reach higher levels",
        ("INT-909", "INT-910", "PK-097"),
        "interactions-with-opioids-unstudied",
    ),
    Question(
        "buprenorphine, above all when it is begun",
        "It might set off sudden withdrawal, as it did in one person who used 7-hydroxymitragynine",
        ("WD-158",),
        "seven-oh-withdrawal",
    ),
    Question(
        "naltrexone",
        "It may set off sudden withdrawal in people who take kratom every day",
        ("ORG-952", "ORG-953", "ORG-954"),
        "naltrexone-sets-off-withdrawal",
    ),
    Question(
        "quetiapine, venlafaxine and other antidepressants",
        "Their levels, serotonin or the heartbeat might be disturbed",
        ("SAF-287", "PK-140"),
        "serotonin-and-sedatives",
    ),
    Question(
        "sleeping pills, sedatives, and alcohol",
        "Drowsiness and slow breathing might deepen",
        ("SAF-016", "PK-145"),
        "alone-against-together",
    ),
    Question(
        "medicines that can disturb the heartbeat",
        "Two effects might add up: mitragynine blocks a channel of heart cells",
        ("PK-156", "ORG-912"),
        "heart-rhythm",
    ),
    Question(
        "ketoconazole and other medicines that block CYP3A",
        "Kratom itself might act more strongly, or differently",
        ("PK-130", "PK-131", "PHA-216"),
        "interactions-cyp3a-blockers",
    ),
    Question(
        "medicines carried by P-glycoprotein",
        "More of them might reach the blood",
        ("PHA-170",),
    ),
)


def medicines(findings: pd.DataFrame) -> pd.DataFrame:
    """Give the medicines to ask about, best known first, indexed by the medicines.

    `findings` is indexed by id and needs the columns design, system and source. Columns: effect, known (how well),
    findings (ids, joined by spaces), source (the key of the first) and claim (its id, or empty). Raises LookupError
    when a finding is missing.
    """
    rows = [_row(findings, one) for one in QUESTIONS]
    table = pd.DataFrame(rows).set_index("medicines")
    order = {words: place for place, words in enumerate([*STRENGTH, REASONED])}
    return table.sort_values("known", key=lambda column: column.map(order), kind="stable")


def linked(table: pd.DataFrame) -> pd.DataFrame:
    """Word the table for the page: what might happen and how well it is known, linked to claim or source."""
    links = [
        f"{{claim}}`{known} <{claim}>`" if claim else f"{known} {{cite:p}}`{source}`"
        for known, claim, source in zip(table["known"], table["claim"], table["source"], strict=True)
    ]
    words = [f"{effect}. Known from: {link}." for effect, link in zip(table["effect"], links, strict=True)]
    return pd.DataFrame({"What might happen": words}, index=pd.Index(table.index, name="Medicine"))


def _row(findings: pd.DataFrame, one: Question) -> dict[str, str]:
    """Look up how well the answer to one question is known."""
    missing = [name for name in one.findings if name not in findings.index]
    if missing:
        raise LookupError(f"finding {missing[0]} is missing from the evidence, and the table of medicines needs it")
    behind = findings.loc[list(one.findings)]
    # A review may tabulate test tubes: what was studied decides, not what printed it.
    designs = set(behind["design"].where(behind["system"] != "in vitro", "in-vitro"))
    known = next((words for words, best in STRENGTH.items() if designs & set(best)), REASONED)
    return {
        "medicines": one.medicines,
        "effect": one.effect,
        "known": known,
        "findings": " ".join(one.findings),
        "source": str(findings.loc[[one.findings[0]], "source"].iloc[0]),
        "claim": one.claim,
    }
