"""An explanation drawn for a person at a terminal: sentence, tree, what is known in it, and each mention with its reasons."""

import textwrap

RULES = {
    "verb": "a verb pattern", "noun": "an event noun", "mode": "one act under another", "speech": "a statement", "accused act": "the act somebody is accused of",
    "subject": "its subject acts", "passive": "passive: who stands after “by” acts", "inherited": "its subject is that of the clause above",
    "inherited passive": "passive of a noun: the noun is acted upon", "none": "nobody stands at the verb", "own sides": "the noun itself says who and whom",
    "supported": "the verb that carries the noun says who", "said": "in what somebody says", "act unknown": "the act itself has no pattern",
    "own up": "the speaker owns up to it", "intent": "what the speaker will do", "refusal": "what the speaker will not do",
}  # fmt: skip
"""The rules named in a `why`, in words; a mode (“demand”) or a verb of saying stands for itself."""

WIDTH = 110


def as_text(sentences: list[dict]) -> str:
    """All of it for a person."""
    return "\n\n".join(_sentence(sentence) for sentence in sentences)


def _sentence(sentence: dict) -> str:
    if not sentence["tokens"]:
        return "no event: there are no words here"
    return "\n".join([*_wrapped(sentence["text"], ""), "", *_tree(sentence), "", *_known(sentence), "", *_mentions(sentence)]).rstrip()


def _wrapped(text: str, indent: str, hang: str | None = None) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent if hang is None else hang, break_long_words=False, break_on_hyphens=False) or [indent.rstrip()]


def _tree(sentence: dict) -> list[str]:
    """One line a token, below its head and indented: number, word, lemma, part of speech, relation, its part in the mentions."""
    tokens, branches = sentence["tokens"], dict(_branches(sentence["tokens"]))
    width = max([len(branch) + len(tokens[number]["text"]) for number, branch in branches.items()], default=4)
    lemmas = max([len(token["lemma"]) for token in tokens], default=5)
    head = f"  {'#':>3}  {'word':<{width}}  {'lemma':<{lemmas}}  {'tag':<5}  relation"
    lines = [_line(tokens[number], branch, width, lemmas, _parts(sentence, tokens[number])) for number, branch in branches.items()]
    return [head, *lines, *(["       * mended: the parser had hung this word elsewhere"] if any(token["is_mended"] for token in tokens) else [])]


def _line(token: dict, branch: str, width: int, lemmas: int, parts: str) -> str:
    relation = token["relation"] + ("*" if token["is_mended"] else "")
    return f"  {token['number']:>3}  {branch + token['text']:<{width}}  {token['lemma']:<{lemmas}}  {token['upos']:<5}  {relation:<14} {parts}".rstrip()


def _branches(tokens: list[dict]):
    """(token number, branch drawn before it) from the root down; a token that a damaged tree hangs nowhere comes last."""
    kids: dict[int, list[int]] = {}
    for token in tokens:
        if token["head"] != token["number"]:
            kids.setdefault(token["head"], []).append(token["number"])
    seen: set[int] = set()

    def walk(number: int, before: str, drawn: str):
        if number not in seen:
            seen.add(number)
            yield number, drawn
            below = kids.get(number, [])
            for kid in below:
                is_last = kid == below[-1]
                yield from walk(kid, before + ("   " if is_last else "│  "), before + ("└─ " if is_last else "├─ "))

    for token in [*(token for token in tokens if token["head"] == token["number"]), *tokens]:
        yield from walk(token["number"], "", "")


def _parts(sentence: dict, token: dict) -> str:
    """What a token is in the mentions: “1 source, 2 action”."""
    start, end = token["start"] + sentence["start"], token["end"] + sentence["start"]
    found = []
    for number, mention in enumerate(sentence["mentions"], 1):
        found += [f"{number} {side}" for side in ("source", "action", "target") if mention[f"{side}_start"] is not None and mention[f"{side}_start"] <= start and end <= mention[f"{side}_end"]]
    return "← " + ", ".join(found) if found else ""


