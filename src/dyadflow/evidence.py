"""What the rows named in a `why` say: each looked up in the seed files, with the words of the sentence that it matched."""

import re
from functools import lru_cache
from typing import NamedTuple

from dyadflow.coder.dictionary import kind_of, plural_demonym
from dyadflow.coder.lexicon import read_rows
from dyadflow.coder.tree import Tree
from dyadflow.resources import ADDED_ROWS, Added, resource

FOLDERS = ("verbs", "grammar", "actors")
PHRASES = ("name", "phrases", "names", "demonyms", "capitals", "seats")
UNNAMED = "no words of its own: the country of the place, or the doer's own"


class Evidence(NamedTuple):
    """One row behind a mention: the file and line it is written in, the code or mode it gives, what it says, the phrase of it that the sentence has."""

    row: str
    code: str
    text: str
    phrase: str


@lru_cache(maxsize=64)
def rows_of(name: str, added: Added | None = None) -> dict[str, tuple[str, dict[str, str]]]:
    """{“file:line”: (its path from the seeds' parent, cells)} of the seed file of that name, empty where there is none; read once per process.

    “added/file” is a file of the dictionary that was added.
    """
    for folder in FOLDERS if added and name.startswith(ADDED_ROWS) else ():
        path = added.folder / folder / name.removeprefix(ADDED_ROWS)
        if path.exists():
            return {row: (str(added.folder / folder / row.removeprefix(ADDED_ROWS)), cells) for row, cells in read_rows(path, ADDED_ROWS)}
    for folder in FOLDERS:
        path = resource("seeds", folder) / name
        if path.exists():
            return {row: (f"seeds/{folder}/{row}", cells) for row, cells in read_rows(path)}
    return {}


def seed_row(row: str, added: Added | None = None) -> tuple[str, dict[str, str]]:
    """(path and line, cells) of a row named “file:line”; the name itself and no cells where there is no such row."""
    return rows_of(row.split(":")[0], added).get(row, (row, {}))


def pattern_evidence(reason: dict, added: Added | None = None) -> list[Evidence]:
    """The pattern rows of a parsed `why`, outermost first: the mode, then the act under it."""
    return [_pattern(part, reason["lemma"], added) for part in reason["pattern"].split("+")]


def _pattern(part: str, lemma: str, added: Added | None) -> Evidence:
    if ":" in part:
        path, cells = seed_row(part, added)
        return Evidence(path, cells.get("code") or cells.get("mode", ""), cells.get("pattern", "no such row"), "")
    listed = (Evidence(path, cells["effect"], cells["note"], lemma) for path, cells in rows_of(part).values() if lemma in cells["words"].split("|"))
    return next(listed, Evidence(part, "", "no such row", lemma))


def actor_evidence(rows: list[str], tree: Tree, tokens: list[int], added: Added | None = None) -> list[Evidence]:
    """The dictionary rows behind one side, with the phrase found among its tokens, else anywhere in the sentence."""
    return [_role(row.partition(":")[2], tree, tokens, added) if row.startswith("role:") else _named(row, tree, tokens, added) for row in rows]


def _named(row: str, tree: Tree, tokens: list[int], added: Added | None) -> Evidence:
    """The row of a phrase, of an office with its days, or the rule of place."""
    if row == "rule:place":
        return Evidence(row, "", UNNAMED, "")
    path, cells = seed_row(row, added)
    days = " to ".join((cells.get("start") or "…", cells.get("end") or "…")) if cells.get("start") or cells.get("end") else ""
    note = ", ".join(part for part in (cells.get("note", "") if days else "", days) if part)
    phrase = _longest(_phrases(cells), [tree.words[t] for t in tokens]) or _longest(_phrases(cells), tree.words)
    return Evidence(path, cells.get("code", ""), (cells.get("name") or "no such row") + (f" ({note})" if note else ""), phrase)


def _role(code: str, tree: Tree, tokens: list[int], added: Added | None) -> Evidence:
    """The row of a role file that gives the sector: the one with the longest phrase among these tokens, else in the sentence."""
    for scope in (tokens, range(len(tree))):
        found = [one for words in (tree.lemmas, tree.lower) for one in _roles(code, [words[t] for t in scope], added)]
        if found:
            return max(found, key=lambda one: len(one.phrase))
    return Evidence(f"role:{code}", code, "role", "")


def _roles(code: str, words: list[str], added: Added | None) -> list[Evidence]:
    """The role rows of a sector with a phrase among the words."""
    files = ["roles.csv", *(ADDED_ROWS + path.name for path in (added.files("actors") if added else ()) if kind_of(path) == "roles")]
    rows = (row for name in files for row in rows_of(name, added).values())
    found = ((path, _longest(cells["phrases"].split("|"), words)) for path, cells in rows if cells["code"] == code)
    return [Evidence(path, code, "role", phrase) for path, phrase in found if phrase]


def _phrases(cells: dict[str, str]) -> list[str]:
    """Every phrase of an actor row, demonyms in the plural too."""
    phrases = [phrase.strip() for column in PHRASES for phrase in cells.get(column, "").split("|") if phrase.strip()]
    return phrases + [plural for phrase in cells.get("demonyms", "").split("|") for plural in plural_demonym(phrase)[1:]]


def _longest(phrases: list[str], words: list[str]) -> str:
    """The longest phrase that stands in the words, empty where none does."""
    text = " ".join(words).replace(" - ", "-")
    return max((phrase for phrase in phrases if phrase in text and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)), key=len, default="")
