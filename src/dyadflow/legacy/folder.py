"""Whole files of old dictionaries in, a dictionary folder and a report out."""

import csv
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from dyadflow.coder.lexicon import read_rows
from dyadflow.legacy.actors import LegacyActor, parse_actors
from dyadflow.legacy.agents import LegacyAgent, parse_agents
from dyadflow.legacy.convert import ActorRow, Known, RoleRow, VerbRow, actor_rows, known, role_rows, verb_rows
from dyadflow.legacy.lines import KINDS, Problem, Text, read_text
from dyadflow.legacy.patterns import class_rows
from dyadflow.legacy.reviewed import ACCEPTED, accepted_rows, read_review
from dyadflow.legacy.verbs import LegacyPattern, LegacySet, LegacyVerb, parse_verbs

REPORT = "import_report.csv"
ACTOR_COLUMNS = ("code", "name", "phrases", "start", "end", "note")
ROLE_COLUMNS = ("code", "phrases", "kind", "note")
VERB_COLUMNS = ("code", "pattern", "recip", "example", "expect", "counter")
CLASS_COLUMNS = ("class", "words", "note")
KINDS_OF_FILE = ("actors", "agents", "verbs", "discards", "unknown")


class Imported(NamedTuple):
    """What one or more files gave: rows by kind, word classes, problems, a line of counts for each file, and the rows a person accepted."""

    actors: list[ActorRow]
    roles: list[RoleRow]
    verbs: list[VerbRow]
    classes: dict[str, str]
    problems: list[Problem]
    files: list[dict]
    accepted: list[ActorRow | RoleRow]


def nothing_yet() -> Imported:
    """The result of no files."""
    return Imported([], [], [], {}, [], [], [])


def kind_of_text(text: Text) -> str:
    """Which format a file has, by what its lines look like: one of `KINDS_OF_FILE`."""
    lines = [line.text.strip() for line in text.lines if line.text.strip()]
    if any(line.startswith("- ") and "*" in line for line in lines) or any(line.startswith("---") and line.endswith("---") for line in lines):
        return "verbs"
    coded = [line for line in lines if "[" in line]
    if any(re.match(r"</?[A-Z]+[ >]", line) for line in lines) or not lines:
        return "unknown"
    if not coded:
        return "discards"
    return "agents" if sum("~" in line for line in coded) * 2 > len(coded) else "actors"


def import_files(paths: Iterable[Path]) -> Imported:
    """The rows of legacy and review files and what could not be used. Raises DictionaryError where a file cannot be read at all."""
    total = nothing_yet()
    for path in paths:
        review = read_review(path)
        if review is None:
            import_text(read_text(path), known(), total)
        else:
            import_review(path.name, review, known(), total)
    return total


def import_review(file: str, data: bytes, own: Known, total: Imported) -> None:
    """Add the accepted rows of a review file; never raises for what it says."""
    problems: list[Problem] = []
    rows = list(accepted_rows(data, own, lambda line, kind, reason, record: problems.append(Problem(file, line, kind, reason, record))))
    total.accepted.extend(rows)
    total.problems.extend(problems)
    total.files.append(_counts(file, "review", len(rows), len(rows), problems))


def _counts(file: str, form: str, entries: int, rows: int, problems: list[Problem]) -> dict:
    """The line of the summary for one file."""
    counts = Counter(problem.kind for problem in problems)
    return {"file": file, "format": form, "entries": entries, "rows": rows, **{kind: counts[kind] for kind in KINDS}}


def import_text(text: Text, own: Known, total: Imported) -> None:
    """Add what one file gives; never raises for what it says."""
    kind, before, problems = kind_of_text(text), [len(part) for part in total[:3]], list(text.problems)

    def note(line: int, kind: str, reason: str, record: str) -> None:
        problems.append(text.problem(line, kind, reason, record))

    entries = list(_parsed(text, kind))
    problems += [entry for entry in entries if isinstance(entry, Problem)]
    sets = class_rows(entry for entry in entries if isinstance(entry, LegacySet))
    total.classes.update(sets)
    classes = {name: frozenset(words.split("|")) for name, words in total.classes.items()}
    for entry in entries:
        if isinstance(entry, LegacyActor):
            total.actors.extend(actor_rows(entry, own, note))
        elif isinstance(entry, LegacyAgent):
            total.roles.extend(role_rows(entry, own, note))
        elif isinstance(entry, LegacyVerb | LegacyPattern):
            total.verbs.extend(verb_rows(entry, own, classes, note))
    total.problems.extend(sorted(problems, key=lambda problem: problem.line))
    rows = sum(len(part) - start for part, start in zip(total[:3], before, strict=True))
    total.files.append(_counts(text.file, kind, sum(not isinstance(entry, Problem) for entry in entries), rows, problems))


