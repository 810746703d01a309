"""Within a case: current support, past due support and interest in the order of the day, late postings, money that is
more than is owed, and tax offsets on each side of 2020-05-01."""

from . import Vector

TWO_MONTHS_OWED = """
    order c1 CHILD 100.00 from 2008-10-01 monthly/12
    charge 2008-11
    interest 2008-11
"""

ROWS = (
    Vector("current child, then medical, then spousal",
           "330 on 300 child, 50 medical, 100 spousal: 300 + 30; 20 of medical and all of spousal stay (§3.6 no. 2)",
           """order c1 SPOUSAL 100.00 from 2022-03-01
              order c1 MEDICAL 50.00 from 2022-03-01
              order c1 CHILD 300.00 from 2022-03-01
              pay 330.00 on 2022-03-10""",
           """R1 pays CURRENT 330.00
              c1 CHILD 2022-03-01 open 0.00
              c1 MEDICAL 2022-03-01 open 20.00
              c1 SPOUSAL 2022-03-01 open 100.00"""),
    Vector("last day of the old order: current, interest, principal",
           "October bears 100 x 10%/12 twice, November once: 2.50. 150: December 100, interest 2.50, rest 47.50 (§3.5)",
           TWO_MONTHS_OWED + "pay 150.00 on 2008-12-31",
           """R1 pays CURRENT 100.00, INTEREST 2.50, ARREARS 47.50
              c1 CHILD 2008-10-01 open 52.50
              c1 interest"""),
    Vector("first day of the new order: current, principal, interest",
           "On 2009-01-01 January 100 is current, then principal, oldest first: October 50; interest 2.50 waits (§3.5)",
           TWO_MONTHS_OWED + "pay 150.00 on 2009-01-01",
           """R1 pays CURRENT 100.00, ARREARS 50.00
              c1 CHILD 2008-10-01 open 50.00
              c1 interest NEVER_ASSIGNED 2.50"""),
    Vector("interest waits for the principal of all buckets",
           "200 principal, 60 interest: 250 pays 200 and 50; the default of §3.6 no. 2, literal CCP 695.221",
           """bring c1 JUDGMENT 200.00 due 2022-01-10
              bring c1 JUDGMENT 60.00 due 2022-01-10 as interest
              pay 250.00 on 2022-03-05""",
           """R1 pays ARREARS 200.00, INTEREST 50.00
              c1 interest NEVER_ASSIGNED 10.00"""),
    Vector("past due support: the oldest installment first",
           "March 100 is current; of the 150 left January gets 100, February 50 (CCP 695.221, §3.5)",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 250.00 on 2022-03-10""",
           """R1 pays CURRENT 100.00, ARREARS 150.00
              c1 CHILD 2022-01-01 open 0.00
              c1 CHILD 2022-02-01 open 50.00"""),
    Vector("past due child support before past due spousal support, though that is older",
           "FC 5238 (§3.6 no. 1): child arrears before spousal arrears: February child gets the 50",
           """order c1 SPOUSAL 100.00 from 2022-01-01 until 2022-01-31
              order c1 CHILD 100.00 from 2022-02-01
              pay 150.00 on 2022-03-05""",
           """c1 CHILD 2022-02-01 open 50.00
              c1 SPOUSAL 2022-01-01 open 100.00"""),
    Vector("received on the last day of a month: that month's",
           "credit goes to the month received (§3.4, S11)",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 100.00 on 2022-01-31""",
           "c1 owes 0.00"),
    Vector("received on the first day of the next month: the next month's",
           "not in by month end, so it is February's, and January is past due (§3.4, S11)",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 100.00 on 2022-02-01""",
           """R1 pays CURRENT 100.00
              c1 CHILD 2022-01-01 open 100.00
              c1 CHILD 2022-02-01 open 0.00"""),
    Vector("received on 29 February",
           "a leap day is a day of February",
           """order c1 CHILD 100.00 from 2024-02-01
              pay 100.00 on 2024-02-29""",
           """R1 pays CURRENT 100.00
              c1 owes 0.00"""),
    Vector("one cent",
           "the smallest payment pays the smallest part",
           """order c1 CHILD 100.00 from 2024-02-01
              pay 0.01 on 2024-02-10""",
           """R1 goes FAMILY 0.01
              c1 owes 99.99"""),
    Vector("posted late: what was more than January's pays the months charged since",
           "31 January, told in March: January 100, then 150 that would have been ahead: February 100, March 50",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-03
              pay 250.00 on 2022-01-31""",
           """R1 pays CURRENT 250.00
              c1 CHILD 2022-02-01 open 0.00
              c1 CHILD 2022-03-01 open 50.00"""),
    Vector("posted late: interest that was posted meanwhile is corrected",
           "100 x 10% x 31/365 = 0.85 was posted; paid inside the due month it bears none (§3.5 grace)",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-01
              interest 2022-01
              pay 100.00 on 2022-01-31""",
           """R1 pays CURRENT 100.00
              c1 interest
              c1 owes 0.00"""),
    Vector("more than is owed: to a family without aid as paid ahead",
           "futures are otherwise paid to the family (§3.6 no. 2, S62)",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 150.00 on 2022-01-10""",
           """R1 pays CURRENT 100.00, FUTURE 50.00
              R1 goes FAMILY 150.00
              c1 ahead 50.00"""),
    Vector("what was paid ahead pays the next month",
           "100 of February less 50 ahead: 50 open, nothing ahead",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 150.00 on 2022-01-10
              charge 2022-02""",
           """c1 CHILD 2022-02-01 open 50.00
              c1 ahead 0.00"""),
    Vector("overcollection: the order has ended, so nothing is coming",
           "50 is nobody's; determined in 15 business days from Monday 10 January: Monday 31 January (22 CCR 119905)",
           """order c1 CHILD 100.00 from 2022-01-01 until 2022-01-31
              pay 150.00 on 2022-01-10""",
           """R1 pays CURRENT 100.00, NOTHING 50.00
              R1 hold 1 overcollection 50.00 until 2022-01-31"""),
    Vector("overcollection determined: back to the payor",
           "UNDISTRIBUTED to REFUND_NCP (§3.10)",
           """order c1 CHILD 100.00 from 2022-01-01 until 2022-01-31
              pay 150.00 on 2022-01-10
              release R1 hold 1 on 2022-01-31""",
           """L:REFUND_NCP stands at 50.00
              L:UNDISTRIBUTED stands at 0.00
              R1 has no holds"""),
    Vector("federal tax offset on 2020-04-30: past due only",
           "March 100 is past due; April is not; 50 is left (§3.6 table, last column, before 2020-05-01)",
           """order c1 CHILD 100.00 from 2020-03-01
              pay 150.00 on 2020-04-30 from FEDERAL_TAX""",
           """R1 pays ARREARS 100.00, NOTHING 50.00
              c1 CHILD 2020-04-01 open 100.00"""),
    Vector("federal tax offset on 2020-05-01: like any other collection",
           "May 100 current, April 50 of 100 (§3.6 table, since 2020-05-01)",
           """order c1 CHILD 100.00 from 2020-04-01
              pay 150.00 on 2020-05-01 from FEDERAL_TAX""",
           """R1 pays CURRENT 100.00, ARREARS 50.00
              c1 CHILD 2020-04-01 open 50.00"""),
    Vector("state tax offset before 2020-05-01: like any other collection",
           "only the federal offset had a rule of its own",
           """order c1 CHILD 100.00 from 2020-03-01
              pay 150.00 on 2020-04-30 from STATE_TAX""",
           "R1 pays CURRENT 100.00, ARREARS 50.00"),
    Vector("a fee the payor owes is paid as past due, to the government",
           "100 current to the family, 25 court fee; it repays no aid, so the pool of 10 is untouched",
           """order c1 CHILD 100.00 from 2022-01-01
              assistance c1 10.00 in 2021-12-01
              bring c1 FEE 25.00 due 2022-01-10
              pay 125.00 on 2022-01-20""",
           """R1 pays CURRENT 100.00, ARREARS 25.00
              R1 goes FAMILY 100.00, GOVERNMENT 25.00
              c1 pool 10.00"""),
)
