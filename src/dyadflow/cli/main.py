"""The `dyadflow` command: its verbs, and how errors become one line and an exit code."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from dyadflow import __version__
from dyadflow.errors import DyadflowError

app = typer.Typer(name="dyadflow", no_args_is_help=True, add_completion=False, rich_markup_mode="markdown", pretty_exceptions_enable=False,
                  help="News articles in; **who did what to whom** out: CAMEO events in DuckDB, explained and checked.\n\n"
                       "Start with `dyadflow run`, then `dyadflow query \"select * from events limit 10\"`.")  # fmt: skip

COMMANDS = ("run", "look", "quality", "dictionaries")
"""The modules that add commands, in the order `--help` shows them."""

DATA = typer.Option("--data", "-d", envvar="DYADFLOW_DATA", help="Folder of the store, the published file and the reports.")
Data = Annotated[Path, DATA]
DictionaryFolder = Annotated[Path | None, typer.Option("--dictionary", envvar="DYADFLOW_DICTIONARY", show_default=False,
                                                       help="Dictionary folder used beside the library's own, whose rows win.")]  # fmt: skip
Instead = Annotated[bool, typer.Option("--instead", envvar="DYADFLOW_INSTEAD", help="What the dictionary folder holds replaces the library's own.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dyadflow {__version__}")
        raise typer.Exit


@app.callback()
def options(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")] = False) -> None:
    """Options of the command itself."""


def main() -> None:
    """Run the command; errors that are the user's to mend become one line on stderr and their own exit code."""
    for part in COMMANDS:
        import_module(f"dyadflow.cli.{part}")
    try:
        app()
    except DyadflowError as error:
        typer.echo(f"dyadflow: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("dyadflow: stopped; what was loaded stays, the batch in hand can be run again", err=True)
        sys.exit(130)
