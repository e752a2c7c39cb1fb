"""Archives, folders and loose files are read within bounds and never unpacked."""

import io
import zipfile

import pytest

from cspnb.errors import IngestError
from cspnb.ingest.archive import Entry, Limits, contents, entries

INSIDE = "2020-04/2020-04-leicestershire-street.csv"


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_an_archive_a_folder_and_a_loose_file_give_their_entries(tmp_path):
    archive = zipped(tmp_path / "2020-04.zip", [(INSIDE, b"x")])
    folder = tmp_path / "loose" / "2020-04"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_bytes(b"yy")
    found = entries([archive, tmp_path / "loose"])
    assert found == [Entry(archive, INSIDE), Entry(folder / "a.csv")]
    assert [data for _, data in contents(found)] == [b"x", b"yy"]
    assert [str(entry) for entry in found] == [f"2020-04.zip: {INSIDE}", "a.csv"]


def test_an_entry_knows_its_own_name_and_folder_even_as_windows_writes_them(tmp_path):
    for member in (INSIDE, INSIDE.replace("/", "\\")):
        entry = Entry(tmp_path / "x.zip", member)
        assert (entry.name, entry.folder) == (INSIDE.partition("/")[2], "2020-04")


def test_a_file_given_twice_is_read_once(tmp_path):
    archive = zipped(tmp_path / "a.zip", [(INSIDE, b"x")])
    assert len(entries([archive, tmp_path, archive])) == 1


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(IngestError, match="no such file") as refused:
        entries([tmp_path / "2020-04.zip"])
    assert "2020-04.zip" in refused.value.where


@pytest.mark.parametrize("data", [b"", b"Crime ID,Month", b"PK\x03\x04"])
def test_a_file_that_is_no_zip_is_refused(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(IngestError, match="not a zip archive"):
        entries([tmp_path / "a.zip"])


def test_an_archive_cut_short_is_refused(tmp_path):
    archive = zipped(tmp_path / "a.zip", [(INSIDE, b"x" * 5000)])
    archive.write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(IngestError, match="cut short"):
        entries([archive])


def test_a_damaged_member_is_refused_by_name(tmp_path):
    archive = zipped(tmp_path / "a.zip", [(INSIDE, bytes(range(256)) * 40)])
    data = bytearray(archive.read_bytes())
    start = data.index(INSIDE.encode()) + len(INSIDE)
    data[start + 20 : start + 60] = bytes(40)
    archive.write_bytes(data)
    with pytest.raises(IngestError, match=f"{INSIDE} is damaged"):
        list(contents(entries([archive])))


def test_an_encrypted_member_is_refused(tmp_path):
    archive = zipped(tmp_path / "a.zip", [(INSIDE, b"x")])
    data = bytearray(archive.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag, in the central directory
    archive.write_bytes(data)
    with pytest.raises(IngestError, match="encrypted"):
        entries([archive])


def test_a_member_packed_otherwise_than_police_uk_packs_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(INSIDE, b"x")
    with pytest.raises(IngestError, match="packed in a way"):
        entries([tmp_path / "a.zip"])


def test_two_members_of_one_name_are_refused(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate"):
        archive = zipped(tmp_path / "a.zip", [(INSIDE, b"x"), (INSIDE, b"y")])
    with pytest.raises(IngestError, match="two members named"):
        entries([archive])


def test_more_members_than_a_genuine_archive_has_are_refused(tmp_path):
    archive = zipped(tmp_path / "a.zip", [("1.csv", b""), ("2.csv", b""), ("3.csv", b"")])
    assert len(entries([archive], Limits(members=3))) == 3
    with pytest.raises(IngestError, match="3 members"):
        entries([archive], Limits(members=2))


def test_more_bytes_in_one_member_than_a_genuine_one_has_are_refused(tmp_path):
    archive = zipped(tmp_path / "a.zip", [(INSIDE, bytes(1000))])
    assert len(list(contents(entries([archive]), Limits(member_bytes=1000)))) == 1
    with pytest.raises(IngestError, match="more than 999 bytes in one file"):
        list(contents(entries([archive]), Limits(member_bytes=999)))


def test_bytes_are_counted_over_all_files_together(tmp_path):
    one = zipped(tmp_path / "a.zip", [("1.csv", bytes(600))])
    (tmp_path / "2.csv").write_bytes(bytes(600))
    found = entries([one, tmp_path / "2.csv"])
    with pytest.raises(IngestError, match="more than 1,000 bytes in all"):
        list(contents(found, Limits(total_bytes=1000)))


def test_the_size_an_archive_states_of_itself_is_not_believed(tmp_path):
    archive = zipped(tmp_path / "a.zip", [(INSIDE, bytes(100_000))])
    data = bytearray(archive.read_bytes())
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")  # uncompressed size
    archive.write_bytes(data)
    with pytest.raises(IngestError, match="damaged"):
        list(contents(entries([archive])))


def test_the_genuine_archive_fits_the_bounds():
    """4,485 members and 1.7 GB, and 2.56 GB with 77 months, are what data.police.uk publishes."""
    assert Limits().members > 77 * 45 * 3
    assert Limits().total_bytes > 20 * 2.56e9


def test_an_archive_inside_an_archive_is_an_entry_and_is_not_opened(tmp_path):
    inner = io.BytesIO()
    zipped(inner, [(INSIDE, b"x")])
    archive = zipped(tmp_path / "a.zip", [("inner.zip", inner.getvalue())])
    assert [entry.name for entry in entries([archive])] == ["inner.zip"]
