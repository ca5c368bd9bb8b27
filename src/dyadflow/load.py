"""A coded batch into the store: staged for the gate, then loaded in one transaction.

An article that is coded anew, or turns out to repeat another, takes its old mentions with it; events are rebuilt from the
mentions that stand, and an id that no mention carries any more is noted in `deleted_events`.
"""

from datetime import datetime
from typing import NamedTuple

import duckdb
import polars as pl

from dyadflow.batch import Batch
from dyadflow.errors import Unbalanced
from dyadflow.events import assign_events, build_events
from dyadflow.ids import content_id
from dyadflow.intake import shard_folder
from dyadflow.schema import ARTICLES, CHECKS, CLOCK_COLUMNS, DELETED_EVENTS, EVENTS, MENTIONS, QUARANTINE, RUNS, create_sql, polars_schema
from dyadflow.settings import Settings
from dyadflow.store import connect, transaction
from dyadflow.validate import Check, quarantine_rows

PARTS = ("coded_count", "no_event_count", "duplicate_count", "unchanged_count", "quarantined_count")
"""The places an article can end in; together they are `read_count`."""
CODED = ("sentence_count", "state", "coder_version", "dictionary_hash")


class Staged(NamedTuple):
    """The rows of a batch as they will be loaded."""

    articles: pl.DataFrame
    mentions: pl.DataFrame


def stage_batch(batch: Batch, settings: Settings) -> None:
    """Write `batch.duckdb`: the batch's articles, mentions and the events these make by themselves, for the gate to judge."""
    articles, mentions = _coded(batch, settings)
    events = build_events(mentions, articles)
    batch.staged.unlink(missing_ok=True)
    with connect(batch.staged) as connection:
        for table, frame in ((ARTICLES, articles), (MENTIONS, mentions), (EVENTS, events)):
            connection.execute(create_sql(table))
            _insert(connection, table.name, frame)


def _coded(batch: Batch, settings: Settings) -> Staged:
    """The batch's articles with what coding found of each, and all mentions with their event ids."""
    folder = shard_folder(settings)
    shards = batch.facts()["shards"]
    articles = batch.read("articles")
    mentions = pl.DataFrame(schema=polars_schema(MENTIONS))
    if shards:
        results = pl.concat([pl.read_parquet(folder / f"{name}.articles.parquet") for name in shards])
        articles = articles.join(results, on="article_id", how="left", suffix="_coded", maintain_order="left")
        articles = articles.with_columns(pl.coalesce(name, f"{name}_coded").alias(name) for name in CODED).drop([f"{name}_coded" for name in CODED])
        articles = articles.with_columns(pl.when(pl.col("state") == "no_event").then(pl.lit("nothing_coded")).otherwise("reason").alias("reason"))
        mentions = pl.concat([pl.read_parquet(folder / f"{name}.mentions.parquet") for name in shards])
        mentions = assign_events(mentions).select(MENTIONS.names)
    return Staged(articles.select(ARTICLES.names), mentions)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> int:
    """Rows added to a table from a frame with (some of) its columns."""
    if frame.is_empty():
        return 0
    connection.register("incoming", frame)
    added = connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming").fetchall()[0][0]  # noqa: S608 (table names are the schema's)
    connection.unregister("incoming")
    return added


def load_batch(batch: Batch, settings: Settings, checks: list[Check], now: datetime, note: str | None = None) -> dict:
    """The ledger row of the run, after everything the batch holds was loaded in one transaction.

    Rows that failed quarantine rules go to `quarantine` instead. The store must be held. Raises Unbalanced, with nothing
    loaded, where the conservation sum does not close.
    """
    facts = batch.facts()
    refused = _refused(batch, checks, now)
    staged, lost = _passed(batch, refused)
    with connect(settings.work_path) as connection, transaction(connection):
        before = connection.execute("SELECT count(*) FROM events").fetchall()[0][0]
        touched, left = _take_back(connection, batch, staged)
        retrieved = _replace_articles(connection, batch, staged)
        _insert(connection, "mentions", staged.mentions)
        _insert(connection, "fingerprints", batch.read("prints").join(retrieved, on="article_id", how="semi"))
        touched |= set(staged.mentions["event_id"].drop_nulls()) | _events_of_originals(connection, staged)
        _rebuild(connection, sorted(touched), left, now)
        _keep(connection, "quarantine", "quarantine_id", pl.concat([batch.read("refusals"), refused]))
        _insert(connection, "checks", check_rows(batch.run_id, checks, now))
        ledger = _ledger(facts, staged, lost, now) | {"event_count": connection.execute("SELECT count(*) FROM events").fetchall()[0][0] - before}
        ledger |= {"state": "accepted" if note else "loaded", "note": note}
        if sum(ledger[part] for part in PARTS) != ledger["read_count"]:
            raise Unbalanced(f"run {batch.run_id}: {summary(ledger)} does not add up; nothing was loaded")
        _insert(connection, "runs", pl.DataFrame([ledger], schema=polars_schema(RUNS)))
    return ledger


