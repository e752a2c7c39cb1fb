"""Results made by hand, for tests of what is shown: Harborough's published year, drawn cases."""

import pandas as pd

from cspnb.analysis.comparison import Comparison, Group
from cspnb.analysis.performance import Performance, Standing
from cspnb.analysis.trend import Trend
from cspnb.measures.change import Change
from cspnb.measures.counts import Total
from cspnb.measures.definition import Measure, Target
from cspnb.periods import Period

NOW, BEFORE = Period.parse("2013/14"), Period.parse("2012/13")
E_TEST = "Poisson E-test (monthly variation not allowed for), at the 5% level"
NO_ASB = "Total crime leaves out anti-social behaviour, which is not a crime."

TOTAL_CRIME = Measure("total_crime", "Total crime", said_always=(NO_ASB,))
BURGLARY = Measure("domestic_burglary", "Domestic burglary", denominator="households")
REPORTS = Measure("domestic_abuse", "Domestic abuse", unit="reports", good="neither")
REPORTING = Measure("hate_crime_reports", "Hate crime reporting", unit="reports", good="higher")
SATISFACTION = Measure(
    "user_satisfaction", "User satisfaction", unit="per cent", kind="percentage", good="higher"
)


def total(count, period=NOW, *, reason="", sources=("Harborough CSP annual review",)):
    return Total(period, count, not reason, 12 if not reason else 8, reason, sources)


def change(measure, before, now, p_value, verdict, *, method=E_TEST):
    pct = 100 * (now - before) / before if before >= 10 else None
    totals = {"now": total(now), "before": total(before, BEFORE)}
    return Change(
        measure, "Harborough", **totals, difference=now - before, change_pct=pct,
        p_value=p_value, verdict=verdict, method=method,
    )  # fmt: skip


def not_compared(measure, now, before, reason):
    return Change(
        measure, "Harborough", now, before, None, None, None, "not compared", reason=reason
    )


def trend_of(change, rows, *, caveats=(), missing=""):
    """`rows` are drawn as (period, count or None, reason); no reason means whole."""
    years = pd.DataFrame(
        [
            {
                "period": str(Period.parse(period)),
                "label": Period.parse(period).label,
                "count": count,
                "complete": count is not None and not reason,
                "sound_months": 12 if not reason else 8,
                "reason": reason,
                "source": "Harborough CSP annual review",
            }
            for period, count, reason in rows
        ],
        columns=["period", "label", "count", "complete", "sound_months", "reason", "source"],
    ).astype({"count": "Int64", "complete": bool})
    return Trend(change.measure, "Harborough", NOW, years, change, caveats, missing)


BURGLARY_CHANGE = change(BURGLARY, 153, 253, 7e-7, "clear rise")
TOTAL_CHANGE = change(TOTAL_CRIME, 2773, 2778, 0.946, "no clear change")


def burglary_trend():
    rows = [("2010/11", 210, ""), ("2011/12", 88, "June to September 2011 absent")]
    rows += [("2012/13", 153, ""), ("2013/14", 253, "")]
    return trend_of(BURGLARY_CHANGE, rows)


def missing_trend(measure=SATISFACTION):
    why = "no figure has been supplied by a partner"
    change = not_compared(measure, total(None, reason=why), total(None, BEFORE, reason=why), why)
    return trend_of(change, [], missing=why)


def comparison(verdict="below", measure=TOTAL_CRIME, **changed):
    rows = [
        ("Charnwood", 9960, 166000, 60.0, 58.8, 61.2, False),
        ("Blaby", 4225, 93900, 45.0, 43.6, 46.4, False),
        ("Harborough", 2778, 85400, 32.53, 31.3, 33.8, True),
        ("Rutland", 1130, 37400, 30.2, 28.5, 32.0, False),
    ]
    columns = ["area_name", "count", "population", "rate", "rate_lower", "rate_upper", "is_own"]
    rates = pd.DataFrame(rows, columns=columns)
    rates.insert(0, "area_code", [f"E0700000{i}" for i in range(4)])
    left_out = pd.DataFrame({"area_name": ["Melton"], "reason": ["May 2013 absent"]})
    group = Group(
        measure, "Harborough", NOW, "the ONS statistical neighbours", "ONS, nearest neighbours",
        "2018", "residents, mid-2013", rates,
    )  # fmt: skip
    found = {
        "rates": rates, "left_out": left_out, "mean_rate": 41.93, "rank": 2,
        "limit_lower": 40.6, "limit_upper": 43.3, "verdict": verdict,
    }  # fmt: skip
    return Comparison(group, **(found | changed))


def harborough_performance():
    """Figure 3 of the scrutiny report of May 2014; target counts as the plan's rule gives them."""
    rows = [
        ("total_crime", "Total crime", 2773, 2778, -5, 2634, 0.946, "no clear change"),
        ("domestic_burglary", "Domestic burglary", 153, 253, -13, 133, 7e-7, "clear rise"),
        (
            "commercial_burglary",
            "Commercial burglary",
            107,
            106,
            None,
            None,
            0.945,
            "no clear change",
        ),
        ("theft_from_vehicle", "Theft from motor vehicles", 335, 284, -14, 288, 0.04, "clear fall"),
        ("theft_of_vehicle", "Theft of motor vehicles", 38, 54, -10, 34, 0.10, "no clear change"),
    ]
    standings = [_counted(*row) for row in rows]
    level = Standing(SATISFACTION, Target("level", 85), "met", level=88.0, gap=3.0)
    return Performance("Harborough", NOW, (*standings, level))


def _counted(key, label, before, now, target, limit, p_value, verdict):
    always = (NO_ASB,) if key == "total_crime" else ()
    changed = change(Measure(key, label, said_always=always), before, now, p_value, verdict)
    if target is None:
        return Standing(changed.measure, None, "no target", change=changed)
    status = "met" if now <= limit else "missed"
    aim = Target("change", target)
    return Standing(changed.measure, aim, status, changed, target_count=limit, gap=now - limit)
