"""What the workbook says to those who fill it in."""

from cspnb.workbook.form import Form

FIGURES_HINT = (
    "Fill in the columns Value, Base, Supplier and Note. Leave Value empty where there is no "
    "figure: an empty cell is shown as missing, a 0 as nought."
)
LISTS_HINT = "This worksheet contains one table: the measures, periods and areas asked for."

_CUT = {1: ", by month", 3: ", by quarter", 12: ", by financial year"}

HELD_BY = {
    "Crime": "the police force: its analysts",
    "ASB": "the police force; the council and landlords for cases of their own",
    "Fire": "the fire and rescue service",
    "Roads": "the police force or the highway authority",
    "Reoffending": "the Ministry of Justice's statistics; the probation service",
    "Youth justice": "the youth justice service; the Youth Justice Board's statistics",
    "Substance misuse": "public health, for treatment, hospital admissions and deaths",
    "Health": "public health and the ambulance service",
    "Families": "the county's or unitary authority's service for families",
    "Perceptions": "whoever runs the survey: the police force, the council, the commissioner",
}
"""Who usually has the figures of a sheet."""


def instructions(form: Form) -> list[str]:
    """The cover sheet's lines under its title, a paragraph each."""
    partnership = form.partnership
    lines = [
        f"{partnership.name}: figures for {_span(form)}",
        "What this is. Each row of the sheets listed below asks for one figure: a measure, in a "
        "period, of an area. They come from partners and surveys; no public source has them all.",
        "What to fill in. The column Value, and where there is something to say Base, Supplier "
        "and Note. All other cells come filled in and are locked. Rows may be sorted or filtered.",
        "Counts are whole numbers: 12. Percentages are typed as numbers from 0 to 100: 88, not "
        "88% and not 0.88. The column Unit says which. A percentage that really is 1 or less has "
        "the words 'figure checked' in its note.",
        "Base is for percentages: how many people were asked, or how many the percentage is of.",
        "Where there is no figure, or it may not be told, leave Value empty. Do not type 0, n/a, "
        "x or a dash: 0 means that there were none.",
        "A period is a financial year (2013/14, April to March), a quarter of one (2013/14-Q3, "
        "October to December), a month (2014-03) or a run of months (2013-04..2014-03).",
        "Some measures are published for counties and unitary authorities alone. They are asked "
        "of the county, and are never shown as a district's.",
        "No personal data: figures only. Leave a figure empty if readers of a public report may "
        "not see it.",
        f"When it is filled in, return it to {partnership.lead_authority}, who take it in with: "
        "cspnb ingest indicators FILE (and --edition YYYY-MM, the month of supply, where it "
        "corrects an earlier one). Whatever cannot be read is then told cell by cell.",
    ]
    if form.left_out:
        lines.append(
            f"Not asked, since the partnership's params name no county: {', '.join(form.left_out)}."
        )
    return [
        *lines,
        "This worksheet contains one table: the sheets, and who usually has the figures.",
    ]


def _span(form: Form) -> str:
    """'2021/22, by quarter'; 'October to December 2013, and the same of the year before'."""
    first, asked = form.periods[0], form.period
    cut = _CUT.get(len(first), "") if len(first) < len(asked) else ""
    years = asked.start.financial_year.start.year - first.start.financial_year.start.year
    before = "the year" if years == 1 else f"the {years} years"
    earlier = f", and the same of {before} before" if years else ""
    return f"{asked.label}{cut}{earlier}"
