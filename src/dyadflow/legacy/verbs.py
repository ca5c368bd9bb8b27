"""Verb files of TABARI and PETRARCH: blocks of verbs with a default code, patterns around the verb, sets of synonyms.

    &TIES                       --- RESTORE [050] ---
    +RELATIONS                  RESTORE {RESTORES RESTORED}
    +CONTACTS                   MEND
                                - * &TIES WITH + [050]
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dyadflow.legacy.actors import split_codes
from dyadflow.legacy.lines import Line, Problem, Text

BLOCK = re.compile(r"-{3,}\s*(.*?)\s*(?:\[([^\[\]]*)\])?\s*-{3,}")
VERB = re.compile(r"(\+?[A-Z][\w'+&-]*)\s*(?:\{([^{}]*)\})?", re.IGNORECASE)


class LegacyVerb(NamedTuple):
    """A verb with the code it has without a pattern, empty for none."""

    line: int
    verb: str
    code: str


class LegacyPattern(NamedTuple):
    """A pattern as written, its code, and the verbs of the block it stands in."""

    line: int
    text: str
    code: str
    verbs: tuple[str, ...]


class LegacySet(NamedTuple):
    """A set of synonyms as written: name without &, members."""

    line: int
    name: str
    words: list[str]


class Block:
    """The block being read: its default code and its verbs so far."""

    def __init__(self, code: str = ""):
        self.code, self.verbs, self.has_patterns = code, [], False


def parse_verbs(text: Text) -> Iterator[LegacyVerb | LegacyPattern | LegacySet | Problem]:
    """Everything a verb file says, in its order, and what is wrong with its lines."""
    block, current = Block(), None
    for line in text.lines:
        words = line.text.strip()
        if not words:
            continue
        if words.startswith("&") and not current:
            current = LegacySet(line.number, words.strip("& _").upper(), [])
        elif words.startswith("+") and current:
            current.words.append(words.strip("+ \t"))
        else:
            if current:
                yield _finished(text, current)
                current = LegacySet(line.number, words.strip("& _").upper(), []) if words.startswith("&") else None
            if not current:
                block, found = _read(text, line, words, block)
                yield from [found] if found else []
    if current:
        yield _finished(text, current)


def _finished(text: Text, current: LegacySet) -> LegacySet | Problem:
    return current if current.words and current.name else text.problem(current.line, "broken", "a set of synonyms without members", f"&{current.name}")


def _read(text: Text, line: Line, words: str, block: Block) -> tuple[Block, object]:
    """(the block that the next line stands in, what this line says or None)."""
    header = BLOCK.fullmatch(words)
    if header:
        return Block((header[2] or "").strip()), None
    if words.startswith("---"):
        return Block(), text.problem(line.number, "broken", "the head of a block without its closing dashes", words)
    if words.startswith("-"):
        return block, _pattern(text, line, words, block)
    if words.startswith("~"):
        return block, text.problem(line.number, "unused", "transformations of codings have no place here: modes and composition do that", words)
    if words.startswith("+") and "_" not in words:
        return block, text.problem(line.number, "broken", "a synonym without a set before it", words)
    found = _verb(text, line, words, block)
    if block.has_patterns:
        block = Block(block.code)
    if isinstance(found, LegacyVerb):
        block.verbs.append(found.verb)
    return block, found


def _pattern(text: Text, line: Line, words: str, block: Block) -> LegacyPattern | Problem:
    block.has_patterns = True
    body, codes = split_codes(words[1:])
    if len(codes) != 1 or words.count("[") != 1 or words.count("]") != 1:
        return text.problem(line.number, "broken", "a pattern needs one code in brackets", words)
    if body.count("*") != 1:
        return text.problem(line.number, "broken", "a pattern needs one * for its verb", words)
    if not block.verbs:
        return text.problem(line.number, "broken", "a pattern without a verb above it", words)
    return LegacyPattern(line.number, body, codes[0].strip(), tuple(block.verbs))


def _verb(text: Text, line: Line, words: str, block: Block) -> LegacyVerb | Problem:
    head, codes = split_codes(words)
    found = VERB.fullmatch(head)
    if not found or words.count("[") != len(codes) or words.count("]") != len(codes) or len(codes) > 1:
        return text.problem(line.number, "broken", "neither a verb, a pattern, a set nor the head of a block", words)
    return LegacyVerb(line.number, found[1].rstrip("_"), codes[0].strip() if codes else block.code)
