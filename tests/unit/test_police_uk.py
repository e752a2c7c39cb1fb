"""The door of data.police.uk: what is let in, what is counted, what is refused."""

import math
import zipfile

import pandas as pd
import pytest

from cspnb.errors import IngestError, PeriodError, StoreError
from cspnb.ingest import police_uk
from cspnb.scopes import FOURTEEN_TYPES, in_force
from cspnb.store import Store, new_source_id

STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
OUTCOMES = STREET.partition(",Crime type")[0] + ",Outcome type"
STREET_OF_2011 = "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context"
STOPS = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
    "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,"
    "Outcome,Outcome linked to object of search,Removal of more than just outer clothing"
)
FORCE = "Leicestershire Police"
HARBOROUGH = "E01025700,Harborough 001A"
MELTON = "E01025800,Melton 002B"
TYPES = sorted(FOURTEEN_TYPES)
STREET_FILE = "2020-04-leicestershire-street.csv"


def offence(  # noqa: PLR0913
    crime_type="Burglary",
    crime_id="",
    *,
    month="2020-04",
    point="-0.914,52.477",
    lsoa=HARBOROUGH,
    outcome="Under investigation",
):
    return (
        f"{crime_id},{month},{FORCE},{FORCE},{point},On or near High Street,{lsoa},"
        f"{crime_type},{outcome},"
    )


def a_month(*more, month="2020-04"):
    """A small month of a whole force: each crime type once, in two districts."""
    lsoas = [HARBOROUGH, MELTON] * 7
    rows = [
        offence(crime_type, f"id{i}", month=month, lsoa=lsoa)
        for i, (crime_type, lsoa) in enumerate(zip(TYPES, lsoas, strict=True))
    ]
    return [*rows, *more]


def csv(rows, header=STREET, newline="\n"):
    return newline.join([header, *rows, ""]).encode()


def write(folder, rows, name=STREET_FILE, header=STREET):
    folder.mkdir(parents=True, exist_ok=True)
    data = rows if isinstance(rows, bytes) else csv(rows, header)
    (folder / name).write_bytes(data)
    return folder / name


def write_zip(path, members):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data if isinstance(data, bytes) else csv(data))
    return path


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "store"))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "given"


def taken(store, *paths, **options):
    return police_uk.ingest(list(paths), store, **options)


def only_source(store):
    assert len(store.sources()) == 1
    return store.sources().iloc[0]


# What a file becomes


def test_a_street_file_becomes_offences_of_its_force_and_month(store, folder):
    row = offence("Drugs", "abc", point="-0.914000,52.477000", outcome="Local resolution")
    taken(store, write(folder, a_month(row)))
    stored = store.read("offences", where={"crime_id": ["abc"]}).iloc[0].to_dict()
    del stored["source_id"]
    assert pd.isna(stored.pop("context"))
    assert stored == {
        "force": "leicestershire",
        "month": "2020-04",
        "crime_id": "abc",
        "crime_type": "Drugs",
        "longitude": -0.914,
        "latitude": 52.477,
        "location": "On or near High Street",
        "lsoa_code": "E01025700",
        "lsoa_name": "Harborough 001A",
        "last_outcome": "Local resolution",
    }


def test_a_source_says_what_the_file_is_and_holds(store, folder):
    taken(store, write(folder, a_month()))
    source = only_source(store)
    assert source["publisher"] == "data.police.uk"
    assert source["licence"] == "Open Government Licence v3.0"
    assert (source["force"], source["month"]) == ("leicestershire", "2020-04")
    assert source["file_name"] == STREET_FILE
    assert pd.isna(source["member"])
    assert pd.isna(source["edition"])
    assert source["types_seen"].split("; ") == TYPES
    assert source["districts_seen"] == "Harborough; Melton"
    assert (source["rows_read"], source["rows_stored"]) == (14, 14)
    assert not source["is_sample"]


def test_an_outcomes_file_becomes_outcomes(store, folder):
    rows = [
        f"id{i},2020-04,{FORCE},{FORCE},-0.9,52.4,On or near High Street,{lsoa},"
        "Investigation complete; no suspect identified"
        for i, lsoa in enumerate([HARBOROUGH, MELTON])
    ]
    taken(store, write(folder, rows, "2020-04-leicestershire-outcomes.csv", OUTCOMES))
    outcomes = store.read("outcomes")
    assert set(outcomes["crime_id"]) == {"id0", "id1"}
    assert set(outcomes["outcome"]) == {"Investigation complete; no suspect identified"}


