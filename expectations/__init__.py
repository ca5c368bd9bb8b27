"""What data must be like, and why: one rule table, read by the gate, the quarantine and the report.

`RULES` holds every rule. A rule is written once and judged twice: by Great Expectations over the staged batch, and as a
SQL predicate that picks the rows for quarantine; a run stops where the two disagree.
"""

from dyadflow.expectations.articles import ARTICLE_RULES
from dyadflow.expectations.events import EVENT_RULES
from dyadflow.expectations.mentions import MENTION_RULES
from dyadflow.expectations.rule import Rule

RULES: tuple[Rule, ...] = (*ARTICLE_RULES, *MENTION_RULES, *EVENT_RULES)

__all__ = ["ARTICLE_RULES", "EVENT_RULES", "MENTION_RULES", "RULES", "Rule"]
