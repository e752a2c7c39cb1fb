"""Invented residents and households, of districts and of LSOAs, at the mid-years reports need."""

import numpy as np
import pandas as pd

from cspnb.sample.districts import DISTRICTS
from cspnb.sample.ground import Ground
from cspnb.sample.notice import INVENTED
from cspnb.sample.partnerships import PARTNERSHIPS
from cspnb.sample.police_forces import FORCES

_GROWTH = 0.006
_RESIDENTS_OF_A_HOUSEHOLD = 2.36


def population(ground: Ground) -> pd.DataFrame:
    """A row an area and year: `area_code`, `area_name`, `year`, `residents`, `households`.

    The LSOAs of a district sum to it, in both columns.
    """
    years = _years_needed()
    totals = pd.DataFrame(
        [
            (code, DISTRICTS[code].name, year, *_counted(code, year))
            for code in DISTRICTS
            for year in years[code]
        ],
        columns=["area_code", "area_name", "year", "residents", "households"],
    )
    parts = [
        _of_lsoas(own, totals[totals["area_code"] == code])
        for code, own in ground.lsoas.groupby("lad_code", sort=False)
    ]
    return pd.concat([totals, *parts], ignore_index=True).assign(source_note=INVENTED)


def _years_needed() -> dict[str, range]:
    """Mid-years by district: from the first that any of its partnerships needs to the last."""
    needed = {code: set() for code in DISTRICTS}
    centres = {force.slug: list(force.centres) for force in FORCES}
    for partnership in PARTNERSHIPS:
        years = {period.start.year for period in partnership.years}
        for code in (*centres[partnership.force], *partnership.peers):
            needed[code] |= years
    return {code: range(min(years), max(years) + 1) for code, years in needed.items()}


def _counted(code: str, year: int) -> tuple[int, int]:
    residents = round(DISTRICTS[code].residents * (1 + _GROWTH * (year - 2012)))
    return residents, round(residents / _RESIDENTS_OF_A_HOUSEHOLD)


def _of_lsoas(lsoas: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    share = lsoas["residents_share"].to_numpy()
    cells = totals[["year"]].merge(lsoas[["lsoa_code", "lsoa_name"]], how="cross")
    return pd.DataFrame(
        {
            "area_code": cells["lsoa_code"],
            "area_name": cells["lsoa_name"],
            "year": cells["year"],
            "residents": _parted(totals["residents"].to_numpy(), share),
            "households": _parted(totals["households"].to_numpy(), share),
        }
    )


def _parted(totals: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Each total in whole numbers near the shares that sum to it, one total after another."""
    reached = np.rint(np.outer(totals, np.cumsum(share))).astype(np.int64)
    reached[:, -1] = totals
    return np.diff(reached, axis=1, prepend=0).ravel()
