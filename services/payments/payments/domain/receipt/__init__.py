"""A receipt: one collection, and what became of every cent of it.

`events.py` what can have happened · `state.py` what follows from it · `commands.py` what can be asked · `deciding.py`
what is decided.
"""

from payments.domain.receipt.commands import (
    DistributeCollection as DistributeCollection,
)
from payments.domain.receipt.commands import (
    HoldCollection as HoldCollection,
)
from payments.domain.receipt.commands import (
    IdentifyCollection as IdentifyCollection,
)
from payments.domain.receipt.commands import (
    ReceiptCommand as ReceiptCommand,
)
from payments.domain.receipt.commands import (
    ReceiveCollection as ReceiveCollection,
)
from payments.domain.receipt.commands import (
    ReleaseHold as ReleaseHold,
)
from payments.domain.receipt.commands import (
    ReverseCollection as ReverseCollection,
)
from payments.domain.receipt.commands import (
    UndoDistribution as UndoDistribution,
)
from payments.domain.receipt.deciding import REDISTRIBUTED as REDISTRIBUTED
from payments.domain.receipt.deciding import receipt as receipt
from payments.domain.receipt.events import (
    CollectionDistributed as CollectionDistributed,
)
from payments.domain.receipt.events import (
    CollectionHeld as CollectionHeld,
)
from payments.domain.receipt.events import (
    CollectionIdentified as CollectionIdentified,
)
from payments.domain.receipt.events import (
    CollectionReceived as CollectionReceived,
)
from payments.domain.receipt.events import (
    CollectionReversed as CollectionReversed,
)
from payments.domain.receipt.events import (
    CreditRef as CreditRef,
)
from payments.domain.receipt.events import (
    DistributionUndone as DistributionUndone,
)
from payments.domain.receipt.events import (
    HoldReleased as HoldReleased,
)
from payments.domain.receipt.events import (
    PassedThrough as PassedThrough,
)
from payments.domain.receipt.events import (
    ReceiptEvent as ReceiptEvent,
)
from payments.domain.receipt.state import Hold as Hold
from payments.domain.receipt.state import Receipt as Receipt
