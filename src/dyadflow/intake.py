"""Sources to a batch on disk: read, clean, compare with the store, cut into shards."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dyadflow.batch import Batch, article_frame, demoted_frame, print_frame, refusal_frame
from dyadflow.coding import current_versions
from dyadflow.decide import Decision, Known, decide
from dyadflow.errors import MissingSource
from dyadflow.ids import content_id
from dyadflow.ingest import Reading, Refusal, read_articles
from dyadflow.settings import Settings
from dyadflow.sources import Plan, plan_sources, read_source
from dyadflow.sources.contract import storable
from dyadflow.store import connect
from dyadflow.text.near import Print, signatures
from dyadflow.versions import Versions

Tick = Callable[[str, int, int], None]
"""Called as (stage, done, total) while work goes on."""

NEIGHBOURS = """
    SELECT a.article_id, a.published_at, f.signature, a.state, a.duplicate_of, a.coder_version, a.dictionary_hash
    FROM fingerprints f JOIN articles a USING (article_id)
    WHERE a.published_at BETWEEN $first AND $last OR a.published_at IS NULL AND $undated OR a.article_id IN (SELECT unnest($ids))
       OR a.article_id IN (SELECT duplicate_of FROM articles WHERE published_at BETWEEN $first AND $last)
"""


class Around(NamedTuple):
    """What the store knows of a batch's articles and of those near them in time."""

    known: dict[str, Known]
    prints: list[Print]


def ingest_batch(names: list[str], settings: Settings, run_id: str, now: datetime, tick: Tick) -> Batch:
    """The batch of everything the sources hold that the store does not have yet.

    Raises MissingSource where nothing that was named exists; a single missing name is noted and the rest is read.
    """
    plan = plan_sources(names)
    if plan.missing and not plan.items:
        raise MissingSource(str(plan.missing[0]))
    reading = read_articles(_records(plan, settings, tick), settings, now)
    batch = Batch(settings.staging / run_id)
    batch.folder.mkdir(parents=True, exist_ok=True)
    versions = current_versions(settings.model, settings.added)
    faults = [*plan.missing, *(fault.error(fault.detail) for fault in reading.faults)]
    batch.note(run_id=run_id, started_at=now.isoformat(), sources=[storable(name) for name in names], read_count=reading.read_count, versions=versions._asdict(), faults_expected=plan.faults_expected,
               refused_count=reading.read_count - reading.repeated_count - len(reading.articles),
               faults=[{"message": str(fault), "exit_code": fault.exit_code} for fault in faults])  # fmt: skip
    prints = _prints(reading.articles)
    around = _around(settings, reading.articles)
    new = [p for p in prints if p.article_id not in around.known]
    decision = decide((row["article_id"] for row in reading.articles), around.known, around.prints + new, settings, versions)
    batch.note(unchanged_count=reading.repeated_count + len(decision.unchanged))
    _write(batch, reading, decision, new, versions, now)
    batch.note(shards=_write_shards(batch, settings, versions))
    return batch


def _records(plan: Plan, settings: Settings, tick: Tick) -> Iterator:
    """All records of all sources, ticking as files are done."""
    for number, item in enumerate(plan.items):
        tick("read", number, len(plan.items))
        yield from read_source(item, settings)
    tick("read", len(plan.items), len(plan.items))


def _prints(articles: list[dict]) -> list[Print]:
    found = zip(articles, signatures(row["text"] for row in articles), strict=True)
    return [Print(row["article_id"], row["published_at"], signature) for row, signature in found]


def _around(settings: Settings, articles: list[dict]) -> Around:
    """The stored articles that a batch may repeat or be repeated by."""
    if not articles or not settings.work_path.exists():
        return Around({}, [])
    days = [row["published_at"] for row in articles if row["published_at"]]
    margin = timedelta(days=settings.duplicate_days + 1)
    first, last = (min(days) - margin, max(days) + margin) if days else (date(1, 1, 1), date(1, 1, 1))
    ids = [row["article_id"] for row in articles]
    with connect(settings.work_path, read_only=True) as connection:
        rows = connection.execute(NEIGHBOURS, {"first": first, "last": last, "undated": len(days) < len(articles), "ids": ids}).fetchall()
    known = {row[0]: Known(row[3], row[4], Versions(row[5], row[6])) for row in rows}
    return Around(known, [Print(row[0], row[1], tuple(row[2])) for row in rows])


def _write(batch: Batch, reading: Reading, decision: Decision, prints: Iterable[Print], versions: Versions, now: datetime) -> None:
    unchanged = set(decision.unchanged)
    articles = [{**row, "state": "duplicate", "reason": "near_duplicate", "duplicate_of": decision.duplicates[row["article_id"]]}
                if row["article_id"] in decision.duplicates else row for row in reading.articles if row["article_id"] not in unchanged]  # fmt: skip
    batch.write("articles", article_frame(articles).sort("article_id"))
    batch.write("refusals", refusal_frame([_quarantine_row(refusal, batch.run_id, versions, now) for refusal in reading.refusals]))
    batch.write("prints", print_frame([{"article_id": p.article_id, "published_day": p.published and p.published.date(), "signature": list(p.signature)} for p in prints]))
    batch.write("demoted", demoted_frame([{"article_id": article, "duplicate_of": original} for article, original in decision.demoted.items()]))


def _quarantine_row(refusal: Refusal, run_id: str, versions: Versions, now: datetime) -> dict:
    kind = "record" if refusal.stage == "read" else "article"
    return {"quarantine_id": content_id(refusal.record_key, refusal.reason), "record_key": refusal.record_key, "record_kind": kind, "stage": refusal.stage,
            "rule_name": refusal.reason, "detail": refusal.detail, "raw_record": refusal.raw, "source_ref": refusal.source_ref, "run_id": run_id,
            "quarantined_at": now, **versions._asdict()}  # fmt: skip


def _write_shards(batch: Batch, settings: Settings, versions: Versions) -> list[str]:
    """Cut what is to be coded into shards named by their content: a shard coded before a kill need not be coded again."""
    frame = batch.read("articles")
    frame = frame.filter(frame["state"].is_null()).select("article_id", "text", "published_at")
    folder = shard_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for part in frame.iter_slices(settings.shard_articles):
        name = content_id(*part["article_id"], *versions)[:16]
        part.write_parquet(folder / f"{name}.parquet", compression="zstd")
        names.append(name)
    return names


def shard_folder(settings: Settings) -> Path:
    """Where shards wait and where their results lie."""
    return settings.staging / "shards"
