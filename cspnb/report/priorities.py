"""A priority as a report tells it: its aim, what is watched, and the partnership's own account."""

from dataclasses import dataclass

from cspnb.analysis.performance import Aim
from cspnb.exhibits import Exhibit
from cspnb.params.plans import Priority as PriorityParams
from cspnb.periods import Period


@dataclass(frozen=True)
class Priority:
    """One priority of a plan, numbered in the plan's order, with the aims it is judged by."""

    number: int
    params: PriorityParams
    aims: tuple[Aim, ...]
    area: str
    period: Period

    @property
    def slug(self) -> str:
        """Its short name."""
        return self.params.slug

    @property
    def title(self) -> str:
        """Its heading."""
        return self.params.title

    @property
    def aim(self) -> str:
        """What the plan sets out to do; failing that, why its first measure matters."""
        if self.params.aim:
            return self.params.aim
        why = next((aim.recorded.measure.why for aim in self.aims), "")
        return why or "The plan gives this priority no measure."

    @property
    def account(self) -> Exhibit:
        """Focus, leads, position and activity, as the params have them."""
        return Exhibit(kind="statement", title=self.title, body=tuple(self._paragraphs()))

    def _paragraphs(self):
        params = self.params
        if params.focus:
            yield f"Focus: {_listed(params.focus)}."
        if params.leads:
            yield f"Led by: {_listed(params.leads)}."
        if params.position:
            yield f"Position: {params.position}"
        if params.activity:
            yield f"Activity: {_listed(params.activity)}."
        if not (params.position or params.activity):
            yield "No position statement and no summary of activity has been supplied yet."


def _listed(phrases):
    return "; ".join(phrase.rstrip(".") for phrase in phrases)