def _known(sentence: dict) -> list[str]:
    """The actors and triggers the dictionaries know in the sentence, coded or not."""
    actors = ", ".join(f"{actor['text']} = {actor['code'] or '(none)'}" for actor in sentence["actors"])
    return [*_wrapped(actors or "none; a row in seeds/actors/ would name one", "  actors    ", " " * 12),
            *_wrapped(", ".join(sentence["triggers"]) or "none; a row in seeds/verbs/ would make one", "  triggers  ", " " * 12)]  # fmt: skip


def _mentions(sentence: dict) -> list[str]:
    if not sentence["mentions"]:
        missing = "no actor is known here" if not sentence["actors"] else "no word here is in the lexicon" if not sentence["triggers"] else "no pattern of a trigger fits with a known actor"
        return [f"  no event: {missing}"]
    return [line for number, mention in enumerate(sentence["mentions"], 1) for line in (*_mention(number, mention), "")]


def _mention(number: int, row: dict) -> list[str]:
    speaker = f", said by {row['attributed_to_code']}" if row["attributed_to_code"] else ""
    because, reason = row["because"], row["why"]
    return [
        f"  {number}  {row['source_actor_code']}  →  {row['target_actor_code']}   {row['action_code']} {row['action_label']}   ({row['status']}{speaker})",
        _field("source", _named(row, "source")), *_evidence(because["source"]),
        _field("action", f"{row['action_code']:<10} “{row['action_text']}” {row['action_start']}–{row['action_end']}"), *_evidence(because["pattern"]),
        _field("target", _named(row, "target")), *_evidence(because["target"]),
        *([_field("beside", "other actors of the same reading, coded by themselves or left out"), *_evidence(because["beside"])] if because["beside"] else []),
        *_wrapped("; ".join(RULES.get(rule, rule) for rule in reason["rules"]), "     rules       ", " " * 17),
        _field("status", row["status"] + (f", by “{'”, “'.join(reason['status'])}”" if reason["status"] else "")),
        _field("date", _date(row)), *_casualties(row),
        _field("confidence", f"{row['confidence']:.2f}"), _field("replays", "yes" if row["replays"] else "no"),
    ]  # fmt: skip


def _casualties(row: dict) -> list[str]:
    """One line for each kind of casualties that is stated, with its bound and whose."""
    kinds = (("deaths", "fatality"), ("wounded", "wounded"), ("detained", "detained"))
    said = [(label, row[f"{kind}_count"], row[f"{kind}_bound"], row.get(f"{kind}_name")) for label, kind in kinds]
    return [_field(label, f"{count} ({bound})" + (f" “{name}”" if name else "")) for label, count, bound, name in said if count is not None]


def _field(name: str, value: str) -> str:
    return f"     {name:<11} {value}"


def _named(row: dict, side: str) -> str:
    """The code of a side and the words that name it, with their offsets."""
    where = f"“{row[f'{side}_name']}” {row[f'{side}_start']}–{row[f'{side}_end']}" if row[f"{side}_name"] else "not named"
    return f"{row[f'{side}_actor_code']:<10} {where}"


def _evidence(rows: list[dict]) -> list[str]:
    """Each dictionary or lexicon row behind a part: where it is written, what it gives, what it says."""
    lines = []
    for one in rows:
        phrase = f" “{one['phrase']}”" if one["phrase"] else ""
        lines += _wrapped(f"{one['code']:<10} {one['text']}{phrase}   [{one['row']}]", " " * 17, " " * 28)
    return lines


def _date(row: dict) -> str:
    if row["event_date_start"] is None:
        return "unknown (give --date)"
    span = f"{row['event_date_start']}" if row["event_date_start"] == row["event_date_end"] else f"{row['event_date_start']} to {row['event_date_end']}"
    return f"{span}, precision {row['event_date_precision']}, from {BASES[row['event_date_basis']]}"


BASES = {"text": "the text", "relative": "the text, relative to the day of publication", "published": "the day of publication", "none": "nothing"}
