"""Writes dependency trees of made-up conflict news, to teach the models what general treebanks lack: `train.py` mixes them in.

    python training/trees.py [COUNT] > trees.conllu

Above all the past tense after a long subject (“Azerbaijan's defense ministry accused Armenia of …”) against the true participle
(“the town seized by rebels was retaken”). Labels and attachments follow the English Web Treebank. The same count gives the same trees.
"""

import random
import sys
from typing import NamedTuple

import words as W
from lemminflect import getInflection

UPOS = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "DT": "DET", "CD": "NUM", "RB": "ADV", "CC": "CCONJ", "TO": "PART", "POS": "PART",
        "IN": "ADP", "RP": "ADP", "MD": "AUX", "WP": "PRON", "PRP": "PRON", "PRP$": "PRON", ",": "PUNCT", ".": "PUNCT", "``": "PUNCT", "''": "PUNCT", "HYPH": "PUNCT"}
DETERMINERS = frozenset("the a an both this some".split())
GLUED = frozenset({",", ".", "'s", "’s", "-", "''"})
IRREGULAR = {("broadcast", "VBD"): "broadcast"}
SPLIT = 8  # each eighth entry of the lists of verbs, countries and names is kept for the held-out trees


class Phrase(NamedTuple):
    """Words with their tree: rows (form, upos, xpos, head within the phrase or -1, label), and whether a verb after it is plural."""

    rows: tuple
    plural: bool = False

    @property
    def head(self) -> int:
        """The place of the word all others hang on."""
        return next(at for at, row in enumerate(self.rows) if row[3] < 0)


def phrase(*parts, plural: bool | None = None) -> Phrase:
    """Joins parts left to right: one bare Phrase, the head, and (label, Phrase) pairs that hang on its head word."""
    sizes, core = [], next(part for part in parts if isinstance(part, Phrase))
    for part in parts:
        sizes.append(len(part.rows if isinstance(part, Phrase) else part[1].rows))
    top = sum(sizes[: parts.index(core)]) + core.head
    rows = []
    for part in parts:
        label, inner = (None, part) if isinstance(part, Phrase) else part
        start = len(rows)
        for form, upos, xpos, head, own in inner.rows:
            rows.append((form, upos, xpos, head + start if head >= 0 else -1 if label is None else top, label if head < 0 and label else own))
    return Phrase(tuple(rows), core.plural if plural is None else plural)


def word(form: str, xpos: str, upos: str = "") -> Phrase:
    """A single word; the part of speech follows from the tag where none is given."""
    return Phrase(((form, upos or UPOS.get(xpos, "VERB"), xpos, -1, ""),), xpos in ("NNS", "NNPS"))


COMMA, HYPHEN, TO = ("punct", word(",", ",")), ("punct", word("-", "HYPH")), ("mark", word("to", "TO"))


def nominal(text: str) -> Phrase:
    """The noun phrase of a word list: `the White* House` (adjectives end in *), `rebels+` (plural); the last word is the head."""
    parts, names = [], text.split()
    for at, name in enumerate(names):
        bare = name.strip("*+")
        proper = "P" if bare[0].isupper() else ""
        if at == len(names) - 1:
            return phrase(*parts, word(bare, f"NN{proper}S" if name[-1] == "+" and proper else "NNS" if name[-1] == "+" else f"NN{proper}"))
        if bare in DETERMINERS:
            parts.append(("det", word(bare, "DT")))
        elif name[-1] == "*":
            parts.append(("amod", word(bare, "NNP" if proper else "JJ", "ADJ")))
        elif bare in ("two", "several"):
            parts.append(("nummod", word(bare, "CD")) if bare == "two" else ("amod", word(bare, "JJ")))
        elif parts and parts[-1][0] == "amod" and bare in ("rights",):
            parts[-1] = ("compound", phrase(parts[-1], word(bare, f"NN{proper}S")))
        else:
            parts.append(("compound", word(bare, f"NN{proper}" if not bare.endswith("Rights") else "NNPS")))
    raise ValueError(text)


def case(preposition: str, noun: Phrase) -> Phrase:
    """A prepositional phrase."""
    return phrase(("case", word(preposition, "IN")), noun)


def inflect(lemma: str, xpos: str) -> str:
    """The form of a verb under a tag."""
    return lemma if xpos in ("VB", "VBP") else IRREGULAR.get((lemma, xpos)) or getInflection(lemma, xpos)[0]


