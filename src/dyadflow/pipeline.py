"""The way of an article, on one page: sources → batch → coded shards → gate → store → published file → report.

    names ─ ingest ─► batch ─ code ─► shards ─ stage ─► batch.duckdb ─ judge ─► checks ─ load ─► work.duckdb ─ publish ─► events.duckdb

`run` is the main job without an orchestrator; `dyadflow.flows` calls the same stages as Prefect flows and tasks. Each stage
is a plain function, and a batch is a folder, so a stage can run anywhere and be looked at afterwards.
"""

import secrets
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from dyadflow import store
from dyadflow.batch import Batch
from dyadflow.errors import GateBlocked, UsageError
from dyadflow.intake import ingest_batch, shard_folder
from dyadflow.load import check_rows, load_batch, stage_batch, summary
from dyadflow.settings import Settings
from dyadflow.validate import Check, blocking, judge

Tick = Callable[[str, int, int], None]


class Outcome(NamedTuple):
    """What a run came to: its ledger row, the published file, the report, and the faults of its sources."""

    ledger: dict
    published: Path
    report: Path
    faults: list[dict]
    faults_expected: int

    @property
    def exit_code(self) -> int:
        """0, or the code of the first fault where there are more than the sources say they hold."""
        return self.faults[0]["exit_code"] if len(self.faults) > self.faults_expected else 0

    def summary(self) -> str:
        """The conservation sum as one line."""
        return summary(self.ledger)


def utc_now() -> datetime:
    """The time, in UTC without zone, as the tables hold it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def new_run_id(now: datetime) -> str:
    """A name for a run that sorts by time."""
    return f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def silent(stage: str, done: int, total: int) -> None:
    """A tick nobody sees."""


def run(names: list[str], settings: Settings, tick: Tick = silent) -> Outcome:
    """The main job without an orchestrator: read, code, judge, load, publish, report.

    Raises GateBlocked where a critical expectation fails (the batch stays staged), StoreBusy where another run holds the
    store, Unbalanced where the counts do not close.
    """
    now = utc_now()
    with store.hold(settings, f"run of {', '.join(names)[:80]}"):
        batch = ingest(names, settings, new_run_id(now), now, tick)
        code(batch, settings, tick)
        checks = gate(batch, settings, tick)
        ledger = load(batch, settings, checks)
        return finish(batch, settings, ledger, tick)


def ingest(names: list[str], settings: Settings, run_id: str, now: datetime, tick: Tick = silent) -> Batch:
    """A batch of what the store does not have yet; the store is made where there is none."""
    store.prepare(settings)
    return ingest_batch(names, settings, run_id, now, tick)


def code(batch: Batch, settings: Settings, tick: Tick = silent) -> list[dict]:
    """Summaries of the batch's shards, all coded."""
    from dyadflow.executors import code_shards

    folder, shards = shard_folder(settings), batch.facts()["shards"]
    summaries: list[dict] = []
    tick("code", 0, len(shards))
    for summary_of_shard in code_shards(shards, folder, settings):
        summaries.append(summary_of_shard)
        tick("code", len(summaries), len(shards))
    return summaries


def gate(batch: Batch, settings: Settings, tick: Tick = silent) -> list[Check]:
    """The verdict of every expectation on the staged batch; nothing to judge where the batch is empty.

    Raises GateBlocked after noting the verdict where a critical expectation fails.
    """
    stage_batch(batch, settings)
    if batch.read("articles").is_empty():
        return []
    tick("check", 0, 1)
    checks = judge(batch.staged)
    tick("check", 1, 1)
    failed = blocking(checks)
    if failed:
        _note_blocked(batch, settings, checks)
        names = ", ".join(f"{check.rule.name} ({check.failed_count} rows)" for check in failed)
        raise GateBlocked(f"run {batch.run_id}: nothing was loaded, critical expectations failed: {names}; the batch waits in {batch.folder}")
    return checks


def _note_blocked(batch: Batch, settings: Settings, checks: list[Check]) -> None:
    """A blocked run leaves its checks and a ledger row, so that the report can name it."""
    import polars as pl

    from dyadflow.schema import RUNS, polars_schema

    facts = batch.facts()
    row = {"run_id": batch.run_id, "started_at": datetime.fromisoformat(facts["started_at"]), "state": "blocked", "read_count": facts["read_count"], "sources": str(facts["sources"])}
    frames = {"checks": check_rows(batch.run_id, checks, utc_now()), "runs": pl.DataFrame([row | facts["versions"]], schema=polars_schema(RUNS))}
    with store.connect(settings.work_path) as connection, store.transaction(connection):
        for table, frame in frames.items():
            connection.register("incoming", frame)
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")  # noqa: S608


def load(batch: Batch, settings: Settings, checks: list[Check], note: str | None = None) -> dict:
    """The ledger row of the loaded batch."""
    return load_batch(batch, settings, checks, utc_now(), note)


def accept(run_id: str, reason: str, settings: Settings) -> Outcome:
    """Load a blocked batch all the same, on a person's word, which the ledger keeps.

    Raises UsageError where no such batch waits.
    """
    batch = Batch(settings.staging / run_id)
    if not batch.staged.exists():
        raise UsageError(f"{batch.folder}: no blocked batch waits there")
    with store.hold(settings, f"accept of {run_id}"):
        store.prepare(settings)
        checks = judge(batch.staged)
        _forget_blocked(run_id, settings)
        return finish(batch, settings, load(batch, settings, checks, note=reason))


def _forget_blocked(run_id: str, settings: Settings) -> None:
    """The ledger row and checks of the blocked try; loading writes them anew."""
    with store.connect(settings.work_path) as connection, store.transaction(connection):
        connection.execute("DELETE FROM runs WHERE run_id = $1 AND state = 'blocked'", [run_id])
        connection.execute("DELETE FROM checks WHERE run_id = $1", [run_id])


def finish(batch: Batch, settings: Settings, ledger: dict, tick: Tick = silent) -> Outcome:
    """Publish, write the report, and clear the staging folder."""
    from dyadflow.report import write_report

    tick("publish", 0, 1)
    published = store.publish(settings)
    report = write_report(settings, batch.run_id)
    tick("publish", 1, 1)
    facts = batch.facts()
    _clear(batch, settings, facts["shards"])
    return Outcome(ledger, published, report, facts["faults"], facts["faults_expected"])


def _clear(batch: Batch, settings: Settings, shards: list[str]) -> None:
    shutil.rmtree(batch.folder, ignore_errors=True)
    for name in shards:
        for path in shard_folder(settings).glob(f"{name}.*"):
            path.unlink(missing_ok=True)

