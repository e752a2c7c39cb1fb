"""What a second report in the same session need not read again, while nothing has changed."""

from collections.abc import Callable, Hashable
from typing import Any

from cspnb.project import Project

_KEPT: dict[str, tuple[Hashable, Any]] = {}


def kept(name: str, state: Hashable, make: Callable[[], Any]) -> Any:
    """What `make` makes, the same one for as long as `state` is: one thing is kept of a name."""
    if name not in _KEPT or _KEPT[name][0] != state:
        _KEPT[name] = (state, make())
    return _KEPT[name][1]


def params_as_saved(project: Project) -> tuple:
    """What differs once any params file has been saved, added or taken away."""
    files = sorted((project.root / "params").rglob("*.yml"))
    about = [(file, file.stat()) for file in files]
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file, stat in about)
