"""The register: dates at which figures change their meaning, told wherever they are crossed."""

from dataclasses import replace

import pandas as pd
import pytest

from cspnb import charts, narrative, tables
from cspnb.analysis.findings import findings
from cspnb.analysis.performance import Performance
from cspnb.analysis.trend import trend
from cspnb.errors import ParamsError
from cspnb.measures.change import change_between
from cspnb.measures.counts import Counts, Series
from cspnb.measures.definition import Break, Measure
from cspnb.measures.months import ABSENT
from cspnb.params import RegisterEntry, check, load_register
from cspnb.periods import Month, Period
from cspnb.project import Project
from cspnb.report.dating import dated
from tests.places import REPO

APRIL_2017 = Month(2017, 4)
SHEDS = Break(APRIL_2017, "residential burglary takes in sheds", re_bases=True)
LOCKDOWN = Break(Month(2020, 3), "coronavirus kept people at home", until=Month(2020, 6))

CROSSINGS = [
    # a break                 months looked at         crossed?
    (SHEDS, "2016-04..2018-03", True),
    (SHEDS, "2017-03..2017-04", True),
    (SHEDS, "2017-04..2018-03", False),  # all of it after
    (SHEDS, "2016-04..2017-03", False),  # all of it before
    (LOCKDOWN, "2019-04..2020-03", True),
    (LOCKDOWN, "2020-04..2021-03", True),
    (LOCKDOWN, "2020-04..2020-06", False),  # all of it within
    (LOCKDOWN, "2020-07..2021-06", False),
]


@pytest.mark.parametrize(("each", "months", "crossed"), CROSSINGS)
def test_a_date_is_crossed_by_months_that_lie_on_both_sides_of_it(each, months, crossed):
    assert each.is_crossed_by(Period.parse(months)) is crossed


def burglary(*breaks, years=range(2014, 2019)):
    """A hundred in each year that begins in April of `years`, supplied by year."""
    stated = pd.DataFrame(
        {
            "start": [f"{year}-04" for year in years],
            "end": [f"{year + 1}-03" for year in years],
            "value": [100.0 + year - 2014 for year in years],
            "source": "supplied figures",
        }
    )
    months = Period.parse("2018/19").months
    monthly = pd.DataFrame({"month": [str(m) for m in months], "source": "supplied figures"})
    monthly = monthly.assign(count=pd.array([pd.NA] * 12, "Int64"), status=ABSENT, reason="none")
    return Counts(
        measure=Measure("domestic_burglary", "Domestic burglary", breaks=breaks),
        area="Anyshire",
        period=Period.parse("2018/19"),
        monthly=monthly[["month", "count", "status", "reason", "source"]],
        stated=stated,
    )


SAID = "From April 2017 residential burglary takes in sheds."


def test_every_chart_and_table_of_years_that_cross_a_date_says_so():
    result = trend(burglary(SHEDS), years=5)
    for exhibit in (
        narrative.trend(result),
        charts.trend(result),
        tables.years(result),
        charts.trends([result, result]),
    ):
        assert exhibit.notes.count(SAID) == 1


def test_years_on_one_side_of_a_date_say_nothing_of_it():
    result = trend(burglary(SHEDS), years=2)
    assert SAID not in charts.trend(result).notes


def test_a_change_across_a_date_says_so_and_one_after_it_does_not():
    counts = burglary(SHEDS)
    across = change_between(counts, Period.parse("2017/18"), Period.parse("2016/17"))
    after = change_between(counts, Period.parse("2018/19"), Period.parse("2017/18"))
    assert SAID in narrative.change(across).notes
    assert SAID not in narrative.change(after).notes


def test_a_chart_draws_a_line_at_the_date_and_names_its_month():
    with_date = charts.trend(trend(burglary(SHEDS), years=5)).body
    without = charts.trend(trend(burglary(), years=5)).body
    assert "April 2017" in with_date
    assert "April 2017" not in without


def of_two_sources():
    """Two years supplied by a partner, then three of the Home Office."""
    result = trend(burglary(years=range(2014, 2019)), years=5)
    source = ["supplied figures"] * 2 + ["Home Office open data"] * 3
    return replace(result, years=result.years.assign(source=source))


def test_a_trend_of_two_sources_says_which_years_are_of_which():
    said = (
        "Domestic burglary: figures are for 2014/15 to 2015/16 from supplied figures; "
        "2016/17 to 2018/19 from Home Office open data."
    )
    result = of_two_sources()
    for exhibit in (narrative.trend(result), charts.trend(result), tables.years(result)):
        assert said in exhibit.notes


def test_highest_and_lowest_are_of_the_latest_source_alone():
    paragraphs = " ".join(narrative.trend(of_two_sources()).body)
    assert "Of the 3 complete periods from Home Office open data" in paragraphs
    assert "the lowest was 102 in 2016/17" in paragraphs


SHOWN_OF_TWO = Series(
    "home_office",
    "Home Office",
    burglary().monthly,
    burglary().stated.assign(source="Home Office", value=[400.0, 400.0, 400.0, 420.0, 430.0]),
)


