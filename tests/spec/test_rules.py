"""The coding rules on trees built by hand: words, tags, relations and heads say everything, no model is loaded.

Each row of a tree reads `word lemma UPOS|XPOS relation head`, heads counted from 1, 0 for the root.
"""

import pytest

from dyadflow.coder.code import code_sentence
from dyadflow.coder.dictionary import load_dictionary
from dyadflow.coder.lexicon import load_lexicon
from dyadflow.coder.tree import Tree


def tree(text: str) -> Tree:
    rows = [line.split() for line in text.strip().splitlines()]
    heads = [int(row[4]) - 1 if row[4] != "0" else number for number, row in enumerate(rows)]
    return Tree([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], [r[3] for r in rows], heads)


def coded(text: str) -> set[tuple[str, str, str, str]]:
    mentions = code_sentence(tree(text), load_dictionary(), load_lexicon(), None)
    return {(m.source.code if m.source else "---", m.code[:2], m.target.code if m.target else "---", m.standing.status) for m in mentions}


CASES = {
    "active": ("""
        Russia russia PROPN|NNP nsubj 2
        attacked attack VERB|VBD ROOT 0
        Ukraine ukraine PROPN|NNP obj 2
        . . PUNCT|. punct 2""", ("RUS", "19", "UKR", "fact")),
    "passive with agent": ("""
        Ukraine ukraine PROPN|NNP nsubj:pass 3
        was be AUX|VBD aux:pass 3
        attacked attack VERB|VBN ROOT 0
        by by ADP|IN case 5
        Russia russia PROPN|NNP obl:agent 3
        . . PUNCT|. punct 3""", ("RUS", "19", "UKR", "fact")),
    "negated": ("""
        Russia russia PROPN|NNP nsubj 4
        did do AUX|VBD aux 4
        not not PART|RB advmod 4
        attack attack VERB|VB ROOT 0
        Ukraine ukraine PROPN|NNP obj 4""", ("RUS", "19", "UKR", "negated")),
    "possible": ("""
        Russia russia PROPN|NNP nsubj 3
        may may AUX|MD aux 3
        attack attack VERB|VB ROOT 0
        Ukraine ukraine PROPN|NNP obj 3""", ("RUS", "19", "UKR", "conditional")),
    "claimed": ("""
        Poland poland PROPN|NNP nsubj 2
        said say VERB|VBD ROOT 0
        Russia russia PROPN|NNP nsubj 4
        attacked attack VERB|VBD ccomp 2
        Ukraine ukraine PROPN|NNP obj 4""", ("RUS", "19", "UKR", "claimed")),
    "denied": ("""
        Russia russia PROPN|NNP nsubj 2
        denied deny VERB|VBD ROOT 0
        it it PRON|PRP nsubj 5
        had have AUX|VBD aux 5
        attacked attack VERB|VBN ccomp 2
        Ukraine ukraine PROPN|NNP obj 5""", ("RUS", "19", "UKR", "denied")),
    "relative clause": ("""
        Russia russia PROPN|NNP nsubj 6
        , , PUNCT|, punct 4
        which which PRON|WDT nsubj 4
        attacked attack VERB|VBD acl:relcl 1
        Ukraine ukraine PROPN|NNP obj 4
        slept sleep VERB|VBD ROOT 0""", ("RUS", "19", "UKR", "fact")),
    "coordinated doers": ("""
        France france PROPN|NNP nsubj 4
        and and CCONJ|CC cc 3
        Germany germany PROPN|NNP conj 1
        condemned condemn VERB|VBD ROOT 0
        Iran iran PROPN|NNP obj 4""", ("DEU", "11", "IRN", "fact")),
    "composed demand": ("""
        Turkey turkey PROPN|NNP nsubj 2
        ordered order VERB|VBD ROOT 0
        Greece greece PROPN|NNP obj 2
        to to PART|TO mark 5
        withdraw withdraw VERB|VB xcomp 2
        from from ADP|IN case 7
        Cyprus cyprus PROPN|NNP obl 5""", ("TUR", "10", "GRC", "fact")),
    "accusation and the act": ("""
        Armenia armenia PROPN|NNP nsubj 2
        accused accuse VERB|VBD ROOT 0
        Azerbaijan azerbaijan PROPN|NNP obj 2
        of of SCONJ|IN mark 5
        attacking attack VERB|VBG advcl 2
        Georgia georgia PROPN|NNP obj 5""", ("AZE", "19", "GEO", "alleged")),
    "will not": ("""
        Syria syria PROPN|NNP nsubj 4
        will will AUX|MD aux 4
        not not PART|RB advmod 4
        negotiate negotiate VERB|VB ROOT 0
        with with ADP|IN case 6
        Israel israel PROPN|NNP obl 4""", ("SYR", "12", "ISR", "fact")),
    "mutual": ("""
        France france PROPN|NNP nsubj 4
        and and CCONJ|CC cc 3
        Germany germany PROPN|NNP conj 1
        met meet VERB|VBD ROOT 0
        . . PUNCT|. punct 4""", ("DEU", "04", "FRA", "fact")),
    "event noun with its doer": ("""
        The the DET|DT det 2
        shelling shelling NOUN|NN nsubj 7
        of of ADP|IN case 4
        Ukraine ukraine PROPN|NNP nmod 2
        by by ADP|IN case 6
        Russia russia PROPN|NNP nmod 2
        continued continue VERB|VBD ROOT 0""", ("RUS", "19", "UKR", "fact")),
    "country and role": ("""
        Israeli israeli ADJ|JJ amod 2
        soldiers soldier NOUN|NNS nsubj 3
        attacked attack VERB|VBD ROOT 0
        Lebanon lebanon PROPN|NNP obj 3""", ("ISRMIL", "19", "LBN", "fact")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_rule(name):
    text, wanted = CASES[name]
    assert wanted in coded(text), coded(text)


def test_nothing_is_coded_without_an_actor():
    assert not coded("""
        Critics critic NOUN|NNS nsubj 2
        attacked attack VERB|VBD ROOT 0
        the the DET|DT det 4
        novel novel NOUN|NN obj 2""")  # fmt: skip


def test_a_hidden_past_tense_is_mended():
    found = coded("""
        The the DET|DT det 5
        Russian russian ADJ|JJ amod 3
        army army NOUN|NN compound 4
        attacked attack VERB|VBN amod 5
        Ukraine ukraine PROPN|NNP ROOT 0""")  # fmt: skip
    assert ("RUSMIL", "19", "UKR", "fact") in found


def test_a_circle_in_a_damaged_tree_ends():
    damaged = tree("a a NOUN|NN nsubj 2\nattacked attack VERB|VBD ROOT 1\nUkraine ukraine PROPN|NNP obj 2")
    damaged.heads = [1, 0, 1]
    code_sentence(damaged, load_dictionary(), load_lexicon(), None)
