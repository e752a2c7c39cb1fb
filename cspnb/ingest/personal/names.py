"""Whether cells are the names of people, or name some, told from places, streets and offences."""

import re

import pandas as pd

MOSTLY = 0.5
MANY = 30
"""So many different names that no list of wards, teams or offences has them."""
KNOWN = 0.3
"""The part of names that hold one of the commonest, where they are names of people."""

_WORD = r"(?:[a-z]\.?|[a-z][a-zà-ÿ]*(?:[-'’][a-z]+)*)"
_TITLE = r"(?:mr|mrs|miss|ms|mx|dr)\.?"
_NAME = rf"(?:{_TITLE}\s+)?{_WORD}(?:,?\s+{_WORD}){{1,3}}"
_TITLED = rf"{_TITLE}\s+(?:{_WORD}\s+)?[a-z][a-z'’-]+"
_ASIDE = r"\s*\([^()]*\)"
"""What stands in brackets after a name: (victim)."""

_WORDS_OF_PLACES_AND_OFFENCES = """
    street road lane avenue close drive way court crescent place square park centre center hill
    green gardens garden grove terrace walk view rise row mews school college station ward estate
    farm house hall bridge church town city village market parish district borough county council
    hotel inn arms pub shop store hospital surgery club field fields meadow wood woods common
    north south east west central upper lower great little st saint near on or of the and to from
    in at with without by for under over other not no none unknown team beat sector unit office
    theft burglary robbery assault violence violent criminal damage arson fraud drugs drug offence
    offences crime vehicle motor cycle bicycle person property dwelling shoplifting stalking
    harassment malicious communications public order weapon weapons possession trafficking sexual
    rape murder kidnap injury harm bodily actual grievous attempted aggravated racially religiously
    threats noise nuisance neighbour neighbours rowdy behaviour littering tipping dog fouling
    abandoned graffiti begging fireworks open closed case pending investigation action taken
    resolved awaiting"""
_NOT_IN_NAMES = frozenset(_WORDS_OF_PLACES_AND_OFFENCES.split())

_FORENAMES_AND_SURNAMES = """
    john david michael peter paul james robert andrew stephen steven richard christopher william
    thomas daniel matthew anthony alan kevin brian gary simon martin colin keith neil graham ian
    stuart nigel barry philip phillip george edward joseph charles kenneth roger darren wayne craig
    lee jason adam ryan benjamin samuel joshua luke liam nathan jordan callum connor kyle aaron
    oliver harry jacob alfie mohammed muhammad mohamed ahmed ali hassan susan margaret mary
    patricia linda christine elizabeth jean barbara karen helen jacqueline julie sarah angela
    janet sandra carol tracey deborah michelle nicola claire emma lisa joanne louise rachel laura
    rebecca jessica hannah gemma katie kelly stephanie samantha natalie kirsty lauren chloe sophie
    emily megan bethany olivia amelia isla fatima aisha priya smith jones williams taylor davies
    evans johnson roberts walker wright robinson thompson hughes edwards jackson
    clarke harrison scott patel khan singh kaur hussain begum morris cooper harris watson morgan
    anderson wilson allen phillips campbell mitchell bennett carter collins murphy richardson
    simpson kelly shaw cox adams gibson ellis murray o'brien o'neill mcdonald"""
_COMMON_NAMES = frozenset(_FORENAMES_AND_SURNAMES.split())


def are_names(cells: pd.Series) -> bool:
    """Whether filled cells are mostly names of people: very many different ones, or common ones.

    Two to four words in capitals or small letters, in either order, with a title or an initial,
    whatever stands behind them in brackets; a lone word only where it is a common name. A word of
    streets, places and offences makes a cell no name.
    """
    cells = cells.str.casefold().str.replace(_ASIDE, "", regex=True).str.strip()
    counted = cells.value_counts().to_dict()
    rows = len(cells)

    def of(chosen):
        return sum(counted[cell] for cell in chosen)

    if of(cell for cell in counted if re.fullmatch(_TITLED, cell)) >= KNOWN * rows:
        return True
    words = {cell: _words(cell) for cell in counted}
    names = [cell for cell, found in words.items() if _could_be_a_name(cell, found)]
    known = [cell for cell in names if _COMMON_NAMES.intersection(words[cell])]
    alone = [cell for cell, found in words.items() if len(found) == 1 and found[0] in _COMMON_NAMES]
    if of(alone) >= KNOWN * rows and len(alone) > 2:
        return True
    if of(names) < MOSTLY * rows:
        return False
    various = len(names) >= MANY and len(names) >= MOSTLY * rows
    return various or (len(known) > 1 and of(known) >= KNOWN * of(names))


def names_somebody(cell: str) -> bool:
    """Whether two common names stand side by side in a cell: 'john smith hit his wife'."""
    words = _words(cell)
    both = zip(words, words[1:], strict=False)
    return any(_COMMON_NAMES.issuperset(each) for each in both)


def _words(cell):
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", cell.casefold().replace("’", "'"))


def _could_be_a_name(cell, words):
    return re.fullmatch(_NAME, cell) is not None and _NOT_IN_NAMES.isdisjoint(words)
