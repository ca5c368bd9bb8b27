"""Casualties a clause states: how many, how surely, whose; each number with the event it belongs to."""

import pytest

from dyadflow.coder.casualties import Harm, Toll, casualties
from dyadflow.coder.counts import MOST, counts
from dyadflow.coder.tree import Tree
from dyadflow.coder.words import number
from dyadflow.text.parse import one_sentence, tree_of

SENTENCES = [
    ("Twelve people were killed and 30 wounded when a bomb exploded in Kabul.", "killed", "k=12/exact/people w=30/exact/"),
    ("The shelling left 6,500 dead and hundreds wounded.", "shelling", "k=6500/exact/ w=200/minimum/"),
    ("Two of its troops had been killed and more than a dozen wounded.", "killed", "k=2/exact/its troops w=12/minimum/"),
    ("Azerbaijan is targeting civilian infrastructure, killing at least 49 Armenian soldiers.", "targeting", "k=49/minimum/Armenian soldiers"),
    ("A suicide bomber killed at least 12 people and wounded dozens of others, police said.", "killed", "k=12/minimum/people w=24/minimum/others"),
    ("Gunmen killed up to 20 civilians, including three children.", "killed", "k=20/maximum/civilians"),
    ("An attack by rebels claimed the lives of five soldiers.", "attack", "k=5/exact/soldiers"),
    ("At least 20 protesters were shot dead by police.", "shot", "k=20/minimum/protesters"),
    ("Five soldiers died in the attack.", "attack", "k=5/exact/soldiers"),
    ("The blast injured some 40 people, leaving three dead.", "blast", "k=3/exact/ w=40/about/people"),
    ("Armenia accused Azerbaijan of killing one of its soldiers.", "killing", "k=1/exact/its soldiers"),
    ("Militants attacked a convoy, killing three soldiers and two civilians.", "attacked", "k=5/exact/soldiers"),
    ("Police arrested two dozen demonstrators.", "arrested", "d=24/exact/demonstrators"),
    ("Between 10 and 20 people were killed in airstrikes.", "airstrikes", "k=10/minimum/people"),
    ("Israel killed three militants and Hamas killed 12 soldiers.", "killed", "k=3/exact/militants"),
    ("A soldier was killed in the clash.", "clash", "k=1/exact/soldier"),
    ("Russian forces killed a 12-year-old boy.", "killed", "k=1/exact/12 - year - old boy"),
    ("No one was killed in the attack.", "attack", ""),
    ("Rebels killed or wounded 12 soldiers.", "killed", ""),
    ("More than 100 people have been killed since Monday in fighting between the two armies.", "fighting", "k=100/minimum/people"),
    ("The army killed nearly 30 rebels in an airstrike.", "airstrike", "k=30/about/rebels"),
    ("The bombing of a market killed dozens.", "bombing", "k=24/minimum/"),
    ("The police detained hundreds of protesters in Minsk.", "detained", "d=200/minimum/protesters"),
    ("The killing of 12 people by soldiers was condemned by the UN.", "killing", "k=12/exact/people"),
    ("Saudi warplanes bombed a hospital, killing 10 to 15 patients and injuring 30.", "bombed", "k=10/minimum/patients w=30/exact/"),
    ("A car bomb killed more than two dozen people on Monday.", "bomb", "k=24/minimum/people"),
    ("Rebels killed a soldier and wounded three others.", "killed", "k=1/exact/soldier w=3/exact/others"),
    ("Nine policemen and 14 rebels died in the clashes.", "clashes", "k=23/exact/policemen"),
    ("Government troops attacked a village, leaving 20 people dead and 45 injured.", "attacked", "k=20/exact/people w=45/exact/"),
    ("Police shot dead three men in Karachi.", "shot", "k=3/exact/men"),
    ("The attack wounded hundreds.", "attack", "w=200/minimum/"),
    ("Two hundred people were arrested.", "arrested", "d=200/exact/people"),
    ("Troops killed 5,000,000,000 people.", "killed", ""),
    ("An airstrike hit a school, killing at least 12 children, officials said.", "hit", "k=12/minimum/children"),
    ("The army said it had killed around 50 militants.", "killed", "k=50/about/militants"),
    ("Police arrested 12 suspects after a bombing killed 20 people.", "arrested", "d=12/exact/suspects"),
    ("Police arrested 12 suspects after a bombing killed 20 people.", "bombing", "k=20/exact/people"),
    ("More than 70 civilians are believed to have been killed in airstrikes.", "airstrikes", "k=70/minimum/civilians"),
    ("Indonesian police arrest 24 people suspected of involvement in the 2002 Bali bombings and a 2003 attack on the hotel.", "arrest", "d=24/exact/people"),
    ("Troops killed 1,000,000 people.", "killed", "k=1000000/exact/people"),
    ("Troops killed 1,000,001 people.", "killed", ""),
    ("Troops killed 30% of the herd.", "killed", ""),
]
"""(sentence, trigger, killed / wounded / detained as number, bound, noun)."""


