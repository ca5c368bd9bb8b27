"""Commands about dictionaries: `dictionary check`, `codebook`, `stats`."""

from pathlib import Path
from typing import Annotated

import typer

from dyadflow.cli.main import app
from dyadflow.errors import DictionaryError

dictionary = typer.Typer(no_args_is_help=True, help="The lexicon and actor dictionaries.")
app.add_typer(dictionary, name="dictionary")


@dictionary.command("check")
def dictionary_check(files: Annotated[list[Path] | None, typer.Argument(help="Lexicon files; all of the library's without any.", show_default=False)] = None) -> None:
    """Run every pattern's example and counter-example; say which do not hold.

    Example:  dyadflow dictionary check seeds/verbs/19_fight.csv
    """
    from dyadflow.coding import load_coder
    from dyadflow.lexicon_check import check_rows, pattern_rows

    rows = list(pattern_rows(files))
    findings = list(check_rows(load_coder(), rows))
    for one in findings:
        typer.echo(f"{one.row}: {one.half}: {one.sentence!r} should give {one.expected}, gives {', '.join(one.coded) or 'nothing'}")
    typer.echo(f"{len(rows):,} patterns, {len(findings):,} examples or counter-examples do not hold")
    if findings and files:
        raise DictionaryError(f"{len(findings)} rows do not hold")


@dictionary.command("codebook")
def dictionary_codebook(out: Annotated[Path, typer.Argument(help="Folder the pages are written to.")] = Path("docs")) -> None:
    """Write the codebook: every code with its patterns, their examples coded now, and their counter-examples.

    Example:  dyadflow dictionary codebook docs
    """
    from dyadflow.codebook import pages, write_pages
    from dyadflow.coding import load_coder
    from dyadflow.lexicon_check import pattern_rows, run_cases

    cases = run_cases(load_coder(), pattern_rows())
    written = write_pages(out, pages(cases))
    typer.echo(f"{len(cases):,} patterns on {len(written)} pages, {sum(not case.example_holds for case in cases):,} examples not coded yet: {written[0]}")


@dictionary.command("stats")
def dictionary_stats() -> None:
    """Count what the dictionaries hold.

    Example:  dyadflow dictionary stats
    """
    from dyadflow.coder.lexicon import read_rows
    from dyadflow.resources import resource

    for folder in ("verbs", "actors", "grammar", "cameo"):
        for path in sorted(resource("seeds", folder).glob("*.csv")):
            typer.echo(f"{folder}/{path.name:<28} {len(read_rows(path)):>7,} rows")
