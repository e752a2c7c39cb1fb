"""Where the project, its outputs and its stores are."""

import os
from dataclasses import dataclass
from pathlib import Path

from cspnb.errors import CspnbError

GALLERY = "gallery"
"""The notebook of every exhibit with the call that made it: for analysts, and no report to send."""


@dataclass(frozen=True)
class Project:
    """The folder that holds `params/`, and the folders beside it."""

    root: Path

    @property
    def params(self) -> Path:
        """Definitions of partnerships and measures."""
        return self.root / "params"

    @property
    def notebooks(self) -> Path:
        """Templates, one notebook a report type."""
        return self.root / "notebooks"

    def report_types(self) -> list[str]:
        """The names of the report types there are, in order: 'annual-review'."""
        return [name for name in self._templates() if name != GALLERY]

    def _templates(self) -> list[str]:
        return sorted(path.stem.replace("_", "-") for path in self.notebooks.glob("*.ipynb"))

    def template(self, report: str) -> Path:
        """The notebook of a report type, or of the gallery; an error names the ones there are."""
        if report not in self._templates():
            known = ", ".join(self._templates())
            raise CspnbError(
                f"there is no report type '{report}'", remedy=f"Choose one of: {known}."
            )
        return self.notebooks / f"{report.replace('-', '_')}.ipynb"

    @property
    def outputs(self) -> Path:
        """Editions, and the index."""
        return self.root / "outputs"

    def store(self, *, sample: bool = False) -> str:
        """The address of the data: the sample's, CSPNB_STORE, or a hidden folder of the project.

        A folder is given in full: notebooks run in folders of their own.
        """
        address = os.environ.get("CSPNB_STORE")
        if sample or not address:
            return str(self.root / ".store" / ("sample" if sample else "real"))
        return address if "://" in address else str(Path(address).resolve())


def find_project(start: Path | None = None) -> Project:
    """The project named by CSPNB_HOME, or the nearest folder upwards that holds `params/`."""
    if home := os.environ.get("CSPNB_HOME"):
        return Project(Path(home).resolve())
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "params" / "partnerships").is_dir():
            return Project(folder)
    raise CspnbError(
        "no project here: neither this folder nor one above it holds params/partnerships",
        where=str(here),
        remedy="Change to the project's folder, or set CSPNB_HOME to it.",
    )