def test_a_stop_belongs_to_the_files_month_and_keeps_its_utc_time_as_text(store, folder):
    """Just after midnight on 1 April in British Summer Time is still 31 March in UTC."""
    row = "Person search,2020-03-31T23:15:00+00:00,False,,52.5,-0.9,Male,18-24,,,,,Arrest,,"
    taken(store, write(folder, [row], "2020-04-leicestershire-stop-and-search.csv", STOPS))
    stop = store.read("stops").iloc[0]
    assert stop["month"] == "2020-04"
    assert stop["stopped_at"] == "2020-03-31T23:15:00+00:00"
    assert (stop["longitude"], stop["latitude"]) == (-0.9, 52.5)
    assert stop["kind"] == "Person search"
    assert pd.isna(stop["legislation"])


def test_a_file_of_2011_has_its_grid_references_turned_into_degrees(store, folder):
    """Caister Water Tower, as the Ordnance Survey's guide to coordinate systems gives it:
    651409.792 east, 313177.448 north is 52 39 28.8282 N, 1 42 57.8663 E."""
    types = ["Burglary", "Robbery", "Vehicle crime", "Violent crime"]
    rows = [
        f"2011-03,{FORCE},{FORCE},651409.792,313177.448,On or near High Street,{name},"
        for name in types
    ]
    rows.append(f"2011-03,{FORCE},{FORCE},0,0,No Location,Other crime,")
    taken(store, write(folder, rows, "2011-03-leicestershire-street.csv", STREET_OF_2011))
    offences = store.read("offences").set_index("crime_type")
    assert offences.loc["Burglary", "latitude"] == pytest.approx(52.6580078, abs=1e-4)
    assert offences.loc["Burglary", "longitude"] == pytest.approx(1.7160740, abs=1e-4)
    assert offences.loc["Other crime", ["longitude", "latitude"]].isna().all()
    assert offences["crime_id"].isna().all() and offences["lsoa_code"].isna().all()


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_byte_order_mark_and_the_ends_of_lines_make_no_difference(store, folder, bom, newline):
    taken(store, write(folder, bom + csv(a_month(), newline=newline)))
    offences = store.read("offences")
    assert len(offences) == 14
    assert offences["last_outcome"].unique().tolist() == ["Under investigation"]
    assert offences["context"].isna().all()


def test_a_comma_inside_quotes_stays_in_its_field(store, folder):
    row = offence(crime_id="abc").replace("On or near High Street", '"On or near Asda, Thurmaston"')
    taken(store, write(folder, a_month(row)))
    stored = store.read("offences", where={"crime_id": ["abc"]})
    assert stored["location"].item() == "On or near Asda, Thurmaston"


def test_a_name_that_a_force_once_had_is_the_same_force(store, folder):
    data = csv(a_month()).replace(FORCE.encode(), b"Leicestershire Constabulary")
    taken(store, write(folder, data))
    assert only_source(store)["force"] == "leicestershire"


def test_zips_folders_and_loose_files_may_be_given_together(store, folder):
    archive = write_zip(
        folder / "2020-05.zip",
        {
            "2020-03/2020-03-leicestershire-street.csv": a_month(month="2020-03"),
            "2020-05/2020-05-leicestershire-street.csv": a_month(month="2020-05"),
        },
    )
    write(folder / "loose" / "2020-04", a_month())
    result = taken(store, archive, folder / "loose")
    assert result.sources["month"].to_list() == ["2020-03", "2020-05", "2020-04"]
    assert result.sources["edition"].fillna("none").to_list() == ["2020-05", "2020-05", "none"]
    assert result.sources["member"].iloc[0] == "2020-03/2020-03-leicestershire-street.csv"
    assert len(store.read("offences")) == 42


def test_the_edition_is_the_archives_month_unless_it_is_said(store, folder):
    members = {f"2020-04/{STREET_FILE}": a_month()}
    archive = write_zip(folder / "2020-06.zip", members)
    result = taken(store, archive, edition="2021-01")
    assert result.sources["edition"].to_list() == ["2021-01"]
    other = Store(store.address + "2")
    renamed = write_zip(folder / "police-2020-06.zip", members)
    assert taken(other, renamed).sources["edition"].isna().all()


