"""Assigned debts: how they change their bucket with aid, and to whom what is collected on each bucket goes."""

from . import Vector

FORMER = """
    order c1 CHILD 100.00 from 2023-01-01 until 2023-03-31
    aid c1 CASH_AID for 1 from 2023-01-01
    aid c1 ends 2023-03-01
    charge 2023-03
"""
"""January and February 2023 assigned, March the family's."""
FORMER_BEFORE_2020 = """
    order c1 CHILD 100.00 from 2019-01-01 until 2019-03-31
    aid c1 CASH_AID for 1 from 2019-01-01
    aid c1 ends 2019-03-01
    charge 2019-03
"""
CONDITIONALLY = """
    order c1 CHILD 100.00 from 2009-07-01 until 2009-08-31
    charge 2009-08
    aid c1 CASH_AID for 1 from 2009-09-01
    aid c1 ends 2009-11-01
"""
"""200 owed before aid under the old assignment, so conditionally assigned since it ended."""


def _of_bucket(bucket: str, aid_ends: bool, goes: str, why: str) -> Vector:
    """100 owed in a bucket, collected in January 2023 of a family that has aid since 2022, or had it."""
    ended = "aid c1 ends 2022-09-01\n" if aid_ends else ""
    return Vector(f"{'former' if aid_ends else 'aided'}: past due {bucket}", why,
                  f"""bring c1 CHILD 100.00 due 2022-01-01 in {bucket}
                      aid c1 CASH_AID for 1 from 2022-06-01
                      {ended}pay 100.00 on 2023-01-10""",
                  f"R1 goes {goes}")


