"""Composite meanings: an act under a verb of promising, asking, demanding, refusing, threatening, accusing, halting or easing.

“Threatened to shell the town” is a threat (138x), not a shelling; the code is composed from mode and act
by `seeds/grammar/composition.csv`.
"""

from collections.abc import Iterator

from dyadflow.coder.lexicon import NO_PATTERNS
from dyadflow.coder.match import Fit, fit_verb
from dyadflow.coder.rules.nouns import authors, code_noun
from dyadflow.coder.rules.verbs import code_verb, is_predicate
from dyadflow.coder.sentence import Coding, Sentence
from dyadflow.coder.tree import Tree

ADDRESSED = frozenset({"appeal", "demand", "accuse"})
DEFAULTS = {"offer": "030", "appeal": "020", "demand": "100", "threaten": "130", "accuse": "112", "reject": "120"}
RESIDUAL = frozenset({"020", "030", "100", "112", "120", "130", "160"})
ROOTS = {"consider": ("01",), "intend": ("03",), "offer": ("03",), "appeal": ("02", "11"), "demand": ("10",), "threaten": ("13",), "accuse": ("11",), "reject": ("12",), "halt": ("16", "08"), "ease": ("08",), "commit": ()}
ALONE = frozenset({"offer"})
REFUSING = frozenset({"refuse", "decline"})
MUTUAL = frozenset({"intend", "offer"})
"""Modes that leave a mutual act mutual: who plans to meet is planned to be met."""
ADDRESS_NEEDED = "addressed act unknown"
"""The rule of a reading that is none where nobody is addressed."""
NAMING = frozenset({"name", "identify", "quote", "specify"})
"""What sources ask for themselves: “declined to be named”."""
MAXIMUM_DEPTH = 3


def mode_rule(sentence: Sentence) -> Iterator[Coding]:
    """A coding for every verb of a mode whose embedded act is known, or whose addressee is."""
    for token in sentence.triggers:
        if sentence.tree.lemmas[token] in sentence.lexicon.modes and is_predicate(sentence.tree, token):
            yield from code_mode(sentence, token, 0)


def code_mode(sentence: Sentence, verb: int, depth: int) -> list[Coding]:
    """The composed readings of one verb of a mode; empty where no pattern of it fits or a lexical pattern is nearer."""
    tree, lexicon = sentence.tree, sentence.lexicon
    fallback: list[Coding] = []
    for pattern in lexicon.modes.get(tree.lemmas[verb], NO_PATTERNS).possible(tree.vocabulary):
        fit = fit_verb(sentence, verb, pattern, lambda token: tree.lemmas[token] in lexicon.nouns)
        if fit is None:
            continue
        composed = [c for act in fit.acts for c in _composed(sentence, verb, fit, act, depth)]
        if composed and not _has_finer(sentence, verb, fit.pattern.code, composed):
            return composed
        fallback = fallback or _default(sentence, verb, fit)
    return fallback


def _has_finer(sentence: Sentence, verb: int, mode: str, composed: list[Coding]) -> bool:
    """Whether the lexicon itself says better what the verb means here: its pattern names the act's own noun (“offered a summit”),
    or composition knows no more than “some act” (“urged an end to the war”)."""
    lexical = code_verb(sentence, verb)
    if lexical is None or lexical.code[:2] not in ROOTS[mode]:
        return False
    acts = {token for c in composed for token in c.consumes if sentence.tree.upos[token] == "NOUN"}
    residual = all(c.code in RESIDUAL for c in composed if c.trigger == verb)
    return lexical.code not in RESIDUAL and (residual or bool(lexical.consumes & acts))