@pytest.mark.parametrize(("text", "trigger", "expected"), SENTENCES, ids=[f"{text[:40]} {trigger}" for text, trigger, _ in SENTENCES])
def test_casualties_of_the_clause_of_a_trigger(coder, text, trigger, expected):
    doc = one_sentence(coder.nlp, text)
    for _, stage in coder.nlp.pipeline:
        doc = stage(doc)
    tree = tree_of(doc)
    toll = casualties(tree, tree.words.index(trigger))
    said = [f"{kind}={harm.count}/{harm.bound}/{' '.join(tree.words[harm.first : harm.last])}" for kind, harm in zip("kwd", toll, strict=True) if harm.count is not None]
    assert " ".join(said) == expected


def sentence(text: str, tags: str, deps: str, heads: list[int], lemmas: str = "") -> Tree:
    return Tree(text.split(), (lemmas or text.lower()).split(), tags.split(), deps.split(), heads)


def test_dead_of_another_doer_are_not_those_of_the_trigger():
    """A conjunct with a subject of its own tells of another event."""
    tree = sentence("Israel attacked Gaza and Hamas killed 12 soldiers .", "PROPN|NNP VERB|VBD PROPN|NNP CCONJ|CC PROPN|NNP VERB|VBD NUM|CD NOUN|NNS PUNCT|.",
                    "nsubj root obj cc nsubj conj nummod obj punct", [1, 1, 1, 5, 5, 1, 7, 5, 1], "israel attack gaza and hamas kill 12 soldier .")  # fmt: skip
    assert casualties(tree, 1) == Toll()
    assert casualties(tree, 5).killed == Harm(12, "exact", 7, 8)


def test_negated_killing_has_no_number():
    tree = sentence("They did not kill 12 soldiers .", "PRON|PRP AUX|VBD PART|RB VERB|VB NUM|CD NOUN|NNS PUNCT|.", "nsubj aux advmod root nummod obj punct", [3, 3, 3, 3, 5, 3, 3])
    assert casualties(tree, 3) == Toll()


@pytest.mark.parametrize(
    ("words", "value", "bound"),
    [("at least 49 soldiers", 49, "minimum"), ("more than two dozen men", 24, "minimum"), ("as many as 30 men", 30, "maximum"), ("some 1,200 men", 1200, "about"),
     ("three hundred men", 300, "exact"), ("dozens of men", 24, "minimum"), ("thousands", 2000, "minimum"), ("no fewer than 8 men", 8, "minimum"),
     ("twenty-five men", 25, "exact"), ("12 or more men", 12, "minimum"), ("10 to 15 men", 10, "minimum")],
)  # fmt: skip
def test_bound_of_a_number(words, value, bound):
    found = counts(plain(words))[-1]
    assert (found.value, found.bound) == (value, bound)


@pytest.mark.parametrize("words", ["a number of men", "12 years", "no one", "9" * 5000 + " men", "40 percent", "-", "9,9,9,9,9,9,9,9,9 men"])
def test_no_number_of_people(words):
    assert counts(plain(words)) == ()


def plain(words: str) -> Tree:
    parts = words.split()
    tags = ["NUM|CD" if number(word) else "NOUN|NNS" if word in ("men", "soldiers", "years") else "X|X" for word in parts]
    lemmas = [{"years": "year", "men": "man"}.get(word, word) for word in parts]
    return Tree(parts, lemmas, tags, ["dep"] * len(parts), [0] * len(parts))


def test_upper_end_of_what_is_believed():
    assert counts(plain(f"{MOST} men"))[0].value == MOST and counts(plain(f"{MOST + 1} men")) == ()


def test_damaged_tree_gives_an_answer():
    """Heads in a circle."""
    tree = Tree(["troops", "killed", "12", "men"], ["troop", "kill", "12", "man"], ["NOUN|NNS", "VERB|VBD", "NUM|CD", "NOUN|NNS"], ["conj"] * 4, [1, 2, 3, 0])
    assert [casualties(tree, token).killed.count for token in range(4)] == [12] * 4


@pytest.mark.parametrize("unit", ["killed 12 men and ", "12 ", "a hundred ", "killed ", "two dozen or more "])
def test_time_grows_with_the_length_alone(unit):
    import time

    def seconds(count: int) -> float:
        words = (unit * count).split()[:count]
        tree = Tree(words, ["kill" if word == "killed" else word for word in words], ["VERB|VBD" if word == "killed" else "NUM|CD" for word in words], ["conj"] * count,
                    [max(0, n - 1) for n in range(count)])  # fmt: skip
        started = time.process_time()
        casualties(tree, count // 2)
        return time.process_time() - started

    seconds(10)
    assert seconds(8000) < max(0.5, 2.6 * seconds(4000))
