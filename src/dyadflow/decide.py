"""What to do with articles just read, given what the store knows: a pure decision, nothing is touched.

All is decided by content, so that order, batch size and the number of runs play no part: an article the store has is
unchanged; the original of a cluster of near-duplicates is the one with the least (publication time, id).
"""

from collections.abc import Iterable
from typing import NamedTuple

from dyadflow.settings import Settings
from dyadflow.text.near import Print, originals
from dyadflow.versions import Versions


class Known(NamedTuple):
    """What the store knows of an article."""

    state: str
    duplicate_of: str | None
    versions: Versions


class Decision(NamedTuple):
    """Articles to code, new duplicates {id: original}, ids left as they are, and stored articles whose original is another now."""

    to_code: list[str]
    duplicates: dict[str, str]
    unchanged: list[str]
    demoted: dict[str, str]


def decide(article_ids: Iterable[str], known: dict[str, Known], prints: list[Print], settings: Settings, versions: Versions) -> Decision:
    """The decision over one batch.

    `known` holds the stored articles among the batch and around it; `prints` the fingerprints of new articles and of stored
    ones near them in time.
    """
    links = [(article, one.duplicate_of) for article, one in known.items() if one.duplicate_of]
    original = originals(prints, settings.duplicate_similarity, settings.duplicate_days, links)
    to_code, duplicates, unchanged = [], {}, []
    for article in article_ids:
        if article in known:
            stale = known[article].versions != versions and known[article].state != "duplicate" and article not in original
            (to_code if stale else unchanged).append(article)
        elif article in original:
            duplicates[article] = original[article]
        else:
            to_code.append(article)
    demoted = {article: original[article] for article, one in known.items() if article in original and original[article] != one.duplicate_of}
    return Decision(to_code, duplicates, unchanged, demoted)