def _parsed(text: Text, kind: str) -> Iterator:
    """What a file of a known format says; one problem for a file that is none of them."""
    if kind in ("actors", "agents", "verbs"):
        yield from {"actors": parse_actors, "agents": parse_agents, "verbs": parse_verbs}[kind](text)
    elif kind == "discards":
        yield text.problem(1, "unused", "a list of words without codes: whole stories are not thrown away by a word here", text.file)
    else:
        yield text.problem(1, "broken", "neither an actor, an agent nor a verb file", text.file)


def broken_lines(path: Path) -> list[Problem]:
    """The lines of a legacy file that are not in its format."""
    total = nothing_yet()
    import_text(read_text(path), known(), total)
    return [problem for problem in total.problems if problem.kind == "broken"]


def write_folder(imported: Imported, out: Path) -> list[Path]:
    """Write the rows and the report as files of a dictionary folder; returns the files, the report last.

    An import of old dictionaries replaces the files of the one before; accepted rows are added to those accepted earlier; other
    files are left alone.
    """
    written = _write_accepted(imported.accepted, out / "actors")
    for old in (*out.glob("actors/*_imported.csv"), *out.glob("verbs/*_imported.csv")) if any(imported[:3]) else ():
        old.unlink()
    written += [_write(out / "actors" / f"{kind}_imported.csv", ACTOR_COLUMNS, (row[1:] for row in imported.actors if row.kind == kind)) for kind in sorted({row.kind for row in imported.actors})]
    if imported.roles:
        written.append(_write(out / "actors" / "roles_imported.csv", ROLE_COLUMNS, imported.roles))
    for root in sorted({row.code[:2] for row in imported.verbs}):
        written.append(_write(out / "verbs" / f"{root}_imported.csv", VERB_COLUMNS, ((*row, "", "", "") for row in imported.verbs if row.code[:2] == root)))
    if imported.verbs and imported.classes:
        written.append(_write(out / "verbs" / "classes_imported.csv", CLASS_COLUMNS, ((*item, "imported") for item in imported.classes.items())))
    return [*written, _write(out / REPORT, Problem._fields, imported.problems)]


def _write_accepted(rows: list[ActorRow | RoleRow], folder: Path) -> list[Path]:
    """Add accepted rows to those of earlier reviews, a file a kind."""
    written = []
    for kind in sorted({row.kind if isinstance(row, ActorRow) else "roles" for row in rows}):
        path = folder / f"{kind}_{ACCEPTED}.csv"
        before = [tuple(cells.values()) for _, cells in read_rows(path)] if path.exists() else []
        new = [row if kind == "roles" else row[1:] for row in rows if (kind == "roles") == isinstance(row, RoleRow) and kind in ("roles", row.kind)]
        written.append(_write(path, ROLE_COLUMNS if kind == "roles" else ACTOR_COLUMNS, (*before, *new)))
    return written


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple]) -> Path:
    """A CSV file that appears whole; of rows alike the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with open(temporary, "w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerows([columns, *dict.fromkeys(tuple(row) for row in rows)])
    os.replace(temporary, path)
    return path


def summary(imported: Imported, reasons: int = 12) -> str:
    """What was used and what was not, file by file, and the most frequent reasons."""
    columns = ("file", "format", "entries", "rows", *KINDS)
    cells = [[str(row[column]) if isinstance(row[column], str) else f"{row[column]:,}" for column in columns] for row in imported.files]
    sizes = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    lines = ["  ".join(cell.ljust(size) if at < 2 else cell.rjust(size) for at, (cell, size) in enumerate(zip(row, sizes, strict=True))) for row in (columns, *cells)]
    counted = Counter((problem.kind, problem.reason) for problem in imported.problems)
    lines += [f"{count:>8,}  {kind}: {reason}" for (kind, reason), count in counted.most_common(reasons)]
    return "\n".join(lines)
