"""Where a partnership's file contradicts itself, though each of its parts is sound."""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from cspnb.params.fields import Finding, repeats

if TYPE_CHECKING:
    from cspnb.params.partnership import Partnership


def contradictions(partnership: "Partnership") -> Iterator[Finding]:
    """Every finding about a partnership as a whole, none where it is sound."""
    yield from repeats("the measure", "key_measures", partnership.key_measures)
    yield from repeats("the name", "also_known_as", partnership.also_known_as)
    yield from repeats("the report", "reports", [each.report for each in partnership.reports])
    yield from repeats("the group", "peers", [group.name for group in partnership.peers])
    yield from _named_after_itself(partnership)
    yield from _overlapping_plans(partnership)
    yield from _targets_set_twice(partnership)
    yield from _districts_counted_twice(partnership)
    yield from _peers_of_itself(partnership)


def _named_after_itself(partnership):
    for position, name in enumerate(partnership.also_known_as):
        if name == partnership.slug:
            yield Finding(
                f"'{name}' is the file's own name", "Take it out.", ("also_known_as", position)
            )


def _overlapping_plans(partnership):
    for (_, one), (position, other) in combinations(enumerate(partnership.plans), 2):
        if one.span.start <= other.span.end and other.span.start <= one.span.end:
            yield Finding(
                f"'{other.name}' and '{one.name}' are both for some of {other.span}",
                "End the earlier plan in the month before the later one begins.",
                ("plans", position),
            )


def _targets_set_twice(partnership):
    seen = set()
    for number, plan in enumerate(partnership.plans):
        for position, target in enumerate(plan.targets):
            if (target.measure, target.period) in seen:
                yield Finding(
                    f"{target.measure} has two targets for {target.period}",
                    "Keep the one that holds.",
                    ("plans", number, "targets", position),
                )
            seen.add((target.measure, target.period))


def _districts_counted_twice(partnership):
    for (_, one), (position, other) in combinations(enumerate(partnership.csps), 2):
        shared = {each.code for each in one.districts} & {each.code for each in other.districts}
        if shared and one.overlaps(other):
            yield Finding(
                f"{', '.join(sorted(shared))} is in '{one.name}' and in '{other.name}' at once",
                "End the earlier with valid_to, begin the later with valid_from.",
                ("csps", position),
            )
    for number, csp in enumerate(partnership.csps):
        for finding in repeats("the district", "districts", [each.code for each in csp.districts]):
            yield Finding(finding.what, finding.remedy, ("csps", number, *finding.at))


def _peers_of_itself(partnership):
    own = {csp.code for csp in partnership.csps}
    own |= {district.code for csp in partnership.csps for district in csp.districts}
    for number, group in enumerate(partnership.peers):
        for position, area in enumerate(group.areas):
            if area.code in own:
                yield Finding(
                    f"{area.name} is the partnership itself, among its own peers",
                    "Take it out: a report adds the partnership to the comparison.",
                    ("peers", number, "areas", position),
                )
        for finding in repeats("the area", "areas", [area.code for area in group.areas]):
            yield Finding(finding.what, finding.remedy, ("peers", number, *finding.at))
