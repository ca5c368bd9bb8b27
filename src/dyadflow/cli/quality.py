"""Commands about quality: `evaluate`, `quarantine`, `dictionary`, `doctor`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from dyadflow.cli.main import Data, app
from dyadflow.errors import DictionaryError, UsageError

quarantine = typer.Typer(no_args_is_help=True, help="Records that were refused, and why.")
dictionary = typer.Typer(no_args_is_help=True, help="The lexicon and actor dictionaries.")
app.add_typer(quarantine, name="quarantine")
app.add_typer(dictionary, name="dictionary")


@app.command()
def evaluate(gold: Annotated[Path, typer.Argument(help="Gold sentences as JSON Lines: id, text, date, events; or a folder of gold articles.")],
             predictions: Annotated[Path | None, typer.Option(help="Write the coder's rows here.", show_default=False)] = None,
             model: Annotated[Path | None, typer.Option(help="Folder of another spaCy model with UD labels.", show_default=False)] = None,
             as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:  # fmt: skip
    """Measure the coder on gold sentences (recall of triples and roots, precision) or gold articles (status, date, place, speaker, reference too).

    Example:  dyadflow evaluate seeds/gold/own.jsonl --predictions rows.jsonl
    """
    figures, text, predicted = (_evaluate_articles if gold.is_dir() else _evaluate_sentences)(gold, model)
    if predictions:
        predictions.write_text("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in predicted), encoding="utf-8")
    typer.echo(json.dumps(figures) if as_json else text)


def _evaluate_sentences(gold: Path, model: Path | None) -> tuple[dict, str, list[dict]]:
    """Figures, their table, and the rows behind them."""
    from dyadflow.coding import load_coder
    from dyadflow.evaluate import predict, read_gold, score, table

    rows = read_gold(gold)
    predicted = list(predict(load_coder(model), rows))
    figures = score(rows, predicted)
    return figures, table(figures), predicted


def _evaluate_articles(gold: Path, model: Path | None) -> tuple[dict, str, list[dict]]:
    """The same of a folder of articles."""
    from dyadflow.coding import load_coder
    from dyadflow.evaluate_articles import as_json, predict_articles, score_articles, table
    from dyadflow.gold_articles import read_articles

    articles = read_articles(gold)
    predicted = predict_articles(load_coder(model), articles)
    counts = score_articles(articles, predicted)
    return as_json(counts), table(counts), [row for rows in predicted.values() for row in rows]


@quarantine.command("list")
def quarantine_list(data: Data = Path("data"), limit: Annotated[int, typer.Option(min=1, help="Rows shown.")] = 50) -> None:
    """List refused records, newest first.

    Example:  dyadflow quarantine list --data out
    """
    from dyadflow.query import ask, render
    from dyadflow.settings import Settings

    sql = "SELECT quarantine_id, record_kind, stage, rule_name, detail, quarantined_at, replayed_at FROM quarantine ORDER BY quarantined_at DESC, quarantine_id"
    answer = ask(Settings(data=data).published_path, f"{sql} LIMIT {int(limit)}")
    typer.echo(render(answer, "table"), nl=False)


@quarantine.command("show")
def quarantine_show(quarantine_id: Annotated[str, typer.Argument(help="Id from the list, or its first letters.")], data: Data = Path("data")) -> None:
    """Show one refused record whole, with the raw record.

    Example:  dyadflow quarantine show 3f2a
    """
    from dyadflow.query import ask
    from dyadflow.settings import Settings

    answer = ask(Settings(data=data).published_path, "SELECT * FROM quarantine ORDER BY quarantine_id")
    found = [row for row in answer.rows if row[0].startswith(quarantine_id)]
    if len(found) != 1:
        raise UsageError(f"{quarantine_id}: {'no' if not found else 'more than one'} record of that id")
    for name, value in zip(answer.columns, found[0], strict=True):
        typer.echo(f"{name:<18} {value if value is not None else ''}")


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


@app.command()
def doctor(data: Data = Path("data")) -> None:
    """Check the installation and the store; each finding says what to do.

    Example:  dyadflow doctor --data out
    """
    from dyadflow.doctor import examine
    from dyadflow.settings import Settings

    findings = examine(Settings(data=data))
    for one in findings:
        typer.echo(f"{'ok  ' if one.is_ok else 'LOOK'}  {one.subject:<12} {one.text}")
    raise typer.Exit(0 if all(one.is_ok for one in findings) else 1)
