"""Across the payor's cases: in proportion, current support first, exact to the cent, whatever aid a family has; and
what was allocated wrongly."""

from . import Vector

THREE_EQUAL = """
    order c1 CHILD 100.00 from 2022-01-01
    order c2 CHILD 100.00 from 2022-01-01
    order c3 CHILD 100.00 from 2022-01-01
"""
TWO_EQUAL = """
    order c1 CHILD 100.00 from 2022-01-01
    order c2 CHILD 100.00 from 2022-01-01
"""

ROWS = (
    Vector("100.00 over three equal cases",
           "33.33 each, the cent left to the first of equal remainders (§3.6 no. 1: sum exactly)",
           THREE_EQUAL + "pay 100.00 on 2022-01-10",
           "R1 to cases c1 33.34, c2 33.33, c3 33.33"),
    Vector("0.01 over three equal cases",
           "a cent is not divided",
           THREE_EQUAL + "pay 0.01 on 2022-01-10",
           "R1 to cases c1 0.01"),
    Vector("0.02 over three equal cases",
           "a cent each to the first two",
           THREE_EQUAL + "pay 0.02 on 2022-01-10",
           "R1 to cases c1 0.01, c2 0.01"),
    Vector("the largest remainders get the cents that are left",
           "100.01 on 100:200:300 is 16.668, 33.337, 50.005: the cents go to c1 and c2",
           """order c1 CHILD 100.00 from 2022-01-01
              order c2 CHILD 200.00 from 2022-01-01
              order c3 CHILD 300.00 from 2022-01-01
              pay 100.01 on 2022-01-10""",
           "R1 to cases c1 16.67, c2 33.34, c3 50.00"),
    Vector("current support of one case before past due support of another",
           "c1 has 100 current, c2 1,000 past due: all to c1",
           """order c1 CHILD 100.00 from 2022-01-01
              bring c2 JUDGMENT 1,000.00 due 2021-01-01
              pay 100.00 on 2022-01-10""",
           "R1 to cases c1 100.00"),
    Vector("past due support in proportion",
           "70 on 100:200:400",
           """bring c1 JUDGMENT 100.00 due 2021-01-01
              bring c2 JUDGMENT 200.00 due 2021-01-01
              bring c3 JUDGMENT 400.00 due 2021-01-01
              pay 70.00 on 2022-01-10""",
           "R1 to cases c1 10.00, c2 20.00, c3 40.00"),
    Vector("what each is owed now, not what its order says",
           "c1 has 40 open of 100 after a direct payment: 70 on 40:100 is 20:50",
           TWO_EQUAL + """charge 2022-01
                          paid directly c1 60.00 on 2022-01-05
                          pay 70.00 on 2022-01-10""",
           "R1 to cases c1 20.00, c2 50.00"),
    Vector("whether a family has aid does not count",
           "50 each; c1's is passed through, c2's is the family's (§3.6 no. 1: aid status ignored)",
           TWO_EQUAL + """aid c1 CASH_AID for 1 from 2022-01-01
                          pay 100.00 on 2022-01-10""",
           """R1 to cases c1 50.00, c2 50.00
              R1 goes PASS_THROUGH 50.00, FAMILY 50.00"""),
    Vector("paid ahead in proportion to the coming month",
           "400 current, 80 more on 100:300",
           """order c1 CHILD 100.00 from 2022-01-01
              order c2 CHILD 300.00 from 2022-01-01
              pay 480.00 on 2022-01-10""",
           """R1 to cases c1 120.00, c2 360.00
              c1 ahead 20.00
              c2 ahead 60.00"""),
    Vector("principal of all cases before interest of any, since 2009",
           "c1 owes 100 and 50 interest, c2 100: 220 pays 200 principal, then 20 interest of c1",
           """bring c1 JUDGMENT 100.00 due 2021-01-01
              bring c1 JUDGMENT 50.00 due 2021-01-01 as interest
              bring c2 JUDGMENT 100.00 due 2021-01-01
              pay 220.00 on 2022-01-10""",
           """R1 pays ARREARS 200.00, INTEREST 20.00
              R1 to cases c1 120.00, c2 100.00"""),
    Vector("two cases of one family share its cap, in one payment",
           "600 current on two cases: one family, one child: 100 passed, 500 kept (§3.6: per family per month)",
           """order c1 CHILD 300.00 from 2022-01-01
              order c2 CHILD 300.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              aid c2 CASH_AID for 1 from 2022-01-01
              pay 600.00 on 2022-01-10""",
           "R1 goes PASS_THROUGH 100.00, GOVERNMENT 500.00", family="c1 c2"),
    Vector("two cases of one family share its cap, in two payments",
           "60 passed of the first; of the second 40 are left, 20 kept",
           """order c1 CHILD 30.00 from 2022-01-01
              order c2 CHILD 90.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              aid c2 CASH_AID for 1 from 2022-01-01
              pay 60.00 on 2022-01-10
              pay 60.00 on 2022-01-20""",
           """R1 goes PASS_THROUGH 60.00
              R2 goes PASS_THROUGH 40.00, GOVERNMENT 20.00""", family="c1 c2"),
    Vector("cases of two families have a cap each",
           "100 and 100 passed, 200 and 200 kept",
           """order c1 CHILD 300.00 from 2022-01-01
              order c2 CHILD 300.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              aid c2 CASH_AID for 1 from 2022-01-01
              pay 600.00 on 2022-01-10""",
           "R1 goes PASS_THROUGH 200.00, GOVERNMENT 400.00"),
    Vector("reallocated to one case",
           "50 and 50 taken back, 100 to c2",
           TWO_EQUAL + """pay 100.00 on 2022-01-10
                          reallocate R1 to c2 on 2022-01-20""",
           """R1 to cases c2 100.00
              c1 owes 100.00
              c2 owes 0.00
              A:SDU_CASH stands at 100.00"""),
    Vector("reallocated after it was sent: the first family owes it back",
           "50 of c1 was sent: overpaid; c2's family is due 100 (§3.8: wrong payee)",
           TWO_EQUAL + """pay 100.00 on 2022-01-10
                          send c1 50.00 on 2022-01-12 as D1
                          reallocate R1 to c2 on 2022-01-20""",
           """c1 overpaid 50.00
              c1 payable 0.00
              c2 payable 100.00
              A:SDU_CASH stands at 50.00"""),
    Vector("reallocated out of an aided family's case: its cap is free again",
           "c1's 50 no longer counts, so 100 of the next payment for it is passed",
           TWO_EQUAL + """aid c1 CASH_AID for 1 from 2022-01-01
                          pay 100.00 on 2022-01-10
                          reallocate R1 to c2 on 2022-01-20
                          pay 100.00 on 2022-01-25""",
           """R2 to cases c1 100.00
              R2 goes PASS_THROUGH 100.00"""),
    Vector("taken back after it was reallocated",
           "everything is owed again, and nothing is anybody's",
           TWO_EQUAL + """pay 100.00 on 2022-01-10
                          reallocate R1 to c2 on 2022-01-20
                          bounce R1 on 2022-01-25""",
           """c1 owes 100.00
              c2 owes 100.00
              c2 payable 0.00
              A:SDU_CASH stands at 0.00"""),
)
