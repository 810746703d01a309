"""Families with aid: what of current support is passed through, what is kept and up to what, what is held ahead."""

from . import Vector

AIDED = """
    order c1 CHILD 300.00 from 2022-01-01
    aid c1 CASH_AID for 1 from 2022-01-01
"""

ROWS = (
    Vector("pass-through on 2021-12-31: $50",
           "300 current: 50 passed, 250 kept (§3.6 table; earlier $50)",
           """order c1 CHILD 300.00 from 2021-12-01
              aid c1 CASH_AID for 2 from 2021-12-01
              pay 300.00 on 2021-12-31""",
           "R1 goes PASS_THROUGH 50.00, GOVERNMENT 250.00"),
    Vector("pass-through on 2022-01-01, one child: $100",
           "FC 17504 as operative 2022-01-01",
           AIDED + "pay 300.00 on 2022-01-01",
           "R1 goes PASS_THROUGH 100.00, GOVERNMENT 200.00"),
    Vector("pass-through on 2022-01-01, two children: $200",
           "FC 17504 as operative 2022-01-01",
           """order c1 CHILD 300.00 from 2022-01-01
              aid c1 CASH_AID for 2 from 2022-01-01
              pay 300.00 on 2022-01-01""",
           "R1 goes PASS_THROUGH 200.00, GOVERNMENT 100.00"),
    Vector("pass-through is by month, not by payment",
           "80 of 100; then 20 that are left of it and 60 kept",
           AIDED + """pay 80.00 on 2022-01-10
                      pay 80.00 on 2022-01-20""",
           """R1 goes PASS_THROUGH 80.00
              R2 goes PASS_THROUGH 20.00, GOVERNMENT 60.00"""),
    Vector("pass-through begins anew with the month of collection",
           "31 January and 1 February each have their 100",
           AIDED + """pay 300.00 on 2022-01-31
                      pay 300.00 on 2022-02-01""",
           """R1 goes PASS_THROUGH 100.00, GOVERNMENT 200.00
              R2 goes PASS_THROUGH 100.00, GOVERNMENT 200.00"""),
    Vector("a payment that bounces gives its pass-through back to the month",
           "the second 100 is passed through whole",
           AIDED + """pay 100.00 on 2022-01-10
                      bounce R1 on 2022-01-15
                      pay 100.00 on 2022-01-20""",
           "R2 goes PASS_THROUGH 100.00"),
    Vector("past due support is not passed through while aided",
           "February 300: 100 passed, 200 kept; January 100 kept",
           AIDED + "pay 400.00 on 2022-02-10",
           """R1 pays CURRENT 300.00, ARREARS 100.00
              R1 goes PASS_THROUGH 100.00, GOVERNMENT 300.00"""),
    Vector("foster care has no pass-through",
           "FC 17504 is of CalWORKs",
           """order c1 CHILD 100.00 from 2022-01-01
              aid c1 FOSTER_CARE for 1 from 2022-01-01
              pay 100.00 on 2022-01-10""",
           "R1 goes GOVERNMENT 100.00"),
    Vector("kept up to the unreimbursed assistance, the rest to the family",
           "300: 100 passed; 150 were paid in aid, so 150 kept; 50 to the family (§3.6 table)",
           AIDED + """assistance c1 150.00 in 2022-01-01
                      pay 300.00 on 2022-01-10""",
           """R1 goes PASS_THROUGH 100.00, GOVERNMENT 150.00, FAMILY 50.00
              c1 pool 0.00"""),
    Vector("nothing unreimbursed is left: all to the family",
           "February: 100 passed, 200 to the family",
           AIDED + """assistance c1 150.00 in 2022-01-01
                      pay 300.00 on 2022-01-10
                      pay 300.00 on 2022-02-10""",
           "R2 goes PASS_THROUGH 100.00, FAMILY 200.00"),
    Vector("the next month's aid fills the pool again",
           "80 more were paid in aid: 100 passed, 80 kept, 120 to the family",
           AIDED + """assistance c1 150.00 in 2022-01-01
                      pay 300.00 on 2022-01-10
                      assistance c1 80.00 in 2022-02-01
                      pay 300.00 on 2022-02-10""",
           "R2 goes PASS_THROUGH 100.00, GOVERNMENT 80.00, FAMILY 120.00"),
    Vector("a payment that bounces fills the pool again",
           "150 kept, taken back: 150 unreimbursed",
           AIDED + """assistance c1 150.00 in 2022-01-01
                      pay 300.00 on 2022-01-10
                      bounce R1 on 2022-01-20""",
           "c1 pool 150.00"),
    Vector("aided: more than is owed is held for the next month",
           "§3.6 no. 2: held and applied next month",
           """order c1 CHILD 100.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              pay 150.00 on 2022-01-10""",
           """R1 goes PASS_THROUGH 100.00, HELD 50.00
              R1 hold 1 futures 50.00 until 2022-02-01
              c1 ahead 0.00"""),
    Vector("aided: held for the next month, and applied in it",
           "pays February; January's 100 was passed through already, and it was collected in January: 50 kept",
           """order c1 CHILD 100.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              pay 150.00 on 2022-01-10
              release R1 hold 1 on 2022-02-01""",
           """c1 CHILD 2022-02-01 open 50.00
              c1 payable 100.00
              L:PAYABLE_GOV stands at 50.00
              R1 has no holds"""),
)