def _refused(batch: Batch, checks: list[Check], now: datetime) -> pl.DataFrame:
    """Quarantine rows for what the gate refused."""
    facts = batch.facts()
    rows = [{**row, "quarantine_id": content_id(row["record_key"], row["rule_name"]), "stage": "expectations", "run_id": batch.run_id, "quarantined_at": now, **facts["versions"]}
            for row in quarantine_rows(batch.staged, checks)]  # fmt: skip
    return pl.DataFrame(rows, schema=polars_schema(QUARANTINE), infer_schema_length=None)


def _passed(batch: Batch, refused: pl.DataFrame) -> tuple[Staged, int]:
    """What may be loaded, and how many articles may not."""
    with connect(batch.staged, read_only=True) as connection:
        articles, mentions = (connection.sql(f"SELECT * FROM {name}").pl() for name in ("articles", "mentions"))  # noqa: S608
    gone = refused.filter(pl.col("record_kind") == "article")["record_key"].unique()
    kept = articles.filter(~pl.col("article_id").is_in(gone.implode()))
    bad = refused.filter(pl.col("record_kind") == "mention")["record_key"].unique()
    mentions = mentions.filter(~pl.col("mention_id").is_in(bad.implode())).join(kept, on="article_id", how="semi")
    emptied = (pl.col("state") == "coded") & ~pl.col("article_id").is_in(mentions["article_id"].unique().implode())
    kept = kept.with_columns(reason=pl.when(emptied).then(pl.lit("mentions_quarantined")).otherwise("reason"), state=pl.when(emptied).then(pl.lit("no_event")).otherwise("state"))
    return Staged(kept, mentions), articles.height - kept.height


def _take_back(connection: duckdb.DuckDBPyConnection, batch: Batch, staged: Staged) -> tuple[set[str], pl.DataFrame]:
    """Remove the old mentions of articles coded anew or found to be duplicates: (their event ids, the mentions removed)."""
    demoted = batch.read("demoted")
    ids = pl.concat([staged.articles.select("article_id"), demoted.select("article_id")]).unique()
    connection.register("leaving", ids)
    old = connection.sql("SELECT m.event_id, m.article_id, m.sentence_number, m.action_start FROM mentions m SEMI JOIN leaving USING (article_id) WHERE event_id IS NOT NULL").pl()
    connection.execute("DELETE FROM mentions WHERE article_id IN (SELECT article_id FROM leaving)")
    connection.unregister("leaving")
    return set(old["event_id"]), old


def _replace_articles(connection: duckdb.DuckDBPyConnection, batch: Batch, staged: Staged) -> pl.DataFrame:
    """Put the batch's articles in place of their former rows, keep when they were first retrieved; returns the ids that are new."""
    connection.register("arriving", staged.articles)
    known = connection.sql("SELECT a.article_id, a.retrieved_at FROM articles a SEMI JOIN arriving USING (article_id)").pl()
    connection.execute("DELETE FROM articles WHERE article_id IN (SELECT article_id FROM arriving)")
    connection.unregister("arriving")
    kept = staged.articles.join(known, on="article_id", how="left", suffix="_first").with_columns(pl.coalesce("retrieved_at_first", "retrieved_at").alias("retrieved_at"))
    _insert(connection, "articles", kept.drop("retrieved_at_first"))
    for article, original in batch.read("demoted").iter_rows():
        connection.execute("UPDATE articles SET duplicate_of = $2 WHERE duplicate_of = $1 AND article_id <> $2", [article, original])
        connection.execute("UPDATE articles SET state = 'duplicate', reason = 'near_duplicate', duplicate_of = $2, sentence_count = NULL, coder_version = NULL, "
                           "dictionary_hash = NULL WHERE article_id = $1", [article, original])  # fmt: skip
    return staged.articles.join(known, on="article_id", how="anti").select("article_id")


def _events_of_originals(connection: duckdb.DuckDBPyConnection, staged: Staged) -> set[str]:
    """Events whose articles gained a duplicate: their counts change."""
    ids = staged.articles["duplicate_of"].drop_nulls().unique().to_frame("article_id")
    connection.register("originals", ids)
    rows = connection.execute("SELECT DISTINCT m.event_id FROM mentions m SEMI JOIN originals USING (article_id) WHERE m.event_id IS NOT NULL").fetchall()
    connection.unregister("originals")
    return {row[0] for row in rows}


