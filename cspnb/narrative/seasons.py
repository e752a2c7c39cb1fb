"""A season in words: the month with most and with fewest, if they differ by more than chance."""

import pandas as pd

from cspnb import numerals
from cspnb.analysis.season import CLEAR_SEASON, NOT_JUDGED, Season
from cspnb.exhibits import Exhibit, Fact
from cspnb.measures.definition import Break
from cspnb.narrative import breaks
from cspnb.narrative.wording import always, caveats, clause, in_sentence, listed, sentence
from cspnb.periods import Period

_STRENGTHS = ((0.8, "strong"), (0.6, "marked"), (0.0, "modest"))


def season(result: Season) -> Exhibit:
    """Whether a measure has a season, and which months stand out."""
    paragraphs = [missing_sentence(result)] if is_missing(result) else _paragraphs(result)
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        source=result.source,
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def is_missing(result: Season) -> bool:
    """Whether no season can be told."""
    return result.verdict == NOT_JUDGED


def missing_sentence(result: Season) -> str:
    """That no season is told, and why."""
    label = in_sentence(result.measure.label)
    return sentence(f"The season of {label} in {result.area} is not told: {clause(result.reason)}")


def headline(result: Season) -> str:
    """The message: 'Burglary is highest in November and lowest in June'."""
    label = result.measure.label
    if is_missing(result):
        return f"{label}: the season cannot be judged"
    if result.verdict == CLEAR_SEASON:
        high, low = result.strongest["name"], result.weakest["name"]
        return f"{label} is usually highest in {high} and lowest in {low}"
    return f"No clear season in {in_sentence(label)}"


def subtitle(result: Season) -> str:
    """Measure, place, months and unit."""
    span = result.span.label if result.span else result.period.label
    return f"{result.measure.label}, {result.area}, {span}, index by month (100 is the average)"


def notes(result: Season) -> tuple[str, ...]:
    """What is said in full view beside any exhibit of a season."""
    told = breaks.of_period(result.measure, result.span) if result.span else ()
    return (*result.cautions, *always([result.measure]), *told)


def facts(result: Season) -> tuple[Fact, ...]:
    """The strongest and weakest months, and how strong the season is."""
    if is_missing(result):
        return ()
    key = result.measure.key
    months = [
        Fact(f"{key}.{name}_month_index", float(row["index"]), f"{row['index']:.0f}")
        for name, row in (("highest", result.strongest), ("lowest", result.weakest))
    ]
    strength = Fact(f"{key}.season_strength", result.strength, f"{result.strength:.2f}")
    return (*months, strength)


def distance(index: float) -> str:
    """How far a month lies from an average one: '18% above', '1% below', 'level with'."""
    apart = round(index - 100)
    return "level with" if not apart else f"{abs(apart)}% {'above' if apart > 0 else 'below'}"


def months_apart(index: pd.DataFrame) -> str:
    """The months farthest above and below the average, three of each at most, farthest first."""
    by_index = index.sort_values("index")
    above = by_index[by_index["index"] >= 105].iloc[::-1].head(3)
    below = by_index[by_index["index"] <= 95].head(3)
    said = []
    for place, rows in (("above", above), ("below", below)):
        if len(rows):
            names = [f"{row['name']} ({row['index']:.0f})" for _, row in rows.iterrows()]
            said.append(f"{place} it lie most {listed(names)}")
    return sentence(f"With an average month at 100, {listed(said)}") if said else ""


def unringed(result: Season) -> tuple[str, ...]:
    """That single months on a small base are not drawn, where there are any."""
    number = int(result.months["ratio"].isna().sum())
    if not number:
        return ()
    are = "has" if number == 1 else "have"
    months = numerals.counted(number, "months")
    return (
        f"{months} of {len(result.months)} {are} no ring: the trend then is under ten a month.",
    )


def _paragraphs(result: Season) -> list[str]:
    label, p_value = result.measure.label, numerals.p_value(result.p_value)
    if result.verdict != CLEAR_SEASON:
        said = (
            f"{label} in {result.area} shows no clear season: its calendar months differ by no "
            f"more than chance could bring about over {result.span.label} ({p_value}). A month "
            "above or below the others is no pattern to plan by."
        )
        return [said, _unusual(result)]
    high, low = result.strongest, result.weakest
    said = (
        f"{label} in {result.area} has a {_strength(result)} season. It is usually highest in "
        f"{high['name']}{_in_these_years(result)}, {distance(high['index'])} an average "
        f"month, and lowest in {low['name']}, {distance(low['index'])} it. Chance "
        f"would seldom set the months of {result.span.label} so far apart ({p_value})."
    )
    return [said, months_apart(result.index), _unusual(result)]


def _in_these_years(result: Season) -> str:
    return " in these years" if _passing(result) else ""


def _unusual(result: Season) -> str:
    """The passing dates of the register that cover some of the months it rests on."""
    spans = [
        Period(max(each.start, result.span.start), min(each.until, result.span.end))
        for each in _passing(result)
    ]
    if not spans:
        return ""
    number = numerals.counted(len({month for span in spans for month in span.months}), "months")
    are = "was" if number.startswith("1 ") else "were"
    return sentence(
        f"Of these years {number} {are} unlike others ({listed(span.label for span in spans)}, "
        "see below): other years may have another season"
    )


def _passing(result: Season) -> list[Break]:
    return [each for each in breaks.crossed(result.measure, result.span) if each.until]


def _strength(result: Season) -> str:
    return next(word for least, word in _STRENGTHS if result.strength >= least)
