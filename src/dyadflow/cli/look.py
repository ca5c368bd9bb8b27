"""Commands that look at data: `query`, `explain`, `report`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dyadflow.cli.main import Data, DictionaryFolder, Instead, app


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    json = "json"
    csv = "csv"


@app.command()
def query(sql: Annotated[str, typer.Argument(help="One SQL statement; it can read the published file and nothing else.")], data: Data = Path("data"),
          format: Annotated[Format, typer.Option("--format", "-f", help="table for people, json or csv for programs.")] = Format.table) -> None:  # fmt: skip
    """Ask the published file by SQL, read-only.

    Examples:

      dyadflow query "select * from events limit 10"

      dyadflow query "select source_country_code, count(*) from events where root_code = '19' group by 1 order by 2 desc"

      dyadflow query "select * from mentions where status = 'denied'" --format json
    """
    from dyadflow.query import ask, render
    from dyadflow.settings import Settings

    typer.echo(render(ask(Settings(data=data).published_path, sql), format.value), nl=False)


@app.command()
def explain(text: Annotated[str, typer.Argument(help="A sentence or a short text.")],
            date: Annotated[str | None, typer.Option(help="Day of publication, YYYY-MM-DD: decides dated offices and relative dates.", show_default=False)] = None,
            json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
            model: Annotated[Path | None, typer.Option(help="Folder of another spaCy model with UD labels.", show_default=False)] = None,
            dictionary: DictionaryFolder = None, instead: Instead = False) -> None:  # fmt: skip
    """Show how a text is coded and why: tree, actors, pattern, rules, offsets, and whether the reasons replay.

    Examples:

      dyadflow explain "Russia shelled Kharkiv on Tuesday." --date 2022-03-02

      dyadflow explain "Turkey urged Greece to withdraw its ships." --json
    """
    from dyadflow.explain import as_json, explain_text
    from dyadflow.settings import Settings
    from dyadflow.show import as_text

    sentences = explain_text(text, date, model, Settings(dictionary=dictionary, instead=instead).added)
    typer.echo(as_json(sentences) if json else as_text(sentences))


@app.command()
def report(data: Data = Path("data"), run: Annotated[str | None, typer.Option(help="Run to report on; the newest without it.", show_default=False)] = None) -> None:
    """Write the data-quality report of a run anew and print its path.

    Example:  dyadflow report --data out
    """
    from dyadflow.errors import UsageError
    from dyadflow.query import ask
    from dyadflow.report import write_report
    from dyadflow.settings import Settings

    settings = Settings(data=data)
    rows = ask(settings.published_path, "SELECT run_id FROM runs ORDER BY run_id DESC").rows
    known = [row[0] for row in rows]
    if not known or run and run not in known:
        raise UsageError(f"{settings.published_path}: no run {run or 'at all'} in the ledger")
    typer.echo(write_report(settings, run or known[0]))
