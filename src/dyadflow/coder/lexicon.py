"""The event lexicon: patterns of `seeds/verbs/*.csv` and modes of `seeds/grammar/modes.csv`, compiled for matching.

A pattern such as `S fire {weapon} at/on T` is read once into a `Pattern`; the words after the trigger become `Item`s.
The language is described in `docs/lexicon.md`.
"""

import csv
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from dyadflow.coder.contexts import Contexts, read_contexts
from dyadflow.errors import DictionaryError
from dyadflow.resources import ADDED_ROWS, Added, resource

COOPERATION = ("04", "05", "06", "07", "08")
SLOTS = frozenset({"S", "T"})
PREPOSITIONS = frozenset(
    "about above across after against along alongside amid among around as at before behind below beneath beside between beyond by despite "
    "down during except for from in inside into like near of off on onto out outside over past per since through throughout to toward towards "
    "under until up upon via with within without away back together apart aside ahead forward home free that".split()
)
OF = frozenset({"of"})
PARTICLES = frozenset("off up out back away down over apart together aside ahead forward through in on home free".split())


class Item(NamedTuple):
    """One thing a pattern asks for: an object (no prepositions), an oblique, a particle or an embedded act.

    `slot` is S or T where an actor is wanted, else None; `words` are the lemmas that may stand there (empty: any);
    `prepositions` the words that may introduce it. A slot that `is_known` takes a known actor only (“T!”).
    """

    slot: str | None
    words: frozenset[str]
    prepositions: frozenset[str]
    is_particle: bool = False
    is_optional: bool = False
    is_act: bool = False
    is_known: bool = False


class Pattern(NamedTuple):
    """One compiled pattern: where it is written, its code (or mode), what it asks for, how specific it is at least and at most.

    `weight` counts what the pattern needs, `reach` also what it may take beside (“[on T]”). `doers` are the words of which the
    subject must be one (“{warship} sail into T”), empty for any.
    """

    row: str
    code: str
    text: str
    subject: str | None
    items: tuple[Item, ...]
    is_reciprocal: bool
    weight: int
    reach: int
    doers: frozenset[str] = frozenset()


class Patterns(tuple[Pattern, ...]):
    """The patterns of one lemma in the order they are tried, findable by the words they need.

    Of the 120 patterns of “launch” a sentence has the words of two or three; the others are not even looked at.
    """

    def possible(self, vocabulary: frozenset[str]) -> list[Pattern]:
        """The patterns whose most telling words stand in the sentence, in order; those that need no words always."""
        by_word, words, wordless, free = self._index
        numbers = {number for word in words & vocabulary for number in by_word[word]}
        return [self[number] for number in sorted(numbers.union(wordless))] if numbers else free

    @cached_property
    def _index(self) -> tuple[dict[str, list[int]], frozenset[str], list[int], list[Pattern]]:
        """({word: numbers of the patterns that need it or another of its set}, those words, the numbers and patterns that need none); made when first asked."""
        by_word: dict[str, list[int]] = {}
        wordless = []
        for number, pattern in enumerate(self):
            needed = min((item.words for item in pattern.items if item.words and not item.is_optional), key=len, default=None)
            for word in needed or ():
                by_word.setdefault(word, []).append(number)
            if needed is None:
                wordless.append(number)
        return by_word, frozenset(by_word), wordless, [self[number] for number in wordless]


NO_PATTERNS = Patterns()


class Lexicon(NamedTuple):
    """All patterns by trigger lemma (verbs and adjectives, nouns, modes), the support words, and every lemma that starts a coding."""

    verbs: dict[str, Patterns]
    nouns: dict[str, Patterns]
    modes: dict[str, Patterns]
    composition: dict[str, dict[str, str]]
    support: dict[str, str]
    speech: dict[str, str]
    triggers: frozenset[str]
    disasters: frozenset[str]
    counterparts: dict[str, str]
    predicates: frozenset[str]
    contexts: Contexts

    def compose(self, mode: str, act: str) -> str:
        """The code of an act under a mode: (“demand”, 0871) → 1056. The longest listed prefix of the act's code decides.

        Empty where the mode has no code for such acts (a demand to attack is none of CAMEO's).
        """
        if mode == "commit":
            return act
        if mode in ("intend", "offer"):
            return act if act.startswith("03") else self._looked_up(mode, act)
        return self._looked_up(mode, self._plain(act))

    def _looked_up(self, mode: str, act: str) -> str:
        table = self.composition[mode]
        return next((table[act[:n]] for n in range(len(act), 0, -1) if act[:n] in table), "")

    def _plain(self, act: str) -> str:
        """The act behind a promised, asked or demanded one: 036 (intent to meet) → 04; any other act as it is."""
        for mode in ("intend", "appeal", "demand"):
            behind = [plain for plain, code in self.composition[mode].items() if code == act and plain[:2] in COOPERATION]
            if behind and act[:2] in ("02", "03", "10"):
                return max(behind, key=len)
        return act


