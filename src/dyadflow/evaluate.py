"""How well the coder does on gold sentences: the figures of the referee, computed here to the same digits.

triple   needed gold events (both actors given) met in source, target and root
root     needed gold events whose root is met by a row that shares a known actor with it
exact    needed gold events with a 3–4 digit code, met in both actors and the whole code
prec     exhaustive sets only: share of distinct rows that meet a gold event of their own
clean    exhaustive sets only: sentences without any gold event that were left uncoded

Actors are compared on their first three letters, codes on their two-digit root. Rows of a sentence that agree in all three
count once; a gold event is met by at most one row.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from dyadflow.coding import Coder, Source
from dyadflow.errors import GoldError
from dyadflow.schema import EVENT_STATUSES, NO_ACTOR

ALIASES = {"KSV": "XKX", "KOS": "XKX", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "PAL": "PSE", "SCG": "SRB", "YUG": "SRB"}
COUNTS = "sentences rows need root dyads dyad triple rev coded code4 code4_ok emitted right empty clean".split()


def read_gold(path: Path) -> list[dict]:
    """The lines of a gold file. Raises GoldError naming file and line where one is broken or lacks a field."""
    rows = []
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: {error.strerror if isinstance(error, OSError) else 'not UTF-8'}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            rows.append(_gold_row(line, f"{path}:{number}"))
    return rows


def _gold_row(line: str, where: str) -> dict:
    try:
        row = json.loads(line)
        row["id"], row["text"], row["events"]
        if row.get("date"):
            date.fromisoformat(row["date"])
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{where}: not a gold line ({error})") from error
    return row


def predict(coder: Coder, gold: Iterable[dict]) -> Iterator[dict]:
    """For each gold line the rows a default run would make events: {"id", "events": [{source, target, code, status}]}."""
    rows = list(gold)
    sources = [Source(row["id"], row["text"], date.fromisoformat(row["date"]) if row.get("date") else None) for row in rows]
    for source, coded in coder.code(sources):
        mentions = [mention for sentence in coded for mention in sentence.mentions if mention.standing.status in EVENT_STATUSES]
        yield {"id": source.article_id, "events": [_event(mention) for mention in mentions]}


def _event(mention) -> dict:
    code = {side: actor.code if actor else NO_ACTOR for side, actor in (("source", mention.source), ("target", mention.target))}
    return {**code, "code": mention.code, "status": mention.standing.status}


def country(code: str | None) -> str:
    """The first three letters of an actor code, under today's name."""
    three = (code or NO_ACTOR)[:3].upper()
    return ALIASES.get(three, three)


def _actor_ok(code: str | None, accepted: list[str]) -> bool:
    return not accepted or country(code) in {country(one) for one in accepted}


def _dyad_ok(row: dict, gold: dict) -> bool:
    return _actor_ok(row.get("source"), gold["source"]) and _actor_ok(row.get("target"), gold["target"])


def _root(row: dict) -> str:
    return str(row.get("code") or "")[:2]


def meets(row: dict, gold: dict) -> bool:
    """Whether a row {source, target, code} is a gold event {source, target, roots}: both countries and the root agree."""
    return _dyad_ok(row, gold) and _root(row) in gold["roots"]


def _shares_actor(row: dict, gold: dict) -> bool:
    named = [side for side in ("source", "target") if gold[side]]
    return not named or any(_actor_ok(row.get(side), gold[side]) for side in named)


def root_ok(row: dict, gold: dict) -> bool:
    """Whether a row has the root of a gold event and shares a known actor with it."""
    return _root(row) in gold["roots"] and _shares_actor(row, gold)


def _right(row: dict, gold: dict) -> bool:
    negative = ("denied", "negated")
    return meets(row, gold) and not (gold.get("status") in negative and row.get("status") not in negative)


def distinct(events: Iterable[dict]) -> list[dict]:
    """Rows that differ in source, target or root; the first of each kind."""
    rows: dict[tuple, dict] = {}
    for event in events:
        rows.setdefault((country(event.get("source")), country(event.get("target")), _root(event)), event)
    return list(rows.values())


