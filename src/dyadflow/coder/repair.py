"""Mends the commonest misreading of parsers on news: a past-tense verb taken for a participle, which leaves a clause without verb.

“The Pakistan army violated ceasefire” read as a noun phrase headed by “ceasefire” becomes a clause again. Only where the
sentence has no finite verb at its root; a tree that has one is left alone.
"""

from dyadflow.coder.tree import NOMINAL, Tree

ACTIVE = frozenset("call agree appeal vow protest demonstrate rally clash respond insist meet argue say add plead head arrive return vote react gather march fight talk".split())
"""Verbs whose participle after a noun is no passive: “leaders called for a ceasefire”."""
HARMING = frozenset("kill injure wound destroy damage leave claim cause hit strike displace".split())
"""What an event does rather than a name: “flooding in Bolivia, which killed 19”."""
SAYING = frozenset("say announce declare state warn add claim confirm insist report vow".split())
WHO = frozenset({"which", "who"})
HAVING = frozenset({"have"})
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday".split())
PREMODIFYING = frozenset({"compound", "amod"})
CLAUSAL = frozenset({"ccomp", "csubj", "advcl"})
ADVERBIAL = frozenset({"advcl"})
ATTRIBUTE = ("amod", "compound", "acl")
PAST = ("VBN", "VBD")
NAMING = ("compound", "flat", "amod", "nmod:poss", "det", "nummod")


def repair(tree: Tree, predicates: frozenset[str] = frozenset()) -> Tree:
    """The tree, or a mended copy of it where a noun phrase hides the verb; `predicates` are the lemmas that may be one."""
    return _present_tense(_mended(tree), predicates)


def _mended(tree: Tree) -> Tree:
    return _past_tense(_perfect(_relative(_second_name(_saying(_speaker(_hidden_verb(_day_between(_bare_day(tree)))))))))


def _places(words: list[str], wanted: frozenset[str], first: int) -> list[int]:
    """Where the wanted words stand, from the given position on; most sentences have none of them."""
    return [] if wanted.isdisjoint(words) else [at for at, word in enumerate(words) if word in wanted and at >= first]


def _bare_day(tree: Tree) -> Tree:
    """“on the Gaza Strip Sunday” read as a Sunday of that name: the name heads its phrase again, the day stands by itself."""
    changes: dict[int, tuple[int, str]] = {}
    for day in _places(tree.lower, DAYS, 1):
        name = day - 1
        if tree.heads[name] == day and tree.deps[name] in ("compound", "flat", "amod") and tree.upos[name] in ("PROPN", "NOUN"):
            changes |= {kid: (name, tree.deps[kid]) for kid in tree.kids[day] if kid < name or tree.deps[kid] == "nmod"}
            head = tree.heads[day] if tree.heads[day] != day else name
            changes |= {name: (head, tree.deps[day]), day: (name, "obl:tmod")}
    return _rebuilt(tree, changes) if changes else tree


def _day_between(tree: Tree) -> Tree:
    """“rejected on Thursday charges by …” read as charges of a Thursday: the day stands by itself, the noun is the verb's object."""
    changes: dict[int, tuple[int, str]] = {}
    for day in _places(tree.lower, DAYS, 1):
        noun = tree.heads[day]
        verb = tree.heads[noun]
        case = next((kid for kid in tree.kids_of(noun, ("case",)) if kid == day - 1 and tree.lower[kid] == "on"), None)
        if tree.deps[day] == "compound" and noun > day and case is not None and tree.deps[noun] == "obl" and noun != verb < day and not tree.kids_of(verb, ("obj", "ccomp")):
            changes |= {day: (verb, "obl"), case: (day, "case"), noun: (verb, "obj")}
    return _rebuilt(tree, changes) if changes else tree


