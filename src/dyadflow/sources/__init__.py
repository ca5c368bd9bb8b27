"""Sources of articles: one file per kind, one contract. `read_source` yields records and faults, in a stable order."""

from dyadflow.sources.contract import Fault, Record
from dyadflow.sources.plan import Plan, plan_sources, read_source

__all__ = ["Fault", "Plan", "Record", "plan_sources", "read_source"]
