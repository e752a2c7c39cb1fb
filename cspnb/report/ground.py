"""Districts whose codes have changed: under which other codes a district's records may be held."""

from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from cspnb import successors
from cspnb.measures.coverage import District
from cspnb.store import Store


@dataclass(frozen=True)
class Ground:
    """The `successors` table of districts, its rows in force; may be empty."""

    table: pd.DataFrame

    @classmethod
    def held(cls, store: Store, sources: pd.DataFrame) -> "Ground":
        """What a store holds of the histories of districts' codes."""
        rows = store.read("successors", where={"level": ["lad"]})
        return cls(successors.in_force(rows, sources))

    def of(self, district: District) -> District:
        """The district with those of the same ground, and the larger ones it has gone into."""
        if district.code not in self._grounds:
            return district
        same = self._grounds[district.code] - {district.code}
        larger = successors.larger(self.table, district.code)
        return replace(district, parts=self._named(same), larger=self._named(larger))

    def name_of(self, code: str) -> str:
        """A district's name; its code where no history has it."""
        return self._names.get(code, code)

    def with_same_ground(self, sources: pd.DataFrame) -> pd.DataFrame:
        """The sources, each declared district joined by every code of its ground."""
        declared = sources["declared_areas"]
        if self.table.empty or declared.isna().all():
            return sources
        return sources.assign(declared_areas=declared.map(self._widened, na_action="ignore"))

    def _widened(self, declared):
        names = [name.strip() for name in declared.split(";") if name.strip()]
        codes = [name.upper() for name in names if name.upper() in self._grounds]
        every = {code for one in codes for code in self._grounds[one]}
        return "; ".join([*names, *sorted(every - set(codes))])

    def parts(self) -> pd.DataFrame:
        """Each district that has ever changed its code, with every other code of its ground.

        Returns `lad_code` and `part`, one row a pair.
        """
        pairs = [
            (code, part)
            for code, ground in self._grounds.items()
            for part in sorted(ground - {code})
        ]
        return pd.DataFrame(pairs, columns=["lad_code", "part"]).astype("str")

    def _named(self, codes):
        return tuple(District(code, self.name_of(code)) for code in sorted(codes))

    @cached_property
    def _grounds(self) -> dict[str, frozenset[str]]:
        return successors.grounds(self.table)

    @cached_property
    def _names(self) -> dict[str, str]:
        known = dict(zip(self.table["active_code"], self.table["active_name"], strict=True))
        known |= dict(zip(self.table["code"], self.table["name"], strict=True))
        return {code: name for code, name in known.items() if isinstance(code, str)}