def _rebuild(connection: duckdb.DuckDBPyConnection, touched: list[str], left: pl.DataFrame, now: datetime) -> None:
    """Make the touched events what their mentions say now; `left` are mentions that were removed."""
    connection.register("touched", pl.DataFrame({"event_id": touched}, schema={"event_id": pl.String}))
    mentions = connection.sql("SELECT m.* FROM mentions m SEMI JOIN touched USING (event_id)").pl()
    carriers = connection.sql("SELECT article_id, publisher, duplicate_of FROM articles a WHERE EXISTS (SELECT 1 FROM mentions m SEMI JOIN touched USING (event_id) "
                              "WHERE m.article_id = a.article_id OR m.article_id = a.duplicate_of)").pl()  # fmt: skip
    old = connection.sql("SELECT e.* FROM events e SEMI JOIN touched USING (event_id)").pl()
    fresh = _with_clocks(build_events(mentions, carriers), old, now)
    connection.execute("DELETE FROM events WHERE event_id IN (SELECT event_id FROM touched)")
    connection.unregister("touched")
    _insert(connection, "events", fresh)
    _note_deleted(connection, old.join(fresh, on="event_id", how="anti")["event_id"].to_list(), left, mentions, now)
    connection.register("standing", fresh.select("event_id"))
    connection.execute("DELETE FROM deleted_events WHERE event_id IN (SELECT event_id FROM standing)")
    connection.unregister("standing")


def _with_clocks(fresh: pl.DataFrame, old: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """The events with first_seen_at and updated_at; both stay as they were where nothing else changed."""
    content = [name for name in EVENTS.names if name not in CLOCK_COLUMNS]
    same = fresh.join(old.select(content), on=content, how="semi", nulls_equal=True)["event_id"]
    joined = fresh.join(old.select("event_id", "first_seen_at", "updated_at"), on="event_id", how="left")
    moment = pl.lit(now, dtype=pl.Datetime("us"))
    unchanged = pl.col("event_id").is_in(same.implode())
    return joined.with_columns(first_seen_at=pl.coalesce("first_seen_at", moment), updated_at=pl.when(unchanged).then("updated_at").otherwise(moment))


def _note_deleted(connection: duckdb.DuckDBPyConnection, gone: list[str], left: pl.DataFrame, mentions: pl.DataFrame, now: datetime) -> None:
    """Note withdrawn event ids; `replaced_by` is the event that the same words of the same article belong to now."""
    where = ["article_id", "sentence_number", "action_start"]
    heirs = left.filter(pl.col("event_id").is_in(gone)).join(mentions.select(*where, pl.col("event_id").alias("heir")), on=where, how="left")
    heir = dict(heirs.sort("event_id", "heir", nulls_last=True).group_by("event_id", maintain_order=True).agg(pl.col("heir").first()).iter_rows())
    rows = [{"event_id": one, "deleted_at": now, "reason": "recoded" if heir.get(one) else "withdrawn", "replaced_by": heir.get(one)} for one in gone]
    _keep(connection, "deleted_events", "event_id", pl.DataFrame(rows, schema=polars_schema(DELETED_EVENTS)))


def _keep(connection: duckdb.DuckDBPyConnection, table: str, key: str, frame: pl.DataFrame) -> None:
    """Add the rows whose key the table does not have yet."""
    connection.register("offered", frame.unique(key, keep="first", maintain_order=True))
    new = connection.sql(f"SELECT o.* FROM offered o ANTI JOIN {table} USING ({key})").pl()  # noqa: S608
    connection.unregister("offered")
    _insert(connection, table, new)


def check_rows(run_id: str, checks: list[Check], now: datetime) -> pl.DataFrame:
    """The checks as rows of table `checks`."""
    rows = [{"run_id": run_id, "check_name": c.rule.name, "table_name": c.rule.table, "kind": c.rule.kind, "severity": c.rule.severity, "is_passed": c.is_passed,
             "failed_count": c.failed_count, "checked_count": c.checked_count, "detail": c.rule.why, "checked_at": now} for c in checks]  # fmt: skip
    return pl.DataFrame(rows, schema=polars_schema(CHECKS))


def _ledger(facts: dict, staged: Staged, lost: int, now: datetime) -> dict:
    """The counts of a run, as far as the batch tells."""
    import json

    states = dict(staged.articles["state"].value_counts().iter_rows())
    return {"run_id": facts["run_id"], "started_at": datetime.fromisoformat(facts["started_at"]), "finished_at": now, "sources": json.dumps(facts["sources"], ensure_ascii=False),
            "read_count": facts["read_count"], "coded_count": states.get("coded", 0), "no_event_count": states.get("no_event", 0),
            "duplicate_count": states.get("duplicate", 0), "unchanged_count": facts["unchanged_count"], "quarantined_count": facts["refused_count"] + lost,
            "mention_count": staged.mentions.height, **facts["versions"]}  # fmt: skip


def summary(ledger: dict) -> str:
    """The conservation sum: read = coded + no event + duplicate + unchanged + quarantined."""
    words = ("coded", "no event", "duplicate", "unchanged", "quarantined")
    parts = " + ".join(f"{ledger[part]:,} {word}" for part, word in zip(PARTS, words, strict=True))
    return f"{ledger['read_count']:,} read = {parts}"
