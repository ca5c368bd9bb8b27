"""Near-duplicates: MinHash fingerprints, and which article of a cluster is the original.

All is decided by content: pairs by fingerprint and day, the original by the least (published_at, article_id).
The order in which articles arrive therefore changes nothing.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

PERMUTATIONS = 64
BANDS = 16
ROWS = PERMUTATIONS // BANDS
SHINGLE = 3
SEED = 42
WORD = re.compile(r"\w+")
LEAD = re.compile(r"^[A-Z][A-Z .,/'’-]{2,40}(?:,?\s+\w+\.?\s+\d{1,2})?\s*(?:\([A-Za-z ]{2,20}\))?\s*[-–—]+\s+")
AGENCY = re.compile(r"\((?:Reuters|AP|AFP|UPI|IANS|PTI|Xinhua|CNN|BBC|dpa|ANI|EFE|Bloomberg)\)", re.I)


class Print(NamedTuple):
    """The fingerprint of an article: id, time (or None) and MinHash signature."""

    article_id: str
    published: object
    signature: tuple[int, ...]


def signatures(texts: Iterable[str]) -> list[tuple[int, ...]]:
    """The MinHash signature of each text over its three-word shingles; dateline and agency mark do not count."""
    from rensa import RMinHash

    found = []
    for text in texts:
        minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        minhash.update(shingles(text))
        found.append(tuple(minhash.digest()))
    return found


def shingles(text: str) -> list[str]:
    """The three-word shingles of a text; of a shorter text the text itself."""
    words = WORD.findall(AGENCY.sub(" ", LEAD.sub("", text)).lower())
    if len(words) <= SHINGLE:
        return [" ".join(words)]
    return [" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)]


def bands(signature: tuple[int, ...]) -> list[int]:
    """One 64-bit number per band; two texts that share one are compared in full."""
    from hashlib import blake2b

    found = []
    for band in range(BANDS):
        part = ",".join(map(str, (band, *signature[band * ROWS : (band + 1) * ROWS])))
        found.append(int.from_bytes(blake2b(part.encode(), digest_size=8).digest(), "little"))
    return found


def similarity(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """The estimated Jaccard similarity of two texts' shingles."""
    return sum(x == y for x, y in zip(a, b, strict=True)) / PERMUTATIONS


def originals(prints: list[Print], least: float, days: int, links: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """{article_id: article_id of its original} for every article that repeats another.

    Two articles are the same story where their similarity reaches `least` and their days lie at most `days` apart;
    chains of such pairs form one cluster. `links` are pairs found before (article_id, original).
    """
    parent = {p.article_id: p.article_id for p in prints}

    def root(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in links:
        if a in parent and b in parent:
            parent[root(a)] = root(b)
    for a, b in _pairs(prints):
        if _close(a, b, days) and similarity(a.signature, b.signature) >= least:
            parent[root(a.article_id)] = root(b.article_id)
    return _elect(prints, {p.article_id: root(p.article_id) for p in prints})


def _pairs(prints: list[Print]):
    """Pairs that share a band, each once per shared band."""
    seen: dict[int, list[Print]] = {}
    for current in prints:
        for band in bands(current.signature):
            for other in seen.setdefault(band, []):
                yield other, current
            seen[band].append(current)


def _close(a: Print, b: Print, days: int) -> bool:
    """Whether both days are known and near, or both unknown."""
    if a.published is None or b.published is None:
        return a.published is None and b.published is None
    return abs((_day(a.published) - _day(b.published)).days) <= days


def _day(published) -> date:
    return published.date() if hasattr(published, "date") else published


def _elect(prints: list[Print], cluster: dict[str, str]) -> dict[str, str]:
    """The original of each cluster is the one with the least (publication, id); unknown publication comes last."""
    order = sorted(prints, key=lambda p: (p.published is None, str(p.published or ""), p.article_id))
    first: dict[str, str] = {}
    for p in order:
        first.setdefault(cluster[p.article_id], p.article_id)
    return {p.article_id: first[cluster[p.article_id]] for p in prints if first[cluster[p.article_id]] != p.article_id}