def read_rows(path: Path, prefix: str = "") -> list[tuple[str, dict[str, str]]]:
    """The rows of a seed CSV as (“file:line”, {column: cell}); DictionaryError names file and line where a row is ragged."""
    with open(path, encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header, rows = next(reader, []), []
        for cells in reader:
            where = f"{prefix}{path.name}:{reader.line_num}"
            if cells and len(cells) != len(header):
                raise DictionaryError(f"{where}: the row has another number of cells than the header")
            if cells:
                rows.append((where, dict(zip(header, map(str.strip, cells), strict=True))))
        return rows


def read_classes(path: Path) -> dict[str, frozenset[str]]:
    """Word classes of `classes.csv`; a class may hold another as `{other}`."""
    paths = sorted(path.parent.glob("classes*.csv"))
    raw = {row["class"]: row["words"].split("|") for one in paths for _, row in read_rows(one)}

    def expand(name: str, seen: frozenset[str]) -> frozenset[str]:
        words: set[str] = set()
        for word in raw.get(name, ()):
            inner = word.strip("{}")
            words |= expand(inner, seen | {inner}) if word.startswith("{") and inner not in seen else {word}
        return frozenset(words)

    return {name: expand(name, frozenset({name})) for name in raw}


def compile_pattern(row: str, code: str, text: str, recip: bool, classes: dict[str, frozenset[str]]) -> tuple[str, frozenset[str], Pattern]:
    """(kind, trigger lemmas, pattern) of one pattern text; kind is `verb` or `noun`.

    “S open fire on T” → (“verb”, {open}, Pattern with an object item {fire} and an oblique item T).
    """
    tokens = text.replace("[", " [ ").replace("]", " ] ").split()
    if not tokens:
        raise DictionaryError(f"{row}: the pattern is empty")
    kind, subject = ("noun", None) if tokens[0] == "the" else ("verb", tokens[0] if tokens[0] in SLOTS else None)
    doers = _words(row, tokens[0], classes) if tokens[0].startswith("{") and len(tokens) > 1 and not _is_function(tokens[1]) and tokens[1] not in SLOTS else frozenset()
    rest = tokens[1:] if kind == "noun" or subject or doers else tokens
    if rest[:1] == ["be"] and len(rest) > 1 and rest[1] not in SLOTS:
        rest = rest[1:]
    if not rest:
        raise DictionaryError(f"{row}: the pattern has no trigger: {text}")
    items = _items(row, rest[1:], classes)
    weight, reach = sum(weight_of(item) for item in items if not item.is_optional), sum(weight_of(item) for item in items)
    more = 5 * bool(doers)
    return kind, _words(row, rest[0], classes), Pattern(row, code, text, subject, items, recip, weight + more, reach + more, doers)


def weight_of(item: Item) -> int:
    """How much an item narrows a pattern: named words most, a preposition some, a bare slot little."""
    return 4 * bool(item.words) + 2 * bool(item.prepositions) + 1 + 2 * item.is_particle + 6 * item.is_act


def _words(row: str, token: str, classes: dict[str, frozenset[str]]) -> frozenset[str]:
    """The lemmas a word of a pattern stands for: alternatives by `/`, classes in braces, `_` for a space."""
    words: set[str] = set()
    for part in token.split("/"):
        name = part.strip("{}")
        if part.startswith("{"):
            if name not in classes:
                raise DictionaryError(f"{row}: no word class {{{name}}}")
            words |= classes[name]
        elif part != "*":
            words.add(part.replace("_", " "))
    return frozenset(words)


def _items(row: str, tokens: list[str], classes: dict[str, frozenset[str]]) -> tuple[Item, ...]:
    """The items of the words after the trigger."""
    items: list[Item] = []
    waiting: list[frozenset[str]] = []
    optional = False
    for token in tokens:
        if token in ("[", "]"):
            if optional and waiting:  # “[with] T”: with the preposition or without
                waiting[-1] |= {""}
            elif token == "[":  # “fall back [to T]”: the particle before the bracket is not optional
                items += [_particle(words, False) for words in waiting]
                waiting = []
            optional = token == "["
        elif _is_function(token):
            waiting.append(frozenset(token.split("/")))
        elif token.removesuffix("!") in SLOTS and waiting[-1:] == [frozenset({"that"})]:
            continue  # “that T ACT”: the embedded clause brings its own subject
        else:
            items += [_particle(words, optional) for words in waiting[:-1]]
            items.append(_item(row, token, waiting[-1] if waiting else frozenset(), optional, classes))
            waiting = []
    return tuple(items + [_particle(words, optional) for words in waiting])


def _is_function(token: str) -> bool:
    return all(part in PREPOSITIONS for part in token.split("/"))


def _particle(words: frozenset[str], optional: bool) -> Item:
    return Item(None, words, frozenset(), is_particle=True, is_optional=optional)


def _item(row: str, token: str, prepositions: frozenset[str], optional: bool, classes: dict[str, frozenset[str]]) -> Item:
    """The item of one slot or noun, e.g. `T`, `T's`, `ACT`, `{troops}`, `fire/shot`."""
    slot = token.removesuffix("!").removesuffix("'s")
    if token == "ACT":
        return Item(None, frozenset(), prepositions, is_optional=optional, is_act=True)
    if slot in SLOTS:
        return Item(slot, frozenset(), prepositions, is_optional=optional, is_known=token.endswith("!"))
    return Item(None, _words(row, token, classes), prepositions, is_optional=optional)


@lru_cache(maxsize=2)
def load_lexicon(folder: Path | None = None, added: Added | None = None) -> Lexicon:
    """The whole lexicon, compiled; read once per process. Raises DictionaryError naming file and line.

    An added dictionary says what the verbs and nouns mean that the lexicon itself has no pattern for; alone, all of them.
    """
    seeds = folder or resource("seeds")
    classes = read_classes(seeds / "verbs" / "classes.csv")
    index = _index(sorted((seeds / "verbs").glob("[0-9]*.csv")), classes)
    if added and added.files("verbs", "[0-9]*.csv"):
        more = _index(added.files("verbs", "[0-9]*.csv"), classes | read_classes(added.folder / "verbs" / "classes.csv"), ADDED_ROWS)
        index = more if added.is_alone else {kind: more[kind] | found for kind, found in index.items()}
    _add_nominal(index, read_rows(seeds / "grammar" / "nominalizations.csv"))
    for row, cells in read_rows(seeds / "grammar" / "modes.csv"):
        _, triggers, pattern = compile_pattern(row, cells["mode"], cells["pattern"], False, classes)
        _add(index["mode"], triggers, pattern)
    composition: dict[str, dict[str, str]] = {}
    for _, cells in read_rows(seeds / "grammar" / "composition.csv"):
        composition.setdefault(cells["mode"], {})[cells["act"]] = cells["code"]
    speech = _effects(seeds / "grammar" / "speech_verbs.csv")
    triggers = frozenset(lemma for found in (*index.values(), speech) for lemma in found)
    ordered = ({lemma: _ordered(found) for lemma, found in index[kind].items()} for kind in ("verb", "noun", "mode"))
    disasters = frozenset(word for _, cells in read_rows(seeds / "grammar" / "disasters.csv") for word in cells["words"].split("|"))
    counterparts = {cells["act"]: cells["counterpart"] for _, cells in read_rows(seeds / "grammar" / "counterparts.csv")}
    predicates = frozenset({*index["verb"], *index["mode"], *speech})
    contexts = read_contexts(read_rows(seeds / "grammar" / "contexts.csv"))
    return Lexicon(*ordered, composition, _effects(seeds / "grammar" / "support_verbs.csv"), speech, triggers, disasters, counterparts, predicates, contexts)


def _index(paths: list[Path], classes: dict[str, frozenset[str]], prefix: str = "") -> dict[str, dict[str, list[Pattern]]]:
    """The patterns of lexicon files by kind and trigger lemma."""
    index: dict[str, dict[str, list[Pattern]]] = {"verb": {}, "noun": {}, "mode": {}}
    for path in paths:
        for row, cells in read_rows(path, prefix):
            kind, triggers, pattern = compile_pattern(row, cells["code"], cells["pattern"], cells["recip"] == "yes", classes)
            _add(index[kind], triggers, pattern)
    return index


def _add_nominal(index: dict[str, dict[str, list[Pattern]]], rows: list[tuple[str, dict[str, str]]]) -> None:
    """Add what a verb's patterns mean for its noun: `S suspend {flight} to T` also reads “the suspension of flights to T”."""
    for _, cells in rows:
        patterns = [p for p in index["verb"].get(cells["verb"], ()) if p.subject == "S" and p.items and not p.items[0].prepositions and not any(item.is_particle for item in p.items)]
        for noun in cells["nouns"].split("|"):
            _add(index["noun"], frozenset({noun}), *(p._replace(items=(p.items[0]._replace(prepositions=OF), *p.items[1:])) for p in patterns))


def _add(index: dict[str, list[Pattern]], triggers: frozenset[str], *patterns: Pattern) -> None:
    for trigger in triggers:
        index.setdefault(trigger, []).extend(patterns)


def _ordered(patterns: list[Pattern]) -> Patterns:
    """Those that may become most specific first; among equals those that need more, then in the order of the files."""
    return Patterns(sorted(patterns, key=lambda pattern: (-pattern.reach, -pattern.weight)))


def _effects(path: Path) -> dict[str, str]:
    """{lemma: effect} of a grammar word list; multiword entries keep their space."""
    return {word: cells["effect"] for _, cells in read_rows(path) for word in cells["words"].split("|")}