def test_other_files_in_an_archive_are_left_alone_and_named(store, folder):
    archive = write_zip(
        folder / "a.zip",
        {f"2020-04/{STREET_FILE}": a_month(), "readme.txt": b"hello", "inner.zip": b"PK"},
    )
    assert taken(store, archive).ignored == ("a.zip: readme.txt", "a.zip: inner.zip")


# What is left out is counted


def test_only_whole_row_copies_that_carry_a_crime_id_are_left_out(store, folder):
    asb = offence("Anti-social behaviour", "", outcome="")
    rows = [
        offence("Drugs", "one"),
        offence("Drugs", "one"),  # a copy
        offence("Drugs", "two"),
        offence("Drugs", "two", outcome="Local resolution"),  # the same crime told otherwise
        asb,
        asb,  # two incidents
    ]
    taken(store, write(folder, a_month(*rows)))
    source = only_source(store)
    assert (source["rows_read"], source["rows_stored"], source["rows_copied"]) == (20, 19, 1)
    ids = store.read("offences")["crime_id"].value_counts(dropna=False)
    assert (ids["one"], ids["two"]) == (1, 2)
    assert store.read("offences")["crime_id"].isna().sum() == 2


def test_an_unknown_or_missing_crime_type_or_month_rejects_the_row_and_says_so(store, folder):
    rows = [offence("Piracy"), offence("Piracy"), offence(""), offence("Drugs", month="")]
    taken(store, write(folder, a_month(*rows)))
    source = only_source(store)
    assert (source["rows_read"], source["rows_stored"], source["rows_rejected"]) == (18, 14, 4)
    assert (
        source["rejections"] == "no crime type (1); no month (1); unknown crime type 'Piracy' (2)"
    )
    assert set(store.read("offences")["crime_type"]) == FOURTEEN_TYPES


def test_a_crime_type_is_known_whatever_its_capitals_and_spaces(store, folder):
    taken(store, write(folder, a_month(offence(" bicycle THEFT ", "x"))))
    row = store.read("offences", where={"crime_id": ["x"]})
    assert row["crime_type"].to_list() == ["Bicycle theft"]


@pytest.mark.parametrize(
    ("point", "rejections"),
    [
        (",", None),
        ("0,0", None),
        ("0.000000,0.000000", None),
        ("-0.9,", None),
        ("west,52.5", "coordinates left out: not numbers (1)"),
        ("52.5,-0.9", "coordinates left out: outside the United Kingdom (1)"),
    ],
)
def test_coordinates_that_are_none_are_null_and_the_row_stays(store, folder, point, rejections):
    taken(store, write(folder, a_month(offence(crime_id="x", point=point))))
    row = store.read("offences", where={"crime_id": ["x"]}).iloc[0]
    assert math.isnan(row["longitude"]) and math.isnan(row["latitude"])
    told = only_source(store)["rejections"]
    assert (None if pd.isna(told) else told) == rejections


def test_greenwich_lies_on_longitude_nought(store, folder):
    taken(store, write(folder, a_month(offence(crime_id="x", point="0.0,51.478"))))
    row = store.read("offences", where={"crime_id": ["x"]}).iloc[0]
    assert (row["longitude"], row["latitude"]) == (0.0, 51.478)


def test_a_strange_lsoa_code_is_left_blank_and_its_row_stays(store, folder):
    rows = [offence(crime_id="x", lsoa="S01006506,Perth 001"), offence(crime_id="y", lsoa=",")]
    taken(store, write(folder, a_month(*rows)))
    source = only_source(store)
    assert (source["rows_stored"], source["rows_rejected"]) == (16, 0)
    assert source["rejections"] == "LSOA code left out: not of England or Wales (1)"
    stored = store.read("offences").set_index("crime_id")
    assert stored.loc[["x", "y"], "lsoa_code"].isna().all()
    assert stored.loc["x", "lsoa_name"] == "Perth 001"


def test_rows_are_counted_by_how_they_are_placed_when_taken_in(store, folder):
    """Harborough's LSOA is in the lookup, Melton's is not but is named, one row is nowhere."""
    add_lookup(store)
    taken(store, write(folder, a_month(offence(crime_id="x", lsoa=","))))
    source = store.sources().iloc[-1]
    placed = ["rows_placed", "rows_named", "rows_unplaced"]
    assert source[placed].to_list() == [7, 7, 1]


