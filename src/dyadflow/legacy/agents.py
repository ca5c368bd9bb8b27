"""Agent files of TABARI and PETRARCH: nouns that give a sector, with plurals and sets of endings.

    !PERSON! = MAN, MEN, WOMAN, WOMEN
    ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~GOV]
    CONGRESS!PERSON! [~LEG]
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dyadflow.legacy.lines import Line, Problem, Text

AGENT = re.compile(r"\+?\s*([^{}\[\]]+?)\s*(?:\{([^{}]*)\}\s*)?\[\s*(~?)\s*([A-Za-z]+)\s*(~?)\s*\]\s*")
SET = re.compile(r"!([^!\s]+)!\s*=\s*(.+)")
MARK = re.compile(r"!([^!]*)!")


class LegacyAgent(NamedTuple):
    """An agent noun: line, its forms as written, its code without the tilde."""

    line: int
    forms: list[str]
    code: str


def parse_agents(text: Text) -> Iterator[LegacyAgent | Problem]:
    """The nouns of an agent file, sets spelt out, and what is wrong with its lines."""
    sets: dict[str, list[str]] = {}
    for line in text.lines:
        if not line.text.strip():
            continue
        found = SET.fullmatch(line.text.strip())
        if found:
            sets[found[1].upper()] = [word.strip() for word in found[2].split(",") if word.strip()]
        else:
            agent = _agent(line, sets)
            yield text.problem(line.number, "broken", agent, line.text) if isinstance(agent, str) else agent


def _agent(line: Line, sets: dict[str, list[str]]) -> LegacyAgent | str:
    """The noun of a line, or what is wrong with it."""
    found = AGENT.fullmatch(line.text.strip())
    if not found:
        return "neither a noun with [~CODE] nor a set of endings"
    name, plurals, before, code, after = found.groups()
    if not before and not after:
        return "the code has no ~ that says where the country goes"
    forms = [form for written in (name, *(plurals or "").split(",")) if written.strip() for form in spelt_out(written.strip(), sets)]
    return LegacyAgent(line.number, forms, code.upper()) if forms else "an ending of a set that is not defined above"


def spelt_out(written: str, sets: dict[str, list[str]]) -> list[str]:
    """A noun with each ending of its set: “CONGRESS!PERSON!” → CONGRESSMAN, CONGRESSMEN …; none where the set is unknown."""
    found = MARK.search(written)
    if not found:
        return [] if "!" in written else [written]
    return [written[: found.start()] + ending + MARK.sub("", written[found.end() :]) for ending in sets.get(found[1].upper(), [])]
