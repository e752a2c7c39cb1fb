"""The forces whose districts have ground in the sample, and the months of their police.uk files.

Only some districts of Lancashire and of the Metropolitan force are here: enough for a group.
"""

from dataclasses import dataclass

from cspnb.periods import Period


@dataclass(frozen=True)
class Force:
    """A force whose districts have LSOAs in the sample: a lattice of cells round each centre.

    `centres` is district code to (longitude, latitude); `cell` the size of an LSOA in degrees;
    `names` pairs a name with the last month it published under. No `first_month`: no police.uk.
    """

    slug: str
    centres: dict[str, tuple[float, float]]
    cell: tuple[float, float]
    names: tuple[tuple[str, str], ...] = ()
    first_month: str = ""
    last_month: str = ""

    @property
    def months(self) -> tuple[str, ...]:
        """The months (YYYY-MM) it has street files for, in order; none without police.uk."""
        if not self.first_month:
            return ()
        return tuple(map(str, Period.parse(f"{self.first_month}..{self.last_month}").months))

    def name_in(self, month: str) -> str:
        """The name it published under in a month."""
        return next(name for name, last in self.names if month <= last)


FORCES = (
    Force(
        slug="leicestershire",
        names=(("Leicestershire Constabulary", "2013-12"), ("Leicestershire Police", "9999-12")),
        first_month="2010-12",
        last_month="2021-03",
        cell=(0.016, 0.010),
        centres={
            "E07000129": (-1.22, 52.55),
            "E07000130": (-1.14, 52.74),
            "E07000131": (-0.90, 52.54),
            "E07000132": (-1.42, 52.60),
            "E06000016": (-1.13, 52.64),
            "E07000133": (-0.85, 52.80),
            "E07000134": (-1.42, 52.75),
            "E07000135": (-1.09, 52.59),
            "E06000017": (-0.63, 52.67),
        },
    ),
    Force(
        slug="lancashire",
        names=(("Lancashire Constabulary", "9999-12"),),
        first_month="2010-12",
        last_month="2013-03",
        cell=(0.016, 0.010),
        centres={
            "E07000117": (-2.23, 53.77),
            "E07000122": (-2.19, 53.89),
            "E07000120": (-2.39, 53.77),
            "E07000125": (-2.26, 53.68),
            "E06000008": (-2.48, 53.70),
            "E07000123": (-2.72, 53.82),
            "E07000118": (-2.62, 53.66),
            "E07000127": (-2.87, 53.61),
        },
    ),
    Force(
        slug="metropolitan",
        names=(("Metropolitan Police Service", "9999-12"),),
        first_month="2010-12",
        last_month="2013-03",
        cell=(0.008, 0.005),
        centres={
            "E09000003": (-0.22, 51.62),
            "E09000005": (-0.27, 51.56),
            "E09000015": (-0.34, 51.60),
            "E09000014": (-0.11, 51.59),
            "E09000009": (-0.32, 51.52),
            "E09000008": (-0.08, 51.36),
            "E09000031": (-0.02, 51.59),
            "E09000026": (0.07, 51.59),
            "E09000017": (-0.44, 51.54),
            "E09000024": (-0.19, 51.41),
        },
    ),
    Force(
        slug="west-mercia",
        cell=(0.016, 0.010),
        centres={
            "E07000234": (-2.03, 52.37),
            "E07000236": (-1.94, 52.28),
            "E07000239": (-2.25, 52.39),
            "E07000237": (-2.22, 52.19),
            "E07000238": (-1.97, 52.13),
            "E07000235": (-2.40, 52.16),
            "E06000019": (-2.74, 52.08),
            "E06000051": (-2.75, 52.62),
            "E06000020": (-2.49, 52.71),
        },
    ),
)
