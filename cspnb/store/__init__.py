"""The only room that knows where tables are."""

from cspnb.store.batch import Batch, new_source_id
from cspnb.store.cells import Near
from cspnb.store.store import Store

__all__ = ["Batch", "Near", "Store", "new_source_id"]
