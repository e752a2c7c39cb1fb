"""Does the map predict? How much of a year's records lay in the year before's hotspots."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cspnb.analysis.density import FEWEST_RECORDS, NO_OUTLINE
from cspnb.analysis.whereabouts import Whereabouts, of_points
from cspnb.measures import kernel_density
from cspnb.measures.kernel_density import counted_on, grid_over, usual_bandwidth, usual_cell
from cspnb.measures.prediction import accuracy
from cspnb.measures.snap_points import SnapPoints, counted_by_place, lack, sound_months
from cspnb.periods import Period

PERCENTAGES = (1, 3, 5, 10)

_HOTSPOTS = [
    *("percentage", "squares", "square_km", "share_of_area", "hits", "best", "share"),
    *("pai", "pei", "rri"),
]
_CURVE = ["share_of_area", "share_of_records", "best"]


@dataclass(frozen=True, kw_only=True)
class Prediction(Whereabouts):
    """How a map of one period's hotspots did in the next.

    `before` is the period mapped, `period` the one it is tried on. `hotspots` has a row a
    percentage of the area's squares, the densest before: `percentage`, `squares`, `square_km`,
    `share_of_area`, `hits` (records of the period in them), `best` (the most so many squares
    could have held), `share` (hits over `records`), `pai`, `pei` and `rri`. `records` and
    `records_before` are those on the grid, `outside` those of either period off it. `squares` is
    how many touch the area, `used` how many had a record in either period: the others may have no
    snap point, and no map could err there. `curve` has the share of records held by the share of
    area, all of it: `share_of_area`, `share_of_records`, `best`.
    """

    before: Period
    cell: float = 0.0
    bandwidth: float = 0.0
    records: int = 0
    records_before: int = 0
    outside: int = 0
    squares: int = 0
    used: int = 0
    hotspots: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_HOTSPOTS))
    curve: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_CURVE))


def prediction(
    points: SnapPoints,
    *,
    before: Period | None = None,
    bandwidth: float | None = None,
    cell: float | None = None,
) -> Prediction:
    """How much of the period's records lay in the densest 1, 3, 5 and 10% of the area before.

    before: the period mapped, the same months a year earlier if none is asked for. bandwidth and
    cell in metres, by the rules of thumb of `density` where none is given. Not judged without an
    outline, with less than half of either period's months sound, under 50 records in either, or
    where the periods share a month.
    """
    before = before or points.period.earlier()
    if reason := _why_not(points, before):
        about = of_points(points, before, points.period, method="")
        return Prediction(**about | {"reason": reason}, before=before)
    cell = usual_cell(points.outline) if cell is None else cell
    bandwidth = usual_bandwidth(cell) if bandwidth is None else bandwidth
    grid = grid_over(points.outline, cell)
    then, off_then = counted_on(grid, counted_by_place(points, sound_months(points, before)))
    now, off_now = counted_on(grid, counted_by_place(points, sound_months(points, points.period)))
    risk = kernel_density.density(then, cell, bandwidth)
    inside = grid.inside.ravel()
    then, now, risk = (squares.ravel()[inside] for squares in (then, now, risk))
    rows = accuracy(now, _expected(risk, now.sum()))
    return Prediction(
        **of_points(points, before, points.period, method=_method(cell, bandwidth)),
        before=before,
        cell=cell,
        bandwidth=bandwidth,
        records=int(now.sum()),
        records_before=int(then.sum()),
        outside=off_then + off_now,
        squares=len(now),
        used=int(((now > 0) | (then > 0)).sum()),
        hotspots=_hotspots(rows, now, cell),
        curve=_curve(rows, now),
    )


def _why_not(points, before) -> str:
    if points.missing or points.outline is None:
        return points.missing or NO_OUTLINE
    if before.end >= points.period.start:
        return f"{before.label} is not over before {points.period.label} starts"
    reasons = [lack(points, each, fewest=FEWEST_RECORDS) for each in (before, points.period)]
    return "; ".join(filter(None, reasons))


def _method(cell, bandwidth) -> str:
    return (
        f"Hotspots are the squares of {cell:,.0f} metres with the highest kernel density (quartic, "
        f"bandwidth {bandwidth:,.0f} metres) in the earlier period. PAI is the share of the later "
        "period's records in them over their share of the area's squares (Chainey, Tompson and "
        "Uhlig 2008); PEI is that over the best any choice of as many squares could have had; RRI "
        "is the records that the earlier map would lay there over those that came."
    )


def _expected(risk, records) -> np.ndarray:
    """The later period's records as the surface would lay them; equal ground comes out equal."""
    shares = np.round(risk / (risk.max() or 1), 12)
    return shares * records / (shares.sum() or 1)


def _hotspots(rows, now, cell) -> pd.DataFrame:
    best = np.cumsum(np.sort(now)[::-1])
    wanted = [(each, int(len(now) * each / 100 + 1e-9)) for each in PERCENTAGES]
    found = [(each, squares, squares - 1) for each, squares in wanted if squares]
    at = rows.iloc[[last for *_, last in found]].reset_index(drop=True)
    squares = np.array([number for _, number, _ in found])
    return at.assign(
        percentage=[each for each, *_ in found],
        squares=squares,
        square_km=squares * cell**2 / 1e6,
        hits=at["hits"].astype("int64"),
        best=best[squares - 1].astype("int64"),
        share=at["share_of_records"],
    )[_HOTSPOTS]


def _curve(rows, now) -> pd.DataFrame:
    best = np.cumsum(np.sort(now)[::-1]) / now.sum()
    table = rows[["share_of_area", "share_of_records"]].assign(best=best)
    start = pd.DataFrame([dict.fromkeys(_CURVE, 0.0)])
    return pd.concat([start, table], ignore_index=True)
