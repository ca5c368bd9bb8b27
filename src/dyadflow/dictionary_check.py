"""What is wrong with dictionary files, line by line: the project's own CSV files and those of the old programs.

`check_files` reads every row as the coder would and goes on after the first fault; each fault is a `Problem` that names file,
line and record. Whether the examples of pattern rows hold is `lexicon_check`'s.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dyadflow.coder.actors import SECTORS
from dyadflow.coder.dictionary import day
from dyadflow.coder.lexicon import compile_pattern
from dyadflow.errors import DictionaryError
from dyadflow.legacy.convert import Known, known
from dyadflow.legacy.folder import broken_lines
from dyadflow.legacy.lines import Problem
from dyadflow.resources import resource

CODE = re.compile(r"([A-Z]{3})+")
EXPECT = re.compile(r"(---|[A-Z]{3}) \d{3,4} (---|[A-Z]{3})")
NO_EXPECTATION = "an example comes with what it gives"
PARTS = ("actors", "verbs", "grammar")
LEGACY_SUFFIXES = (".txt", ".actors", ".agents", ".verbs", ".dic", "")
Faults = Callable[[dict[str, str], Known], Iterator[str]]


def dictionary_files(names: Iterable[Path] | None = None) -> list[Path]:
    """The files to look at: those named, the dictionary files of folders named, or the library's own.

    Raises DictionaryError where a name is neither a file nor a folder with dictionary files.
    """
    found: list[Path] = []
    for path in names or [resource("seeds")]:
        inside = sorted(inner for part in (".", *PARTS) for inner in (path / part).glob("*") if inner.suffix in (".csv", ".txt") and inner.name != "import_report.csv")
        if not path.exists() or path.is_dir() and not inside:
            raise DictionaryError(f"{path}: {'no dictionary files in that folder' if path.is_dir() else 'no such file'}")
        found += inside if path.is_dir() else [path]
    return found


def check_files(paths: Iterable[Path]) -> Iterator[Problem]:
    """Every broken line of the files, in order. Raises DictionaryError where a file cannot be read at all."""
    for path in paths:
        yield from check_csv(path) if path.suffix.lower() == ".csv" else broken_lines(path)


def executable(paths: Iterable[Path], problems: Iterable[Problem]) -> list[Path]:
    """The lexicon files whose examples can be run: those whose rows can be read, whatever they say."""
    unreadable = {problem.file for problem in problems if not problem.reason.startswith((NO_EXPECTATION, "recip"))}
    return [path for path in paths if path.suffix == ".csv" and path.stem[:1].isdigit() and path.name not in unreadable]


def check_csv(path: Path) -> Iterator[Problem]:
    """The broken rows of a CSV file of the project's formats."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DictionaryError(f"{path}: {error.strerror}") from error
    own = _with_classes(path)
    for line, record, reason in rows_at_fault(data, own):
        yield Problem(path.name, line, "broken", reason, record)


def _with_classes(path: Path) -> Known:
    """What is known, with the word classes that lie beside the file."""
    classes: dict[str, frozenset[str]] = {}
    for beside in path.parent.glob("classes*.csv"):
        for record in csv.reader(io.StringIO(beside.read_bytes().decode("utf-8", errors="replace").replace("\0", ""), newline="")):
            classes |= {record[0]: frozenset(record[1].split("|"))} if len(record) > 1 else {}
    return known()._replace(classes=classes | known().classes)


def rows_at_fault(data: bytes, own: Known) -> Iterator[tuple[int, str, str]]:
    """(line, record, reason) of every row of a CSV file that cannot be used; never raises."""
    text = data.decode("utf-8-sig", errors="replace")
    reader = csv.reader(io.StringIO(text.replace("\0", "�"), newline=""), strict=True)
    header, faults, line = None, None, 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield line, "", f"no CSV from here on: {error}"
            break
        if header is None:
            header, faults = record, _faults_of(record)
            if faults is None:
                yield 1, ",".join(record), "the columns are those of no dictionary file"
                return
        elif reason := _fault(header, record, faults, own):
            yield line, ",".join(record), reason
        line = reader.line_num + 1
    if header is None:
        yield 1, "", "an empty file"


