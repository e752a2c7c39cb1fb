"""JSON schemas of the params files, for editors that check YAML while it is typed."""

import json
from pathlib import Path

from pydantic import BaseModel

from cspnb.params.calendar import CalendarParams
from cspnb.params.checklist import Checklist
from cspnb.params.concerns import ConcernsParams
from cspnb.params.fields import GIVEN_BY_THE_FILES_NAME
from cspnb.params.intervention import InterventionParams
from cspnb.params.measure import MeasureParams
from cspnb.params.partnership import Partnership
from cspnb.params.problems import Problem
from cspnb.params.register import RegisterEntry
from cspnb.params.scoring import IssuesParams, SchemeParams
from cspnb.project import Project, find_project

_MODELS = {
    "measure": MeasureParams,
    "partnership": Partnership,
    "register": RegisterEntry,
    "checklist": Checklist,
    "intervention": InterventionParams,
    "scoring": SchemeParams,
    "issues": IssuesParams,
    "concerns": ConcernsParams,
    "calendar": CalendarParams,
}


def write(project: Project) -> list[Path]:
    """Write the schema of each kind of file in params/schema; the paths written."""
    folder = project.params / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, model in _MODELS.items():
        path = folder / f"{name}.json"
        path.write_text(schema_text(model), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def check(project: Project) -> list[Problem]:
    """A problem for each schema file that is not what the models say; empty when in step."""
    return [
        Problem(
            f"params/schema/{name}.json",
            1,
            "the schema is not in step with the models",
            "Run: python -m cspnb.params.schemas",
        )
        for name, model in _MODELS.items()
        if _written(project.params / "schema" / f"{name}.json") != schema_text(model)
    ]


def schema_text(model: type[BaseModel]) -> str:
    """The JSON schema of a model's file, without the field that the file's name gives."""
    schema = model.model_json_schema()
    for given in GIVEN_BY_THE_FILES_NAME & set(schema["properties"]):
        del schema["properties"][given]
        schema["required"].remove(given)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _written(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    write(find_project())
