"""Districts by their names, for files that have no codes."""

import pandas as pd

_RULE = (
    (r"[’‘`]", "'"),
    (r"\s*&\s*", " and "),
    (r"\s+", " "),
    (r"^ | $", ""),
    (r" ua$", ""),
    (r"^the ", ""),
    (r"^(city|county) of (.+)$", r"\2, \1 of"),
)


def name_key(names: pd.Series) -> pd.Series:
    """One spelling of each name, by which two are the same district.

    The rule, in this order: case is ignored; a curly apostrophe is a straight one; '&' is 'and';
    blanks are single; a final ' UA' (unitary authority) and a first 'The ' are dropped;
    'City of Bristol' is 'Bristol, City of'. Nothing else is guessed.
    """
    keys = names.str.casefold()
    for pattern, replacement in _RULE:
        keys = keys.str.replace(pattern, replacement, regex=True)
    return keys


def codes_of(names: pd.Series, year: int, places: pd.DataFrame) -> pd.Series:
    """The code of each district named, null where no one district has the name.

    places: rows of the `places` table. Where codes of several vintages bear a name, those nearest
    the year serve, the earlier of two equally near: the figures of 2011 go to 2011's districts.
    """
    districts = places.loc[places["level"] == "lad", ["vintage", "code", "name"]]
    districts = districts.assign(
        key=name_key(districts["name"]), distance=(districts["vintage"] - year).abs()
    ).drop_duplicates(["key", "vintage", "code"])
    nearest = districts.sort_values(["distance", "vintage"]).drop_duplicates("key")
    chosen = districts.merge(nearest[["key", "vintage"]], on=["key", "vintage"], how="inner")
    single = chosen[~chosen.duplicated("key", keep=False)]
    keys = name_key(names).rename("key").to_frame()
    codes = keys.merge(single[["key", "code"]], on="key", how="left", validate="many_to_one")
    return codes["code"].set_axis(names.index).astype("str")
