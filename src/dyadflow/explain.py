"""Why a text is coded as it is: the tree, the actors, the pattern and the rules behind every mention, and whether its `why` replays."""

import json
from datetime import date as Day
from functools import lru_cache
from pathlib import Path

from dyadflow.coder.actors import meaning, names_in
from dyadflow.coder.code import Coded, mention_rows
from dyadflow.coder.lexicon import read_rows
from dyadflow.coder.repair import repair
from dyadflow.coder.tree import Tree
from dyadflow.coding import Coder, Source, load_coder
from dyadflow.errors import UsageError
from dyadflow.evidence import actor_evidence, pattern_evidence
from dyadflow.replay import replays
from dyadflow.resources import Added, resource

TRIGGERS = ("VERB", "NOUN", "ADJ")
SIDES = ("source", "target")


def explain_text(text: str, date: str | None = None, model: Path | None = None, added: Added | None = None) -> list[dict]:
    """One entry a sentence: {text, start, tokens, actors, triggers, mentions}.

    A mention holds its columns, its `why` as an object, `because` (the rows that `why` names, with what they say), the label
    of its code, and `replays`. Raises UsageError for a date that is none.
    """
    try:
        published = Day.fromisoformat(date) if date else None
    except ValueError as error:
        raise UsageError(f"--date {date}: not a day of the form YYYY-MM-DD") from error
    coder = load_coder(model, added=added)
    return [explain_sentence(coder, one, published) for _, coded in coder.code([Source("", text, published)]) for one in coded]


def explain_sentence(coder: Coder, coded: Coded, published: Day | None) -> dict:
    """The entry of one coded sentence; the tree is the one the rules read, mended where the parser's hid the verb."""
    tree = repair(coded.tree, coder.lexicon.predicates)
    names = names_in(tree, coder.dictionary, published)
    actors = [{"text": _text(coded, match.first, match.last), "first": match.first, "code": entry.code, "row": entry.row}
              for match in dict.fromkeys(names.phrase_at.values()) for entry in (meaning(match, published),)]  # fmt: skip
    actors += [{"text": _text(coded, role.first, role.last), "first": role.first, "code": role.code, "row": f"role:{role.code}"} for role in dict.fromkeys(names.role_at.values())]
    triggers = [tree.words[t] for t in range(len(tree)) if tree.lemmas[t] in coder.lexicon.triggers and tree.upos[t] in TRIGGERS]
    mentions = [_mention(coder, coded, row, published) for row in mention_rows("", coded, published, coder.gazetteer)]
    return {"text": coded.text, "start": coded.start, "tokens": _tokens(coded.tree, tree), "actors": sorted(actors, key=lambda actor: actor["first"]),
            "triggers": triggers, "mentions": mentions}  # fmt: skip


def _text(coded: Coded, first: int, last: int) -> str:
    return coded.text[coded.tree.starts[first] : coded.tree.end(last - 1)]


def _tokens(parsed: Tree, tree: Tree) -> list[dict]:
    """The tokens with offsets in the sentence and their place in the tree."""
    return [{"number": i, "text": tree.words[i], "start": tree.starts[i], "end": tree.end(i), "lemma": tree.lemmas[i], "upos": tree.upos[i], "xpos": tree.xpos[i],
             "relation": tree.deps[i], "head": tree.heads[i], "is_mended": (tree.deps[i], tree.heads[i]) != (parsed.deps[i], parsed.heads[i])} for i in range(len(tree))]  # fmt: skip


def _mention(coder: Coder, coded: Coded, row: dict, published: Day | None) -> dict:
    reason = json.loads(row["why"])
    because = {"pattern": pattern_evidence(reason, coder.added), "beside": actor_evidence(reason.get("beside", []), coded.tree, [], coder.added)}
    because |= {side: actor_evidence(reason["actors"].get(side, []), coded.tree, _within(coded, row[f"{side}_start"], row[f"{side}_end"]), coder.added) for side in SIDES}
    held = replays(coded.tree, row, published, coder.dictionary, coder.lexicon, coded.before)
    shown = {name: value for name, value in row.items() if name != "article_id"}
    return {**shown, "why": reason, "because": {part: [one._asdict() for one in found] for part, found in because.items()}, "action_label": labels().get(row["action_code"], ""), "replays": held}


def _within(coded: Coded, start: int | None, end: int | None) -> list[int]:
    """The tokens between two offsets of the article."""
    if start is None:
        return []
    return [t for t in range(len(coded.tree)) if start <= coded.tree.starts[t] + coded.start < end]


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """{CAMEO code: its label}."""
    return {cells["code"]: cells["label"] for _, cells in read_rows(resource("seeds", "cameo", "codes.csv"))}


def as_json(sentences: list[dict]) -> str:
    """All of it as JSON."""
    return json.dumps(sentences, ensure_ascii=False, default=str, indent=1)
