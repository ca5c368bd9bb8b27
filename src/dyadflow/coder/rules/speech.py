"""Bare statements: “the Turkish president said NATO must act” is a statement (CAMEO 010) of Turkey about NATO.

Witnesses, police and reporters are how news knows, not who acts: their saying is an attribution only (`coder.status`).
"""

from collections.abc import Iterator

from dyadflow.coder.rules.modes import read_act
from dyadflow.coder.sentence import Coding, Sentence

CODE = "010"
ROWS = "speech_verbs.csv"
"""Where the pattern of a statement is written: the row that lists its verb."""
OBLIGING = {"must": "demand", "should": "appeal", "ought": "appeal"}
OWNING = frozenset({"claim", "admit", "acknowledge", "confess", "boast", "concede"})
BLAMED = frozenset({"responsible", "guilty", "behind", "culpable"})
PLAIN = {"demand": "100", "appeal": "020"}
QUIET = frozenset({"COP", "MED", "CVL", "HLH", "EDU", "UAF", "REF", "LAB", "BUS", "AGR"})
NEEDED = frozenset({"need", "require", "necessary", "essential", "imperative", "crucial", "vital", "urgent", "indispensable"})
CONTENT = ("ccomp", "parataxis", "obj", "obl")
SAYING = frozenset({"claimed"})
"""Effects of speech verbs whose bare use is a statement; `claim` and `admit` are asked only for what they own up to."""


def wish_rule(sentence: Sentence) -> Iterator[Coding]:
    """A demand, appeal, blame, promise or refusal for what a speaker says others must or oneself will do."""
    for token, speakers in _spoken(sentence):
        wish = _wish(sentence, token, speakers)
        if wish:
            yield wish


def speech_rule(sentence: Sentence) -> Iterator[Coding]:
    """A statement for every verb of saying whose speaker is an actor that acts by speaking; what lies ahead is intent or refusal."""
    for token, speakers in _spoken(sentence):
        if sentence.lexicon.speech.get(sentence.tree.lemmas[token]) in SAYING:
            yield _outlook(sentence, token, speakers) or Coding(token, CODE, speakers, _about(sentence, token, speakers), ROWS, ("speech", sentence.tree.lemmas[token]))


def _spoken(sentence: Sentence) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Verbs of saying with their speakers."""
    tree, speech = sentence.tree, sentence.lexicon.speech
    for token, lemma in enumerate(tree.lemmas):
        if (lemma in speech or lemma in OWNING) and tree.upos[token] == "VERB" and (speech.get(lemma) in SAYING or lemma in OWNING):
            speakers = tuple(t for t in tree.roles(token).subjects if _speaks(sentence, t))
            if speakers:
                yield token, speakers


def _outlook(sentence: Sentence, verb: int, speakers: tuple[int, ...]) -> Coding | None:
    """What the speaker will or will not do, where the act itself is not known: intent (030) or refusal (120)."""
    tree = sentence.tree
    for content in tree.kids_of(verb, ("ccomp",)):
        auxiliaries = {tree.lower[kid] for kid in tree.kids_of(content, ("aux",))}
        itself = any(t in speakers or tree.lower[t] in ("it", "he", "she", "they", "we") for t in tree.roles(content).subjects)
        if itself and auxiliaries & {"will", "would", "wo", "’ll", "'ll"} and tree.upos[content] == "VERB" and not tree.kids_of(content, ("nsubj:pass",)):
            refused = any(tree.lower[kid] in ("not", "n't", "n’t", "never") for kid in tree.kids[content])
            return Coding(verb, "120" if refused else "030", speakers, _about(sentence, verb, speakers), ROWS, ("speech", "refusal" if refused else "intent"))
    return None


def _wish(sentence: Sentence, verb: int, speakers: tuple[int, ...]) -> Coding | None:
    """What the speaker says another actor must or should do is a demand or an appeal: “Russia says Israel must end attacks”."""
    tree = sentence.tree
    own = {sentence.actor(t).code for t in speakers}
    for content in tree.kids_of(verb, ("ccomp", "parataxis")):
        if tree.lemmas[verb] in OWNING and any(t in speakers or tree.upos[t] == "PRON" for t in tree.roles(content).subjects):
            acts = [act for act in read_act(sentence, content) if act.code.startswith(("18", "19", "20"))]
            if acts:
                return Coding(verb, "015", speakers, acts[0].targets, f"{ROWS}+{acts[0].pattern}", ("mode", "own up", "said"))
        blamed = tuple(t for t in tree.roles(content).subjects if tree.lemmas[content] in BLAMED and sentence.actor(t))
        if blamed:
            return Coding(verb, "112", speakers, blamed, ROWS, ("mode", "accuse", "said"))
        mode = next((OBLIGING[tree.lower[kid]] for kid in tree.kids_of(content, ("aux",)) if tree.lower[kid] in OBLIGING), None)
        doers = tuple(t for t in tree.roles(content).subjects if (actor := sentence.actor(t)) and actor.code not in own)
        if mode and doers:
            acts = read_act(sentence, content)
            code = (sentence.lexicon.compose(mode, acts[0].code) if acts else "") or PLAIN[mode]
            pattern = "+".join((ROWS, *(act.pattern for act in acts[:1])))
            return Coding(verb, code, speakers, doers, pattern, ("mode", mode, "said"), False, frozenset({content}) | frozenset(t for a in acts for t in {a.trigger, *a.consumes}))
        needed = tree.lemmas[content] in NEEDED and tree.upos[content] in ("ADJ", "VERB") and (tree.upos[content] == "ADJ" or tree.is_passive(content))
        if needed or mode and tree.is_passive(content) and not tree.roles(content).subjects:
            return Coding(verb, PLAIN[mode or "appeal"], speakers, (), ROWS, ("mode", mode or "appeal", "said"), consumes=frozenset({content}))
    return None


def _speaks(sentence: Sentence, token: int) -> bool:
    """Whether the speaker is a state, organisation or group, or an official of one."""
    actor = sentence.actor(token)
    return actor is not None and len(actor.code) >= 3 and actor.code[-3:] not in QUIET and (actor.code[:3] in sentence.countries or actor.code[:3] in ("IGO", "NGO", "IMG", "MNC"))


def _about(sentence: Sentence, verb: int, speakers: tuple[int, ...]) -> tuple[int, ...]:
    """The first actor the statement is about: the subject of what is said before anything else in it."""
    tree = sentence.tree
    own = {sentence.actor(t).code[:3] for t in speakers}
    for content in tree.kids_of(verb, CONTENT):
        tokens = [*tree.roles(content).subjects, *tree.subtree(content)]
        for token in tokens:
            actor = sentence.actor(token) if tree.upos[token] in ("PROPN", "NOUN") and token not in speakers else None
            if actor and (actor.code[:3] in sentence.countries or actor.code[:3] == "IGO") and actor.code[:3] not in own:
                return (token,)
    return ()
