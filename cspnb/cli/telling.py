"""What an ingest has done, a line a file, for a person at a terminal."""

import pandas as pd

FEW = 3
"""So many files that speak for the same part are each told so; more are told together."""

_FILE = ["file_name", "member", "sha256"]


def told(taken) -> list[str]:
    """What became of every file: unchanged, passed by, taken in; then what they add up to.

    taken: what an ingest returns: `sources` (rows of that table), `unchanged`, `ignored` (names).
    """
    parts = _parts(taken.sources)
    together = {part for part, number in parts.value_counts().items() if part and number > FEW}
    files = taken.sources.assign(part=parts.where(~parts.isin(together), ""))
    taken_in = [_line(rows.to_dict("records")) for _, rows in _by_file(files)]
    number = f"{_number(len(taken_in), 'file')} taken in, {len(taken.unchanged):,} unchanged."
    return [
        *(f"unchanged  {name}: the store holds these rows already" for name in taken.unchanged),
        *(f"passed by  {name}: not a file of this kind" for name in taken.ignored),
        *(f"taken in   {line}" for line in taken_in),
        *(f"{(parts == part).sum():,} files speak only for {part}." for part in sorted(together)),
        number,
    ]


def _by_file(sources):
    return sources.groupby(_FILE, dropna=False, sort=False)


def _line(sources):
    """A file's tables in a line; each is named only where there are several."""
    first = sources[0]
    name = first["member"] if isinstance(first["member"], str) else first["file_name"]
    if len(sources) == 1:
        return f"{name}: {_summary(first)}"
    return f"{name}: " + "; ".join(f"{each['table']}: {_summary(each)}" for each in sources)


def _summary(source):
    """How many rows are stored from how many read, and what became of the others.

    A row may bring several to the store: an area's links to two others, a pair of neighbours.
    """
    parts = [f"{source['rows_stored']:,} stored from {_number(source['rows_read'], 'row')} read"]
    if source["rows_copied"]:
        parts.append(f"{_number(source['rows_copied'], 'copy', 'copies')} left out")
    if source["rows_rejected"]:
        parts.append(f"{source['rows_rejected']:,} rejected")
    if isinstance(source["rejections"], str):
        parts.append(source["rejections"])
    if source["part"]:
        parts.append(f"speaks only for {source['part']}")
    return ", ".join(parts)


def _parts(sources):
    """What each police.uk street file speaks for, where that is a part only: else ''."""
    from cspnb.scopes import scope_of

    street = sources["table"] == "offences"
    parts = [
        _part(scope_of(source)) if is_street else ""
        for is_street, source in zip(street, sources.to_dict("records"), strict=True)
    ]
    return pd.Series(parts, index=sources.index, dtype="str")


def _part(scope):
    """'Burglary in Barnet'; '' where all is spoken for."""
    if scope.types is None and scope.areas is None:
        return ""
    types = "every crime type" if scope.types is None else ", ".join(sorted(scope.types))
    return types + ("" if scope.areas is None else " in " + ", ".join(sorted(scope.areas)))


def _number(number, one, many=""):
    """A number of things: '1 copy', '2 copies'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
