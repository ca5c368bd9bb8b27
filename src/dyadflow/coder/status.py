"""Whether what a clause says is a fact, and who says so: negation, modality, condition, speech around the trigger."""

from typing import NamedTuple

from dyadflow.coder.lexicon import Lexicon
from dyadflow.coder.tree import Tree

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "hardly", "barely"})
FUTURE = frozenset({"will", "shall", "’ll", "'ll", "wo", "going"})
POSSIBLE = frozenset({"may", "might", "could", "would", "can", "should", "must", "ought", "ca"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until"})
RANK = ("fact", "claimed", "alleged", "planned", "conditional", "negated", "denied")
CLAIM_NOUNS = {"claim": "alleged", "allegation": "alleged", "accusation": "alleged", "charge": "alleged", "report": "claimed", "rumor": "alleged", "rumour": "alleged",
               "suspicion": "alleged", "denial": "denied", "plan": "planned", "proposal": "planned", "threat": "planned", "decision": "planned",
               "effort": "planned", "attempt": "planned", "bid": "planned", "intention": "planned", "possibility": "conditional", "fear": "conditional",
               "prospect": "conditional", "hope": "planned", "refusal": "negated", "failure": "negated", "warning": "conditional", "call": "planned",
               "demand": "planned", "appeal": "planned", "promise": "planned", "pledge": "planned"}  # fmt: skip
FAILING = frozenset({"fail", "refuse", "decline", "avoid", "prevent", "stop", "refrain", "cease", "omit", "neglect", "avert", "foil", "thwart"})
NOT_YET = frozenset({"want", "hope", "wish", "intend", "plan", "aim", "need", "expect", "seek", "consider", "like", "prepare", "schedule", "set", "due",
                     "ready", "willing", "able", "likely", "unlikely", "possible", "supposed", "vow", "pledge", "promise", "offer", "threaten", "try",
                     "agree", "decide", "propose", "urge", "ask", "order", "demand", "call", "tell", "warn", "invite", "encourage", "force", "allow", "help",
                     "attempt", "discuss", "debate", "suggest", "recommend", "train", "require", "authorize"})  # fmt: skip
COMMUNICATING = frozenset("call phone telephone write tweet speak summon meet visit gather convene send issue release".split())
"""Verbs whose purpose is done in doing them: “called the president to congratulate him”."""


class Standing(NamedTuple):
    """Status of a clause, the token that names who says so (None: the article itself), whether it lies ahead, and the words that decided."""

    status: str
    speaker: int | None
    is_future: bool
    reasons: tuple[str, ...]


def standing(tree: Tree, trigger: int, lexicon: Lexicon) -> Standing:
    """The status of the clause around a trigger, read from the trigger up to the root.

    “Kyiv said Russia had not shelled the plant” → negated, said by Kyiv.
    """
    status, reasons, speaker = "fact", [], None
    own = _own_modality(tree, trigger)
    is_future = own[0] in ("future", "refused")
    if own[0]:
        status, reasons = {"future": "planned", "refused": "negated"}.get(own[0], own[0]), [own[1]]
    for child, head in _steps(tree, trigger):
        found, word, says = _above(tree, child, head, lexicon)
        if RANK.index(found) > RANK.index(status):
            status = found
        if word:
            reasons.append(word)
        if says is not None and speaker is None:
            speaker = says
    if speaker is None:
        speaker, word = _aside(tree, trigger, lexicon)
        if speaker is not None:
            reasons.append(word)
            status = "claimed" if status == "fact" else status
    return Standing(status, speaker, is_future, tuple(reasons))


def _steps(tree: Tree, trigger: int):
    """(child, head) pairs from the trigger up to the root."""
    child = trigger
    for head in tree.ancestors(trigger):
        yield child, head
        child = head


def _own_modality(tree: Tree, token: int) -> tuple[str, str]:
    """What the words around the trigger itself say: (“negated”, “refused” for “will not”, “future”, “conditional” or empty; the word)."""
    found = {kind: word for kid in tree.kids[token] for kind, word in (_modality_of(tree, token, kid),) if kind}
    if "negated" in found and "future" in found:
        return "refused", f"{found['future']} {found['negated']}"
    return next(((kind, found[kind]) for kind in ("negated", "conditional", "alleged", "future") if kind in found), ("", ""))


def _modality_of(tree: Tree, token: int, kid: int) -> tuple[str, str]:
    """What one word below a predicate says about its modality."""
    word, dep = tree.lower[kid], tree.deps[kid]
    if word in NEGATIONS and dep in ("advmod", "det", "cc:preconj", "mark", "case") and not (word == "no" and dep == "advmod"):
        return "negated", word
    if dep == "aux" and (word in FUTURE or word == "would" and (_is_reported(tree, token) or CONDITIONS.isdisjoint(tree.lower))):
        return "future", word
    if dep == "aux" and word in ("may", "might") and tree.xpos[token] == "VBN" and any(tree.lemmas[k] == "have" for k in tree.kids_of(token, ("aux",))):
        return "alleged", word
    if dep == "aux" and word in POSSIBLE or dep == "mark" and word in CONDITIONS:
        return "conditional", word
    if dep in ("nsubj", "obj", "nsubj:pass") and any(tree.lower[d] == "no" for d in tree.kids_of(kid, ("det",))):
        return "negated", "no"
    return "", ""


def _is_reported(tree: Tree, token: int) -> bool:
    """Whether the clause is what somebody said: “said it would free them” is “will” in reported speech."""
    head = tree.heads[token]
    return head != token and tree.deps[token] == "ccomp" and tree.upos[head] == "VERB" and tree.xpos[head] in ("VBD", "VBN", "VBG")


def _above(tree: Tree, child: int, head: int, lexicon: Lexicon) -> tuple[str, str, int | None]:
    """What the head says of the clause or noun below it: (status, word, speaker token)."""
    dep, lemma = tree.deps[child], tree.lemmas[head]
    if dep in ("ccomp", "parataxis") and lemma in lexicon.speech:
        speaker = next(iter(tree.roles(head).subjects), None)
        effect = lexicon.speech[lemma]
        modality = _own_modality(tree, head)[0]
        return ("claimed" if modality == "negated" and effect == "denied" else effect), lemma, speaker
    if dep in ("xcomp", "ccomp", "advcl") and "to" in tree.prepositions(child):
        if lemma in FAILING:
            return "negated", lemma, None
        if dep == "advcl" and lemma in COMMUNICATING:
            return "fact", lemma, None
        if lemma in NOT_YET or dep == "advcl":
            return "planned", lemma, None
    if dep == "xcomp" and lemma in lexicon.speech and lexicon.speech[lemma] == "alleged":
        return "alleged", lemma, None
    if dep in ("obj", "xcomp", "obl") and (lemma == "deny" or lemma in FAILING):
        return ("denied" if lemma == "deny" else "negated"), lemma, next(iter(tree.roles(head).subjects), None) if lemma == "deny" else None
    if dep in ("acl", "ccomp", "acl:relcl", "nmod") and lemma in CLAIM_NOUNS and (dep != "acl:relcl" or _is_content(tree, child)):
        return CLAIM_NOUNS[lemma], lemma, None
    if dep in ("xcomp", "ccomp", "conj", "obj", "obl") and _governed(tree, head, dep):
        return _modal(tree, head)
    return "fact", "", None


def _is_content(tree: Tree, child: int) -> bool:
    """Whether a that-clause says what the noun above is about (“claims that X shelled Y”), and is no relative clause."""
    marks = [kid for kid in tree.kids_of(child, ("mark",)) if tree.lower[kid] == "that"]
    return bool(marks and tree.kids_of(child, ("nsubj", "nsubj:pass")))


def _governed(tree: Tree, head: int, dep: str) -> bool:
    """Whether the modality of the verb above also covers what hangs under this label."""
    return tree.upos[head] in ("VERB", "AUX") and dep in ("xcomp", "obj", "conj")


def _modal(tree: Tree, head: int) -> tuple[str, str, int | None]:
    kind, word = _own_modality(tree, head)
    return {"future": "planned", "refused": "negated", "": "fact"}.get(kind, kind), word, None


def _aside(tree: Tree, trigger: int, lexicon: Lexicon) -> tuple[int | None, str]:
    """The speaker named beside the clause: “…, police said”, “according to the ministry”."""
    for node in (trigger, *tree.ancestors(trigger)):
        for kid in tree.kids_of(node, ("parataxis",)):
            if kid != trigger and tree.lemmas[kid] in lexicon.speech and not tree.kids_of(kid, ("ccomp", "obj")):
                return next(iter(tree.roles(kid).subjects), None), tree.lemmas[kid]
        for preps, token in tree.roles(node).obliques:
            if "according" in preps or "according to" in preps:
                return token, "according to"
    return None, ""
