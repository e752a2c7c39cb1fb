"""Where the sample plays: real districts by their real codes, with invented people and crime.

Codes and names are the ONS's of December 2019. Residents and rates are invented: smaller places
than the real ones, so that the files stay small, with rates of a believable size.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class District:
    """A district, its place in the ONS lookup, and what is invented of it for 2012/13."""

    code: str
    name: str
    csp_code: str
    csp_name: str
    pfa_code: str
    pfa_name: str
    residents: int
    crimes_per_1000: int


_FORCE_AREAS = {
    "E23000001": "Metropolitan Police",
    "E23000003": "Lancashire",
    "E23000005": "Greater Manchester",
    "E23000006": "Cheshire",
    "E23000010": "West Yorkshire",
    "E23000011": "South Yorkshire",
    "E23000012": "Humberside",
    "E23000014": "West Midlands",
    "E23000015": "Staffordshire",
    "E23000016": "West Mercia",
    "E23000017": "Warwickshire",
    "E23000018": "Derbyshire",
    "E23000019": "Nottinghamshire",
    "E23000021": "Leicestershire",
    "E23000023": "Cambridgeshire",
    "E23000024": "Norfolk",
    "E23000025": "Suffolk",
    "E23000026": "Bedfordshire",
    "E23000029": "Thames Valley",
    "E23000030": "Hampshire",
    "E23000031": "Surrey",
    "E23000033": "Sussex",
    "E23000035": "Devon & Cornwall",
    "E23000037": "Gloucestershire",
    "E23000038": "Wiltshire",
    "W15000002": "Gwent",
}

# code|district|CSP code|CSP|force area code|residents|recorded crimes per 1,000
_DISTRICTS = """
E07000129|Blaby|E22000164|Blaby|E23000021|24000|53
E07000130|Charnwood|E22000165|Charnwood|E23000021|30000|60
E07000131|Harborough|E22000166|Harborough|E23000021|62000|45
E07000132|Hinckley and Bosworth|E22000167|Hinckley and Bosworth|E23000021|24000|52
E06000016|Leicester|E22000168|Leicester|E23000021|27000|88
E07000133|Melton|E22000169|Melton|E23000021|30000|51
E07000134|North West Leicestershire|E22000170|North West Leicestershire|E23000021|20000|58
E07000135|Oadby and Wigston|E22000171|Oadby and Wigston|E23000021|15000|50
E06000017|Rutland|E22000172|Rutland|E23000021|17000|41
E07000117|Burnley|E22000152|Burnley|E23000003|24000|84
E07000122|Pendle|E22000157|Pendle|E23000003|14000|64
E07000120|Hyndburn|E22000155|Hyndburn|E23000003|12000|70
E07000125|Rossendale|E22000160|Rossendale|E23000003|13000|58
E06000008|Blackburn with Darwen|E22000150|Blackburn with Darwen|E23000003|14000|80
E07000123|Preston|E22000158|Preston|E23000003|13000|88
E07000118|Chorley|E22000153|Chorley|E23000003|14000|55
E07000127|West Lancashire|E22000162|West Lancashire|E23000003|14000|57
E09000003|Barnet|E22000187|Barnet|E23000001|36000|70
E09000005|Brent|E22000189|Brent|E23000001|9000|86
E09000015|Harrow|E22000200|Harrow|E23000001|12000|56
E09000014|Haringey|E22000199|Haringey|E23000001|8000|95
E09000009|Ealing|E22000194|Ealing|E23000001|9000|84
E09000008|Croydon|E22000193|Croydon|E23000001|9000|81
E09000031|Waltham Forest|E22000216|Waltham Forest|E23000001|9000|83
E09000026|Redbridge|E22000211|Redbridge|E23000001|10000|73
E09000017|Hillingdon|E22000202|Hillingdon|E23000001|10000|74
E09000024|Merton|E22000209|Merton|E23000001|11000|62
E07000234|Bromsgrove|E22000368|North Worcestershire|E23000016|30000|45
E07000236|Redditch|E22000368|North Worcestershire|E23000016|27000|66
E07000239|Wyre Forest|E22000368|North Worcestershire|E23000016|31000|57
E07000237|Worcester|E22000332|South Worcester|E23000016|30000|72
E07000238|Wychavon|E22000332|South Worcester|E23000016|30000|42
E07000235|Malvern Hills|E22000332|South Worcester|E23000016|24000|41
E06000019|Herefordshire, County of|E22000326|Herefordshire, County of|E23000016|36000|50
E06000051|Shropshire|E22000360|Shropshire|E23000016|39000|44
E06000020|Telford and Wrekin|E22000333|Telford and Wrekin|E23000016|33000|69
E07000180|Vale of White Horse|E22000313|Vale of White Horse|E23000029|61000|41
E07000176|Rushcliffe|E22000366|South Nottinghamshire|E23000019|58000|43
E07000149|South Norfolk|E22000224|South Norfolk|E23000024|66000|42
E06000049|Cheshire East|E22000354|Cheshire East|E23000006|92000|50
E06000056|Central Bedfordshire|E22000353|Central Bedfordshire|E23000026|84000|55
E07000221|Stratford-on-Avon|E22000359|South Warwickshire|E23000017|63000|48
E07000085|East Hampshire|E22000110|East Hampshire|E23000030|60000|46
E07000220|Rugby|E22000321|Rugby|E23000017|57000|57
E07000011|Huntingdonshire|E22000016|Huntingdonshire|E23000023|78000|51
E06000055|Bedford|E22000009|Bedford|E23000026|69000|65
E07000143|Breckland|E22000218|Breckland|E23000024|55000|49
E07000082|Stroud|E22000097|Stroud|E23000037|52000|44
E07000032|Amber Valley|E22000037|Amber Valley|E23000018|56000|54
E06000011|East Riding of Yorkshire|E22000133|East Riding of Yorkshire|E23000012|88000|50
E07000042|Mid Devon|E22000362|East and Mid Devon|E23000035|42000|43
E07000065|Wealden|E22000301|Wealden|E23000033|70000|42
E07000200|Babergh|E22000373|Western Suffolk|E23000025|45000|41
E06000040|Windsor and Maidenhead|E22000316|Windsor and Maidenhead|E23000029|64000|60
E08000008|Tameside|E22000106|Tameside|E23000005|82000|88
E08000034|Kirklees|E22000344|Kirklees|E23000010|110000|80
E06000021|Stoke-on-Trent|E22000270|Stoke-on-Trent|E23000015|90000|97
E08000030|Walsall|E22000340|Walsall|E23000014|88000|79
E08000005|Rochdale|E22000103|Rochdale|E23000005|80000|92
E06000015|Derby|E22000040|Derby|E23000018|87000|90
E08000001|Bolton|E22000099|Bolton|E23000005|91000|86
E08000002|Bury|E22000100|Bury|E23000005|72000|76
E08000027|Dudley|E22000337|Dudley|E23000014|95000|72
E08000017|Doncaster|E22000260|Doncaster|E23000011|93000|94
E06000037|West Berkshire|E22000314|West Berkshire|E23000029|62000|49
E07000084|Basingstoke and Deane|E22000374|North Hampshire|E23000030|67000|56
E06000060|Buckinghamshire||||105000|47
E07000089|Hart|E22000374|North Hampshire|E23000030|50000|41
E08000009|Trafford|E22000107|Trafford|E23000005|81000|61
W06000021|Monmouthshire|W14000021|Monmouthshire|W15000002|49000|43
E06000054|Wiltshire|E22000361|Wiltshire|E23000038|108000|46
E07000211|Reigate and Banstead|E22000283|Reigate and Banstead|E23000031|63000|50
"""


def _district(line: str) -> District:
    code, name, csp_code, csp_name, pfa_code, residents, rate = line.split("|")
    force_area = (pfa_code, _FORCE_AREAS.get(pfa_code, ""))
    return District(code, name, csp_code, csp_name, *force_area, int(residents), int(rate))


DISTRICTS = {
    district.code: district for district in map(_district, _DISTRICTS.strip().splitlines())
}
"""Every district of the sample, by code. Buckinghamshire (2020) is in no lookup of 2019."""
