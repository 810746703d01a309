"""The annual service fee, by federal fiscal year (October to September), on each side of its changes."""

from . import Vector

ROWS = (
    Vector("annual fee: none on 2006-09-30",
           "before the Deficit Reduction Act's fee",
           """order c1 CHILD 600.00 from 2006-09-01
              pay 600.00 on 2006-09-30""",
           "R1 goes FAMILY 600.00"),
    Vector("annual fee: $25 above $500 from 2006-10-01",
           "600 > 500 in one federal fiscal year (§3.6 no. 4)",
           """order c1 CHILD 600.00 from 2006-10-01
              pay 600.00 on 2006-10-01""",
           "R1 goes FEE 25.00, FAMILY 575.00"),
    Vector("annual fee: still $25 on 2018-09-30",
           "last day of federal fiscal year 2018",
           """order c1 CHILD 600.00 from 2018-09-01
              pay 600.00 on 2018-09-30""",
           "R1 goes FEE 25.00, FAMILY 575.00"),
    Vector("annual fee: $35 above $550 from 2018-10-01",
           "first day of federal fiscal year 2019",
           """order c1 CHILD 600.00 from 2018-10-01
              pay 600.00 on 2018-10-01""",
           """R1 goes FEE 35.00, FAMILY 565.00
              R:FEES stands at 35.00"""),
    Vector("annual fee: not at the threshold",
           "550.00 is not more than 550",
           """order c1 CHILD 550.00 from 2018-10-01
              pay 550.00 on 2018-10-02""",
           "R1 goes FAMILY 550.00"),
    Vector("annual fee: one cent above the threshold",
           "550.01 - 35 = 515.01",
           """order c1 CHILD 600.00 from 2018-10-01
              pay 550.01 on 2018-10-02""",
           "R1 goes FEE 35.00, FAMILY 515.01"),
    Vector("annual fee: out of the payment that passes the threshold",
           "300, then 600 in all: 300 - 35 = 265",
           """order c1 CHILD 300.00 from 2022-10-01
              pay 300.00 on 2022-10-05
              pay 300.00 on 2022-11-05""",
           """R1 goes FAMILY 300.00
              R2 goes FEE 35.00, FAMILY 265.00"""),
    Vector("annual fee: once in a federal fiscal year",
           "the second 600 of the year bears none",
           """order c1 CHILD 600.00 from 2022-10-01
              pay 600.00 on 2022-10-05
              pay 600.00 on 2022-11-05""",
           """R1 goes FEE 35.00, FAMILY 565.00
              R2 goes FAMILY 600.00"""),
    Vector("annual fee: again in the next federal fiscal year",
           "30 September and 1 October are of different years",
           """order c1 CHILD 600.00 from 2019-09-01
              pay 600.00 on 2019-09-30
              pay 600.00 on 2019-10-01""",
           """R1 goes FEE 35.00, FAMILY 565.00
              R2 goes FEE 35.00, FAMILY 565.00"""),
    Vector("annual fee: never of a family that had aid",
           "the fee is of families never assisted",
           """order c1 CHILD 600.00 from 2022-10-01
              aid c1 CASH_AID for 1 from 2018-01-01
              aid c1 ends 2018-06-01
              pay 600.00 on 2022-10-05""",
           "R1 goes FAMILY 600.00"),
    Vector("annual fee: a payment that bounces gives it back, the next one bears it",
           "fees 35 - 35; then 35 of the second payment",
           """order c1 CHILD 600.00 from 2022-10-01
              pay 600.00 on 2022-10-05
              bounce R1 on 2022-10-10
              pay 600.00 on 2022-10-15""",
           """R2 goes FEE 35.00, FAMILY 565.00
              R:FEES stands at 35.00"""),
    Vector("annual fee: held money counts as collected",
           "300 held as a joint return, then 300: 600 were collected, so the second bears 35",
           """order c1 CHILD 300.00 from 2022-10-01
              pay 300.00 on 2022-10-05 from FEDERAL_TAX joint
              pay 300.00 on 2022-11-05""",
           """R1 goes HELD 300.00
              R2 goes FEE 35.00, FAMILY 265.00"""),
)
