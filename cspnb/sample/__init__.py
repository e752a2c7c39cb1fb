"""The embedded data set: invented, the same for the same seed, in the formats of the real sources.

It goes in through the same doors as real data. Places are real; people, offences, streets and
LSOAs are not, and every file says so. docs/sample-data.md describes it.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cspnb.sample.archives import archives
from cspnb.sample.extract import described, extracts
from cspnb.sample.ground import boundaries, make_ground
from cspnb.sample.indicators import indicators
from cspnb.sample.lookups import csp_lookup, lsoa_lookup
from cspnb.sample.model import monthly_counts
from cspnb.sample.notice import NOTICE
from cspnb.sample.partnerships import PARTNERSHIPS
from cspnb.sample.population import population
from cspnb.sample.surveys import surveys
from cspnb.sample.weights import EDITION as WEIGHTS_EDITION
from cspnb.sample.weights import weights

__all__ = ["REFERENCE_PERIODS", "WEIGHTS_EDITION", "SampleFiles", "described", "write"]

REFERENCE_PERIODS = {each.slug: each.period for each in PARTNERSHIPS}
"""Partnership to the period of its reference report; the sample covers it and five years before."""


@dataclass(frozen=True)
class SampleFiles:
    """The files of the sample, by the door that each goes in at: files, as `ingest` takes them."""

    police_uk: tuple[Path, ...]
    lookups: tuple[Path, ...]
    population: tuple[Path, ...]
    indicators: tuple[Path, ...]
    boundaries: tuple[Path, ...]
    surveys: tuple[Path, ...]
    weights: tuple[Path, ...]
    extracts: dict[str, Path]
    """By partnership; `described` says how each is read."""


def write(folder: Path, *, seed: int = 2014) -> SampleFiles:
    """Write the whole sample into a folder, made if need be: the same bytes for the same seed.

    Archives of police.uk files, two ONS lookups, a population, an indicators sheet, boundaries,
    a survey, an index of harm, extracts of police records, and SAMPLE-DATA.txt, which says that
    all of it is invented. Takes a few seconds.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    monthly, ground = monthly_counts(seed), make_ground(seed)
    _write(folder / "SAMPLE-DATA.txt", (f"{NOTICE}\nSeed: {seed}\n").encode("ascii"))
    return SampleFiles(
        police_uk=tuple(
            _write(folder / name, content)
            for name, content in archives(monthly, ground, seed=seed).items()
        ),
        lookups=(
            _write(folder / "sample-lsoa11-to-lad19.csv", _csv(lsoa_lookup(ground.lsoas))),
            _write(folder / "sample-lad19-to-csp19-to-pfa19.csv", _csv(csp_lookup())),
        ),
        population=(_write(folder / "sample-population.csv", _csv(population(ground))),),
        indicators=(_write(folder / "sample-indicators.csv", _csv(indicators(monthly))),),
        boundaries=(_write(folder / "sample-lsoa11.geojson", _geojson(ground.lsoas)),),
        surveys=(_write(folder / "sample-survey.csv", _csv(surveys(seed))),),
        weights=(_write(folder / "sample-harm-index.csv", _csv(weights())),),
        extracts={
            slug: _write(folder / f"sample-force-extract-{slug}.csv", _csv(rows))
            for slug, rows in extracts(monthly, ground, seed=seed).items()
        },
    )


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _geojson(lsoas: pd.DataFrame) -> bytes:
    return json.dumps(boundaries(lsoas), indent=None, separators=(",", ":")).encode("utf-8")
