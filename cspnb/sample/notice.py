"""What the sample says of itself, in the sheets, the archives and the folder."""

INVENTED = "Invented sample data"
"""On every row of a sheet of invented figures, as its supplier or its source."""

NOTICE = (
    "Invented sample data. Places and their codes are real; every count, rate, offence, street, "
    "LSOA, resident and answer is made up from a seed number. Nothing here describes anywhere. "
    "Two years of one district, Harborough in 2012/13 and 2013/14, sum to published counts."
)