def assign(rows: list[dict], golds: list[dict], fits: Callable[[dict, dict], bool]) -> dict[int, int]:
    """The largest one-to-one assignment of rows to gold events: {gold index: row index} (augmenting paths)."""
    owner: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        for number, gold in enumerate(golds):
            if number in seen or not fits(rows[row], gold):
                continue
            seen.add(number)
            if number not in owner or place(owner[number], seen):
                owner[number] = row
                return True
        return False

    for row in range(len(rows)):
        place(row, set())
    return owner


def score(gold_rows: Iterable[dict], predictions: Iterable[dict]) -> dict[str, float]:
    """The counts and figures of predictions against gold, under the referee's names."""
    predicted = {row["id"]: row.get("events") or [] for row in predictions}
    n = dict.fromkeys(COUNTS, 0)
    for gold in gold_rows:
        for name, value in _score_line(gold, predicted.get(gold["id"], [])).items():
            n[name] += value
    return n | _figures(n)


def _score_line(gold: dict, events: list[dict]) -> dict[str, int]:
    """What one gold sentence adds to the counts."""
    rows = distinct(events)
    needed = [g for g in gold["events"] if g.get("need", True)]
    full = [g for g in needed if g["source"] and g["target"]]
    long = [g for g in needed if len(str(g["code"])) > 2 and str(g["code"]).isdigit()]
    met = assign(rows, full, meets)
    missed = [g for number, g in enumerate(full) if number not in met]
    counts = {
        "sentences": 1, "rows": len(rows), "need": len(needed), "coded": len(needed) * bool(rows), "root": len(assign(rows, needed, root_ok)),
        "code4": len(long), "code4_ok": sum(any(_dyad_ok(e, g) and e.get("code") == g["code"] for e in events) for g in long),
        "dyads": len(full), "triple": len(met), "dyad": sum(any(_dyad_ok(row, g) for row in rows) for g in full),
        "rev": sum(any(meets(row, {**g, "source": g["target"], "target": g["source"]}) for row in rows) for g in missed),
    }  # fmt: skip
    return counts | _exhaustive(gold, rows)


def is_right(gold: dict, events: list[dict]) -> bool:
    """Whether rows code a gold sentence wholly as it should be: every needed event is met, and every row meets an event of its own."""
    n = _score_line({**gold, "exhaustive": True}, events)
    return n["triple"] == n["dyads"] and n["root"] == n["need"] and n["right"] == n["emitted"]


def _exhaustive(gold: dict, rows: list[dict]) -> dict[str, int]:
    """The counts that only sentences with every event listed can give."""
    if not gold.get("exhaustive"):
        return {}
    empty = not gold["events"]
    return {"emitted": len(rows), "right": len(assign(rows, gold["events"], _right)), "empty": int(empty), "clean": int(empty and not rows)}


def _figures(n: dict[str, int]) -> dict[str, float]:
    recall, precision = n["triple"] / max(1, n["dyads"]), n["right"] / max(1, n["emitted"])
    return {
        "triple_recall": recall, "root_recall": n["root"] / max(1, n["need"]), "precision": precision,
        "f1": 2 * recall * precision / max(1e-9, recall + precision), "rows_per_sentence": n["rows"] / max(1, n["sentences"]),
        "code_exact": n["code4_ok"] / max(1, n["code4"]), "clean_rate": n["clean"] / max(1, n["empty"]),
    }  # fmt: skip


def table(n: dict[str, float]) -> str:
    """The figures as the referee prints them."""

    def part(a: str, b: str) -> str:
        return f"{100 * n[a] / n[b]:5.1f}% ({n[a]}/{n[b]})" if n[b] else "    -"

    lines = [
        f"triple {part('triple', 'dyads')}   dyad {part('dyad', 'dyads')}   reversed {part('rev', 'dyads')}",
        f"root   {part('root', 'need')}   coded {part('coded', 'need')}   exact {part('code4_ok', 'code4')}   rows per sentence {n['rows_per_sentence']:.2f}",
    ]
    if n["emitted"]:
        lines.append(f"prec   {part('right', 'emitted')}   F1 {n['f1']:.3f}   clean {part('clean', 'empty')}")
    return "\n".join(lines)
