"""What turns out otherwise: payments taken back, orders changed with effect in the past, advances, credits that are no
money. Nothing is edited; what is owed and borne in interest is as if it had been known from the start."""

from . import Vector

PAID = """
    order c1 CHILD 100.00 from 2022-01-01
    pay 100.00 on 2022-01-10
"""

ROWS = (
    Vector("taken back before it was sent",
           "everything is as before (§3.10)",
           PAID + "bounce R1 on 2022-01-20",
           """c1 owes 100.00
              c1 payable 0.00
              c1 overpaid 0.00
              A:SDU_CASH stands at 0.00"""),
    Vector("taken back after it was sent",
           "RECV_CP_OVERPAY (§3.8, §3.10)",
           PAID + """send c1 100.00 on 2022-01-12 as D1
                     bounce R1 on 2022-01-20""",
           """c1 owes 100.00
              c1 overpaid 100.00
              c1 payable 0.00
              A:SDU_CASH stands at -100.00"""),
    Vector("taken back after part of it was sent",
           "60 had left, 40 not",
           PAID + """send c1 60.00 on 2022-01-12 as D1
                     bounce R1 on 2022-01-20""",
           """c1 overpaid 60.00
              c1 payable 0.00"""),
    Vector("taken back after the government's part was sent: it owes it back too",
           "kept 200, taken back: PAYABLE_GOV falls to nothing; the pass-through of 100 as well",
           """order c1 CHILD 300.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              pay 300.00 on 2022-01-10
              bounce R1 on 2022-01-20""",
           """L:PAYABLE_GOV stands at 0.00
              c1 principal PERMANENTLY_ASSIGNED 300.00"""),
    Vector("taken back after aid moved the debt to another bucket",
           "August's installment is temporarily assigned since aid began, paid or not",
           """order c1 CHILD 100.00 from 2009-08-01 until 2009-08-31
              pay 100.00 on 2009-08-10
              aid c1 CASH_AID for 1 from 2009-09-01
              bounce R1 on 2009-09-20""",
           "c1 principal TEMPORARILY_ASSIGNED 100.00"),
    Vector("taken back after aid moved interest that it had paid",
           "June through July by months: 100 x 10%/12 x 2 = 1.67; open again in the bucket it is in now",
           """order c1 CHILD 100.00 from 2009-06-01 until 2009-06-30 monthly/12
              charge 2009-06
              interest 2009-07
              pay 101.67 on 2009-08-10
              aid c1 CASH_AID for 1 from 2009-09-01
              bounce R1 on 2009-09-20""",
           """c1 principal TEMPORARILY_ASSIGNED 100.00
              c1 interest TEMPORARILY_ASSIGNED 1.67"""),
    Vector("an order raised with effect in the past",
           "January and February 150 each",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-02
              order c1 CHILD 150.00 from 2022-01-01""",
           "c1 principal NEVER_ASSIGNED 300.00"),
    Vector("an order raised from the middle of a month: from the next first",
           "an installment is due on the first: January 100, February 150",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-02
              order c1 CHILD 150.00 from 2022-01-15""",
           "c1 principal NEVER_ASSIGNED 250.00"),
    Vector("an order lowered with effect in the past: what was paid too much is ahead",
           "100 paid on 60",
           PAID + "order c1 CHILD 60.00 from 2022-01-01",
           """A:RECV_NCP:c1 stands at -40.00
              c1 ahead 40.00"""),
    Vector("... and pays the next month",
           "60 - 40 = 20",
           PAID + """order c1 CHILD 60.00 from 2022-01-01
                     charge 2022-02""",
           """c1 CHILD 2022-02-01 open 20.00
              c1 ahead 0.00"""),
    Vector("... and when that payment bounces, both months are owed as they are charged",
           "60 and 60; no installment is owed with more than it is charged",
           PAID + """order c1 CHILD 60.00 from 2022-01-01
                     charge 2022-02
                     bounce R1 on 2022-02-20""",
           """c1 CHILD 2022-01-01 open 60.00
              c1 CHILD 2022-02-01 open 60.00
              c1 ahead 0.00"""),
    Vector("what was paid too much pays an older debt from the day it was paid",
           "January open 100 for 40 days, then 60 for 19 (10 February to the month's end): "
           "(4,000 + 1,140) x 10%/365 = 1.4082",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 100.00 on 2022-02-10
              order c1 CHILD 60.00 from 2022-02-01
              interest 2022-02""",
           """c1 CHILD 2022-01-01 open 60.00
              c1 interest NEVER_ASSIGNED 1.41"""),
    Vector("an order that had ended before it was known",
           "February was charged and is taken back",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-02
              order c1 CHILD 100.00 from 2022-01-01 until 2022-01-31""",
           """c1 CHILD 2022-02-01 open 0.00
              c1 owes 100.00"""),
    Vector("an order that becomes known months later",
           "medical support of three months at once",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-03
              order c1 MEDICAL 20.00 from 2022-01-01""",
           "c1 owes 360.00"),
    Vector("a charge corrected",
           "100 becomes 80",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-01
              correct c1 CHILD 2022-01-01 to 80.00""",
           "c1 owes 80.00"),
    Vector("a charge corrected to nothing",
           "what was paid on it is ahead",
           PAID + "correct c1 CHILD 2022-01-01 to 0.00",
           "c1 ahead 100.00"),
    Vector("a charge brought for a month that the order charges too: it is that month's",
           "January 100, February 80 as brought, March 100",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-01
              bring c1 CHILD 80.00 due 2022-02-01
              charge 2022-03""",
           "c1 owes 280.00"),
    Vector("a payment ahead that bounces: every month it paid is owed",
           "January 100, February 100",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 150.00 on 2022-01-10
              charge 2022-02
              bounce R1 on 2022-02-10""",
           """c1 CHILD 2022-01-01 open 100.00
              c1 CHILD 2022-02-01 open 100.00
              c1 ahead 0.00"""),
    Vector("a payment ahead that bounces bears interest from each due date",
           "January 59 days, February 28: 87 x 100 x 10%/365 = 2.3836",
           """order c1 CHILD 100.00 from 2022-01-01 until 2022-02-28
              pay 200.00 on 2022-01-10
              charge 2022-02
              bounce R1 on 2022-02-10
              interest 2022-02""",
           "c1 interest NEVER_ASSIGNED 2.38"),
    Vector("paid directly to the family: the debt falls, no money moves",
           "DirectPaymentCredited (§3.8)",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-01
              paid directly c1 60.00 on 2022-01-20""",
           """c1 owes 40.00
              A:SDU_CASH stands at 0.00"""),
    Vector("paid directly: not on what the family has assigned",
           "January is the government's",
           """order c1 CHILD 100.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              charge 2022-01
              paid directly c1 60.00 on 2022-01-20""",
           """refused exceeds_debt
              c1 owes 100.00"""),
    Vector("a debt given up: the government's own, past due",
           "FC 17560: settlement only of government-owed debt (§3.5)",
           """order c1 CHILD 100.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              charge 2022-01
              compromise c1 60.00 on 2022-02-10""",
           "c1 principal PERMANENTLY_ASSIGNED 40.00"),
    Vector("a debt given up: never the family's",
           "January is the family's",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-01
              compromise c1 60.00 on 2022-02-10""",
           """refused exceeds_debt
              c1 owes 100.00"""),
    Vector("a debt given up: not current support",
           "January is not past due in January",
           """order c1 CHILD 100.00 from 2022-01-01
              aid c1 CASH_AID for 1 from 2022-01-01
              charge 2022-01
              compromise c1 60.00 on 2022-01-20""",
           "refused exceeds_debt"),
)
