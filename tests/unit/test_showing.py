from cspnb.exhibits import Exhibit, Grid
from cspnb.report.showing import without_repeats

NO_ASB = "Anti-social behaviour is left out."


def _said(*body, notes=()):
    return Exhibit(kind="statement", title="Said", body=body, notes=notes)


def _table(notes=()):
    return Exhibit(kind="table", title="Shown", body=Grid(("Year",), (("2013/14",),)), notes=notes)


def test_a_note_is_left_to_the_figure_that_follows():
    said, shown = without_repeats((_said("It rose.", notes=(NO_ASB,)), _table(notes=(NO_ASB,))))

    assert said.notes == ()
    assert shown.notes == (NO_ASB,)


def test_a_statement_shown_alone_keeps_its_note():
    [said] = without_repeats((_said("It rose.", notes=(NO_ASB,)),))

    assert said.notes == (NO_ASB,)


def test_words_already_said_are_not_said_again():
    """A comparison that cannot be drawn says so in words, as the narrative just did."""
    why = "No figures are held."
    kept = without_repeats((_said(why, notes=(NO_ASB,)), _said(why), _table()))

    assert [exhibit.kind for exhibit in kept] == ["statement", "table"]
    assert kept[0].notes == (NO_ASB,)
