"""What a column's name says of the personal data in it."""

import re

_PERSON = (
    "victim|vic|aggrieved|complainant|offender|suspect|perpetrator|perp|person|nominal|subject|"
    "caller|informant|reporter|witness|tenant|resident|occupier|owner|keeper|driver|customer|"
    "client|contact|applicant|parent|guardian|child|landlord|neighbour|officer|oic|investigator|"
    "worker|manager|handler"
)
_NUMBER = "(no|num|number|id)"

BIRTH = "dates of birth"

_RULES = (
    (BIRTH, r"birth|dob\b|\bd o b\b|\byob\b|\bborn\b"),
    ("e-mail addresses", r"\be mail|email"),
    (
        "telephone numbers",
        rf"phone|\btel\b|\bmobile\b|\bmob\b|\blandline\b|\bfax\b|\bcontact {_NUMBER}\b",
    ),
    ("National Insurance numbers", rf"\bni {_NUMBER}\b|\bnino\b|national insurance"),
    ("NHS numbers", rf"\bnhs( {_NUMBER})?$"),
    ("police computer numbers", r"\bpnc\b|\bpncid\b|\bcro\b"),
    ("passport or driving licence numbers", r"passport|driv(ing|ers?) licen[cs]e"),
    (
        "vehicle registrations",
        r"\bvrm\b|\bvrn\b|\bvin\b|number ?plate|\b(vehicle|veh|car) reg"
        r"|\breg(istration)? (no|num|number|mark|plate)\b",
    ),
    (
        "names of people",
        r"surname|forename|(first|last|middle|given|family|full|maiden|nick) ?name|\binitials?\b"
        rf"|\balias(es)?\b|^names?$|\b({_PERSON})s?( \w+)? ?names?\b|names? of (the )?({_PERSON})",
    ),
    (
        "addresses",
        r"address(?!ed)|\baddr\b|\buprn\b"
        r"|\b(house|flat|door|property|building|dwelling|street) (no|num|number)\b"
        r"|\b(house|property|building) name\b",
    ),
    (
        "full postcodes",
        r"(post ?code|postal ?code|\bpcode\b)(?!.*\b(sector|district|area|outward)\b)",
    ),
    (
        "free text",
        r"\bmo\b(?! (code|type|category))|modus|narrative|free ?text|\bnotes?\b|\bcomments?\b"
        r"|\bremarks?\b|circumstances|synopsis|\bsummary\b|\blog text\b"
        rf"|\b({_PERSON}) description\b|description of (the )?({_PERSON})",
    ),
)

_BREAKS = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])"
)


def spoken_of(header: str) -> str | None:
    """The kind of personal data a column's name speaks of; None where it speaks of none.

    `VictimDOB`, `victim_dob` and `Victim - D.O.B.` are one name. 'Offence name', 'ward name' and
    'LSOA name' name no people, and 'postcode sector' is no full postcode.
    """
    words = " ".join(re.findall(r"[a-z]+|\d+", _BREAKS.sub(" ", header).casefold()))
    return next((kind for kind, pattern in _RULES if re.search(pattern, words)), None)