def verb(lemma: str, xpos: str) -> Phrase:
    """A verb form."""
    return word(inflect(lemma, xpos), xpos, "VERB")


def auxiliary(form: str, xpos: str, label: str = "aux"):
    """An auxiliary with its label."""
    return label, word(form, xpos, "AUX")


class Writer:
    """Makes sentences up. `held_out` turns to the entries of the word lists that training does not draw.

    The constructions, and the verbs that stand in the code or in two lists (“said”, “killed”, “backed”), are common to both.
    """

    def __init__(self, seed: int, held_out: bool):
        self.random, self.held_out = random.Random(seed), held_out

    def chance(self, share: float) -> bool:
        """True in this share of calls."""
        return self.random.random() < share

    def any(self, values):
        """One of the values."""
        return self.random.choice(list(values))

    def own(self, values):
        """One of the values of this writer's share of the list."""
        values = list(values)
        return self.random.choice([v for at, v in enumerate(values) if (at % SPLIT == 3) == self.held_out] or values)

    # names and noun phrases

    def country(self) -> Phrase:
        """A country's name."""
        return nominal(self.own(W.COUNTRIES)[0])._replace(plural=False)

    def national(self) -> str:
        """A demonym, as nominal() takes it: `Turkish*`; now and then `US`."""
        name, demonym, _ = self.own(W.COUNTRIES)
        return self.any(("US", "U.S.")) if "States" in name else demonym + "*" if " Korea" not in name else "Japanese*"

    def premodified(self, text: str) -> Phrase:
        """“Turkish army chief”: the demonym as adjective (JJ, also where it is capitalised)."""
        nation = self.national()
        label = ("amod", word(nation[:-1], "JJ")) if nation[-1] == "*" else ("compound", word(nation, "NNP"))
        return phrase(label, nominal(text))

    def person(self) -> Phrase:
        """A full name, sometimes with a particle, sometimes the family name alone."""
        given, family = self.own(W.GIVEN), ("flat", word(self.own(W.FAMILY), "NNP"))
        middle = [("flat", word("bin", "NNP"))] if self.chance(0.06) else []
        if self.chance(0.06):
            family = ("flat", phrase(("punct", word("-", "HYPH")), family[1]))
            middle = [("flat", word("al", "NNP"))]
        return phrase(word(given, "NNP"), *middle, family) if self.chance(0.8) else word(self.own(W.FAMILY), "NNP")

    def city(self) -> Phrase:
        """A city."""
        return word(self.any(self.own(W.COUNTRIES)[2].split()), "NNP")

    def possessive(self, owner: Phrase):
        """An owner with its ending, as part of a phrase."""
        return "nmod:poss", phrase(owner, ("case", word(self.any(("'s", "'s", "’s")), "POS")))

    def titled(self) -> Phrase:
        """A title before a name: “Turkish President X”, “India's foreign minister X”, “US Secretary of State X”, “the chairman of Y, X”."""
        name, kind = self.person(), self.random.random()
        title = self.any(W.TITLES)
        former = [("amod", word("former", "JJ"))] if self.chance(0.07) else []
        if kind < 0.25:
            return phrase(*former, self.possessive(self.country()), ("nmod", nominal(title)), name)
        if kind < 0.6:
            return phrase(*former, ("nmod", self.premodified(title)), name)
        if kind < 0.7:
            office = phrase(nominal(self.any(("US Secretary", "U.S. Secretary", "Secretary"))), ("nmod", case("of", word(self.any(("State", "Defense")), "NNP"))))
            return phrase(("nmod", office), name)
        if kind < 0.78:
            chair = phrase(nominal(self.any(("the chairman", "the president", "the head", "chairman"))), ("nmod", case("of", nominal(self.own(W.BODIES)))))
            return phrase(("nmod", chair), name)
        return phrase(*former, ("nmod", nominal(title)), name)

    def apposed(self) -> Phrase:
        """A name and who that is, between commas."""
        office = phrase(nominal(self.any(("the head", "the leader", "a spokesman", "the chief", "a senior* member", "the spokeswoman"))),
                        ("nmod", case(self.any(("of", "of", "for")), nominal(self.own(W.BODIES)))))
        if self.chance(0.4):
            office = phrase(self.possessive(self.country()), nominal(self.any(W.LEADERS[:3])))
        return phrase(self.person(), ("appos", phrase(COMMA, office)), COMMA)

    def backed(self) -> Phrase:
        """“Turkish-backed Syrian rebels”."""
        nation, group = self.national().replace("U.S.", "US"), nominal(self.any(("rebels+", "militants+", "forces+", "fighters+", "troops+", "separatists+", "coalition", "militia", "government")))
        first = ("compound", phrase(word(nation[:-1], "JJ"), HYPHEN)) if nation[-1] == "*" else ("obl:unmarked", phrase(word(nation, "NNP"), HYPHEN))
        link = ("amod", phrase(first, word(self.any(("backed", "led", "controlled", "funded", "held")), "VBN")))
        other = [("amod", word(self.own([c for c in W.COUNTRIES if " " not in c[0]])[1], "JJ"))] if self.chance(0.5) else []
        article = [("det", word("the", "DT"))] if self.chance(0.3) or not group.plural else []
        return phrase(*article, link, *other, group)

    def loyal(self) -> Phrase:
        """“Troops loyal to X”, “rebels backed by X”, “soldiers accused of …”, “officials in Kabul”: a group with something after it."""
        group, kind = nominal(self.any([g for g in W.GROUPS if g.endswith("+") and not g.startswith(("both", "the two"))])), self.random.random()
        if kind < 0.35:
            return phrase(group, ("amod", phrase(word("loyal", "JJ"), ("obl", case("to", self.any((self.person, self.titled))())))))
        if kind < 0.6:
            agent = self.any((self.country, lambda: nominal(self.own(W.BODIES))))()
            return phrase(group, ("acl", phrase(verb(self.any(("back", "support", "arm", "train", "fund", "lead")), "VBN"), ("obl:agent", case("by", agent)))))
        if kind < 0.75:
            return phrase(group, ("acl", self.charged()))
        if kind < 0.85:
            return phrase(group, ("acl:relcl", self.relative()))
        return phrase(group, ("nmod", case("in", self.city())))

    def charged(self) -> Phrase:
        """“accused of killing protesters”, “suspected of abuses”, as participles."""
        lemma, preposition = self.any((("accuse", "of"), ("suspect", "of"), ("charge", "with"), ("convict", "of"), ("arrest", "for"), ("jail", "for")))
        return phrase(verb(lemma, "VBN"), self.charge(preposition))

    def charge(self, preposition: str):
        """“of shelling Goma” or “of abuses”, as part of a clause."""
        if self.chance(0.25):
            return "obl", case(preposition, nominal(self.any(("abuses+", "treason", "terrorism", "war crimes+", "espionage", "corruption", "aggression", "human* rights violations+"))))
        gerund = self.any(W.CHARGES).split()
        inner, rest = gerund[0], gerund[1:]
        target = self.any((self.actor, self.country, self.city, lambda: nominal(self.any(W.VICTIMS)), lambda: nominal(self.any(W.NOUNS))))()
        mark = ("mark", word(preposition, "IN", "SCONJ"))
        if not rest:
            return "advcl", phrase(mark, word(inner, "VBG"), ("obj", target))
        if rest[0] == "aid":
            return "advcl", phrase(mark, word(inner, "VBG"), ("obj", word("aid", "NN")), ("obl", case("to", target)))
        return "advcl", phrase(mark, word(inner, "VBG"), ("obl", case(rest[0], target)))

    def relative(self) -> Phrase:
        """“who seized the town”."""
        return phrase(("nsubj", word("who", "WP")), *self.deed("VBD", short=True))

    def actor(self, simple: bool = False) -> Phrase:
        """Someone who acts or is acted upon."""
        kinds = [self.country, self.country, lambda: nominal(self.own(W.BODIES)), lambda: nominal(self.any(W.GROUPS)), self.person, self.titled,
                 lambda: self.premodified(self.any(W.LEADERS)), lambda: phrase(("det", word("the", "DT")), self.premodified(self.any(W.LEADERS))),
                 lambda: phrase(self.possessive(self.country()), nominal(self.any(W.LEADERS))), lambda: phrase(self.possessive(self.country()), nominal(self.any(W.LEADERS))),
                 self.backed, lambda: self.premodified(self.any([g for g in W.GROUPS if " " not in g]))]
        if not simple:
            kinds += [self.titled, self.titled, self.apposed, self.loyal, self.pair, self.of_phrase]
        found = self.any(kinds)()
        return found._replace(plural=False) if found.rows[found.head][2] == "NNPS" and found.rows[found.head][0] in ("States", "Nations") else found

    def pair(self) -> Phrase:
        """“X and Y”, now and then “X, Y and Z”."""
        middle = [("conj", phrase(COMMA, self.country()))] if self.chance(0.2) else []
        first = self.any((self.country, self.country, lambda: self.actor(simple=True)))()
        return phrase(first, *middle, ("conj", phrase(("cc", word("and", "CC")), self.actor(simple=not middle) if not middle else self.country())), plural=True)

    def of_phrase(self) -> Phrase:
        """“a spokesman for the Taliban”, “the army of Sudan”, “dozens of rebels”."""
        if self.chance(0.3):
            return phrase(nominal(self.any(("dozens+", "hundreds+", "thousands+", "scores+"))), ("nmod", case("of", nominal(self.any(W.VICTIMS)))))
        if self.chance(0.5):
            return phrase(nominal(self.any(("a spokesman", "a lawyer", "a spokeswoman"))), ("nmod", case("for", nominal(self.own(W.BODIES)))))
        return phrase(nominal(self.any(("the army", "the president", "the government", "the parliament", "the king", "the foreign* minister"))), ("nmod", case("of", self.country())))

    def place(self) -> Phrase:
        """A place that can be taken or shelled."""
        site = self.any(("the town", "the city", "the port", "the village", "the district"))
        kind = self.random.random()
        if kind < 0.25:
            return self.city()
        if kind < 0.45:
            return phrase(nominal(site), ("nmod", case("of", self.city())))
        if kind < 0.65:
            return phrase(nominal(self.any(("a village", "an airport", "a hospital", "a base", "a school", "positions+", "several* villages+", "a convoy", "targets+", "a camp"))),
                          ("nmod", case(self.any(("near", "in", "outside")), self.city())))
        if kind < 0.75:
            return phrase(("det", word("the", "DT")), self.premodified(self.any(("embassy", "capital", "border", "consulate", "town"))))
        if kind < 0.85:
            return phrase(("det", word("the", "DT")), ("amod", verb(self.any(("besiege", "occupy", "contest", "divide", "annex")), "VBN")), nominal(self.any(("town", "region", "territory", "city"))))
        return nominal(self.any(W.NOUNS[-11:]))

    def where(self) -> Phrase:
        """A place for “in”."""
        kind = self.random.random()
        if kind < 0.4:
            return self.city()
        if kind < 0.6:
            return self.country()
        if kind < 0.75:
            return phrase(self.possessive(self.country()), phrase(("compound", self.city()), nominal(self.any(("province", "region", "district")))))
        if kind < 0.9:
            return phrase(("det", word("the", "DT")), self.premodified(self.any(("capital", "city", "town", "province"))), ("nmod", case("of", self.city())))
        return phrase(("amod", word(self.any(("northern", "southern", "eastern", "western", "central")), "JJ")), nominal(self.own([c for c in W.COUNTRIES if " " not in c[0]])[0]))

    def people(self) -> Phrase:
        """“at least 12 civilians”, “two Turkish soldiers”, “dozens of people”."""
        number = self.any(W.NUMBERS)
        if number.endswith("s"):
            return phrase(word(number, "NNS"), ("nmod", case("of", nominal(self.any(W.VICTIMS)))))
        least = [("nmod", phrase(("case", word("at", "IN")), word("least", "JJS", "ADJ")))] if self.chance(0.4) else []
        victims = self.any(W.VICTIMS)
        state = [("amod", verb(self.any(W.BEFORE_NOUN[3:]), "VBN"))] if self.chance(0.1) else []
        nation = [("amod", word(self.own([c for c in W.COUNTRIES if " " not in c[0]])[1], "JJ"))] if self.chance(0.3) and " " not in victims else []
        return phrase(("nummod", phrase(*least, word(number, "CD"))), *state, *nation, nominal(victims))

    # verbs with what follows them

    def deed(self, xpos: str, short: bool = False, bare: bool = False) -> list:
        """A verb in the form of a tag with its objects, as parts of a clause."""
        kinds = [self.to_person] * 6 + [self.to_place] * 5 + [self.with_thing] * 8 + [self.against] * 2
        if not short:
            kinds += [self.control] * 3 + [self.vow] * 2 + [self.claim] * 2
        return self.any(kinds)(xpos)

    def to_person(self, xpos: str) -> list:
        """“accused Armenia of shelling Goma”, “arrested two activists”."""
        lemma = self.own(W.PEOPLE) if self.chance(0.75) else self.own(W.GERUND)
        target = self.people() if self.chance(0.25) else self.actor(simple=True)
        parts = [verb(lemma, xpos), ("obj", target)]
        if lemma in W.GERUND and self.chance(0.75):
            parts.append(self.charge(W.GERUND[lemma]))
        elif self.chance(0.15):
            parts.append(("obl", case("over", nominal(self.any(W.NOUNS)))))
        return parts

    def to_place(self, xpos: str) -> list:
        """“seized the town of Goma”; at times “took control of …”."""
        if self.chance(0.08):
            return [verb("take", xpos), ("obj", phrase(word("control", "NN"), ("nmod", case("of", self.place()))))]
        return [verb(self.own(W.PLACES), xpos), ("obj", self.place())]

    def with_thing(self, xpos: str) -> list:
        """“imposed sanctions on Iran”, “held talks with …”, “violated the ceasefire”."""
        lemma = self.own(W.THINGS)
        frame = self.any(W.THINGS[lemma].split("|")).split()
        parts = [verb(lemma, xpos)]
        if frame[0][-1] == "^":
            parts.append(("compound:prt", word(frame.pop(0)[:-1], "RP")))
        noun, link = nominal(self.head_of(frame)), frame[-1]
        noun = self.inner(noun, frame)
        if self.chance(0.2) and frame[0] not in DETERMINERS:
            new = verb(self.any(W.BEFORE_NOUN[:2]), "VBN") if self.chance(0.3) else word(self.any(("new", "fresh", "more", "further", "heavy")), "JJ")
            noun = phrase(("amod", new), noun)
        if self.chance(0.2):
            return [*parts, ("obj", noun)]
        target = self.where() if link.strip(">") in ("in", "near") else self.actor(simple=True)
        return [*parts, ("obj", noun), ("obl", case(link[1:], target))] if link[0] == ">" else [*parts, ("obj", phrase(noun, ("nmod", case(link, target))))]

    @staticmethod
    def head_of(frame: list[str]) -> str:
        """The words of a frame up to an inner “of”, “for” or “by”, or its last preposition."""
        inner = next((at for at, name in enumerate(frame) if name in ("of", "for", "by") and at < len(frame) - 1), len(frame) - 1)
        return " ".join(frame[:inner])

    @staticmethod
    def inner(noun: Phrase, frame: list[str]) -> Phrase:
        """The noun with the inner phrase of its frame: “a state [of emergency] in”."""
        inner = next((at for at, name in enumerate(frame) if name in ("of", "for", "by") and at < len(frame) - 1), None)
        return noun if inner is None else phrase(noun, ("nmod", case(frame[inner], nominal(" ".join(frame[inner + 1 : -1])))))

    def against(self, xpos: str) -> list:
        """“clashed with police”, “fled to Kenya”."""
        lemma = self.own(W.AGAINST)
        preposition = self.any(W.AGAINST[lemma].split())
        target = self.where() if preposition in ("in", "through") else nominal(self.any(W.NOUNS)) if preposition in ("over", "for") or lemma == "agree" and preposition == "on" else self.actor(simple=True)
        return [verb(lemma, xpos), ("obl", case(preposition, target))]

    def infinitive(self) -> Phrase:
        """“to attack the town”."""
        if self.chance(0.5):
            return phrase(TO, verb(self.any(W.INTRANSITIVE), "VB"))
        return phrase(TO, *self.deed("VB", short=True))

    def control(self, xpos: str) -> list:
        """“urged Iran to withdraw”."""
        lemma = self.own(W.CONTROL)
        label = "iobj" if lemma in ("urge", "ask", "tell", "allow", "warn") else "obj"
        negation = [("advmod", word("not", "RB", "PART"))] if lemma in ("warn", "urge", "order") and self.chance(0.4) else []
        return [verb(lemma, xpos), (label, self.actor(simple=True)), ("xcomp", phrase(*negation, self.infinitive()))]

    def vow(self, xpos: str) -> list:
        """“agreed to withdraw”."""
        return [verb(self.own(W.VOW), xpos), ("xcomp", self.infinitive())]

    def claim(self, xpos: str) -> list:
        """“said (on Tuesday) that …”."""
        time = [self.time()] if self.chance(0.25) else []
        mark = [("mark", word("that", "IN", "SCONJ"))] if self.chance(0.5) or time else []
        return [verb(self.own(W.SAY), xpos), *time, ("ccomp", phrase(*mark, self.clause(plain=True)))]

    # clauses

    def finite(self, subject: Phrase, tense: str, short: bool) -> list:
        """A verb in a tense, agreeing with its subject, with what follows it; auxiliaries first."""
        if tense == "past":
            return self.deed("VBD", short)
        if tense == "present":
            return self.deed("VBP" if subject.plural else "VBZ", short)
        if tense == "perfect":
            lead = [auxiliary("have", "VBP") if subject.plural else auxiliary("has", "VBZ")] if self.chance(0.75) else [auxiliary("had", "VBD")]
            return [*lead, *self.deed("VBN", short)]
        if tense == "progressive":
            return [auxiliary(*(("are", "VBP") if subject.plural else ("is", "VBZ"))), *self.deed("VBG", short)]
        if tense == "due":
            return [auxiliary(*(("are", "VBP") if subject.plural else ("is", "VBZ"))), TO, *self.deed("VB", short)]
        negation = [("advmod", word("not", "RB", "PART"))] if self.chance(0.2) else []
        return [auxiliary(self.any(("will", "would", "could", "may")), "MD"), *negation, *self.deed("VB", short)]

    def clause(self, plain: bool = False, adjuncts: int | None = None) -> Phrase:
        """A clause without its full stop."""
        if self.chance(0.14):
            return self.passive()
        subject = self.actor(simple=plain and self.chance(0.7))
        tense = self.random.choices(("past", "perfect", "future", "due", "progressive", "present"), (64, 14, 8, 3, 4, 5))[0]
        adverb = [("advmod", word(self.any(("also", "repeatedly", "reportedly", "immediately", "again", "earlier", "once", "briefly")), "RB"))] if self.chance(0.06) else []
        parts = self.finite(subject, tense, short=plain)
        at = next(n for n, part in enumerate(parts) if isinstance(part, Phrase))
        parts[at:at] = adverb
        more = [] if plain and self.chance(0.6) else self.adjuncts(self.random.choice((0, 0, 1, 1, 1, 2)) if adjuncts is None else adjuncts)
        if not plain and tense == "past" and self.chance(0.08):
            more.append(("conj", phrase(("cc", word("and", "CC")), *self.deed("VBD", short=True))))
        return phrase(("nsubj", subject), *parts, *more)

    def passive(self) -> Phrase:
        """“The town was retaken by the army in May”; the subject may carry a participle of its own."""
        if self.chance(0.5):
            lemma, subject = self.own(W.PLACES), self.place()
            if self.chance(0.4):
                subject = phrase(subject, ("acl", phrase(verb(self.own(W.PLACES), "VBN"), ("obl:agent", case("by", self.actor(simple=True))))))
        else:
            lemma, subject = self.own(W.PEOPLE), self.any((self.people, self.loyal, self.actor))()
        be = self.random.random()
        if be < 0.65:
            parts = [auxiliary("were" if subject.plural else "was", "VBD", "aux:pass")]
        elif be < 0.85:
            parts = [auxiliary(*(("have", "VBP") if subject.plural else ("has", "VBZ"))), auxiliary("been", "VBN", "aux:pass")]
        else:
            parts = [auxiliary("will", "MD"), auxiliary("be", "VB", "aux:pass")]
        agent = [("obl:agent", case("by", self.actor(simple=True)))] if self.chance(0.45) else [self.charge(W.GERUND[lemma])] if lemma in W.GERUND else []
        return phrase(("nsubj:pass", subject), *parts, verb(lemma, "VBN"), *agent, *self.adjuncts(self.random.choice((0, 1, 1))))

    def time(self):
        """“on Tuesday”, bare “Tuesday”, “last week”, “in March”."""
        kind = self.random.random()
        if kind < 0.4:
            return "obl", case("on", word(self.any(W.DAYS), "NNP"))
        if kind < 0.6:
            return "obl:unmarked", word(self.any(W.DAYS), "NNP")
        if kind < 0.75:
            return "obl:unmarked", phrase(("amod", word("last", "JJ")), word(self.any(("week", "month", "year")), "NN"))
        if kind < 0.85:
            return "obl", case("in", word(self.any(W.MONTHS), "NNP"))
        return "obl", case("in", word(str(self.random.randint(1990, 2025)), "CD"))

    def adjuncts(self, count: int) -> list:
        """So many ends of a clause: only the first tells the time, and what starts with a comma comes last."""
        found = [self.adjunct() for _ in range(count)]
        if count > 1 and (found[0][0] == "advcl" or found[0][0] == found[1][0] or "unmarked" in found[1][0]):
            return found[:1]
        return found

    def adjunct(self):
        """Something that may end a clause."""
        kind = self.random.random()
        if kind < 0.42:
            return self.time()
        if kind < 0.62:
            return "obl", case("in", self.where())
        if kind < 0.72:
            return "advcl", phrase(("mark", word(self.any(("after", "after", "as", "because", "while")), "IN", "SCONJ")), self.clause(plain=True, adjuncts=0))
        if kind < 0.78:
            return "advcl", phrase(("mark", word(self.any(("after", "before", "without", "by")), "IN", "SCONJ")), *self.deed("VBG", short=True))
        if kind < 0.84:
            return "advcl", phrase(TO, *self.deed("VB", short=True))
        if kind < 0.90:
            return "advcl", phrase(COMMA, verb(self.any(("kill", "wound", "injure")), "VBG"), ("obj", self.people()))
        preposition = self.any(("amid", "despite", "during", "after", "over", "without"))
        noun = self.any(("tensions+", "protests+", "a wave of protests", "the war", "fears+", "warnings+", "weeks+ of fighting", "fierce* fighting", "a crackdown", "the talks+"))
        head, _, rest = noun.partition(" of ")
        return "obl", case(preposition, phrase(nominal(head), *([("nmod", case("of", nominal(rest + ("+" if rest.endswith("s") else ""))))] if rest else [])))

    # sentences

    def sentence(self) -> Phrase:
        """A whole sentence."""
        forms = (self.statement, self.headline, self.reported, self.quoted, self.according, self.event, self.fronted)
        return self.random.choices(forms, (58, 12, 5, 8, 4, 7, 8))[0]()

    def statement(self) -> Phrase:
        """A plain clause."""
        return self.stop(self.clause())

    @staticmethod
    def stop(clause: Phrase) -> Phrase:
        """The clause with its full stop."""
        return phrase(clause, ("punct", word(".", ".")))

    def headline(self) -> Phrase:
        """“Russia accuses Ukraine of shelling Donetsk”, “Two soldiers killed in Mali”; full stop or not."""
        subject = self.actor(simple=True)
        ending = [("punct", word(".", "."))] if self.chance(0.4) else []
        if self.chance(0.12):
            return phrase(("nsubj:pass", self.people()), verb(self.any(("kill", "wound", "arrest", "kidnap")), "VBN"), ("obl", case("in", self.where())), *ending)
        return phrase(("nsubj", subject), *self.deed("VBP" if subject.plural else "VBZ"), *([self.adjunct()] if self.chance(0.3) else []), *ending)

    def speaker(self) -> Phrase:
        """Who is quoted."""
        return self.any((self.titled, self.person, lambda: nominal(self.any(("the ministry", "officials+", "police+", "the agency", "witnesses+", "the army", "the statement"))), self.actor))()

    def reported(self) -> Phrase:
        """“X said on Tuesday that …”."""
        return self.stop(phrase(("nsubj", self.speaker()), *self.claim("VBD")))

    def quoted(self) -> Phrase:
        """““…,” the ministry said.” or without quotation marks."""
        marks = [("punct", word(mark, tag)) for mark, tag in (('"', "``"), ('"', "''"))] if self.chance(0.5) else [None, None]
        said = phrase(*filter(None, [marks[0], self.clause(plain=True), COMMA, marks[1]]))
        if self.chance(0.2):
            return phrase(("ccomp", said), verb("say", "VBD"), ("nsubj", self.person()), ("punct", word(".", ".")))
        return phrase(("ccomp", said), ("nsubj", self.speaker()), verb("say", "VBD"), *([self.time()] if self.chance(0.3) else []), ("punct", word(".", ".")))

    def according(self) -> Phrase:
        """“…, according to officials.”"""
        source = phrase(("case", phrase(word("according", "VBG"), ("fixed", word("to", "IN")))), self.any((lambda: nominal(self.any(("officials+", "witnesses+", "local* media+", "a statement"))), lambda: self.actor(simple=True)))())
        if self.chance(0.3):
            return self.stop(phrase(("obl", phrase(source, COMMA)), self.clause(plain=True)))
        return self.stop(phrase(self.clause(plain=True), ("obl", phrase(COMMA, source))))

    def event(self) -> Phrase:
        """“The shelling of X by Y killed two people”, “Talks between X and Y ended in Z”."""
        if self.chance(0.35):
            return self.stop(self.done())
        if self.chance(0.4):
            both = phrase(self.country(), ("conj", phrase(("cc", word("and", "CC")), self.country())), plural=True)
            talks = phrase(nominal(self.any(("talks+", "fighting", "clashes+", "tensions+", "peace talks+", "relations+"))), ("nmod", case("between", both)))
            return self.stop(phrase(("nsubj", talks), verb(self.any(W.BEGINNINGS), "VBD"), self.time(), ("obl", case("in", self.where()))))
        attack = self.any((lambda: phrase(nominal(self.any(("the shelling", "the bombing", "the siege", "the capture"))), ("nmod", case("of", self.city())), ("nmod", case("by", self.actor(simple=True)))),
                           lambda: phrase(("det", word("the", "DT")), self.premodified(self.any(W.ATTACKS)), ("nmod", case("on", self.city()))),
                           lambda: phrase(self.possessive(self.country()), nominal(self.any(W.ATTACKS)), ("nmod", case(self.any(("in", "on")), self.city())))))()
        return self.stop(phrase(("nsubj", attack), verb(self.any(("kill", "wound", "injure", "displace")), "VBD"), ("obj", self.people()), *([self.time()] if self.chance(0.4) else [])))

    def done(self) -> Phrase:
        """“Sanctions imposed on Iran by the EU ended in May”: a participle after its noun, then the verb."""
        participle, (_, noun), *rest = [part for part in self.with_thing("VBN") if isinstance(part, Phrase) or part[0] != "compound:prt"]
        agent = [("obl:agent", case("by", self.actor(simple=True)))] if self.chance(0.6) or not rest else [self.time()]
        subject = phrase(self.bare(noun), ("acl", phrase(participle, *rest, *agent)))
        if self.chance(0.5):
            return phrase(("nsubj", subject), verb(self.any(W.BEGINNINGS), "VBD"), self.adjunct())
        return phrase(("nsubj:pass", subject), auxiliary("were" if subject.plural else "was", "VBD", "aux:pass"), verb(self.any(("condemn", "lift", "reject", "criticize", "welcome")), "VBN"),
                      ("obl:agent", case("by", self.actor(simple=True))))

    @staticmethod
    def bare(noun: Phrase) -> Phrase:
        """The noun up to its head word, without what follows."""
        return Phrase(noun.rows[: noun.head + 1], noun.plural)

    def fronted(self) -> Phrase:
        """“On Tuesday, X …”, “After seizing the town, X …”."""
        kind = self.random.random()
        if kind < 0.45:
            label, first = self.time()
        elif kind < 0.55:
            helper = ("obl:agent", case("by", self.actor(simple=True)))
            label, first = "advcl", self.charged() if self.chance(0.4) else phrase(verb(self.any(("back", "support", "lead", "arm")), "VBN"), helper)
        elif kind < 0.75:
            label, first = "advcl", phrase(("mark", word(self.any(("after", "before", "by", "since")), "IN", "SCONJ")), *self.deed("VBG", short=True))
        else:
            label, first = "advcl", phrase(("mark", word(self.any(("after", "as", "when", "while")), "IN", "SCONJ")), self.clause(plain=True, adjuncts=0))
        return self.stop(phrase((label, phrase(first, *([COMMA] if self.chance(0.85) else []))), self.clause(plain=True)))


def generate(count: int, held_out: bool = False, longest: int = 45) -> list[Phrase]:
    """So many different sentences of at most `longest` words."""
    writer, seen = Writer(2024 + held_out, held_out), {}
    while len(seen) < count:
        made = writer.sentence()
        if len(made.rows) <= longest:
            seen.setdefault(" ".join(row[0] for row in made.rows), made)
    return list(seen.values())


def conllu(trees) -> str:
    """The trees as CoNLL-U text."""
    blocks = []
    for made in trees:
        lines, opened = [], False
        for at, (form, upos, xpos, head, label) in enumerate(made.rows):
            after = made.rows[at + 1] if at + 1 < len(made.rows) else None
            opened = xpos == "``"
            glue = opened or form == "-" or after is not None and (after[0] in GLUED or after[2] == "''")
            shown = form[:1].upper() + form[1:] if at == 0 or made.rows[at - 1][2] == "``" and at == 1 else form
            lines.append("\t".join([str(at + 1), shown, "_", upos, xpos, "_", str(head + 1), label or "root", "_", "SpaceAfter=No" if glue else "_"]))
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks) + "\n"


if __name__ == "__main__":
    sys.stdout.write(conllu(generate(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)))
