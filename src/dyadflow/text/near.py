"""Near-duplicates: MinHash fingerprints, and which article of a cluster is the original.

All is decided by content: pairs by fingerprint and day, the original by the least (published_at, article_id).
The order in which articles arrive therefore changes nothing.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

PERMUTATIONS = 64
BANDS = 16
ROWS = PERMUTATIONS // BANDS
SHINGLE = 3
SEED = 42
UNKNOWN_DAY = -(10**9)
WORD = re.compile(r"\w+")
LEAD = re.compile(r"^[A-Z][A-Z .,/'’-]{2,40}(?:,?\s++\w++\.?\s++\d{1,2})?\s*+(?:\([A-Za-z ]{2,20}\)\s*+)?[-–—]++\s++")
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

    copies: dict[tuple, list[Print]] = {}
    for p in prints:
        copies.setdefault((p.signature, _day(p)), []).append(p)
    same = ((p.article_id, group[0].article_id) for group in copies.values() for p in group[1:])
    for a, b in chain(((a, b) for a, b in links if a in parent and b in parent), same):
        parent[root(a)] = root(b)
    for a, b in _pairs([group[0] for group in copies.values()], days):
        if root(a.article_id) != root(b.article_id) and similarity(a.signature, b.signature) >= least:
            parent[root(a.article_id)] = root(b.article_id)
    return _elect(prints, {p.article_id: root(p.article_id) for p in prints})


def _pairs(prints: list[Print], days: int) -> Iterator[tuple[Print, Print]]:
    """Pairs that share a band and lie at most `days` apart, each once per shared band."""
    seen: dict[int, deque[Print]] = defaultdict(deque)
    for current in sorted(prints, key=_day):
        for band in bands(current.signature):
            near = seen[band]
            while near and _day(current) - _day(near[0]) > days:
                near.popleft()
            yield from ((other, current) for other in near)
            near.append(current)


def _day(p: Print) -> int:
    """The number of the day of publication; unknown days are one day, far from any that is known."""
    return p.published.toordinal() if p.published else UNKNOWN_DAY


def _elect(prints: list[Print], cluster: dict[str, str]) -> dict[str, str]:
    """The original of each cluster is the one with the least (publication, id); unknown publication comes last."""
    order = sorted(prints, key=lambda p: (p.published is None, str(p.published or ""), p.article_id))
    first: dict[str, str] = {}
    for p in order:
        first.setdefault(cluster[p.article_id], p.article_id)
    return {p.article_id: first[cluster[p.article_id]] for p in prints if first[cluster[p.article_id]] != p.article_id}
