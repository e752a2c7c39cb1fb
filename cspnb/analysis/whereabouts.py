"""What every answer to 'where?' carries, whichever way it is asked."""

from dataclasses import dataclass

from cspnb.measures.definition import Measure
from cspnb.measures.months import coverage
from cspnb.measures.snap_points import SnapPoints, months_of, sound_months, without_point
from cspnb.periods import Period


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """An answer about places of one measure in one area.

    `reason` says why nothing is judged, or is empty. `are_snapped` is whether places are
    data.police.uk's snap points. `outline` is the area's own, a shapely polygon in EPSG:27700 or
    None. `without_point` is how many records of the months used have no point.
    """

    measure: Measure
    area: str
    period: Period
    method: str
    source: str
    coverage: str
    reason: str = ""
    caveats: tuple[str, ...] = ()
    are_snapped: bool = True
    outline: object = None
    outline_source: str = ""
    without_point: int = 0


def of_points(points: SnapPoints, *periods: Period, method: str) -> dict:
    """The fields of `Whereabouts` for an answer from some periods' records; its reason is empty."""
    months = [month for period in periods for month in sound_months(points, period)]
    asked = months_of(points, *periods)
    return {
        "measure": points.measure,
        "area": points.area,
        "period": points.period,
        "method": method,
        "source": points.source,
        "coverage": "" if points.missing or asked.empty else coverage(asked),
        "caveats": points.caveats,
        "are_snapped": points.are_snapped,
        "outline": points.outline,
        "outline_source": points.outline_source,
        "without_point": without_point(points, months),
    }
