"""Money sent and what becomes of it; what the family owes back, with its consent; how kept money is shared."""

from . import Vector

SENT = """
    order c1 CHILD 100.00 from 2022-01-01
    pay 100.00 on 2022-01-10
    send c1 100.00 on 2022-01-12 as D1
"""
OVERPAID = SENT + "bounce R1 on 2022-01-20\n"

ROWS = (
    Vector("sent",
           "PAYABLE_CP to SDU_CASH (§3.10)",
           SENT,
           """c1 payable 0.00
              A:SDU_CASH stands at 0.00"""),
    Vector("returned",
           "back in cash, payable again",
           SENT + "status D1 returned on 2022-01-20",
           """c1 payable 100.00
              A:SDU_CASH stands at 100.00"""),
    Vector("returned and sent anew",
           "gone again, once",
           SENT + """status D1 returned on 2022-01-20
                     status D1 reissued on 2022-01-22""",
           """c1 payable 0.00
              A:SDU_CASH stands at 0.00"""),
    Vector("not cashed, then sent anew: taken once",
           "the money of January is gone; February's 100 is payable whole",
           SENT + """status D1 stale on 2022-07-12
                     status D1 reissued on 2022-07-20
                     pay 100.00 on 2022-07-21""",
           """L:UNDISTRIBUTED stands at 0.00
              c1 payable 100.00
              A:SDU_CASH stands at 100.00"""),
    Vector("not cashed, then voided: payable again",
           "from the hold of uncashed money",
           SENT + """status D1 stale on 2022-07-12
                     status D1 voided on 2022-07-20""",
           """L:UNDISTRIBUTED stands at 0.00
              c1 payable 100.00"""),
    Vector("sent before the collection was heard of",
           "the collection is for it: nothing stays payable",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-01
              send c1 100.00 on 2022-01-12 as D1
              pay 100.00 on 2022-01-10""",
           """c1 payable 0.00
              A:SDU_CASH stands at 0.00"""),
    Vector("returned after its collection was taken back: the family owes nothing",
           "what came back settles what was overpaid",
           OVERPAID + "status D1 returned on 2022-01-25",
           """c1 overpaid 0.00
              c1 payable 0.00
              A:SDU_CASH stands at 0.00"""),
    Vector("returned after part of what was overpaid had been recouped: the rest is settled, the other payable",
           "200 sent, taken back: 200 owed; 50 of the next 50 recouped: 150; of the 200 that came back 150 settle it",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 200.00 on 2022-02-10
              send c1 200.00 on 2022-02-12 as D1
              bounce R1 on 2022-02-20
              consent c1 100 percent on 2022-03-01
              pay 50.00 on 2022-03-10
              status D1 returned on 2022-03-15""",
           """R2 goes RECOUPED 50.00
              c1 overpaid 0.00
              c1 payable 50.00
              A:SDU_CASH stands at 50.00"""),
    Vector("overpaid, without consent: nothing is taken",
           "only with the family's written consent (§3.8, CSS Letter 07-10)",
           OVERPAID + "pay 100.00 on 2022-02-10",
           """R2 goes FAMILY 100.00
              c1 overpaid 100.00"""),
    Vector("overpaid, consent to a quarter",
           "25% of 100; not more of each payment",
           OVERPAID + """consent c1 25 percent on 2022-02-01
                         pay 100.00 on 2022-02-10""",
           """R2 goes RECOUPED 25.00, FAMILY 75.00
              c1 overpaid 75.00"""),
    Vector("overpaid, consent to all: no more than is owed back",
           "60 had been sent of the payment that bounced",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 100.00 on 2022-01-10
              send c1 60.00 on 2022-01-12 as D1
              bounce R1 on 2022-01-20
              consent c1 100 percent on 2022-02-01
              pay 100.00 on 2022-02-10""",
           """R2 goes RECOUPED 60.00, FAMILY 40.00
              c1 overpaid 0.00"""),
    Vector("overpaid, consent withdrawn",
           "0% ends it",
           OVERPAID + """consent c1 25 percent on 2022-02-01
                         consent c1 0 percent on 2022-02-05
                         pay 100.00 on 2022-02-10""",
           "R2 goes FAMILY 100.00"),
    Vector("recouped, and that payment bounces too",
           "the 25 is owed back again: 100 in all",
           OVERPAID + """consent c1 25 percent on 2022-02-01
                         pay 100.00 on 2022-02-10
                         bounce R2 on 2022-02-20""",
           """c1 overpaid 100.00
              A:SDU_CASH stands at -100.00"""),
    Vector("a quarter of a cent is not taken",
           "25% of 0.03 is 0.0075: nothing; consent is never exceeded",
           OVERPAID + """consent c1 25 percent on 2022-02-01
                         pay 0.03 on 2022-02-10""",
           "R2 goes FAMILY 0.03"),
    Vector("recouped out of what is passed through: the month's cap is used all the same",
           "50 overpaid. February 60 passed: 50 taken, 10 sent. Of the next 60, 40 of the cap are left, 20 kept",
           """order c1 CHILD 300.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              pay 50.00 on 2022-01-10
              send c1 50.00 on 2022-01-12 as D1
              bounce R1 on 2022-01-20
              consent c1 100 percent on 2022-02-01
              pay 60.00 on 2022-02-10
              pay 60.00 on 2022-02-20""",
           """R2 goes RECOUPED 50.00, PASS_THROUGH 10.00
              R3 goes PASS_THROUGH 40.00, GOVERNMENT 20.00"""),
    Vector("recouped out of a court fee that is the family's: it counts all the same",
           "100 overpaid; the 40 that pay the fee go to the family, all of it back with its consent; 60 are still owed",
           OVERPAID + """paid directly c1 100.00 on 2022-01-25
                         order c1 CHILD 0.00 from 2022-02-01
                         bring c1 FEE 40.00 due 2022-01-26 in NEVER_ASSIGNED
                         consent c1 100 percent on 2022-02-01
                         pay 40.00 on 2022-02-10""",
           """R2 goes RECOUPED 40.00
              c1 overpaid 60.00"""),
    Vector("returned while another was sent ahead: it is for that one first",
           "100 sent of 100, 30 sent ahead; the 100 come back: 70 stay payable",
           SENT + """send c1 30.00 on 2022-01-13 as D2
                     status D1 returned on 2022-01-20""",
           """c1 payable 70.00
              A:SDU_CASH stands at 70.00"""),
    Vector("kept money is shared 45, 5 and 50 percent",
           "250 kept: 112.50, 12.50, 125.00 (§3.6, LAO)",
           """order c1 CHILD 250.00 from 2022-01-01
              aid c1 FOSTER_CARE for 1 from 2022-01-01
              pay 250.00 on 2022-01-10""",
           """L:PAYABLE_GOV:state stands at 112.50
              L:PAYABLE_GOV:county stands at 12.50
              L:PAYABLE_GOV:fed stands at 125.00"""),
    Vector("one cent kept: to the largest share",
           "0.45, 0.05 and 0.50 of a cent: the federal remainder is the largest",
           """order c1 CHILD 250.00 from 2022-01-01
              aid c1 FOSTER_CARE for 1 from 2022-01-01
              pay 0.01 on 2022-01-10""",
           "L:PAYABLE_GOV:fed stands at 0.01"),
    Vector("three cents kept",
           "1.35, 0.15, 1.50 cents: 1, 0 and 1, and the cent left to the federal remainder of 0.50",
           """order c1 CHILD 250.00 from 2022-01-01
              aid c1 FOSTER_CARE for 1 from 2022-01-01
              pay 0.03 on 2022-01-10""",
           """L:PAYABLE_GOV:state stands at 0.01
              L:PAYABLE_GOV:county stands at 0.00
              L:PAYABLE_GOV:fed stands at 0.02"""),
)
