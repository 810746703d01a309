"""Interest: rates by due date, both ways of counting, grace, leap years, rounding once, and what a change of the past
does to it. By day: principal x rate x days / 365, from the due date; a month that was run counts to its last day."""

from . import Vector

ROWS = (
    Vector("due on 1982-12-31: 7%",
           "1,000 x 7% x 366/365, from 31 December 1982 through 1983: 70.19",
           """bring c1 JUDGMENT 1,000.00 due 1982-12-31
              interest 1983-12""",
           "c1 interest NEVER_ASSIGNED 70.19"),
    Vector("due on 1983-01-01: 10%",
           "1,000 x 10% x 365/365: 100.00 (CCP 685.010)",
           """bring c1 JUDGMENT 1,000.00 due 1983-01-01
              interest 1983-12""",
           "c1 interest NEVER_ASSIGNED 100.00"),
    Vector("a leap year by days has 366 of 365",
           "1,000 x 10% x 366/365 = 100.274",
           """bring c1 JUDGMENT 1,000.00 due 2024-01-01
              interest 2024-12""",
           "c1 interest NEVER_ASSIGNED 100.27"),
    Vector("a leap year by months has twelve",
           "1,000 x 10% x 12/12",
           """order c1 CHILD 1,000.00 from 2024-01-01 until 2024-01-31 monthly/12
              charge 2024-01
              interest 2024-12""",
           "c1 interest NEVER_ASSIGNED 100.00"),
    Vector("February of a leap year",
           "500 x 10% x 29/365 = 3.9726",
           """order c1 CHILD 500.00 from 2024-02-01
              charge 2024-02
              interest 2024-02""",
           "c1 interest NEVER_ASSIGNED 3.97"),
    Vector("February of another year",
           "500 x 10% x 28/365 = 3.8356",
           """order c1 CHILD 500.00 from 2023-02-01
              charge 2023-02
              interest 2023-02""",
           "c1 interest NEVER_ASSIGNED 3.84"),
    Vector("the order's own rate: active duty 6%",
           "1,000 x 6% x 365/365 (§3.5 exceptions)",
           """order c1 CHILD 1,000.00 from 2023-01-01 until 2023-01-31 at 6 percent
              charge 2023-01
              interest 2023-12""",
           "c1 interest NEVER_ASSIGNED 60.00"),
    Vector("no interest on interest",
           "two years of 365 days: 200.00, not 210.00",
           """bring c1 JUDGMENT 1,000.00 due 2022-01-01
              interest 2022-12
              interest 2023-12""",
           "c1 interest NEVER_ASSIGNED 200.00"),
    Vector("brought interest bears none and is not counted anew",
           "60 brought + 1,000 x 10% x 31/365 = 8.49",
           """bring c1 JUDGMENT 1,000.00 due 2022-01-01
              bring c1 JUDGMENT 60.00 due 2022-01-01 as interest
              interest 2022-01""",
           "c1 interest NEVER_ASSIGNED 68.49"),
    Vector("grace: paid on the last day of the due month",
           "nothing is late (§3.5 grace, S11)",
           """order c1 CHILD 100.00 from 2022-01-01
              pay 100.00 on 2022-01-31
              interest 2022-01""",
           "c1 interest"),
    Vector("without grace: open until the last day of the due month",
           "100 x 10% x 30/365 = 0.8219, from the 1st to the 31st",
           """order c1 CHILD 100.00 from 2022-01-01 without grace
              pay 100.00 on 2022-01-31
              interest 2022-01""",
           "c1 interest NEVER_ASSIGNED 0.82"),
    Vector("paid in the next month: from the due date",
           "100 x 10% x 40/365 = 1.0959, 1 January to 10 February; the grace is of the due month only",
           """order c1 CHILD 100.00 from 2022-01-01 until 2022-01-31
              pay 100.00 on 2022-02-10
              interest 2022-02""",
           "c1 interest NEVER_ASSIGNED 1.10"),
    Vector("paid in part",
           "500 for 59 days, 300 for 31: (29,500 + 9,300) x 10%/365 = 10.6301",
           """order c1 CHILD 500.00 from 2022-01-01 until 2022-01-31
              pay 200.00 on 2022-03-01
              interest 2022-03""",
           "c1 interest NEVER_ASSIGNED 10.63"),
    Vector("rounded once, over all installments",
           "5.00 open 90, 59 and 31 days: 5 x 10% x 180/365 = 0.24658; each rounded by itself would be 0.24",
           """order c1 CHILD 5.00 from 2023-01-01 until 2023-03-31
              charge 2023-03
              interest 2023-03""",
           "c1 interest NEVER_ASSIGNED 0.25"),
    Vector("run each month or once: the same",
           "as above; 0.04 + 0.08 + 0.13",
           """order c1 CHILD 5.00 from 2023-01-01 until 2023-03-31
              charge 2023-03
              interest 2023-01
              interest 2023-02
              interest 2023-03""",
           "c1 interest NEVER_ASSIGNED 0.25"),
    Vector("two obligations, each by itself",
           "each 100 x 10% x 59/365 = 1.6164, rounded 1.62; twice",
           """order c1 CHILD 100.00 from 2022-01-01 until 2022-01-31
              order c1 SPOUSAL 100.00 from 2022-01-01 until 2022-01-31
              charge 2022-01
              interest 2022-02""",
           "c1 interest NEVER_ASSIGNED 3.24"),
    Vector("by months: a month counts with what is open at its end",
           "January and February at 100, March nothing: 2 x 0.8333 = 1.67",
           """order c1 CHILD 100.00 from 2022-01-01 until 2022-01-31 monthly/12
              pay 100.00 on 2022-03-10
              interest 2022-04""",
           "c1 interest NEVER_ASSIGNED 1.67"),
    Vector("a payment that bounces bears interest again, as if it had not been",
           "medical 100 x 10% x 59/365 = 1.62 was posted; child's 1.62 is posted when its payment bounces",
           """order c1 CHILD 100.00 from 2022-01-01 until 2022-01-31
              order c1 MEDICAL 100.00 from 2022-01-01 until 2022-01-31
              pay 100.00 on 2022-01-15
              interest 2022-02
              bounce R1 on 2022-03-05""",
           "c1 interest NEVER_ASSIGNED 3.24"),
    Vector("an order raised with effect in the past: interest of the months since",
           "100: (59 + 28) days x 100 x 10%/365 = 2.3836; raised to 200, 4.7671",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-02
              interest 2022-02
              order c1 CHILD 200.00 from 2022-01-01""",
           """c1 interest NEVER_ASSIGNED 4.77
              c1 principal NEVER_ASSIGNED 400.00"""),
    Vector("an order lowered with effect in the past: less interest",
           "100: 2.38; lowered to 50, 1.1918",
           """order c1 CHILD 100.00 from 2022-01-01
              charge 2022-02
              interest 2022-02
              order c1 CHILD 50.00 from 2022-01-01""",
           """c1 interest NEVER_ASSIGNED 1.19
              c1 principal NEVER_ASSIGNED 100.00"""),
)