def test_a_trend_says_of_which_source_its_change_is_where_its_years_are_shown_of_two():
    own = burglary(years=[2018])
    result = trend(replace(own, others=(SHOWN_OF_TWO,)), years=3)
    assert [*result.years["count"]] == [400, 420, 104]  # the later year is of the better source
    said = (
        "Domestic burglary: the change is between two figures of Home Office (420 to 430, +2.4%), "
        "as two sources may not count alike."
    )
    for exhibit in (narrative.trend(result), charts.trend(result), tables.years(result)):
        assert said in exhibit.notes
        assert "Home Office" in exhibit.source


WINTER = Break(Month(2020, 11), "restrictions applied again", until=Month(2021, 7))
ASIDES = [
    # breaks            now        before     said
    ((LOCKDOWN,), "2021/22", "2020/21", "against months out of the ordinary"),
    ((LOCKDOWN,), "2020/21", "2019/20", "in months out of the ordinary"),  # three months to one
    ((LOCKDOWN, WINTER), "2021/22", "2020/21", "against months out of the ordinary"),
    ((WINTER,), "2021/22", "2020/21", "against months out of the ordinary"),  # five to four
    ((LOCKDOWN,), "2018/19", "2017/18", "and for the worse"),
    ((SHEDS,), "2017/18", "2016/17", "and for the worse"),  # stands to this day: told by its note
]


def risen(breaks, now, before):
    """Twice as many burglaries as in the year before, both years stated."""
    periods = (Period.parse(before), Period.parse(now))
    stated = pd.DataFrame(
        [(str(p.start), str(p.end), 200.0 * n, "Police") for n, p in enumerate(periods, 1)],
        columns=["start", "end", "value", "source"],
    )
    counts = replace(burglary(*breaks), period=periods[1], stated=stated)
    return trend(counts, years=2)


@pytest.mark.parametrize(("breaks", "now", "before", "said"), ASIDES)
def test_a_change_on_a_year_of_restrictions_is_neither_better_nor_worse(breaks, now, before, said):
    result = risen(breaks, now, before)
    told = " ".join(narrative.change(result.change).body)
    found = narrative.findings(findings(Performance("Anyshire", result.period, ()), (), [result]))
    headlines = " ".join(found.body)
    assert f"a clear rise, {said}:" in told
    assert said.removeprefix("and ") in headlines
    assert ("for the worse" in told) == ("for the worse" in headlines) == ("worse" in said)


def test_the_headline_findings_carry_the_dates_that_their_changes_cross():
    result = risen((LOCKDOWN,), "2021/22", "2020/21")
    found = findings(Performance("Anyshire", result.period, ()), (), [result])
    assert "March to June 2020: coronavirus kept people at home." in narrative.findings(found).notes


ENTRY = RegisterEntry(
    slug="sheds",
    kind="recording change",
    since="2017-04",
    text="residential burglary takes in sheds",
    measures=("domestic_burglary",),
    origins=("home_office", "indicators"),
    forces=("leicestershire",),
    source="Home Office",
)
CONCERNS = [
    # measure               origins                    force              concerned?
    ("domestic_burglary", {"indicators"}, "leicestershire", True),
    ("domestic_burglary", {"police_uk", "home_office"}, "leicestershire", True),
    ("robbery", {"indicators"}, "leicestershire", False),
    ("domestic_burglary", {"police_uk"}, "leicestershire", False),
    ("domestic_burglary", {"indicators"}, "kent", False),
]


@pytest.mark.parametrize(("key", "origins", "force", "concerned"), CONCERNS)
def test_an_entry_concerns_its_measures_origins_and_forces(key, origins, force, concerned):
    measure = dated(Measure(key, key), [ENTRY], frozenset(origins), frozenset({force}))
    assert bool(measure.breaks) is concerned


def test_an_entry_that_names_none_concerns_all():
    everything = ENTRY.model_copy(update={"measures": (), "origins": (), "forces": ()})
    measure = dated(Measure("a", "A"), [everything], frozenset({"fires"}), frozenset({"kent"}))
    assert measure.breaks == (Break(APRIL_2017, ENTRY.text),)


def test_two_measures_with_the_same_date_say_it_once():
    one = trend(burglary(SHEDS), years=5)
    other = replace(one, measure=replace(one.measure, key="shed_burglary", label="Sheds"))
    assert charts.trends([one, other]).notes.count(SAID) == 1


def test_the_committed_register_is_sound_and_in_order():
    entries = load_register(Project(REPO))
    assert entries
    assert [entry.since for entry in entries] == sorted(entry.since for entry in entries)
    assert not [problem for problem in check(Project(REPO)) if "register" in problem.file]


FAULTS = [
    ("until: '2016-04'", "it ends before it begins", 5),
    ("origins: [police]", "'police' is no origin", 5),
    ("measures: [burglry]", "there is no measure 'burglry'", 5),
    ("forces: [mercia]", "'mercia' is not a force of police.uk", 5),
    ("rebases: true", "'rebases' is not a key here", 5),
]


@pytest.mark.parametrize(("line", "what", "number"), FAULTS)
def test_a_fault_in_the_register_is_told_with_its_line(tmp_path, line, what, number):
    folder = tmp_path / "params" / "register"
    folder.mkdir(parents=True)
    text = "kind: gap\nsince: '2017-04'\ntext: it stopped\nsource: the force\n"
    (folder / "stop.yml").write_text(f"{text}{line}\n", encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load_register(Project(tmp_path))
    assert what in str(caught.value)
    assert f"stop.yml:{number}" in str(caught.value) or f"line {number}" in str(caught.value)