def add_lookup(store):
    name = new_source_id()
    link = {"level": "lsoa", "vintage": 2011, "code": "E01025700", "name": "Harborough 001A"}
    parent = {"parent_level": "lad", "parent_vintage": 2019, "parent_code": "E07000131"}
    row = {"source_id": name} | link | parent | {"parent_name": "Harborough", "change": None}
    frame = pd.DataFrame([row]).astype({"change": "str"})
    counts = ("rows_copied", "rows_rejected", "rows_placed", "rows_named", "rows_unplaced")
    source = dict.fromkeys(counts, 0) | {"rows_read": 1, "rows_stored": 1, "is_sample": False}
    text = {"publisher": "ONS", "licence": "OGL", "file_name": "x.csv", "rows_digest": "x"}
    with store.batch() as batch:
        batch.append("geography", [frame])
        batch.name([source | text | {"source_id": name, "table": "geography", "sha256": "0" * 64}])


# What is refused, whole

BAD_FILES = {
    "is empty": (STREET_FILE, b""),
    "header and no rows": (STREET_FILE, csv([])),
    "on line 2, is 0x92": (
        STREET_FILE,
        csv(a_month()).replace(b"High Street", b"King\x92s Rd", 1),
    ),
    "header is not that of a police.uk file": (
        STREET_FILE,
        csv(a_month(), header=STREET.replace("Longitude", "Long")),
    ),
    "column 5 is 'Long' where 'Longitude' belongs": (
        STREET_FILE,
        csv(a_month(), header=STREET.replace("Longitude", "Long")),
    ),
    "11 columns where 12 belong": (STREET_FILE, csv([*a_month(), offence().rpartition(",")[0]])),
    "month that does not match the file: row 16 is of '2020-05'": (
        STREET_FILE,
        csv(a_month(offence(month="2020-05"))),
    ),
    "'Rutland Police' is no police force": (
        STREET_FILE,
        csv(a_month()).replace(FORCE.encode(), b"Rutland Police"),
    ),
    "reported by Kent Police": (
        STREET_FILE,
        csv(a_month()).replace(FORCE.encode(), b"Kent Police"),
    ),
    "'leicestershir' is no police force": ("2020-04-leicestershir-street.csv", csv(a_month())),
    "'2020-13' is not a month": ("2020-13-leicestershire-street.csv", csv(a_month())),
    "not one of 1 rows": (STREET_FILE, csv([offence("Piracy")])),
    "no police.uk file": ("crimes.csv", csv(a_month())),
    "mixes sample data with real": (
        STREET_FILE,
        csv(a_month(offence(lsoa="E01990001,Sampleton 001A"))),
    ),
    "may be an extract": (STREET_FILE, csv([offence()] * 29)),
}


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A store that holds January: no refused file may change it."""
    held = tmp_path_factory.mktemp("held")
    store = Store(str(held / "store"))
    january = STREET_FILE.replace("04", "01")
    taken(store, write(held, a_month(month="2020-01"), january))
    return store


@pytest.mark.parametrize("message", BAD_FILES)
@pytest.mark.parametrize("packed", [False, True])
def test_a_bad_file_is_refused_by_name_and_leaves_the_store_as_it_was(
    held, folder, message, packed
):
    """Even beside good files: all are taken in, or none."""
    before, sources = held.versions(), held.sources()
    name, data = BAD_FILES[message]
    good = {"2020-03/2020-03-leicestershire-street.csv": csv(a_month(month="2020-03"))}
    with pytest.raises(IngestError) as refused:
        if packed and name != "crimes.csv":
            taken(held, write_zip(folder / "a.zip", good | {f"2020-04/{name}": data}))
        else:
            taken(held, write(folder, data, name))
    assert message in refused.value.what
    assert name in refused.value.where
    assert held.versions() == before
    pd.testing.assert_frame_equal(held.sources(), sources)


def test_the_byte_that_is_not_utf8_is_pointed_at(store, folder):
    data = csv(a_month()).replace(b"High Street", b"King\x92s Rd", 1)
    with pytest.raises(IngestError, match=f"byte {data.index(0x92) + 1},"):
        taken(store, write(folder, data))


def test_an_unknown_force_is_refused_with_the_nearest(store, folder):
    with pytest.raises(IngestError, match="Did you mean 'leicestershire'"):
        taken(store, write(folder, a_month(), "2020-04-leicestershir-street.csv"))


def test_a_file_in_another_months_folder_is_refused(store, folder):
    with pytest.raises(IngestError, match="is in the folder of 2020-05"):
        taken(store, write(folder / "2020-05", a_month()))


def test_an_archive_without_a_police_file_is_refused(store, folder):
    with pytest.raises(IngestError, match="no police.uk file") as refused:
        taken(store, write_zip(folder / "a.zip", {"readme.txt": b"x"}))
    assert refused.value.where == "a.zip"


def test_an_archive_cut_short_is_refused(store, folder):
    archive = write_zip(folder / "a.zip", {f"2020-04/{STREET_FILE}": a_month()})
    archive.write_bytes(archive.read_bytes()[:-30])
    with pytest.raises(IngestError, match="cut short"):
        taken(store, archive)
    assert not store.exists()


@pytest.mark.parametrize("options", [{"types": "Burglery"}, {"edition": "June 2020"}])
def test_a_declaration_that_means_nothing_is_refused(store, folder, options):
    with pytest.raises((IngestError, PeriodError), match="Burgl|not a month"):
        taken(store, write(folder, a_month()), **options)


def test_a_file_declared_to_hold_less_than_it_holds_is_refused(store, folder):
    with pytest.raises(IngestError, match="hold only Burglary, and holds Anti-social behaviour"):
        taken(store, write(folder, a_month()), types="burglary")


def test_a_small_extract_is_taken_in_once_it_is_declared(store, folder):
    taken(store, write(folder, [offence()]), types="burglary; drugs", areas="Harborough")
    source = only_source(store)
    assert source["declared_types"] == "Burglary; Drugs"
    assert source["declared_areas"] == "Harborough"


# Sample and real


def sample_month():
    return [row.replace(",E0102", ",E0199") for row in a_month()]


def test_a_file_of_invented_lsoas_is_sample_data(store, folder):
    taken(store, write(folder, sample_month()))
    assert store.is_sample() is True


def test_a_file_without_lsoas_is_what_the_files_beside_it_are(store, folder):
    stop = "Person search,2020-04-02T10:00:00+00:00,False,,52.5,-0.9,Male,18-24,,,,,Arrest,,"
    write(folder, sample_month())
    write(folder, [stop], "2020-04-leicestershire-stop-and-search.csv", STOPS)
    assert taken(store, folder).sources["is_sample"].to_list() == [True, True]


def test_a_file_without_lsoas_is_what_the_store_is(store, folder):
    stop = "Person search,2020-04-02T10:00:00+00:00,False,,52.5,-0.9,Male,18-24,,,,,Arrest,,"
    taken(store, write(folder, sample_month()))
    stops = write(folder, [stop], "2020-04-leicestershire-stop-and-search.csv", STOPS)
    assert taken(store, stops).sources["is_sample"].to_list() == [True]


def test_real_data_is_refused_by_a_store_of_sample_data(store, folder):
    taken(store, write(folder / "sample", sample_month()))
    before = store.versions()
    real = write(folder, a_month(month="2020-05"), STREET_FILE.replace("04", "05"))
    with pytest.raises(StoreError, match="never mix"):
        taken(store, real)
    assert store.versions() == before


def test_sample_and_real_files_are_refused_together(store, folder):
    write(folder, sample_month())
    write(folder, a_month(month="2020-05"), STREET_FILE.replace("04", "05"))
    with pytest.raises(IngestError, match="sample data, and other files given with it are real"):
        taken(store, folder)


# The same month again


def test_the_same_file_again_changes_nothing(store, folder):
    file = write(folder, a_month())
    taken(store, file)
    before = store.versions()
    again = taken(store, file)
    assert again.unchanged == (STREET_FILE,)
    assert again.sources.empty
    assert list(again.sources.columns) == list(store.sources().columns)
    assert store.versions() == before


def test_the_same_rows_in_another_order_change_nothing(store, folder):
    taken(store, write(folder, a_month()))
    other = write(folder, csv(reversed(a_month()), newline="\r\n"))
    assert taken(store, other).unchanged == (STREET_FILE,)
    assert len(store.read("offences")) == 14


def test_what_is_new_is_taken_in_beside_what_is_held(store, folder):
    taken(store, write(folder, a_month()))
    write(folder, a_month(month="2020-05"), STREET_FILE.replace("04", "05"))
    result = taken(store, folder)
    assert result.unchanged == (STREET_FILE,)
    assert result.sources["month"].to_list() == ["2020-05"]


def test_another_file_of_the_month_is_refused_until_its_edition_is_known(store, folder):
    taken(store, write(folder, a_month()), edition="2020-05")
    newer = write(folder, a_month(offence("Drugs", "late")))
    with pytest.raises(IngestError, match="--edition YYYY-MM"):
        taken(store, newer)
    assert taken(store, newer, edition="2020-06").sources["edition"].to_list() == ["2020-06"]
    assert len(store.read("offences")) == 14 + 15  # nothing is deleted


def test_two_files_of_a_month_in_one_call_follow_the_same_rule(store, folder):
    one = write_zip(folder / "2020-05.zip", {f"2020-04/{STREET_FILE}": a_month()})
    later = a_month(offence("Drugs", "late"))
    two = write_zip(folder / "2020-06.zip", {f"2020-04/{STREET_FILE}": later})
    loose = write(folder, a_month(offence("Drugs", "later still")))
    with pytest.raises(IngestError, match="neither is known to be the newer"):
        taken(store, one, two, loose)
    assert not store.exists()
    assert taken(store, one, two).sources["edition"].to_list() == ["2020-05", "2020-06"]


def test_an_extract_joins_a_wider_file_of_the_same_month(store, folder):
    taken(store, write(folder, a_month()))
    extract = write(folder / "extract", [offence(crime_id=str(i)) for i in range(40)])
    assert len(taken(store, extract).sources) == 1


def test_an_edition_that_comes_late_does_not_pass_for_the_newest(store, folder):
    """December's archive repeats June's rows; September's, which differs, is taken in last."""
    june = write(folder / "june", a_month())
    september = write(folder / "september", a_month(offence("Drugs", "id99")))
    taken(store, june, edition="2019-06")
    taken(store, june, edition="2019-12")
    taken(store, september, edition="2019-09")

    ranked = in_force(store.sources())

    assert ranked["edition"].iloc[0] == "2019-12"


