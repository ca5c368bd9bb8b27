"""Flow `code`: one task a shard, coded in worker processes."""

from pathlib import Path

from dyadflow.flows.common import Progress, settings_of
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from dyadflow.batch import Batch
from dyadflow.executors import coding_pool
from dyadflow.intake import shard_folder


@task(name="code shard", task_run_name="shard {name}", cache_policy=NO_CACHE, retries=1)
def code_one(name: str, code) -> dict:
    """The summary of one coded shard; `code` runs it where the flow decided."""
    return code(name)


@flow(name="code", flow_run_name="code-{run_id}", log_prints=True, task_runner=ThreadPoolTaskRunner(max_workers=8))
def code(folder: str, data: str, run_id: str, options: dict | None = None) -> list[dict]:
    """Code every shard of the batch; summaries are returned in the shards' order."""
    settings = settings_of(data, options)
    names = Batch(Path(folder)).facts()["shards"]
    progress, summaries = Progress("coding", "shards coded"), []
    progress("code", 0, len(names))
    with coding_pool(len(names), shard_folder(settings), settings) as run:
        from prefect import unmapped

        for future in code_one.map(names, unmapped(run)) if names else []:
            summaries.append(future.result())
            progress("code", len(summaries), len(names))
    sentences, seconds = sum(s["sentences"] for s in summaries), sum(s["seconds"] for s in summaries)
    print(f"{sum(s['articles'] for s in summaries):,} articles, {sentences:,} sentences, {sum(s['mentions'] for s in summaries):,} mentions in {seconds:.0f} core seconds")
    return summaries