def _hidden_verb(tree: Tree) -> Tree:
    """“said China must drop barriers” read as barriers of a kind: a verb with a subject or auxiliary of its own takes the noun as object."""
    for verb in tree.under(PREMODIFYING):
        noun = tree.heads[verb]
        if tree.upos[verb] != "VERB" or noun < verb or not any(tree.deps[kid] in ("aux", "nsubj") for kid in tree.kids[verb]):
            continue
        head = (verb, "ROOT") if tree.heads[noun] == noun else (tree.heads[noun], tree.deps[noun])
        before = {kid: (verb, tree.deps[kid]) for kid in tree.kids[noun] if kid < min([verb, *tree.kids[verb]])}
        return _rebuilt(tree, {**before, verb: head, noun: (verb, "obj")})
    return tree


def _speaker(tree: Tree) -> Tree:
    """“The Red Cross operating in Iraq said …” read as a clause before “said”: its subject speaks, the participle describes it."""
    for clause in tree.under(CLAUSAL):
        verb = tree.heads[clause]
        subject = next((kid for kid in tree.kids_of(clause, ("nsubj",)) if kid < clause), None)
        if (subject is not None and tree.xpos[clause] == "VBG" and clause < verb and tree.upos[verb] == "VERB"
                and not tree.kids_of(clause, ("aux", "mark")) and not tree.kids_of(verb, ("nsubj", "nsubj:pass")) and tree.lower[clause - 1] != ","):  # fmt: skip
            return _rebuilt(tree, {subject: (verb, "nsubj"), clause: (subject, "acl")})
    return tree


def _saying(tree: Tree) -> Tree:
    """“Farmers said on Friday they would blockade Paris” read as a clause beside what is said: the verb of saying heads it again."""
    for verb in tree.under(ADVERBIAL):
        content = tree.heads[verb]
        if (verb and tree.lemmas[verb] in SAYING and tree.xpos[verb] == "VBD" and verb < content and tree.kids_of(verb, ("nsubj",))
                and not tree.kids_of(verb, ("mark", "advmod", "ccomp")) and any(kid > verb for kid in tree.kids_of(content, ("nsubj", "nsubj:pass")))):  # fmt: skip
            above = (verb, "ROOT") if tree.heads[content] == content else (tree.heads[content], tree.deps[content])
            return _rebuilt(tree, {verb: above, content: (verb, "ccomp")})
    return tree


def _second_name(tree: Tree) -> Tree:
    """“Ilham Aliyev and Nikol Pashinyan” read as one name: what stands after “and” is coordinated, not a part."""
    changes: dict[int, tuple[int, str]] = {}
    for name in range(2, len(tree)):
        head = tree.heads[name]
        if tree.deps[name] == "flat" and head < name - 1 and tree.upos[name] == "PROPN" and "and" in tree.lower[head + 1 : name]:
            changes[name] = (head, "conj")
    return _rebuilt(tree, changes) if changes else tree


def _relative(tree: Tree) -> Tree:
    """“photographs to Macedonia, which prepares …” read as the photographs' clause: it belongs to the name right before its pronoun."""
    changes: dict[int, tuple[int, str]] = {}
    for pronoun in _places(tree.lower, WHO, 2):
        name = pronoun - 2 if tree.lower[pronoun - 1] == "," else pronoun - 1
        clause = tree.heads[pronoun]
        if tree.upos[name] == "PROPN" and tree.lemmas[clause] not in HARMING and tree.deps[clause] == "acl:relcl" and tree.deps[pronoun] in ("nsubj", "nsubj:pass"):
            while tree.deps[name] in ("flat", "compound") and tree.heads[name] != name:
                name = tree.heads[name]
            if tree.heads[clause] < name < clause:
                changes[clause] = (name, "acl:relcl")
    return _rebuilt(tree, changes) if changes else tree


