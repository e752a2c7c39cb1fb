"""The lookups: invented LSOAs and wards to real districts, in the layouts of the ONS."""

import pandas as pd

from cspnb.sample.districts import DISTRICTS


def lsoa_lookup(lsoas: pd.DataFrame) -> pd.DataFrame:
    """A row an invented LSOA, with its invented ward and its real district."""
    return pd.DataFrame(
        {
            "LSOA11CD": lsoas["lsoa_code"],
            "LSOA11NM": lsoas["lsoa_name"],
            "WD19CD": lsoas["ward_code"],
            "WD19NM": lsoas["ward_name"],
            "LAD19CD": lsoas["lad_code"],
            "LAD19NM": lsoas["lad_name"],
        }
    )


def csp_lookup() -> pd.DataFrame:
    """A row a district of the sample, with the partnership and the force it was in in 2019."""
    rows = [
        (d.code, d.name, d.csp_code, d.csp_name, d.pfa_code, d.pfa_name)
        for d in DISTRICTS.values()
        if d.csp_code
    ]
    columns = ["LAD19CD", "LAD19NM", "CSP19CD", "CSP19NM", "PFA19CD", "PFA19NM"]
    return pd.DataFrame(rows, columns=columns)
