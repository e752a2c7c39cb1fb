"""The 45 forces of data.police.uk: the slug in a file's name, the names inside it, the ONS area."""

import difflib
import re
from dataclasses import dataclass

from cspnb.errors import IngestError


@dataclass(frozen=True)
class Force:
    """A police force as data.police.uk publishes it.

    `names` are what its files call it, or have called it, the usual one first; `area` is the
    ONS's name of its police force area, None where it has none of its own.
    """

    slug: str
    names: tuple[str, ...]
    area: str | None


def _force(area: str, *names: str, slug: str = "") -> Force:
    return Force(slug or area.lower().replace(" ", "-"), (*names, area), area)


FORCES = {
    force.slug: force
    for force in (
        _force("Avon and Somerset", "Avon and Somerset Constabulary"),
        _force("Bedfordshire", "Bedfordshire Police"),
        Force("btp", ("British Transport Police",), None),
        _force("Cambridgeshire", "Cambridgeshire Constabulary"),
        _force("Cheshire", "Cheshire Constabulary"),
        _force("City of London", "City of London Police"),
        _force("Cleveland", "Cleveland Police"),
        _force("Cumbria", "Cumbria Constabulary"),
        _force("Derbyshire", "Derbyshire Constabulary"),
        _force("Devon and Cornwall", "Devon & Cornwall Police", "Devon and Cornwall Constabulary"),
        _force("Dorset", "Dorset Police"),
        _force("Durham", "Durham Constabulary"),
        _force("Dyfed-Powys", "Dyfed-Powys Police"),
        _force("Essex", "Essex Police"),
        _force("Gloucestershire", "Gloucestershire Constabulary"),
        _force("Greater Manchester", "Greater Manchester Police"),
        _force("Gwent", "Gwent Police"),
        _force("Hampshire", "Hampshire Constabulary", "Hampshire and Isle of Wight Constabulary"),
        _force("Hertfordshire", "Hertfordshire Constabulary"),
        _force("Humberside", "Humberside Police"),
        _force("Kent", "Kent Police"),
        _force("Lancashire", "Lancashire Constabulary"),
        _force("Leicestershire", "Leicestershire Police", "Leicestershire Constabulary"),
        _force("Lincolnshire", "Lincolnshire Police"),
        _force("Merseyside", "Merseyside Police"),
        _force("Metropolitan Police", "Metropolitan Police Service", slug="metropolitan"),
        _force("Norfolk", "Norfolk Constabulary"),
        _force("North Wales", "North Wales Police"),
        _force("North Yorkshire", "North Yorkshire Police"),
        _force("Northamptonshire", "Northamptonshire Police"),
        _force("Northern Ireland", "Police Service of Northern Ireland"),
        _force("Northumbria", "Northumbria Police"),
        _force("Nottinghamshire", "Nottinghamshire Police"),
        _force("South Wales", "South Wales Police"),
        _force("South Yorkshire", "South Yorkshire Police"),
        _force("Staffordshire", "Staffordshire Police"),
        _force("Suffolk", "Suffolk Constabulary"),
        _force("Surrey", "Surrey Police"),
        _force("Sussex", "Sussex Police"),
        _force("Thames Valley", "Thames Valley Police"),
        _force("Warwickshire", "Warwickshire Police"),
        _force("West Mercia", "West Mercia Police", "West Mercia Constabulary"),
        _force("West Midlands", "West Midlands Police"),
        _force("West Yorkshire", "West Yorkshire Police"),
        _force("Wiltshire", "Wiltshire Police", "Wiltshire Constabulary"),
    )
}
"""Every force by its slug."""

_KIND_OF_FORCE = re.compile(r"^police service of | (police service|police|constabulary)$")


def force_named(name: str) -> str:
    """The slug of the force of that name, whichever of its names, or its slug.

    'Police', 'Constabulary' and 'and' or '&' make no difference, nor do capitals.
    Raises IngestError, naming the nearest, for a name of no force.
    """
    if slug := _SLUGS.get(_bare(name)):
        return slug
    known = [name for force in FORCES.values() for name in (force.slug, *force.names)]
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    raise IngestError(
        f"'{name}' is no police force that data.police.uk publishes",
        remedy=f"Did you mean '{near[0]}'?" if near else "See data.police.uk for the forces.",
    )


def force_of_area(pfa_name: str) -> str | None:
    """The slug of the force that polices an ONS police force area; None where there is none."""
    return _SLUGS.get(_bare(pfa_name)) if _bare(pfa_name) in _AREAS else None


def _bare(name) -> str:
    words = " ".join(str(name).casefold().replace("&", " and ").replace("-", " ").split())
    return _KIND_OF_FORCE.sub("", words)


_SLUGS = {
    _bare(name): force.slug for force in FORCES.values() for name in (force.slug, *force.names)
}
_AREAS = {_bare(force.area) for force in FORCES.values() if force.area}
