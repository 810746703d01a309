"""Money that waits: why, until when, and what becomes of it; the debt it pays falls at once."""

from . import Vector

OWED = "order c1 CHILD 100.00 from 2022-08-01\n"
JOINT = OWED + "pay 100.00 on 2022-08-31 from FEDERAL_TAX joint\n"

ROWS = (
    Vector("joint return: the debt falls now, the money waits six months",
           "31 August and six months: 28 February, the month's last day (§3.7, S81)",
           JOINT,
           """R1 hold 1 joint_return 100.00 until 2023-02-28
              R1 goes HELD 100.00
              c1 owes 0.00
              c1 payable 0.00"""),
    Vector("joint return before a leap year's February",
           "31 August 2023 and six months: 29 February 2024",
           """order c1 CHILD 100.00 from 2023-08-01
              pay 100.00 on 2023-08-31 from FEDERAL_TAX joint""",
           "R1 hold 1 joint_return 100.00 until 2024-02-29"),
    Vector("joint return released to the family",
           "UNDISTRIBUTED:hold to PAYABLE (§3.10)",
           JOINT + "release R1 hold 1 on 2023-02-28",
           """c1 payable 100.00
              L:UNDISTRIBUTED stands at 0.00
              R1 has no holds"""),
    Vector("joint return of an aided family: what is the government's is not held",
           "300: 100 would be passed and waits, 200 is kept",
           """order c1 CHILD 300.00 from 2022-08-01
              aid c1 CASH_AID for 1 from 2022-08-01
              pay 300.00 on 2022-08-10 from FEDERAL_TAX joint""",
           "R1 goes HELD 100.00, GOVERNMENT 200.00"),
    Vector("joint return of an aided family, released: it stays passed through",
           "100 payable; it counted in August, so another 100 in August is kept",
           """order c1 CHILD 300.00 from 2022-08-01
              aid c1 CASH_AID for 1 from 2022-08-01
              pay 100.00 on 2022-08-10 from FEDERAL_TAX joint
              pay 100.00 on 2022-08-20
              release R1 hold 1 on 2023-02-10""",
           """R2 goes GOVERNMENT 100.00
              c1 payable 100.00"""),
    Vector("joint return that the tax agency takes back while it is held",
           "owed again; nothing had been sent (§3.8: returned tax offset)",
           JOINT + "take back R1 on 2022-11-10 as OFFSET_RETURNED",
           """c1 owes 100.00
              c1 overpaid 0.00
              L:UNDISTRIBUTED stands at 0.00
              A:SDU_CASH stands at 0.00"""),
    Vector("joint return that is taken back after it was released and sent",
           "the family owes back what it was sent",
           JOINT + """release R1 hold 1 on 2023-02-28
                      send c1 100.00 on 2023-03-01 as D1
                      take back R1 on 2023-03-10 as OFFSET_RETURNED""",
           """c1 owes 100.00
              c1 overpaid 100.00
              A:SDU_CASH stands at -100.00"""),
    Vector("unidentified: nobody's",
           "UNIDENTIFIED (§3.10); no debt falls",
           OWED + """charge 2022-08
                     pay 100.00 on 2022-08-10 unknown""",
           """R1 hold 1 unidentified 100.00
              L:UNIDENTIFIED stands at 100.00
              c1 owes 100.00"""),
    Vector("identified: as of the day it was received",
           "received on 10 August, so it is August's, though known in October; no interest",
           OWED + """pay 100.00 on 2022-08-10 unknown
                     charge 2022-10
                     interest 2022-08
                     identify R1 on 2022-10-05""",
           """R1 pays CURRENT 100.00
              c1 CHILD 2022-08-01 open 0.00
              c1 interest
              L:UNIDENTIFIED stands at 0.00
              R1 has no holds"""),
    Vector("unidentified and taken back",
           "nothing is left of it",
           OWED + """pay 100.00 on 2022-08-10 unknown
                     bounce R1 on 2022-08-20""",
           """L:UNIDENTIFIED stands at 0.00
              A:SDU_CASH stands at 0.00"""),
    Vector("no obligation on any case",
           "held until there is an order (§3.7)",
           """charge 2022-08
              pay 100.00 on 2022-08-10""",
           """R1 hold 1 no_obligation 100.00
              L:UNDISTRIBUTED stands at 100.00"""),
    Vector("no obligation, then an order: distributed as of the day received",
           "August is current on 10 August",
           """pay 100.00 on 2022-08-10
              order c1 CHILD 100.00 from 2022-08-01
              release R1 hold 1 on 2022-09-02""",
           """R1 pays CURRENT 100.00
              c1 payable 100.00
              c1 CHILD 2022-08-01 open 0.00"""),
    Vector("a dispute: applied, and not sent",
           "§3.7: disputed",
           OWED + """hold c1 dispute on 2022-08-02
                     pay 100.00 on 2022-08-10""",
           """R1 hold 1 dispute 100.00
              c1 owes 0.00
              c1 payable 0.00"""),
    Vector("a dispute is over: sent",
           "the hold is released by a person",
           OWED + """hold c1 dispute on 2022-08-02
                     pay 100.00 on 2022-08-10
                     resume c1 dispute on 2022-08-20
                     release R1 hold 1 on 2022-08-20""",
           """c1 payable 100.00
              R1 has no holds"""),
    Vector("after a dispute is over, payments go to the family at once",
           "no hold any more",
           OWED + """hold c1 dispute on 2022-08-02
                     resume c1 dispute on 2022-08-05
                     pay 100.00 on 2022-08-10""",
           "R1 goes FAMILY 100.00"),
    Vector("nobody knows where the family is: applied, and not sent",
           "§3.7: payee unknown or unlocated",
           OWED + """hold c1 payee_unknown on 2022-08-02
                     pay 100.00 on 2022-08-10""",
           """R1 hold 1 payee_unknown 100.00
              c1 owes 0.00"""),
    Vector("a dispute does not hold what is the government's",
           "200 kept, 100 waits",
           """order c1 CHILD 300.00 from 2022-08-01
              aid c1 CASH_AID for 1 from 2022-08-01
              hold c1 dispute on 2022-08-02
              pay 300.00 on 2022-08-10""",
           "R1 goes HELD 100.00, GOVERNMENT 200.00"),
    Vector("overcollection over a weekend",
           "15 business days from Friday 5 August 2022: Monday 8th is the first, Friday 26th the 15th",
           """order c1 CHILD 100.00 from 2022-08-01 until 2022-08-31
              pay 110.00 on 2022-08-05""",
           "R1 hold 1 overcollection 10.00 until 2022-08-26"),
    Vector("a check that is not cashed",
           "waits as uncashed (§3.7)",
           OWED + """pay 100.00 on 2022-08-10
                     send c1 100.00 on 2022-08-11 as D1
                     status D1 stale on 2023-02-11""",
           """L:UNDISTRIBUTED:c1:stale stands at 100.00
              c1 payable 0.00"""),
)
