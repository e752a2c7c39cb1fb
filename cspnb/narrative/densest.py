"""Density in words: how little of the ground holds how much, and where the peaks are."""

from cspnb import numerals
from cspnb.analysis.density import FEWEST_NEAR, Density
from cspnb.exhibits import Exhibit, Fact
from cspnb.narrative import whereabouts
from cspnb.narrative.whereabouts import place, share
from cspnb.narrative.wording import caveats, in_sentence, listed, sentence

_PORTIONS = {0.25: "a quarter", 0.5: "half", 0.75: "three quarters"}
TOLD = 2
NO_PEAKS = (
    "No peak is told and no place named, for it could be a home; ground near fewer than "
    f"{FEWEST_NEAR} different places is left out of the classes."
)
NOT_RISK = (
    "Density is of records over the ground: where more people live or go there are more of them, "
    "whatever each one's risk."
)


def density(result: Density) -> Exhibit:
    """Where a period's records are densest."""
    return Exhibit(
        kind="statement",
        title=headline(result),
        subtitle=subtitle(result),
        body=(missing_sentence(result),) if result.reason else _paragraphs(result),
        source=whereabouts.source(result, with_outline=True),
        method=result.method,
        coverage=result.coverage,
        notes=notes(result),
        caveats=caveats(result.measure, result.caveats),
        facts=facts(result),
    )


def headline(result: Density) -> str:
    """The message: 'Half of burglary was on the densest 1.9% of Harborough'."""
    label = in_sentence(result.measure.label)
    if result.reason:
        return f"{result.measure.label}: no density for {result.area}"
    half = result.classes.set_index("share").loc[0.5]
    return f"Half of {label} was on the densest {share(half['share_of_area'])} of {result.area}"


def subtitle(result: Density) -> str:
    """Measure, place, period and unit."""
    return whereabouts.subtitle(result, f"{result.measure.unit} per square kilometre")


def missing_sentence(result: Density) -> str:
    """That there is no density, and why."""
    return whereabouts.refused(result, "The density of")


def notes(result: Density) -> tuple[str, ...]:
    """How the surface is made, that it stops at the border, what a place is and is not."""
    if result.reason:
        return whereabouts.notes(result)
    made = (
        f"The map smooths records over {result.bandwidth:,.0f} metres (the bandwidth) on squares "
        f"of {result.cell:,.0f} metres. Records beyond the border are not counted, so that density "
        "near it is understated."
    )
    kept = () if result.are_snapped else (NO_PEAKS,)
    return (made, *kept, *whereabouts.notes(result), *_outside(result), NOT_RISK)


def portion(fraction: float) -> str:
    """'a quarter', 'half', 'three quarters'."""
    return _PORTIONS.get(fraction, share(fraction))


def facts(result: Density) -> tuple[Fact, ...]:
    """The share of the ground that holds each portion, and the first peak's records."""
    if result.reason:
        return ()
    key = result.measure.key
    ground = [
        Fact(f"{key}.ground_of_{100 * row['share']:g}_pct", 100 * row["share_of_area"],
             share(row["share_of_area"]))
        for row in result.classes.to_dict("records")
    ]  # fmt: skip
    peaks = [int(count) for count in result.peaks["count"].head(1)]
    return (*ground, *(Fact(f"{key}.peak", count, numerals.count(count)) for count in peaks))


def _paragraphs(result: Density) -> tuple[str, ...]:
    counted = numerals.counted(result.records, result.measure.unit)
    first, *others = [(portion(row.share), share(row.share_of_area)) for row in _classes(result)]
    said = (
        f"Of the {counted} in {result.area} in {result.period.label}, {first[0]} were on the "
        f"densest {first[1]} of its ground, {listed(f'{part} on {area}' for part, area in others)}"
    )
    peaks = [_peak(result, row) for row in result.peaks.head(TOLD).to_dict("records")]
    return tuple(filter(None, (sentence(said), " ".join(peaks))))


def _peak(result: Density, row: dict) -> str:
    counted = numerals.counted(row["count"], result.measure.unit)
    most = ""
    if not numerals.is_missing(row["location"]) and result.are_snapped:
        most = f"; the place with most of them is {place(row['location'], row['lsoa_name'])}"
    return sentence(
        f"Peak {row['rank']} has {counted} ({share(row['share'])}) within "
        f"{result.bandwidth:,.0f} metres{most}"
    )


def _classes(result: Density):
    return result.classes.itertuples(index=False)


def _outside(result: Density) -> tuple[str, ...]:
    if not result.outside:
        return ()
    counted = numerals.counted(result.outside, result.measure.unit)
    return (f"{counted} with a point outside the outline held {_are(result.outside)} left out.",)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
