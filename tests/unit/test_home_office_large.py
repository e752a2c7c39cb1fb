"""A file as large as the genuine one is taken in with little memory. Made here; invented."""

import json
import subprocess
import sys

import pytest

from tests.home_office_files import large_ods, large_xlsx
from tests.places import REPO

MOST_MEGABYTES = 500

INGEST = """
import json, sys
from pathlib import Path
from cspnb.ingest import home_office
from cspnb.store import Store

store = Store(sys.argv[2])
taken = home_office.ingest([Path(sys.argv[1])], store)
from benchmarks.open_document import peak_megabytes
peak = peak_megabytes()
counts = store.read("recorded_crime", columns=["count"])["count"]
rows = taken.sources["rows_stored"].tolist()
print(json.dumps({"peak": peak, "rows": rows, "offences": int(counts.sum())}))
"""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def ingested(path, folder):
    """What a process of its own took in, and the most memory it held while at it."""
    pytest.importorskip("resource", reason="this system does not tell a process its memory")
    done = subprocess.run(
        [sys.executable, "-c", INGEST, str(path), str(folder / "store")],
        cwd=REPO,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_open_document_with_over_a_gigabyte_of_xml(tmp_path):
    made = large_ods(tmp_path / "prc-csp.ods", 2**30)
    assert made.xml_bytes > 2**30
    found = ingested(made.path, tmp_path)
    assert found["rows"] == [made.rows]
    assert found["offences"] == made.offences
    assert found["peak"] < MOST_MEGABYTES


def test_a_large_workbook(tmp_path):
    made = large_xlsx(tmp_path / "prc-csp.xlsx", partnerships=50)
    found = ingested(made.path, tmp_path)
    assert found["rows"] == [made.rows]
    assert found["offences"] == made.offences
    assert found["peak"] < MOST_MEGABYTES
