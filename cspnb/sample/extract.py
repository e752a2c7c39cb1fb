"""Extracts as a police force would supply them: one row an offence, with its hours and its place.

Each has the very offences that the police.uk files and the sheet count, month by month.
"""

from hashlib import sha256

import numpy as np
import pandas as pd

from cspnb.extracts import Cover, Extract
from cspnb.national_grid import to_grid
from cspnb.periods import Month, Period
from cspnb.sample.ground import Ground
from cspnb.sample.habits import AGAIN, HABITS, OFFENCES, Habit, references
from cspnb.sample.model import stream
from cspnb.sample.notice import INVENTED
from cspnb.sample.partnerships import PARTNERSHIPS, Partnership

SUPPLIED = ("harborough", "barnet", "north-worcestershire")
"""The partnerships whose force supplies an extract."""

_YEARS = 2
_JITTER = 40
"""Metres about a snap point at which its offences happen, roughly."""
_NEXT_DOOR = 60
_DAYS_AFTER = 6
_OFFENDER_KNOWN = 0.22
_DAY = 24 * 60
_MAPPED = {
    "record_key": ("record",),
    "from": ("date_from", "time_from"),
    "to": ("date_to", "time_to"),
    "offence": ("offence",),
    "offence_code": ("offence_code",),
    "lsoa": ("lsoa",),
    "easting": ("easting",),
    "northing": ("northing",),
    "victim_key": ("victim",),
    "location_key": ("place",),
    "offender_key": ("offender",),
}


def extracts(monthly: pd.DataFrame, ground: Ground, *, seed: int) -> dict[str, pd.DataFrame]:
    """An extract a partnership that has one: the last two years, and on to what is supplied last.

    monthly: of `model.monthly_counts`. Columns as `described` maps them.
    """
    return {
        each.slug: _extract(each, monthly, ground, stream(seed, f"extract {each.slug}"))
        for each in PARTNERSHIPS
        if each.slug in SUPPLIED
    }


def described(slug: str) -> Extract:
    """How a partnership's extract is written: what its own file of params would say of one."""
    [partnership] = [each for each in PARTNERSHIPS if each.slug == slug]
    return Extract(
        partnership=slug,
        stream="force-extract",
        kind="offence",
        supplier="an invented police force",
        columns=_MAPPED,
        dates="year first",
        ignore=("supplier",),
        covers=Cover(partnership.districts),
    )


def _extract(partnership: Partnership, monthly, ground, chance) -> pd.DataFrame:
    last = Month.parse(partnership.supplied_to)
    months = Period(partnership.years[-_YEARS].start, last).months
    parts = [
        _offences(kind, monthly[kind], partnership.districts, months, ground.points, chance)
        for kind in HABITS
    ]
    rows = pd.concat(parts, ignore_index=True).sort_values(["from", "easting"], kind="stable")
    return _written(rows.reset_index(drop=True), partnership.slug, chance)


def _offences(kind, counts, districts, months, points, chance) -> pd.DataFrame:
    """A kind's offences in the order of time: minutes, point, metres, and the victim's serial."""
    wanted = pd.MultiIndex.from_product([districts, [str(month) for month in months]])
    number = counts.loc[wanted].to_numpy()
    district, month = np.divmod(np.arange(number.size).repeat(number), len(months))
    place = np.empty(district.size, dtype=np.int64)
    for position, code in enumerate(districts):
        own = points[points["lad_code"] == code]
        here = district == position
        place[here] = chance.choice(own.index, size=here.sum(), p=own["share"])
    first = np.array([f"{each}-01" for each in months], dtype="datetime64[m]").astype(np.int64)
    after = np.append(first[1:], _first_of(months[-1] + 1))
    start, end = _times(HABITS[kind], first[month], after[month], chance)
    east, north = to_grid(
        points["longitude"].to_numpy()[place], points["latitude"].to_numpy()[place]
    )
    rows = pd.DataFrame(
        {
            "kind": kind,
            "from": start,
            "to": end,
            "place": place,
            "easting": east + chance.normal(0, _JITTER, place.size),
            "northing": north + chance.normal(0, _JITTER, place.size),
        }
    ).sort_values("from", kind="stable", ignore_index=True)
    return _against(_followed(rows, AGAIN.get(kind, 0), chance), points, chance)


