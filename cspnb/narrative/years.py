"""Several years in words: the latest change, the range, and what is incomplete or missing."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.trend import Trend
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.change import NOT_COMPARED, Change
from cspnb.measures.counts import Total
from cspnb.narrative import breaks, changes
from cspnb.narrative.wording import always, caveats, clause, listed, opening, sentence, unique


def trend(result: Trend) -> Exhibit:
    """Whether a measure is changing: the latest change, then the years behind it."""
    paragraphs = [missing_sentence(result)] if is_missing(result) else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=changes.method(result.change),
        coverage=result.coverage,
        notes=(
            *always([result.measure]),
            *of_sources(result),
            *breaks.of_trends([result]),
        ),
        caveats=caveats(result.measure, result.caveats),
        facts=() if is_missing(result) else (*changes.facts(result.change), *_year_facts(result)),
    )


def is_missing(result: Trend) -> bool:
    """Whether no year has any figure."""
    return bool(result.missing) or not result.years["count"].notna().any()


def missing_sentence(result: Trend) -> str:
    """What cannot be shown, and why."""
    reasons = result.missing or listed(unique(map(clause, result.years["reason"].dropna())))
    return sentence(
        f"{result.measure.label} cannot be shown for {result.area}: "
        f"{reasons or 'no figures are held'}"
    )


def headline(result: Trend) -> str:
    """The message of a trend in about ten words."""
    if is_missing(result):
        return f"{result.measure.label}: no figures for {result.area}"
    return changes.headline(result.change)


def subtitle(result: Trend) -> str:
    """Measure, place, periods and unit."""
    return f"{result.measure.label}, {result.area}, {span(result)}, {result.measure.unit}"


def span(result: Trend) -> str:
    """The years shown: '2008/09 to 2013/14', 'October to December of each year, 2008 to 2013'."""
    labels = list(result.years["label"])
    if len(labels) < 2:
        return labels[0] if labels else result.period.label
    first, last = labels[0], labels[-1]
    if result.period.kind == "year":
        return f"{first} to {last}"
    if result.period.start.year != result.period.end.year:
        return f"the same months of each year, {first} to {last}"
    months, _, last_year = last.rpartition(" ")
    return f"{months} of each year, {first.rpartition(' ')[2]} to {last_year}"


def incomplete_years(result: Trend) -> tuple[str, ...]:
    """A sentence for the years without a figure, and one for each that is not whole."""
    rows = result.years[~result.years["complete"].astype(bool)]
    without = list(rows.loc[rows["count"].isna(), "label"])
    said = [f"No figures are held for {listed(without)}"] if without else []
    for row in rows[rows["count"].notna()].to_dict("records"):
        why = clause(row["reason"]) if isinstance(row["reason"], str) else ""
        said.append(f"{row['label']} is incomplete{why and ': '}{why}")
    return tuple(map(sentence, said))


def of_sources(*results: Trend) -> tuple[str, ...]:
    """Which years come from which source, where not all are of one, and which the change is of.

    Measures that are alike in that are told together.
    """
    told: dict[str, list[str]] = {}
    apart = unique(_change_of_another(result) for result in results)
    for result in results:
        if runs := _runs_of_sources(result):
            told.setdefault(runs, []).append(result.measure.label)
    runs_told = tuple(
        sentence(f"{opening(labels)}: figures are for {runs}") for runs, labels in told.items()
    )
    return runs_told + apart


def _change_of_another(result: Trend) -> str:
    """That the latest change is of a source which did not give both of its years as shown."""
    change = result.change
    if change.verdict == NOT_COMPARED:
        return ""
    shown = dict(zip(result.years["period"], result.years["source"], strict=True))
    ends = [(shown.get(str(each.period)), "; ".join(each.sources)) for each in _ends(change)]
    if all(source in (None, own) for source, own in ends):
        return ""
    return sentence(
        f"{result.measure.label}: the change is between two figures of {change.source} "
        f"({changes.brief(change)}), as two sources may not count alike"
    )


def _ends(change: Change) -> tuple[Total, Total]:
    return change.before, change.now


def _runs_of_sources(result: Trend) -> str:
    """'2008/09 to 2010/11 from A; 2011/12 from B'; '' where all are from one."""
    held = result.years[result.years["count"].notna()]
    if held["source"].nunique() < 2:
        return ""
    runs = held.groupby((held["source"] != held["source"].shift()).cumsum())
    return "; ".join(f"{_from_to(run['label'])} from {run['source'].iloc[0]}" for _, run in runs)


def _from_to(labels: pd.Series) -> str:
    first, last = labels.iloc[0], labels.iloc[-1]
    return first if first == last else f"{first} to {last}"


def _paragraphs(result: Trend) -> list[str]:
    latest = " ".join((*changes.sentences(result.change), changes.method(result.change)))
    return [latest.strip(), _range(result), " ".join(incomplete_years(result))]


def _range(result: Trend) -> str:
    """The highest and the lowest of the whole years of the latest source, if three or more."""
    whole = result.years[result.years["complete"].astype(bool)]
    several = whole["source"].nunique() > 1
    whole = whole[whole["source"] == whole["source"].iloc[-1]] if several else whole
    if len(whole) < 3 or whole["count"].nunique() == 1:
        return ""
    ends = []
    for name, value in (("highest", whole["count"].max()), ("lowest", whole["count"].min())):
        labels = listed(whole.loc[whole["count"] == value, "label"])
        ends.append(f"the {name} was {numerals.count(value)} in {labels}")
    shown = f"from {whole['source'].iloc[0]}" if several else "shown"
    return sentence(f"Of the {len(whole)} complete periods {shown}, {listed(ends)}")


def _year_facts(result: Trend) -> list[Fact]:
    rows = result.years.itertuples(index=False, name=None)
    at = {name: i for i, name in enumerate(result.years.columns)}
    facts = []
    for row in rows:
        value = None if pd.isna(row[at["count"]]) else int(row[at["count"]])
        mark = "" if row[at["complete"]] or value is None else " (incomplete)"
        name = f"{result.measure.key}.{row[at['period']]}"
        facts.append(Fact(name, value, f"{numerals.count(value)}{mark}"))
    return facts
