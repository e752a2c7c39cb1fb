"""A document against its model: every problem with its line, in the words of the writer."""

from collections.abc import Mapping
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError

from cspnb.params.fields import GIVEN_BY_THE_FILES_NAME
from cspnb.params.nearest import did_you_mean
from cspnb.params.origins import ORIGINS
from cspnb.params.problems import Problem
from cspnb.params.reading import Document, named

Model = TypeVar("Model", bound=BaseModel)

_WANTED = {
    "string_type": ("text", "Put it in quotes."),
    "tuple_type": ("a list", "Write each entry on a line of its own, after '- '."),
    "model_type": ("keys with values", "Write lines of 'key: value', indented under it."),
    "float_type": ("a number", "Write it without quotes: -13 or 2.5."),
    "bool_type": ("true or false", "Write true or false, without quotes."),
}


def validated(
    model: type[Model], document: Document, **identity: str
) -> tuple[Model | None, list[Problem]]:
    """The model made of a document, or None and why not.

    `identity` is the field that the file's name gives ('slug', 'key'); the file may not repeat it.
    """
    problems = list(document.problems)
    (given,) = identity
    if given in document.values:
        problems.append(
            document.problem((given,), f"'{given}' is not a key here", "The file's name says it.")
        )
    if not document.values:
        return None, problems
    try:
        made = model.model_validate({**document.values, **identity})
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, problems + [p for each in details for p in _problems(model, document, each)]
    return (None if problems else made), problems


def _problems(model, document, detail):
    place = _in_document(document, detail["loc"])
    if place in document.misread and detail["type"] != "extra_forbidden":
        return
    if detail["type"] == "too_short" and detail["input"]:
        return  # its entries are unsound, and are told of themselves
    if detail["type"] == "unfit":
        for finding in detail["ctx"]["findings"]:
            yield document.problem((*place, *finding.at), finding.what, finding.remedy)
    else:
        yield document.problem(place, *_told(model, place, detail))


def _in_document(document, loc):
    """The place without pydantic's own steps: the kind it chose for a part of several kinds."""
    here, place = document.values, []
    for step in loc:
        if isinstance(here, Mapping) and step not in here and step == here.get("origin"):
            continue
        place.append(step)
        here = _inside(here, step)
    return tuple(place)


def _inside(here, step):
    if isinstance(here, Mapping):
        return here.get(step)
    listed = isinstance(here, tuple) and isinstance(step, int) and step < len(here)
    return here[step] if listed else None


def _told(model, place, detail) -> tuple[str, str]:
    name, kind = named(place), detail["type"]
    if kind == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        return f"{name} is not a key here", did_you_mean(str(place[-1]), known, "The keys")
    if kind == "missing":
        return f"{name} is missing", "Add it."
    if kind == "blank":
        return f"{name} is blank", "Fill it in, or take the line out."
    if kind == "literal_error":
        wanted = detail["ctx"]["expected"]
        return f"{name} is '{detail['input']}', where {wanted} is wanted", "Write one of these."
    if kind == "union_tag_not_found":
        return (
            f"{name} does not say where it comes from",
            f"Add origin: one of {', '.join(ORIGINS)}.",
        )
    if kind == "union_tag_invalid":
        tag = str(detail["ctx"]["tag"])
        return f"'{tag}' is no origin", did_you_mean(tag, ORIGINS, "The origins")
    if kind in _WANTED:
        wanted, remedy = _WANTED[kind]
        return f"{name} is {_seen(detail['input'])}, where {wanted} is wanted", remedy
    if kind == "too_short":
        return f"{name} is an empty list", "Give it at least one entry."
    return f"{name}: {detail['msg']}", ""


def _seen(value) -> str:
    if isinstance(value, dict):
        return "a set of keys"
    if isinstance(value, tuple):
        return "a list"
    if isinstance(value, str):
        return f"the text '{value}'"
    return f"{str(value).lower()}" if isinstance(value, bool) else f"the number {value}"


def _keys_at(model, loc) -> set[str]:
    """The keys a file may have at a place."""
    models = [model]
    for step in loc:
        if len(models) > 1:
            models = [each for each in models if step in get_args(_origin_of(each))] or models
        elif step in models[0].model_fields:  # not a list's position, nor a name of the writer's
            models = _models_in(models[0].model_fields[step].annotation)
    keys = {field.alias or name for name, field in models[0].model_fields.items()}
    return keys if loc else keys - GIVEN_BY_THE_FILES_NAME


def _origin_of(model):
    return model.model_fields["origin"].annotation


def _models_in(annotation) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for each in get_args(annotation) for model in _models_in(each)]