def _against(rows: pd.DataFrame, points, chance) -> pd.DataFrame:
    """The rows with `victim`: some of them where one of the district was harmed before."""
    district = points["lad_code"].to_numpy()
    victim = references(len(rows), chance)
    place = rows["place"].to_numpy()
    victim = np.where(district[place] == district[place[victim]], victim, np.arange(len(rows)))
    where = rows[["place", "easting", "northing"]].iloc[victim].reset_index(drop=True)
    lsoa = points["lsoa_code"].to_numpy()[where["place"]]
    return rows.assign(**where, victim=victim, lsoa=lsoa)


def _first_of(month: Month) -> int:
    return int(np.datetime64(f"{month}-01", "m").astype(np.int64))


def _times(habit: Habit, first, after, chance):
    """The earliest and the latest minute of each offence, both within its month."""
    days = (after - first) // _DAY
    day = _days(habit, first // _DAY, days, chance)
    hour = chance.normal(habit.hour, habit.spread, first.size)
    start = first + day * _DAY + np.round(hour * 60).astype(np.int64)
    unsure = chance.random(first.size) >= habit.known
    length = np.round(60 * chance.gamma(4, habit.within / 4, first.size)).astype(np.int64)
    end = start + np.where(unsure, length, 0)
    within = (first, after - 1)
    return np.clip(start, *within), np.clip(end, *within)


def _days(habit: Habit, first_day, days, chance):
    """A day of each month, counted from 0, by the weights of the days of the week."""
    weights = np.asarray(habit.days)
    tried = np.floor(chance.random((first_day.size, 8)) * days[:, None]).astype(np.int64)
    weekday = (first_day[:, None] + tried + 3) % 7  # the first day of 1970 was a Thursday
    taken = chance.random(tried.shape) < weights[weekday] / weights.max()
    taken[:, -1] = True
    return tried[np.arange(first_day.size), taken.argmax(axis=1)]


def _followed(rows: pd.DataFrame, share: float, chance) -> pd.DataFrame:
    """Some offences brought next door to one of a few days before, in the same month."""
    moved = rows.copy()
    lead = np.searchsorted(rows["from"].to_numpy(), rows["from"].to_numpy() - _DAYS_AFTER * _DAY)
    follows = np.flatnonzero((chance.random(len(rows)) < share) & (lead < np.arange(len(rows))))
    for after in follows:
        before = int(chance.integers(lead[after], after))
        moved.loc[after, "place"] = moved.loc[before, "place"]
        for metres in ("easting", "northing"):
            shift = chance.normal(0, _NEXT_DOOR)
            moved.loc[after, metres] = moved.loc[before, metres] + shift
    return moved


def _written(rows: pd.DataFrame, slug: str, chance) -> pd.DataFrame:
    """The rows in the columns of the file, all of them text."""
    victims = [
        f"{kind} {serial}" for kind, serial in zip(rows["kind"], rows["victim"], strict=True)
    ]
    draws = chance.random(len(rows))
    offender = references(len(rows), chance)
    known = chance.random(len(rows)) < _OFFENDER_KNOWN
    coded = [_coded(kind, draw) for kind, draw in zip(rows["kind"], draws, strict=True)]
    start, end = (pd.to_datetime(rows[name].astype("datetime64[m]")) for name in ("from", "to"))
    return pd.DataFrame(
        {
            "record": [_key(slug, "record", serial) for serial in range(len(rows))],
            "date_from": start.dt.strftime("%Y-%m-%d"),
            "time_from": start.dt.strftime("%H:%M"),
            "date_to": end.dt.strftime("%Y-%m-%d"),
            "time_to": end.dt.strftime("%H:%M"),
            "offence_code": [code for code, _ in coded],
            "offence": [offence for _, offence in coded],
            "lsoa": rows["lsoa"],
            "easting": rows["easting"].round().astype(int),
            "northing": rows["northing"].round().astype(int),
            "victim": [_key(slug, "victim", each) for each in victims],
            "place": [_key(slug, "place", each) for each in victims],
            "offender": [
                _key(slug, "offender", serial) if is_known else ""
                for serial, is_known in zip(offender, known, strict=True)
            ],
            "supplier": INVENTED,
        }
    )


def _coded(kind: str, draw: float) -> tuple[str, str]:
    """The code and the name of one offence of a kind, by the shares of its codes."""
    for code, offence, share in OFFENCES[kind]:
        if draw < share:
            return code, offence
        draw -= share
    return code, offence


def _key(slug: str, what: str, name: object) -> str:
    return sha256(f"{slug} {what} {name}".encode("ascii")).hexdigest()[:16]
