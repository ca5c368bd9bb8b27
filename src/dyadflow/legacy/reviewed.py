"""Review files of `dictionary candidates`: the rows a person accepted become rows of a dictionary folder."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from dyadflow.coder.dictionary import KINDS, day
from dyadflow.legacy.convert import ActorRow, Known, RoleRow

YES = frozenset({"yes", "y", "x", "1", "ja", "oui"})
HEADER = ("accept", "file", "code", "name")
ACCEPTED = "accepted"


def is_review(data: bytes) -> bool:
    """Whether the bytes are those of a review file."""
    first = data[:400].decode("utf-8-sig", errors="replace").splitlines()[:1]
    return bool(first) and tuple(cell.strip() for cell in first[0].split(",")[:4]) == HEADER


def accepted_rows(data: bytes, own: Known, note: Callable[[int, str, str, str], None]) -> Iterator[ActorRow | RoleRow]:
    """The accepted rows of a review file; a row that cannot be used is noted with what is wrong with it."""
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace").replace("\0", "�"), newline=""))
    rows = iter(reader)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            note(reader.line_num, "broken", f"no CSV from here on: {error}", "")
            return
        cells = {name: (value or "").strip() for name, value in row.items() if name and not isinstance(value, list)}
        record = ",".join(list(cells.values())[:4])
        fault = "not accepted" if cells.get("accept", "").lower() not in YES else _fault(cells, own)
        if fault:
            note(reader.line_num, "unused" if fault == "not accepted" else "broken", fault, record)
        else:
            yield _row(cells)


def _fault(cells: dict[str, str], own: Known) -> str:
    """Why an accepted row cannot be used, empty where it can."""
    code, is_role = cells["code"], cells["file"] == "roles"
    if cells["file"] not in KINDS:
        return f"{cells['file'] or 'nothing'} is no actor file"
    if not re.fullmatch(r"([A-Z]{3})+", code) or not is_role and code[:3] not in own.places:
        return f"{code or 'nothing'} is no code that begins with a country or a world organisation"
    if not cells["name"] or "�" in cells["name"]:
        return "no name that can be read"
    try:
        start, end = day(cells.get("start", ""), False), day(cells.get("end", ""), True)
    except ValueError:
        return "start and end are YYYY, YYYY-MM or YYYY-MM-DD"
    return "the last day is before the first" if end < start else ""


def _row(cells: dict[str, str]) -> ActorRow | RoleRow:
    note = cells.get("note", "")
    if cells["file"] == "roles":
        return RoleRow(cells["code"], cells.get("phrases") or cells["name"], cells.get("kind") or "group", note or ACCEPTED)
    return ActorRow(cells["file"], cells["code"], cells["name"], cells.get("phrases", ""), cells.get("start", ""), cells.get("end", ""), note or ACCEPTED)


def read_review(path: Path) -> bytes | None:
    """The bytes of a review file, None where the file is another."""
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError):
        return None
    return data if is_review(data) else None