ROWS = (
    Vector("former aid on 2024-04-30: family first, assigned kept",
           "250: March 100 family; 150 of the 200 assigned kept (§3.6 table)",
           FORMER + "pay 250.00 on 2024-04-30",
           """R1 goes FAMILY 100.00, GOVERNMENT 150.00
              c1 principal PERMANENTLY_ASSIGNED 50.00"""),
    Vector("former aid on 2024-05-01: assigned passed to the family",
           "FC 17504.2; the debt that falls is the same",
           FORMER + "pay 250.00 on 2024-05-01",
           """R1 goes FAMILY 100.00, PASS_THROUGH 150.00
              c1 principal PERMANENTLY_ASSIGNED 50.00"""),
    Vector("former foster care on 2024-05-01: assigned kept all the same",
           "FC 17504.2 is not of foster care",
           FORMER.replace("CASH_AID", "FOSTER_CARE") + "pay 250.00 on 2024-05-01",
           "R1 goes FAMILY 100.00, GOVERNMENT 150.00"),
    Vector("former aid, tax offset on 2020-04-30: assigned first",
           "200 assigned kept, 50 of March to the family (§3.6 table, last column)",
           FORMER_BEFORE_2020 + "pay 250.00 on 2020-04-30 from FEDERAL_TAX",
           "R1 goes GOVERNMENT 200.00, FAMILY 50.00"),
    Vector("former aid, tax offset on 2020-05-01: family first",
           "100 of March to the family, 150 kept",
           FORMER_BEFORE_2020 + "pay 250.00 on 2020-05-01 from FEDERAL_TAX",
           "R1 goes FAMILY 100.00, GOVERNMENT 150.00"),
    Vector("aid begins on 2009-09-30: what was owed is assigned temporarily",
           "August and September 1st were owed before: 200 (§3.6 no. 3)",
           """order c1 CHILD 100.00 from 2009-08-01
              charge 2009-09
              aid c1 CASH_AID for 1 from 2009-09-30
              charge 2009-10""",
           "c1 principal TEMPORARILY_ASSIGNED 200.00, PERMANENTLY_ASSIGNED 100.00"),
    Vector("aid begins on 2009-10-01: only what falls due during it is assigned",
           "October 1st falls due during aid (§3.6 no. 3, since 2009-10-01)",
           """order c1 CHILD 100.00 from 2009-08-01
              charge 2009-10
              aid c1 CASH_AID for 1 from 2009-10-01""",
           "c1 principal UNASSIGNED_PRE_ASSISTANCE 200.00, PERMANENTLY_ASSIGNED 100.00"),
    Vector("aid ends: temporarily becomes conditionally assigned, permanently stays",
           "August, September before aid; October, November during; December after",
           """order c1 CHILD 100.00 from 2009-08-01
              charge 2009-09
              aid c1 CASH_AID for 1 from 2009-09-30
              aid c1 ends 2009-12-01
              charge 2009-12""",
           "c1 principal CONDITIONALLY_ASSIGNED 200.00, PERMANENTLY_ASSIGNED 200.00, NEVER_ASSIGNED 100.00"),
    Vector("conditionally assigned, tax offset on 2020-04-30: the government's",
           "until 2020-05-01 a tax offset on it went to the government",
           CONDITIONALLY + "pay 150.00 on 2020-04-30 from FEDERAL_TAX",
           "R1 goes GOVERNMENT 150.00"),
    Vector("conditionally assigned, tax offset on 2020-05-01: the family's",
           "like any other collection since",
           CONDITIONALLY + "pay 150.00 on 2020-05-01 from FEDERAL_TAX",
           "R1 goes FAMILY 150.00"),
    Vector("conditionally assigned, other collections: the family's",
           "only the tax offset was the government's",
           CONDITIONALLY + "pay 150.00 on 2020-04-30",
           "R1 goes FAMILY 150.00"),
    _of_bucket("UNASSIGNED_DURING_ASSISTANCE", False, "FAMILY 100.00", "unassigned: family (§3.6 table)"),
    _of_bucket("UNASSIGNED_PRE_ASSISTANCE", False, "FAMILY 100.00", "pre-aid, post-2009 rule: family"),
    _of_bucket("NEVER_ASSIGNED", False, "FAMILY 100.00", "owed before aid of 2022: unassigned, family"),
    _of_bucket("CONDITIONALLY_ASSIGNED", False, "FAMILY 100.00", "the family's but for a tax offset before 2020"),
    _of_bucket("TEMPORARILY_ASSIGNED", False, "GOVERNMENT 100.00", "assigned while the family has aid"),
    _of_bucket("PERMANENTLY_ASSIGNED", False, "GOVERNMENT 100.00", "assigned"),
    _of_bucket("UNASSIGNED_DURING_ASSISTANCE", True, "FAMILY 100.00", "unassigned: family"),
    _of_bucket("CONDITIONALLY_ASSIGNED", True, "FAMILY 100.00", "family's"),
    _of_bucket("TEMPORARILY_ASSIGNED", True, "FAMILY 100.00", "conditionally assigned since aid ended: family's"),
    _of_bucket("PERMANENTLY_ASSIGNED", True, "GOVERNMENT 100.00", "assigned, before 2024-05-01: kept"),
    Vector("former aid: every bucket in its order",
           "60 each; 250 pays the four of the family and 10 of the assigned (§3.6 table: family-owned first)",
           """bring c1 CHILD 60.00 due 2021-01-01 in PERMANENTLY_ASSIGNED
              bring c1 CHILD 60.00 due 2021-02-01 in CONDITIONALLY_ASSIGNED
              bring c1 CHILD 60.00 due 2021-03-01 in UNASSIGNED_DURING_ASSISTANCE
              bring c1 CHILD 60.00 due 2021-04-01 in UNASSIGNED_PRE_ASSISTANCE
              aid c1 CASH_AID for 1 from 2021-05-01
              aid c1 ends 2021-06-01
              bring c1 CHILD 60.00 due 2021-07-01
              pay 250.00 on 2023-01-10""",
           """R1 goes FAMILY 240.00, GOVERNMENT 10.00
              c1 principal PERMANENTLY_ASSIGNED 50.00"""),
    Vector("aided: assigned arrears first, then the family's from before aid",
           "February 100 passed; January 100 assigned and kept; 50 of December to the family",
           """order c1 CHILD 100.00 from 2021-12-01
              charge 2021-12
              aid c1 CASH_AID for 1 from 2022-01-01
              pay 250.00 on 2022-02-10""",
           """R1 goes PASS_THROUGH 100.00, GOVERNMENT 100.00, FAMILY 50.00
              c1 principal UNASSIGNED_PRE_ASSISTANCE 50.00"""),
    Vector("interest goes with its debt, brought interest too",
           "1,000 from 10 January through September 2009: 264 days, 72.33; and 60 brought; all temporarily assigned",
           """bring c1 JUDGMENT 1,000.00 due 2009-01-10
              bring c1 JUDGMENT 60.00 due 2009-01-10 as interest
              interest 2009-08
              aid c1 CASH_AID for 1 from 2009-09-01
              interest 2009-09""",
           "c1 interest TEMPORARILY_ASSIGNED 132.33"),
    Vector("charged after aid began for months before it: unassigned as if charged in time",
           "January, February before aid, March during it",
           """aid c1 CASH_AID for 1 from 2022-03-01
              order c1 CHILD 100.00 from 2022-01-01
              charge 2022-03""",
           "c1 principal UNASSIGNED_PRE_ASSISTANCE 200.00, PERMANENTLY_ASSIGNED 100.00"),
    Vector("the end of aid becomes known late: what fell due since is the family's",
           "February and March fell due after it ended on 1 February",
           """order c1 CHILD 100.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              charge 2022-03
              aid c1 ends 2022-02-01""",
           "c1 principal PERMANENTLY_ASSIGNED 100.00, NEVER_ASSIGNED 200.00"),
)
