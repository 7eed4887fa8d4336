"""What holds for each analysis: it names a missing finding, quotes finite numbers, and draws the same figure twice."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from evidencebook.analysis.display import saved
from kratom.blood_levels import figures as blood_figures
from kratom.blood_levels import half_lives, metabolite_ratio, model, repeated_doses, simulation, validation
from kratom.harms import death_figures, deaths, liver, liver_figures, poison_centre_figures, poison_centres
from kratom.headache import counts as headache
from kratom.headache import figures as headache_figures
from kratom.interactions import figures as interaction_figures
from kratom.interactions import forecasts, medicines
from kratom.interactions import tables as interaction_tables
from kratom.kratom_withdrawal import counts as withdrawal
from kratom.kratom_withdrawal import figures as withdrawal_figures
from kratom.prevalence import estimates as prevalence
from kratom.prevalence import figures as prevalence_figures
from kratom.products import contents as products
from kratom.products import figures as product_figures
from kratom.receptors import binding, binding_figures, brain_imaging, occupancy_figures
from kratom.self_reports import figures as report_figures
from kratom.self_reports import reports, selection
from kratom.treatment import comparisons, glance_figure, risks
from kratom.treatment import figures as treatment_figures
from kratom.treatment import tables as treatment

Run = Callable[[pd.DataFrame], object]
DRAWS = 4000


def seeded() -> np.random.Generator:
    """Start the same draws again."""
    return np.random.default_rng(2026)


#: For each analysis: what the page calls, and the findings that it takes by their ids.
NEEDS: dict[str, tuple[Run, str]] = {
    "blood levels": (
        simulation.numbers,
        "PK-003 PK-009 PK-010 PK-015 PK-016 PK-017 PK-018 PK-019 PK-020 PK-021 PK-045 PK-048 PK-903 PHA-224 GAP-051",
    ),
    "daily levels": (blood_figures.daily_levels, "PK-040"),
    "ratio of the metabolite": (metabolite_ratio.ratio_numbers, "PROD-921 PHA-224"),
    "validation": (
        validation.validation,
        " ".join(sorted({check.finding for check in validation.CHECKS} | {"PK-040", "GAP-051"})),
    ),
    "deaths": (deaths.numbers, "SAF-066 SAF-068 SAF-069 SAF-077 SAF-318 SAF-319 SAF-320 HRM-911 HRM-913 HRM-915"),
    "liver": (liver.numbers, "SAF-104 SAF-106 SAF-114 SAF-115 ORG-901 ORG-903 ORG-904 ORG-905 GAP-109"),
    "poison centres, course": (
        poison_centres.course,
        "SAF-001 SAF-002 SAF-003 SAF-007 SAF-008 SAF-009 SAF-010 SAF-023",
    ),
    "poison centres": (poison_centres.numbers, "SAF-014 SAF-016 SAF-017 SAF-030 HRM-904"),
    "poison centres, effects": (poison_centres.effects_alone, "SAF-122"),
    "headache": (headache.numbers, "WD-169 WD-222 WD-961 WD-962 WD-965 WD-966"),
    "interactions": (
        forecasts.numbers,
        "PK-016 PK-087 PK-089 PK-100 PK-101 PK-105 PK-116 PK-117 INT-901 INT-902 INT-903 INT-905",
    ),
    "medicines": (medicines.medicines, "ORG-953"),
    "kratom withdrawal": (withdrawal.numbers, "WD-013 WD-099 WD-102 WD-156 GAP-064 GAP-066"),
    "prevalence": (
        prevalence.numbers,
        " ".join(sorted({name for pair in prevalence.PAIRS.values() for name in pair}))
        + " SAF-043 SAF-045 SAF-047 SAF-049 SAF-240 PREV-902",
    ),
    "products": (products.misquoted_fold, "PHA-010 PHA-145 PHA-086"),
    "binding": (binding.numbers, "PHA-082"),
    "self-reports": (reports.reports, " ".join(name for names in reports.QUESTIONS.values() for name in names)),
    "selection": (
        selection.numbers,
        " ".join(sorted({name for pair in selection.EVER_AND_PAST_YEAR.values() for name in pair}))
        + " GAP-056 GAP-057 PREV-902 WD-021 WD-096",
    ),
    "treatment": (treatment.numbers, "WD-196 CARE-184 CARE-185"),
    "treatment at a glance": (glance_figure.glance_figure, "GAP-158 WD-069 CARE-036 CARE-037 CARE-049"),
}
NUMBERS: dict[str, Callable[[pd.DataFrame], dict[str, float]]] = {
    "blood levels": simulation.numbers,
    "repeated doses": lambda table: repeated_doses.dosing_numbers(model.reported(table)),
    "validation": validation.validation_numbers,
    "deaths": deaths.numbers,
    "liver": liver.numbers,
    "poison centres": poison_centres.numbers,
    "headache": headache.numbers,
    "binding": binding.numbers,
    "selection": selection.numbers,
    "treatment": treatment.numbers,
}
FIGURES: dict[str, Callable[[pd.DataFrame], Figure]] = {
    "half-lives": lambda table: half_lives.half_life_figure(half_lives.half_lives(table)),
    "one dose": lambda table: blood_figures.one_dose_figure(model.reported(table)),
    "daily doses": blood_figures.daily_dose_figure,
    "what is left": lambda table: blood_figures.left_figure(simulation.summary(model.reported(table))),
    "repeated doses": lambda table: repeated_doses.steady_figure(model.reported(table)),
    "ratio of the metabolite": lambda table: metabolite_ratio.ratio_figure(metabolite_ratio.ratios(table)),
    "deaths": lambda table: death_figures.counts_figure(deaths.three_counts(table)),
    "liver latency": lambda table: liver_figures.latency_figure(liver.latency(table)),
    "liver pattern": lambda table: liver_figures.pattern_figure(liver.pattern(table)),
    "liver rate": lambda table: liver_figures.rate_figure(liver.tested(table)),
    "calls": lambda table: poison_centre_figures.calls_figure(poison_centres.course(table)),
    "kratom alone": lambda table: poison_centre_figures.alone_figure(
        poison_centres.alone_in_calls(table), deaths.alone_in_deaths(table)
    ),
    "headache counts": headache_figures.counted_figure,
    "forecast": lambda table: interaction_figures.forecast_figure(forecasts.ratios(table), forecasts.gut_passes(table)),
    "blocks": lambda table: interaction_figures.block_figure(forecasts.constants(table), forecasts.where(table)),
    "symptoms": lambda table: withdrawal_figures.symptom_figure(
        withdrawal.symptom_shares(table), withdrawal.headache_bounds(table)
    ),
    "course of withdrawal": lambda table: withdrawal_figures.course_figure(withdrawal.time_course(table)),
    "prevalence, past year": lambda table: prevalence_figures.estimate_figure(
        prevalence.estimates(table), ("past year",)
    ),
    "prevalence, other windows": lambda table: prevalence_figures.estimate_figure(
        prevalence.estimates(table), ("lifetime", "past month")
    ),
    "contents": lambda table: product_figures.contents_figure(products.contents(table)),
    "binding": lambda table: binding_figures.binding_figure(binding.affinities(table), binding.class_limits(table)),
    "conflicting constants": lambda table: binding_figures.conflict_figure(binding.affinities(table)),
    "occupancy": lambda table: occupancy_figures.level_figure(table, seeded(), DRAWS),
    "unbound": lambda table: occupancy_figures.unbound_figure(table, seeded(), DRAWS),
    "self-reports": lambda table: report_figures.reports_figure(reports.reports(table)),
    "selection": report_figures.selection_figure,
    "staying": lambda table: treatment_figures.staying_figure(comparisons.comparisons(table, comparisons.STAYING)),
    "death": lambda table: treatment_figures.death_figure(comparisons.comparisons(table, comparisons.DEATH)),
    "rates": lambda table: treatment_figures.rates_figure(risks.rates(table)),
}
TABLES: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "repeated doses": lambda table: repeated_doses.steady_table(model.reported(table)),
    "ratio of the metabolite": lambda table: metabolite_ratio.ratio_table(metabolite_ratio.ratios(table)),
    "validation": validation.validation_table,
    "deaths": deaths.deaths_table,
    "liver": liver.counted_table,
    "poison centres, course": poison_centres.course_table,
    "poison centres, effects": poison_centres.effects_table,
    "headache records": headache.record_table,
    "headache sizes": headache.sizes_table,
    "interaction ratios": interaction_tables.ratio_table,
    "interaction constants": interaction_tables.constant_table,
    "medicines": lambda table: medicines.linked(medicines.medicines(table)),
    "symptoms": lambda table: withdrawal_figures.symptom_table(withdrawal.symptom_shares(table)),
    "dependence": lambda table: withdrawal_figures.dependence_table(withdrawal.dependence_shares(table)),
    "prevalence": lambda table: prevalence_figures.estimate_table(prevalence.estimates(table)),
    "prevalence readings": lambda table: prevalence_figures.reading_table(prevalence.readings(table)),
    "contents": lambda table: product_figures.contents_table(products.contents(table)),
    "labels": lambda table: product_figures.labels_table(products.labels(table)),
    "binding": lambda table: binding_figures.value_table(binding.affinities(table)),
    "occupancy": lambda table: occupancy_figures.occupancy_table(brain_imaging.results(table, seeded(), DRAWS)),
    "self-reports": reports.reports_table,
    "still using": selection.still_using_table,
    "worst case": selection.worst_case_table,
    "treatment risks": treatment.risk_table,
    "treatment questions": comparisons.questions_table,
    "treatment certainty": treatment.certainty_table,
}


@pytest.mark.parametrize(
    ("analysis", "name"), [(key, name) for key, (_, names) in NEEDS.items() for name in names.split()]
)
def test_missing_finding_is_named(table: pd.DataFrame, analysis: str, name: str) -> None:
    """A page without its finding fails with the id, and says what needs it."""
    run, _ = NEEDS[analysis]

    with pytest.raises(LookupError, match=f"{name}.* (is|are) missing from the evidence, and .* needs? "):
        run(table.drop(index=name))


@pytest.mark.parametrize("analysis", NUMBERS)
def test_quoted_numbers_are_finite(table: pd.DataFrame, analysis: str) -> None:
    """Nothing broken is ever quoted."""
    assert np.isfinite(list(NUMBERS[analysis](table).values())).all()


@pytest.mark.parametrize("figure", FIGURES)
def test_figure_bytes_repeat(table: pd.DataFrame, figure: str) -> None:
    """Two builds give the same bytes, and few of them."""
    first, second = (saved(FIGURES[figure](table), "svg") for _ in range(2))

    assert first == second
    assert len(first) < 60_000


@pytest.mark.parametrize("shown", TABLES)
def test_table_cells_are_words(table: pd.DataFrame, shown: str) -> None:
    """What was not reported is an empty cell or words, never a mark of the program."""
    cells = TABLES[shown](table).astype(str)

    assert not cells.apply(lambda column: column.str.contains(r"\b(?:nan|None|NaT)\b")).any(axis=None)
