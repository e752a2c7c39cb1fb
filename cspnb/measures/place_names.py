"""What places are called: the names published with their records, and their LSOA's."""

import pandas as pd

from cspnb.measures.snap_points import SnapPoints

_PLACE = ["easting", "northing"]
_PREFIX = "On or near "
NAMELESS = "A place without a name"


def named(points: SnapPoints, places: pd.DataFrame) -> pd.DataFrame:
    """The places with `location` and `lsoa_name`, from every month held.

    places: `easting`, `northing`, one row a place, and any other columns; rows keep their order.
    Where one point has several names the most usual comes first: 'On or near Church Street, or
    High Street'. `lsoa_name` is null where none is known.
    """
    rows = points.table.merge(places[_PLACE], on=_PLACE, how="inner", validate="many_to_one")
    names = pd.DataFrame(
        [
            (*place, _joined(_usual(of, "location")), next(iter(_usual(of, "lsoa_name")), None))
            for place, of in rows.groupby(_PLACE)
        ],
        columns=[*_PLACE, "location", "lsoa_name"],
    )
    return places.merge(names, on=_PLACE, how="left", validate="one_to_one")


def _usual(rows, column) -> list[str]:
    """The values of a column, those of most records first."""
    sums = rows.groupby(column)["count"].sum().reset_index()
    return list(sums.sort_values(["count", column], ascending=[False, True])[column])


def _joined(names) -> str:
    """data.police.uk prints 'On or near' and no more where a street has no name."""
    first, *others = [name for name in names if name.strip() != _PREFIX.strip()] or [NAMELESS]
    return ", or ".join([first, *(name.removeprefix(_PREFIX) for name in others)])
