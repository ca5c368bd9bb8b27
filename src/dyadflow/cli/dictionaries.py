"""Commands about dictionaries: `dictionary check`, `import`, `candidates`, `stats`, `codebook`."""

from pathlib import Path
from typing import Annotated

import typer

from dyadflow.cli.main import Data, DictionaryFolder, Instead, app
from dyadflow.errors import DictionaryError

dictionary = typer.Typer(no_args_is_help=True, help="The lexicon and actor dictionaries: check them, bring old ones, find what they lack.")
app.add_typer(dictionary, name="dictionary")


@dictionary.command("check")
def dictionary_check(files: Annotated[list[Path] | None, typer.Argument(help="Dictionary files or folders, the project's or old ones; all of the library's without any.", show_default=False)] = None,
                     examples: Annotated[bool, typer.Option(help="Run the patterns' examples and counter-examples too.")] = True) -> None:  # fmt: skip
    """Name every broken line of dictionary files; then run every pattern's example and counter-example.

    A line each: file, line, what is wrong, the record. Exit code 41 where a line is broken, or an example of a named file does not hold.

    Examples:

      dyadflow dictionary check                               the library's own

      dyadflow dictionary check seeds/verbs/19_fight.csv      one lexicon file with its examples

      dyadflow dictionary check mine/ Old.actors.txt          a folder and a file of an old program
    """
    from dyadflow.dictionary_check import check_files, dictionary_files, executable

    paths = dictionary_files(files)
    problems = list(check_files(paths))
    for problem in problems:
        typer.echo(str(problem))
    typer.echo(f"{len(paths):,} files, {len(problems):,} broken lines")
    lexicon = executable(paths, problems)
    failed = _check_examples(lexicon) if examples and lexicon else 0
    if problems or failed and files:
        raise DictionaryError(", ".join(f"{count} {what}" for count, what in ((len(problems), "broken lines"), (failed, "examples that do not hold")) if count))


def _check_examples(paths: list[Path]) -> int:
    """How many examples and counter-examples of lexicon files do not hold; each is named."""
    from dyadflow.coding import load_coder
    from dyadflow.lexicon_check import check_rows, pattern_rows

    rows = list(pattern_rows(paths))
    findings = list(check_rows(load_coder(), rows)) if any(cells["example"] or cells["counter"] for _, cells in rows) else []
    for one in findings:
        typer.echo(f"{one.row}: {one.half}: {one.sentence!r} should give {one.expected}, gives {', '.join(one.coded) or 'nothing'}")
    typer.echo(f"{len(rows):,} patterns, {len(findings):,} examples or counter-examples do not hold")
    return len(findings)


@dictionary.command("import")
def dictionary_import(files: Annotated[list[Path], typer.Argument(help="Actor, agent or verb files of TABARI, PETRARCH or Phoenix; reviewed candidate files.")],
                      out: Annotated[Path, typer.Option("--out", "-o", help="Folder the dictionary is written to.")]) -> None:  # fmt: skip
    """Turn old dictionaries into a dictionary folder of this project's formats.

    What cannot be used is counted here and listed by file and line in import_report.csv in that folder. Use the result with
    --dictionary, beside the library's own or (--instead) in its place.

    Examples:

      dyadflow dictionary import Phoenix.*.actors.txt Phoenix.agents.txt --out phoenix

      dyadflow run news/ --dictionary phoenix

      dyadflow dictionary import candidates.csv --out mine       the rows a person accepted
    """
    from dyadflow.legacy.folder import import_files, summary, write_folder

    imported = import_files(files)
    written = write_folder(imported, out)
    typer.echo(summary(imported))
    for path in written:
        typer.echo(f"written  {path}")
    if len(written) == 1:
        raise DictionaryError(f"none of the {len(files)} files gave a row; {written[0]} says why")


@dictionary.command("candidates")
def dictionary_candidates(data: Data = Path("data"), top: Annotated[int, typer.Option(min=1, help="Candidates shown, the most frequent.")] = 30,
                          out: Annotated[Path | None, typer.Option("--out", "-o", help="Write them as a review file too.", show_default=False)] = None,
                          articles: Annotated[int, typer.Option(min=1, help="Articles read, chosen as if by lot.")] = 2000,
                          minimum: Annotated[int, typer.Option(min=1, help="Sentences a candidate must stand in.")] = 2,
                          dictionary: DictionaryFolder = None, instead: Instead = False) -> None:  # fmt: skip
    """List actors that the published articles name and the dictionaries do not know, with a row to accept for each.

    In the review file write yes under accept, mend code and file, and bring it in by `dyadflow dictionary import`.

    Examples:

      dyadflow dictionary candidates --data out

      dyadflow dictionary candidates --data out --top 200 --out candidates.csv

      dyadflow dictionary import candidates.csv --out mine
    """
    from dyadflow.candidates import find_candidates, published_sources, render, write_review
    from dyadflow.coding import load_coder
    from dyadflow.settings import Settings

    settings = Settings(data=data, dictionary=dictionary, instead=instead)
    sources = published_sources(settings.published_path, articles)
    found = [one for one in find_candidates(load_coder(settings.model, added=settings.added), sources) if one.count >= minimum]
    typer.echo(render(found[:top]))
    typer.echo(f"{len(sources):,} texts read, {len(found):,} candidates in at least {minimum} sentences")
    if out:
        write_review(found[:top], out)
        typer.echo(f"written  {out}")


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
def dictionary_stats(folder: DictionaryFolder = None) -> None:
    """Count what the dictionaries hold: patterns by root, examples, actors by kind, roles, offices, places.

    Examples:

      dyadflow dictionary stats

      dyadflow dictionary stats --dictionary phoenix
    """
    from dyadflow.dictionary_stats import count, render
    from dyadflow.settings import Settings

    added = Settings(dictionary=folder).added
    typer.echo(render(count(added.folder if added else None)))
