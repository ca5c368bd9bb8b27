"""Why a text is coded as it is: the tree, the actors, the pattern and the rules behind every mention."""

import json
from datetime import date as Day
from pathlib import Path

from dyadflow.coder.code import Coded, mention_rows
from dyadflow.coding import Source, load_coder
from dyadflow.errors import UsageError

SHOWN = ("source_actor_code", "source_name", "action_code", "action_text", "target_actor_code", "target_name", "status", "attributed_to_code",
         "event_date_start", "event_date_end", "event_date_precision", "event_date_basis", "place_name", "place_country_code", "fatality_count", "confidence")  # fmt: skip


def explain_text(text: str, date: str | None = None, model: Path | None = None) -> list[dict]:
    """One entry a sentence: {text, start, tokens, mentions}; each mention with its columns, offsets and `why`.

    Raises UsageError for a date that is none.
    """
    try:
        published = Day.fromisoformat(date) if date else None
    except ValueError as error:
        raise UsageError(f"--date {date}: not a day of the form YYYY-MM-DD") from error
    coder = load_coder(model)
    return [_sentence(one, published) for _, coded in coder.code([Source("", text, published)]) for one in coded]


def _sentence(coded: Coded, published: Day | None) -> dict:
    tree = coded.tree
    tokens = [{"number": i, "text": tree.words[i], "lemma": tree.lemmas[i], "upos": tree.upos[i], "xpos": tree.xpos[i], "relation": tree.deps[i], "head": tree.heads[i]}
              for i in range(len(tree))]  # fmt: skip
    mentions = [{**row, "why": json.loads(row["why"])} for row in mention_rows("", coded, published)]
    for row in mentions:
        del row["article_id"]
    return {"text": coded.text, "start": coded.start, "tokens": tokens, "mentions": mentions}


def as_json(sentences: list[dict]) -> str:
    """All of it as JSON."""
    return json.dumps(sentences, ensure_ascii=False, default=str, indent=1)


def as_text(sentences: list[dict]) -> str:
    """All of it for a person."""
    return "\n\n".join("\n".join([sentence["text"], *_tree(sentence["tokens"]), *_mentions(sentence["mentions"])]) for sentence in sentences)


def _tree(tokens: list[dict]) -> list[str]:
    return [f"  {t['number']:>3}  {t['text']:<18} {t['lemma']:<16} {t['upos']:<6} {t['relation']:<14} → {t['head'] if t['head'] != t['number'] else 'root'}" for t in tokens]


def _mentions(mentions: list[dict]) -> list[str]:
    if not mentions:
        return ["  no event: no pattern of the lexicon found an actor here"]
    lines = []
    for row in mentions:
        lines.append(f"  {row['source_actor_code']} {row['action_code']} {row['target_actor_code']}  {row['status']}")
        lines += [f"      {name:<22} {row[name]}" for name in SHOWN if row.get(name) is not None]
        lines += [f"      why {name:<18} {json.dumps(value, ensure_ascii=False)}" for name, value in row["why"].items()]
    return lines