def _perfect(tree: Tree) -> Tree:
    """“Japan has eased curbs” read as having eased curbs: the participle becomes the verb, “has” its auxiliary."""
    for have in _places(tree.lemmas[:-2], HAVING, 0):
        participle = next((t for t in (have + 1, have + 2) if tree.xpos[t] == "VBN" and tree.deps[t] == "amod"), None)
        if participle is None or tree.deps[tree.heads[participle]] != "obj" or tree.heads[tree.heads[participle]] != have:
            continue
        noun = tree.heads[participle]
        if any(kid < participle for kid in tree.kids_of(noun, ("det", "nmod:poss", "nummod"))):
            continue
        head = participle if tree.heads[have] == have else tree.heads[have]
        changes = {participle: (head, tree.deps[have]), have: (participle, "aux"), noun: (participle, "obj")}
        return _rebuilt(tree, {**{kid: (participle, tree.deps[kid]) for kid in tree.kids[have] if kid != noun}, **changes})
    return tree


def _past_tense(tree: Tree) -> Tree:
    """The tree, mended where its root is a noun phrase that hides a past-tense verb."""
    root = next((token for token, head in enumerate(tree.heads) if token == head), None)
    if root is None or tree.upos[root] not in ("NOUN", "PROPN") or any(tree.deps[kid] in ("cop", "nsubj", "nsubj:pass") for kid in tree.kids[root]):
        return tree
    for verb in tree.kids_of(root, ATTRIBUTE):
        if tree.upos[verb] == "VERB" and tree.xpos[verb] in PAST:
            if verb < root and verb > 0 and tree.upos[verb - 1] in ("NOUN", "PROPN"):
                return _premodifier_to_clause(tree, root, verb)
            if verb > root and tree.deps[verb] == "acl" and (tree.lemmas[verb] in ACTIVE or tree.kids_of(verb, ("obj", "ccomp", "xcomp"))):
                return _rebuilt(tree, {verb: (verb, "ROOT"), root: (verb, "nsubj")})
    return tree


def _premodifier_to_clause(tree: Tree, root: int, verb: int) -> Tree:
    """[The Pakistan army] violated [ceasefire]: what stands before the verb is its subject, the former root its object."""
    subject = verb - 1
    changes = {verb: (verb, "ROOT"), root: (verb, "obj"), subject: (verb, "nsubj")}
    for token in range(subject):
        if tree.heads[token] in (root, verb) and tree.deps[token] in NAMING:
            changes[token] = (subject, tree.deps[token])
        elif tree.heads[token] == root and tree.upos[token] in NOMINAL:
            changes[token] = (verb, "obl" if tree.kids_of(token, ("case",)) else tree.deps[token])
    for kid in tree.kids[root]:
        if kid > root and tree.deps[kid] in ("nmod", "obl", "advcl", "punct", "conj"):
            changes[kid] = (verb, "obl" if tree.deps[kid] == "nmod" else tree.deps[kid])
    return _rebuilt(tree, changes)


def _present_tense(tree: Tree, predicates: frozenset[str]) -> Tree:
    """“Hamas hands over the remains” read as one noun phrase: where no verb heads the sentence, the first noun that can be one does.

    It follows a noun and is no “of” phrase's head; what stands before it is its subject, what follows its object.
    """
    root = next((t for t in range(len(tree)) if tree.heads[t] == t), None)
    if root is None or tree.upos[root] not in ("NOUN", "PROPN", "ADJ", "NUM") or tree.kids_of(root, ("cop", "nsubj:pass")):
        return tree
    if tree.kids_of(root, ("nsubj",)):
        lemma = _verb_of(tree, root, predicates) if 0 < root < len(tree) - 1 else ""
        return _rebuilt(tree, {}, [lemma if t == root else old for t, old in enumerate(tree.lemmas)], {root: "VERB|VBZ"}) if lemma else tree
    start = next((t + 1 for t in range(min(len(tree), 14)) if tree.lower[t] == ":"), 0)
    for verb in range(start + 1, len(tree) - 1):
        if tree.upos[verb] in ("VERB", "AUX") and tree.xpos[verb] in ("VBZ", "VBD", "VBP", "MD"):
            return tree
        lemma = _verb_of(tree, verb, predicates)
        if lemma:
            return _noun_to_verb(tree, root, verb, lemma, start)
    return tree


