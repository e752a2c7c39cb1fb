"""What a command is doing is told once it takes long, and not before."""

from threading import Event

from cspnb.cli.progress import Progress


def test_nothing_is_said_of_what_is_soon_done(capsys):
    with Progress(patience=60) as progress:
        progress("counting")

    assert capsys.readouterr().err == ""


def test_what_takes_long_is_told_on_standard_error(capsys):
    is_late = Event()

    class Waiting(Progress):
        def _late(self):
            super()._late()
            is_late.set()

    with Waiting(patience=0.05) as progress:
        progress("counting")
        assert is_late.wait(20)
        progress("judging")

    told = capsys.readouterr()
    assert told.err == "counting ...\njudging ...\n"
    assert told.out == ""