def _fault(header: list[str], record: list[str], faults: Faults, own: Known) -> str:
    """The first thing wrong with a record, empty where nothing is."""
    if "�" in "".join(record):
        return "bytes that are no UTF-8"
    if len(record) != len(header):
        return f"{len(record)} cells under a header of {len(header)}"
    if any("\n" in cell or "\r" in cell for cell in record):
        return "a cell runs over lines: is a quote not closed?"
    return next(faults({name: cell.strip() for name, cell in zip(header, record, strict=True)}, own), "")


def _faults_of(header: list[str]) -> Faults | None:
    """What judges the rows under a header, None where the header is of no dictionary file."""
    names = set(header)
    judges = (({"code", "pattern", "recip", "example", "expect", "counter"}, _pattern_faults), ({"mode", "pattern"}, _mode_faults), ({"class", "words"}, _class_faults),
              ({"code", "phrases", "kind"}, _role_faults), ({"code", "name"}, _actor_faults))  # fmt: skip
    found = next((judge for needed, judge in judges if needed <= names), None)
    return found or (_first_cell if names & {"title", "word", "words", "phrase", "name", "effect", "verb", "act", "kind"} else None)


def _first_cell(cells: dict[str, str], own: Known) -> Iterator[str]:
    if not next(iter(cells.values())):
        yield "the first cell is empty"


def _actor_faults(cells: dict[str, str], own: Known) -> Iterator[str]:
    yield from _code_faults(cells["code"], own)
    if not cells["name"]:
        yield "no name"
    try:
        start, end = day(cells.get("start", ""), False), day(cells.get("end", ""), True)
    except ValueError:
        yield "start and end are YYYY, YYYY-MM or YYYY-MM-DD"
        return
    if end < start:
        yield "the last day is before the first"


def _code_faults(code: str, own: Known) -> Iterator[str]:
    if not CODE.fullmatch(code):
        yield f"{code or 'nothing'} is no actor code: groups of three capitals"
    elif code[:3] not in own.places and code[:3] not in SECTORS:
        yield f"{code[:3]} is no country or kind of actor"


def _role_faults(cells: dict[str, str], own: Known) -> Iterator[str]:
    if cells["code"][:3] not in SECTORS and cells["code"][:3] not in own.places:
        yield f"{cells['code'] or 'nothing'} is no sector"
    if not cells["phrases"].strip("|"):
        yield "no phrases"
    if not cells["kind"]:
        yield "no kind: person, group, institution or thing"


def _class_faults(cells: dict[str, str], own: Known) -> Iterator[str]:
    if not re.fullmatch(r"\w+", cells["class"]):
        yield "the name of a class is letters, digits and _"
    if not cells["words"].strip("|"):
        yield "a class without words"
    missing = [word for word in cells["words"].split("|") if word.startswith("{") and word.strip("{}") not in own.classes]
    if missing:
        yield f"no word class {missing[0]}"


def _mode_faults(cells: dict[str, str], own: Known) -> Iterator[str]:
    try:
        compile_pattern("", cells["mode"], cells["pattern"], False, own.classes)
    except DictionaryError as error:
        yield str(error).removeprefix(": ")


def _pattern_faults(cells: dict[str, str], own: Known) -> Iterator[str]:
    if cells["code"] not in own.cameo or len(cells["code"]) < 3:
        yield f"{cells['code'] or 'nothing'} is no CAMEO code of three or four digits"
    yield from _mode_faults({"mode": "", "pattern": cells["pattern"]}, own)
    if cells["recip"] not in ("", "yes"):
        yield "recip is yes or empty"
    if bool(cells["example"]) != bool(cells["expect"]) or cells["expect"] and not EXPECT.fullmatch(cells["expect"]):
        yield f"{NO_EXPECTATION}, as in RUS 190 UKR"