def _verb_of(tree: Tree, token: int, predicates: frozenset[str]) -> str:
    """The lemma of the verb that a noun in this place may be, empty where it is none: “calls” after a name, “clash” after a plural."""
    word, before, after = tree.lower[token], token - 1, tree.lower[token + 1]
    if tree.upos[token] not in ("NOUN", "PROPN") or not tree.words[token].islower() or tree.upos[before] not in ("NOUN", "PROPN") or after in ("of", "and", ",", "'s", "’s", ".", "-"):
        return ""
    if word.endswith("s"):
        forms = (word[:-1], word[:-2] if word.endswith("es") else "", word[:-3] + "y" if word.endswith("ies") else "")
        return next((form for form in forms if form in predicates), "") if tree.xpos[before] in ("NN", "NNP", "NNPS") else ""
    return word if word in predicates and tree.xpos[before] == "NNS" and tree.upos[token + 1] != "NOUN" else ""


def _noun_to_verb(tree: Tree, root: int, verb: int, lemma: str, start: int) -> Tree:
    """The tree with the noun as its verb: the phrase before it the subject, the first bare phrase after it the object."""
    subject = verb - 1
    while start <= tree.heads[subject] < verb and tree.heads[subject] != subject:
        subject = tree.heads[subject]
    changes = {verb: (verb, "ROOT")}
    if start <= root < verb and subject != root:  # a court [in Norway sentences]: the verb's own modifiers are the subject's
        changes |= {kid: (subject, "case") if tree.deps[kid] == "case" else (root, "nmod") for kid in tree.kids[verb] if kid < verb}
        subject = root
    changes[subject] = (verb, "nsubj")
    for token in range(len(tree)):
        head = tree.heads[token]
        if token in changes or head not in (root, verb) and token != root:
            continue
        if token < verb:
            is_own = tree.deps[token] in NAMING and token >= start
            changes[token] = (subject, tree.deps[token]) if is_own and token < subject else (verb, "obl" if tree.kids_of(token, ("case",)) else tree.deps[token] if token != root else "dep")
        elif token == root or head == verb or head == root < verb:
            changes[token] = (verb, _as_complement(tree, token, verb))
    lemmas = [lemma if token == verb else old for token, old in enumerate(tree.lemmas)]
    return _rebuilt(tree, changes, lemmas, {verb: "VERB|VBZ"})


def _as_complement(tree: Tree, token: int, verb: int) -> str:
    """What a noun's modifier is when the noun turns out to be a verb."""
    dep = tree.deps[token]
    if tree.upos[token] == "VERB":
        marks = tree.prepositions(token)
        return "ccomp" if "that" in marks else "xcomp" if "to" in marks else "advcl" if dep in ("acl", "advcl", "ROOT") else dep
    if dep in ("nmod", "appos", "obl", "dep", "ROOT", "compound", "amod", "nmod:desc", "nmod:unmarked", "list", "conj") and tree.upos[token] in NOMINAL:
        return "obl" if tree.kids_of(token, ("case",)) else "obj"
    return "advmod" if tree.upos[token] == "ADP" else dep


def _rebuilt(tree: Tree, changes: dict[int, tuple[int, str]], lemmas: list[str] | None = None, retagged: dict[int, str] | None = None) -> Tree:
    heads, deps = list(tree.heads), list(tree.deps)
    for token, (head, dep) in changes.items():
        heads[token], deps[token] = head, dep
    tags = [f"{upos}|{xpos}" for upos, xpos in zip(tree.upos, tree.xpos, strict=True)]
    for token, tag in (retagged or {}).items():
        tags[token] = tag
    return Tree(tree.words, lemmas or tree.lemmas, tags, deps, heads, tree.starts)
