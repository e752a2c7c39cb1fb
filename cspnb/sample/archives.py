"""The police.uk archives: which months go into which, and their bytes."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from cspnb.sample.ground import Ground
from cspnb.sample.notice import NOTICE
from cspnb.sample.police_forces import FORCES, Force
from cspnb.sample.stops import stops_csv
from cspnb.sample.street import outcomes_csv, street_csv, street_records

EDITIONS = ("2017-04", "2020-04", "2021-03")
"""Archives by their edition; each holds the months since the one before, and no month twice."""

_OUTCOMES_MONTHS = ("2014-02", "2014-03")
_STOPS_MONTHS = ("2015-01", "2015-02")
_TASTED = "leicestershire"
"""The one force with outcomes and stops, in two months each."""

_LONG_AGO = (2000, 1, 1, 0, 0, 0)


def archives(monthly: pd.DataFrame, ground: Ground, *, seed: int) -> dict[str, bytes]:
    """The archives' bytes by file name: '2017-04.zip' and so on."""
    members = {}
    for force in FORCES:
        if force.months:
            members |= _street_members(force, monthly, ground, seed=seed)
        if force.slug == _TASTED:
            members |= _stops_members(force, ground, seed=seed)
    by_edition = {edition: {} for edition in EDITIONS}
    for name in sorted(members):
        by_edition[_edition_of(name[:7])][name] = members[name]
    return {f"{edition}.zip": _zipped(held) for edition, held in by_edition.items()}


def _street_members(force: Force, monthly, ground, *, seed) -> dict[str, bytes]:
    records = street_records(force, monthly, ground, seed=seed)
    members = {}
    for month, own in records.groupby("month", sort=False):
        members[f"{month}/{month}-{force.slug}-street.csv"] = street_csv(own)
        if force.slug == _TASTED and month in _OUTCOMES_MONTHS:
            members[f"{month}/{month}-{force.slug}-outcomes.csv"] = outcomes_csv(own)
    return members


def _stops_members(force: Force, ground, *, seed) -> dict[str, bytes]:
    return {
        f"{month}/{month}-{force.slug}-stop-and-search.csv": stops_csv(
            force, month, ground, seed=seed
        )
        for month in _STOPS_MONTHS
    }


def _edition_of(month: str) -> str:
    return next(edition for edition in EDITIONS if month <= edition)


def _zipped(members: dict[str, bytes]) -> bytes:
    """A zip whose bytes depend on its members alone: no clock, no system."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.comment = NOTICE.encode("ascii")
        for name, content in members.items():
            member = ZipInfo(name, _LONG_AGO)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3
            archive.writestr(member, content)
    return buffer.getvalue()
