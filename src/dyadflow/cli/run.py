"""Commands that bring articles in: `run`, `plan`, `publish`."""

from pathlib import Path
from typing import Annotated

import typer

from dyadflow.cli.main import Data, DictionaryFolder, Instead, app
from dyadflow.cli.progress import ticking

Sources = Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Files, folders or http(s) addresses; without any the sample corpus.", show_default=False)]


@app.command()
def run(sources: Sources = None, data: Data = Path("data"),
        direct: Annotated[bool, typer.Option("--direct", help="Without Prefect: the same stages and the same rows.")] = False,
        model: Annotated[Path | None, typer.Option(help="Folder of another spaCy model with UD labels.", show_default=False)] = None,
        workers: Annotated[int, typer.Option(min=0, help="Coding processes; 0 = one per core.")] = 0,
        dictionary: DictionaryFolder = None, instead: Instead = False) -> None:  # fmt: skip
    """Read sources, code them, check, load and publish: the main job.

    Under Prefect it is a run of the flow `daily`, on the server your settings name or a local one started for it. Ends with
    the sum of where every article went, the published file and the report. Exit code 0, or that of the first fault.

    Examples:

      dyadflow run                                   the sample corpus

      dyadflow run news/ page.html --data out        a folder and a page

      dyadflow run --direct briefs.jsonl.gz          without Prefect

      dyadflow run news/ --dictionary mine           with rows of your own
    """
    from dyadflow.resources import resource

    names = sources or [str(resource("seeds", "articles"))]
    wanted = {"model": str(model) if model else None, "workers": workers, "dictionary": str(dictionary.absolute()) if dictionary else None, "instead": instead}
    options = {key: value for key, value in wanted.items() if value}
    _check_dictionary(dictionary)
    outcome = _direct(names, data, options) if direct else _flow(names, data, options)
    _show(outcome)
    raise typer.Exit(outcome.exit_code)


def _check_dictionary(dictionary: Path | None) -> None:
    """A folder that is no dictionary is refused before anything is started."""
    from dyadflow.settings import Settings

    Settings(dictionary=dictionary).added  # noqa: B018


def _direct(names: list[str], data: Path, options: dict):
    from dyadflow import pipeline
    from dyadflow.settings import Settings

    with ticking() as tick:
        return pipeline.run(names, Settings(data=data, **options), tick)


def _flow(names: list[str], data: Path, options: dict):
    """The flow run; what is plainly wrong with the sources is said before a server is started."""
    from dyadflow.errors import MissingSource
    from dyadflow.sources import plan_sources

    plan = plan_sources(names)
    if plan.missing and not plan.items:
        raise MissingSource(str(plan.missing[0]))
    typer.echo("dyadflow: starting the flow `daily` under Prefect (a local server takes some seconds; --direct does without)", err=True)
    from dyadflow.flows.daily import daily
    from dyadflow.pipeline import new_run_id, utc_now

    return daily([str(name) for name in names], str(data), new_run_id(utc_now()), options or None)


def _show(outcome) -> None:
    """The end of a run: faults, the sum, what was added, where things lie."""
    for fault in outcome.faults[:20]:
        typer.echo(f"refused: {fault['message']}", err=True)
    if len(outcome.faults) > 20:
        typer.echo(f"refused: {len(outcome.faults) - 20} more; see `dyadflow quarantine list`", err=True)
    typer.echo(outcome.summary())
    typer.echo(f"{outcome.ledger['mention_count']:,} mentions and {outcome.ledger['event_count']:,} events added")
    typer.echo(f"published  {outcome.published}")
    typer.echo(f"report     {outcome.report}")


@app.command()
def plan(sources: Sources = None) -> None:
    """Show what a run would read, without reading it.

    Example:  dyadflow plan news/ https://example.org/feed.xml
    """
    from dyadflow.resources import resource
    from dyadflow.sources import plan_sources
    from dyadflow.sources.contract import one_line

    found = plan_sources(sources or [str(resource("seeds", "articles"))])
    sizes = [Path(item).stat().st_size for item in found.items if "://" not in item]
    for item in found.items:
        typer.echo(one_line(item))
    typer.echo(f"{len(sizes)} files of {sum(sizes):,} bytes, {len(found.items) - len(sizes)} addresses", err=True)
    for missing in found.missing:
        typer.echo(f"missing: {missing}", err=True)
    raise typer.Exit(found.missing[0].exit_code if found.missing else 0)


@app.command()
def publish(data: Data = Path("data"), accept: Annotated[str | None, typer.Option(metavar="RUN", help="Load the blocked batch of this run all the same.", show_default=False)] = None,
            reason: Annotated[str, typer.Option(help="Why; kept in the ledger. Needed with --accept.")] = "") -> None:  # fmt: skip
    """Publish the store anew, or accept a blocked batch.

    Examples:

      dyadflow publish --data out

      dyadflow publish --accept 20240301T060000-a1b2c3 --reason "strike of a printer: low volume is real"
    """
    from dyadflow import pipeline, store
    from dyadflow.errors import UsageError
    from dyadflow.settings import Settings

    settings = Settings(data=data)
    if accept:
        if not reason.strip():
            raise UsageError("--accept needs --reason: the ledger keeps who overruled what and why")
        _show(pipeline.accept(accept, reason, settings))
        return
    if not settings.work_path.exists():
        raise UsageError(f"{settings.work_path}: no store there; start with `dyadflow run`")
    with store.hold(settings, "publish"):
        store.prepare(settings)
        typer.echo(f"published  {store.publish(settings)}")