def _composed(sentence: Sentence, verb: int, fit: Fit, act: int, depth: int) -> list[Coding]:
    """The mode over what the act itself would be coded as."""
    found = []
    tree, mode = sentence.tree, fit.pattern.code
    if sentence.tree.lemmas[verb] == "announce" and not _lies_ahead(tree, act):
        return []
    if mode in MUTUAL and any(tree.lower[kid] in ("not", "never") for kid in tree.kids_of(act, ("advmod",))):
        mode = "reject"  # “vowed not to return the heights”
    for inner in read_act(sentence, act, depth + 1):
        code = sentence.lexicon.compose(mode, inner.code)
        if not code:
            continue
        sources, targets = _sides(sentence, verb, fit, inner, act)
        rules = ("mode", mode, *inner.rules)
        consumes = frozenset({inner.trigger}) | inner.consumes
        mutual = inner.is_reciprocal and mode in (*MUTUAL, "commit")
        found.append(Coding(verb, code, sources, targets, f"{fit.pattern.row}+{inner.pattern}", rules, mutual, consumes, weight=20))
        if mode == "accuse" and inner.sources:
            found.append(inner._replace(status="alleged", rules=("accused act", *inner.rules), pattern=f"{fit.pattern.row}+{inner.pattern}"))
    return found


def _lies_ahead(tree: Tree, act: int) -> bool:
    """Whether what is announced is still to be done: “that it will send”, “plans to send”, not “that it has sent”."""
    return tree.upos[act] != "VERB" or tree.xpos[act] in ("VB", "VBG") or any(tree.lower[kid] in ("will", "would", "’ll", "'ll") for kid in tree.kids_of(act, ("aux",)))


def _sides(sentence: Sentence, verb: int, fit: Fit, inner: Coding, act: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Source and target of a composed reading: the addressee where there is one, else the doer asked for, else the act's target.

    What is refused is refused to its author: “rejected a US call to free three activists”.
    """
    tree = sentence.tree
    roles = tree.roles(verb)
    sources = roles.subjects
    if "T" in fit.slots:
        return sources, (fit.slots["T"],)
    if fit.pattern.code == "reject" and tree.upos[act] == "NOUN":
        author = authors(sentence, act)
        if author:
            return sources, author
    if fit.pattern.code in ADDRESSED and inner.sources and set(inner.sources) != set(sources):
        return sources, inner.sources
    targets = inner.targets or tuple(t for t in inner.sources if t not in sources)
    return sources, tuple(targets)


def read_act(sentence: Sentence, token: int, depth: int = 0) -> list[Coding]:
    """What an embedded act would be coded as: itself a mode, a verb pattern or an event noun; through “try to”, “continue to”."""
    if depth > MAXIMUM_DEPTH:
        return []
    tree = sentence.tree
    if tree.lemmas[token] in sentence.lexicon.modes and is_predicate(tree, token):
        inner = code_mode(sentence, token, depth)
        if inner:
            return inner[:1]
    verb = code_verb(sentence, token)
    noun = None
    for kid in tree.kids_of(token, ("obj", "obl")):
        if sentence.tree.lemmas[token] in sentence.lexicon.support:
            noun = noun or code_noun(sentence, kid)
    noun = noun or (code_noun(sentence, token) if tree.upos[token] == "NOUN" or tree.upos[token] == "VERB" and verb is None else None)
    if verb and (noun is None or verb.weight >= noun.weight):
        return [verb]
    if noun:
        return [noun]
    return [c for kid in tree.kids_of(token, ("xcomp",)) for c in read_act(sentence, kid, depth + 1)]


def _default(sentence: Sentence, verb: int, fit: Fit) -> list[Coding]:
    """A mode whose act is unknown still is an appeal, demand, threat or accusation where somebody is addressed or named nearby; to agree or refuse needs nobody.

    Addressed is who the pattern says, else who is to act: “demanded that Greece abandon the plan”.
    """
    code, tree = DEFAULTS.get(fit.pattern.code), sentence.tree
    lexical = code_verb(sentence, verb)
    if not code or lexical and not lexical.code.startswith("01") or tree.lemmas[verb] == "fail" or any(tree.lemmas[act] in NAMING for act in fit.acts):
        return []
    subjects = tuple(tree.roles(verb).subjects)
    addressed = (fit.slots["T"],) if "T" in fit.slots else tuple(t for act in fit.acts for t in tree.kids_of(act, ("nsubj", "nsubj:pass")) if t not in subjects)
    alone = fit.pattern.code in ALONE or tree.lemmas[verb] in REFUSING
    return [Coding(verb, code, subjects, addressed[:1], fit.pattern.row, ("mode", fit.pattern.code, "act unknown" if alone else ADDRESS_NEEDED))]
