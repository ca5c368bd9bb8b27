"""Commands about quality: `evaluate`, `quarantine`, `doctor`."""

import json
from pathlib import Path
from typing import Annotated

import typer

from dyadflow.cli.main import Data, DictionaryFolder, Instead, app
from dyadflow.errors import UsageError

quarantine = typer.Typer(no_args_is_help=True, help="Records that were refused, and why.")
app.add_typer(quarantine, name="quarantine")


@app.command()
def evaluate(gold: Annotated[Path, typer.Argument(help="Gold sentences as JSON Lines: id, text, date, events; or a folder of gold articles.")],
             predictions: Annotated[Path | None, typer.Option(help="Write the coder's rows here.", show_default=False)] = None,
             model: Annotated[Path | None, typer.Option(help="Folder of another spaCy model with UD labels.", show_default=False)] = None,
             as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
             dictionary: DictionaryFolder = None, instead: Instead = False) -> None:  # fmt: skip
    """Measure the coder on gold sentences (recall of triples and roots, precision) or gold articles (status, date, place, speaker, reference too).

    Example:  dyadflow evaluate seeds/gold/own.jsonl --predictions rows.jsonl
    """
    from dyadflow.coding import load_coder
    from dyadflow.settings import Settings

    coder = load_coder(model, added=Settings(dictionary=dictionary, instead=instead).added)
    figures, text, predicted = (_evaluate_articles if gold.is_dir() else _evaluate_sentences)(gold, coder)
    if predictions:
        predictions.write_text("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in predicted), encoding="utf-8")
    typer.echo(json.dumps(figures) if as_json else text)


def _evaluate_sentences(gold: Path, coder) -> tuple[dict, str, list[dict]]:
    """Figures, their table, and the rows behind them."""
    from dyadflow.evaluate import predict, read_gold, score, table

    rows = read_gold(gold)
    predicted = list(predict(coder, rows))
    figures = score(rows, predicted)
    return figures, table(figures), predicted


def _evaluate_articles(gold: Path, coder) -> tuple[dict, str, list[dict]]:
    """The same of a folder of articles."""
    from dyadflow.evaluate_articles import as_json, predict_articles, score_articles, table
    from dyadflow.gold_articles import read_articles

    articles = read_articles(gold)
    predicted = predict_articles(coder, articles)
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
