"""What the partnership has weighed, and what its residents were asked."""

from fractions import Fraction

from cspnb.analysis.concerns import Concern, Question
from cspnb.analysis.priority_matrix import Issue, Issues
from cspnb.errors import CspnbError
from cspnb.measures.counts import Levels
from cspnb.measures.definition import Measure
from cspnb.measures.priority_matrix import Criterion, Scheme
from cspnb.params import ConcernsParams, IssueParams, SchemeParams, load_concerns, load_issues
from cspnb.params.origins import Surveys
from cspnb.project import find_project
from cspnb.report.figures import Figures
from cspnb.report.series import surveys


class Assessments(Figures):
    """Scored issues, and residents' own priorities."""

    @property
    def issues(self) -> Issues:
        """The partnership's issues as its file of params/issues scores them."""
        issues, scheme = load_issues(find_project(), self.partnership.slug)
        if issues is None or (issues.invented and not self.is_sample):
            remedy = (
                f"To have issues ranked, put scores into params/issues/{self.partnership.slug}.yml."
            )
            missing = f"nobody has scored issues for {self.area} yet"
            return Issues(self.area, self.period, None, missing=missing, remedy=remedy)
        return Issues(
            area=self.area,
            period=self.period,
            scheme=_scheme(scheme),
            issues=tuple(self._issue(each) for each in issues.issues),
            source=issues.source,
            caveats=issues.caveats,
        )

    def concerns(self, slug: str = "") -> Question:
        """A question put to residents, each answer beside the counts of the measure like it.

        slug: a file of params/concerns; the first where none is named.
        """
        asked = load_concerns(find_project())
        if slug and slug not in asked:
            raise CspnbError(
                f"there is no question '{slug}'",
                where="params/concerns",
                remedy=f"The questions are: {', '.join(asked) or 'none'}.",
            )
        if not asked:
            why = "no question is described in params/concerns"
            return Question(self.area, self.period, "", missing=why)
        return self._question(asked[slug or next(iter(asked))])

    def _question(self, asked: ConcernsParams) -> Question:
        concerns = tuple(
            Concern(
                answer=each.answer,
                shares=self._shares_of(asked.question, each.answer),
                recorded=self.counts(each.measure) if each.measure else None,
            )
            for each in asked.answers
        )
        return Question(self.area, self.period, asked.question, concerns)

    def _shares_of(self, question: str, answer: str) -> Levels:
        source = Surveys(origin="surveys", question=question, answers=(answer,))
        table = surveys.shares(self.holdings, source, self.place)
        why = surveys.why_none(self.holdings, source, self.place)
        return Levels(
            measure=Measure("concern", answer, "per cent", "percentage", "neither", "none"),
            area=self.area,
            period=self.period,
            table=table.reset_index(drop=True),
            missing="" if len(table) else why or f"no survey held asks it of {self.area}",
            origin="surveys",
        )

    def _issue(self, issue: IssueParams) -> Issue:
        return Issue(
            label=issue.label,
            scores=issue.scores,
            measures=tuple(self._params(key).label for key in issue.measures),
            scorer=issue.scorer,
            scored=issue.scored.label,
            evidence=issue.evidence or "",
        )


def _scheme(scheme: SchemeParams) -> Scheme:
    criteria = tuple(
        Criterion(
            key=each.key,
            label=each.label,
            factor=each.factor,
            lowest=each.lowest,
            highest=each.highest,
            words=each.scale,
            weight=Fraction(str(each.weight)),
        )
        for each in scheme.criteria
    )
    return Scheme(scheme.name, criteria, scheme.note or "")
