"""Flow `ingest`: sources to a batch on disk."""

from dyadflow.flows.common import Progress, settings_of
from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from dyadflow import pipeline
from dyadflow.batch import Batch


@task(name="read sources", cache_policy=NO_CACHE, retries=1, retry_delay_seconds=5, retry_condition_fn=lambda task, run, state: _is_passing(state))
def read_sources(sources: list[str], data: str, options: dict | None, run_id: str) -> str:
    """The folder of the batch."""
    progress = Progress("reading", "files and addresses read")
    return str(pipeline.ingest(sources, settings_of(data, options), run_id, pipeline.utc_now(), progress).folder)


def _is_passing(state) -> bool:
    """Whether trying again may help: not where the input or the store is wrong."""
    from dyadflow.errors import DyadflowError

    return not isinstance(state.result(raise_on_failure=False), DyadflowError)


@flow(name="ingest", flow_run_name="ingest-{run_id}", log_prints=True)
def ingest(sources: list[str], data: str, run_id: str, options: dict | None = None) -> str:
    """Read the sources, compare with the store, write the batch; its folder is returned."""
    from pathlib import Path

    folder = read_sources(sources, data, options, run_id)
    facts = Batch(Path(folder)).facts()
    print(f"{facts['read_count']:,} records read, {facts['unchanged_count']:,} unchanged, {facts['refused_count']:,} refused, {len(facts['shards'])} shards to code")
    for fault in facts["faults"]:
        print(f"refused: {fault['message']}")
    return folder