def test_rows_that_come_back_in_a_newer_edition_are_new_again(store, folder):
    file = write(folder / "one", a_month())
    other = write(folder / "two", a_month(offence("Drugs", "late")))
    taken(store, file, edition="2020-05")
    taken(store, other, edition="2020-06")
    assert taken(store, file, edition="2020-07").unchanged == ()
    assert taken(store, file, edition="2020-07").unchanged == (STREET_FILE,)


def test_a_file_that_changes_while_others_are_read_is_refused(store, folder, monkeypatch):
    """Another program is still writing it: what was read is not what is there now."""
    for month in range(1, 13):
        name = f"2018-{month:02d}"
        write(folder, a_month(month=name), f"{name}-leicestershire-street.csv")
    judged = police_uk.each_judged

    def and_then_written_to(files, declaration):
        for one in judged(files, declaration):
            write(folder, b"late", "2018-01-leicestershire-street.csv")
            yield one

    monkeypatch.setattr(police_uk, "each_judged", and_then_written_to)
    with pytest.raises(IngestError, match="changed while it was being read"):
        taken(store, folder)
    assert not store.exists()


def test_many_files_are_taken_in_in_the_order_they_were_given(store, folder):
    months = [f"20{year}-{month:02d}" for year in (18, 19) for month in range(1, 13)]
    for month in months:
        write(folder, a_month(month=month), f"{month}-leicestershire-street.csv")
    assert taken(store, folder).sources["month"].to_list() == months
    assert store.read("offences")["month"].value_counts().to_dict() == dict.fromkeys(months, 14)


def test_a_bad_file_after_many_good_ones_leaves_nothing_behind(store, folder):
    for month in range(1, 13):
        name = f"2018-{month:02d}"
        write(folder, a_month(month=name), f"{name}-leicestershire-street.csv")
    write(folder, csv([]), "2019-01-leicestershire-street.csv")
    with pytest.raises(IngestError, match="header and no rows"):
        taken(store, folder)
    assert not list((folder.parent / "store").rglob("*.parquet"))


def test_the_last_line_needs_no_end_and_empty_lines_are_none(store, folder):
    taken(store, write(folder, csv(a_month())))
    again = write(folder, csv([*a_month(), "", ""])[:-1])
    assert taken(store, again).unchanged == (STREET_FILE,)
