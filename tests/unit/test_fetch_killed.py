"""A fetch whose process is killed outright: nothing half-written has a name, the next goes on."""

import json
import os
import random
import subprocess
import sys
import time
import zipfile

import pytest
import shapely

from tests.places import REPO
from tests.police_uk_server import Fault, PoliceUk, Stored, crime

LEICS = "leicestershire"


@pytest.fixture
def site():
    with PoliceUk() as server:
        server.months = {f"2024-0{n}": {LEICS} for n in range(1, 6)}
        server.crimes = [crime(n, f"2024-0{n}", -0.9, 52.5) for n in range(1, 6)]
        yield server


def started(site, *words):
    program = "from cspnb.cli.fetching import app; app()"
    return subprocess.Popen(
        [sys.executable, "-c", program, "police-uk", *words, "--site", site.base],
        cwd=REPO, env=os.environ | {"NO_PROXY": "127.0.0.1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def killed_when(process, reached):
    deadline = time.monotonic() + 60
    while not reached() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    still_running = process.poll() is None
    process.kill()
    process.communicate()
    assert still_running


def finished(process):
    _, error = process.communicate(timeout=60)
    assert process.returncode == 0, error.decode()


@pytest.mark.slow
def test_months_that_were_whole_are_kept_and_the_rest_is_fetched(site, tmp_path):
    shape = shapely.geometry.mapping(shapely.box(-1.0, 52.4, -0.8, 52.6))
    area = tmp_path / "area.geojson"
    area.write_text(json.dumps(shape), encoding="utf-8")
    folder = tmp_path / "got"
    words = ["street", "--area", str(area), "--force", LEICS, "--to-folder", str(folder)]
    words += ["--from", "2024-01", "--to", "2024-05"]
    site.faults["crimes-street/"] = [None, None, Fault(hang=True)]
    killed_when(started(site, *words), lambda: len(site.paths("crimes-street/")) == 3)
    held = sorted(path.name for path in folder.rglob("*.csv"))
    assert held == [f"2024-0{n}-{LEICS}-street.csv" for n in (1, 2)]

    site.asked.clear()
    finished(started(site, *words))
    asked = [values["date"] for _, path, values in site.asked if "crimes-street/" in path]
    assert asked == ["2024-03", "2024-04", "2024-05"]
    assert len(list(folder.rglob("*.csv"))) == 5


def test_an_archive_goes_on_from_its_part(site, tmp_path):
    with zipfile.ZipFile(tmp_path / "given.zip", "w") as whole:
        whole.writestr("2024-05/a.csv", random.Random(1).randbytes(500_000))
    data = (tmp_path / "given.zip").read_bytes()
    site.files["/data/archive/2024-05.zip"] = Stored(data, hangs_after=300_000)
    words = ["archive", "--month", "2024-05", "--to", str(tmp_path / "got")]
    part = tmp_path / "got" / "2024-05.zip.part"
    killed_when(started(site, *words), lambda: part.is_file() and part.stat().st_size > 200_000)
    size = part.stat().st_size
    assert not (tmp_path / "got" / "2024-05.zip").exists()

    finished(started(site, *words))
    assert (tmp_path / "got" / "2024-05.zip").read_bytes() == data
    ranges = [values.get("Range") for _, path, values in site.asked if path.endswith(".zip")]
    assert ranges == [None, f"bytes={size}-"]
    assert not part.exists()
