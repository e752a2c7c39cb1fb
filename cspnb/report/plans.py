"""What the partnership plans: its aims, priorities and targets."""

from cspnb.analysis.performance import Aim
from cspnb.errors import CspnbError
from cspnb.measures.definition import Target
from cspnb.narrative.wording import listed
from cspnb.report.figures import Figures
from cspnb.report.priorities import Priority


class Plans(Figures):
    """The plan that a report is held against."""

    def aims(self) -> tuple[Aim, ...]:
        """Every measure the plan tracks, with its target for the period where one is set."""
        return self._aims(self.partnership.tracked_at(self.period))

    @property
    def priorities(self) -> tuple[Priority, ...]:
        """The plan's priorities, in its order."""
        plan = self.partnership.plan_for(self.period).plan
        return tuple(
            Priority(number, each, self._aims(each.measures), self.area, self.period)
            for number, each in enumerate(plan.priorities if plan else (), start=1)
        )

    def priority(self, slug: str = "") -> Priority:
        """One of the plan's priorities; the first where none is named."""
        for priority in self.priorities:
            if slug in ("", priority.slug):
                return priority
        known = ", ".join(priority.slug for priority in self.priorities) or "none"
        raise CspnbError(
            f"{self.area} has no priority '{slug}' in {self.period}",
            where=f"params/partnerships/{self.partnership.slug}.yml",
            remedy=f"Its priorities are: {known}.",
        )

    @property
    def priorities_note(self) -> str:
        """How many priorities the plan has, and what runs through them."""
        plan = self.partnership.plan_for(self.period).plan
        number = len(plan.priorities) if plan else 0
        if not number:
            return f"{plan.name if plan else 'No plan'} lists no priorities here."
        ranked = "in order of importance" if plan.ranked else "not in any ranked order"
        are = "is 1 priority" if number == 1 else f"are {number} priorities, {ranked}"
        through = listed(plan.cross_cutting)
        return f"There {are}." + (f" Running through all of them: {through}." if through else "")

    @property
    def plan_note(self) -> str:
        """Which plan the report is held against, and whether it was in force."""
        plan, in_force = self.partnership.plan_for(self.period)
        if plan is None:
            return f"No plan of {self.partnership.name} is recorded."
        if in_force:
            return f"The plan in force was {plan.name}."
        return (
            f"No plan that covers all of {self.period.label} is recorded for {self.area}. The "
            f"priorities are those of {plan.name}, which covers {plan.span.label}; a target is "
            "shown only where it was set for this period."
        )

    def _aims(self, measures) -> tuple[Aim, ...]:
        targets = self.partnership.targets_for(self.period)
        return tuple(Aim(self.recorded(key), _target(targets.get(key))) for key in measures)


def _target(target) -> Target | None:
    return Target(target.kind, target.value, target.set_by) if target else None
