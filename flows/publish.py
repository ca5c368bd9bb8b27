"""Flow `publish`: judge the staged batch, load it, replace the published file, write the report."""

from pathlib import Path

from dyadflow.flows.common import settings_of
from prefect import flow, task
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from dyadflow import pipeline
from dyadflow.batch import Batch


@task(name="judge batch", cache_policy=NO_CACHE)
def judge_batch(folder: str, data: str, options: dict | None) -> list:
    """Every expectation's verdict; a critical failure raises GateBlocked."""
    checks = pipeline.gate(Batch(Path(folder)), settings_of(data, options))
    rows = [{"expectation": c.rule.name, "severity": c.rule.severity, "failed": c.failed_count, "of": c.checked_count, "why": c.rule.why} for c in checks]
    create_table_artifact(key="expectations", table=sorted(rows, key=lambda row: -row["failed"]), description="every expectation on this batch, failures first")
    return checks


@task(name="load batch", cache_policy=NO_CACHE)
def load_batch(folder: str, data: str, options: dict | None, checks: list) -> dict:
    """The ledger row of the loaded batch."""
    return pipeline.load(Batch(Path(folder)), settings_of(data, options), checks)


@task(name="publish file and report", cache_policy=NO_CACHE)
def publish_file(folder: str, data: str, options: dict | None, ledger: dict) -> pipeline.Outcome:
    """What the run came to."""
    return pipeline.finish(Batch(Path(folder)), settings_of(data, options), ledger)


@flow(name="publish", flow_run_name="publish-{run_id}", log_prints=True)
def publish(folder: str, data: str, run_id: str, options: dict | None = None) -> pipeline.Outcome:
    """Judge, load, publish and report one coded batch."""
    checks = judge_batch(folder, data, options)
    ledger = load_batch(folder, data, options, checks)
    outcome = publish_file(folder, data, options, ledger)
    added = f"{ledger['mention_count']:,} mentions and {ledger['event_count']:,} events added"
    create_markdown_artifact(key="run-summary", markdown=f"**{outcome.summary()}**\n\n{added}\n\n`{outcome.published}`", description=f"run {run_id}")
    create_link_artifact(key="report", link=outcome.report.resolve().as_uri(), link_text="data-quality report")
    print(f"{outcome.summary()}; {added}")
    return outcome
