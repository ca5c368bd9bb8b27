"""Flow `daily`: the main job under Prefect — ingest, code, publish — over one set of sources."""

from dyadflow.flows.code import code
from dyadflow.flows.common import plain_user_errors, settings_of
from dyadflow.flows.ingest import ingest
from dyadflow.flows.publish import publish
from prefect import flow

from dyadflow import pipeline, store


def _run_name() -> str:
    """`daily-` and the run id, or the scheduled time where a schedule started it."""
    from prefect.runtime import flow_run

    return f"daily-{flow_run.parameters.get('run_id') or flow_run.scheduled_start_time.strftime('%Y-%m-%dT%H:%M')}"


@flow(name="daily", flow_run_name=_run_name, log_prints=True)
def daily(sources: list[str], data: str = "data", run_id: str | None = None, options: dict | None = None) -> pipeline.Outcome:
    """Bring the sources' articles into the published file; the same rows as `dyadflow run --direct`."""
    plain_user_errors()
    settings = settings_of(data, options)
    run_id = run_id or pipeline.new_run_id(pipeline.utc_now())
    with store.hold(settings, f"flow run daily-{run_id}"):
        folder = ingest(sources, data, run_id, options)
        code(folder, data, run_id, options)
        return publish(folder, data, run_id, options)
