"""Any text and any tree: nothing raises, offsets are exact, codes are those of CAMEO."""

import csv
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dyadflow.coder.casualties import casualties
from dyadflow.coder.code import Coded, code_sentence, mention_rows
from dyadflow.coder.dates import when
from dyadflow.coder.tree import Tree
from dyadflow.coding import Source
from dyadflow.resources import resource
from dyadflow.schema import BASES, PRECISIONS, STATUSES
from dyadflow.text.clean import CONTROL, clean_text
from dyadflow.text.sentences import MAXIMUM, split_sentences
from dyadflow.versions import Versions

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
slow = settings(quick, max_examples=40)
with open(resource("seeds", "cameo", "codes.csv"), encoding="utf-8", newline="") as lines:
    CODES = {row["code"] for row in csv.DictReader(lines)}

WORDS = (
    "Russia Ukraine China India Israel Hamas the government minister of troops police and said will not did have been that to with by from in on Monday attack attacked shelled killed "
    "4 five condemned praised talks met visited accused threatened agreed signed ceasefire protest protesters arrested refused demanded , . “ ” ’s who each other his their Mr. U.S. no"
).split()
NEWS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
TEXT = st.text(st.characters(exclude_categories=()), max_size=300)
MIXED = st.lists(st.one_of(NEWS, TEXT, st.sampled_from(["\n\n", "\x00", "\u202e", "\ud800", "…", "." * 50, "A. " * 20, " " * 90])), max_size=6).map("".join)
DAY = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))


@quick
@given(MIXED)
@example("a\r\n \r\nb")
@example("\ufeff" * 5000)
def test_clean_text_never_raises_is_stable_and_can_be_stored(text):
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert not CONTROL.search(clean) and clean == clean.strip()
    clean.encode("utf-8")


@quick
@given(MIXED)
@example("x" * 20_000)
@example("(CNN) ")
@example("MOSCOW (AP) -- ")
def test_sentences_lie_where_they_say_in_order_and_nothing_is_lost(text):
    spans = split_sentences(text)
    assert all(span.text and len(span.text) <= MAXIMUM and text[span.start :][: len(span.text)] == span.text for span in spans)
    assert all(a.start + len(a.text) <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert "".join("".join(span.text for span in spans).split()) == "".join(text.split())


def check(rows: list[dict], text: str) -> None:
    """Codes are known, spans are exact."""
    for row in rows:
        assert row["action_code"] in CODES and row["status"] in STATUSES and 0 <= row["confidence"] <= 1
        assert text[row["sentence_start"] :][: len(row["sentence_text"])] == row["sentence_text"]
        for side, name in (("source", "source_name"), ("target", "target_name"), ("action", "action_text")):
            start, end = row[f"{side}_start"], row[f"{side}_end"]
            assert (start is None) is (end is None) is (row[name] is None)
            assert start is None or text[start:end] == row[name] and row[name]


@slow
@given(MIXED, DAY)
@example("Russia shelled Ukraine on Monday.", date(2022, 3, 2))
@example("Russia shelled Ukraine " + "and China " * 200, None)
@example("Russia shelled Ukraine. " * 60 + "\U0001f600 Russia shelled Ukraine.", None)
def test_coder_never_raises_on_any_text(coder, text, day):
    article = Source("a", clean_text(text), day)
    ((again, coded),) = coder.code([article])
    assert again is article
    check(list(coder.rows(article, coded, Versions("1", "d"))), article.text)


def test_the_simplest_sentence_is_coded(coder):
    """Without it the properties here could hold of a coder that codes nothing."""
    article = Source("a", "It rained. Russia shelled Ukraine on Monday.", date(2022, 3, 2))
    ((_, coded),) = coder.code([article])
    rows = list(coder.rows(article, coded, Versions("1", "d")))
    check(rows, article.text)
    assert [(row["source_actor_code"], row["action_code"][:2], row["target_actor_code"], row["sentence_number"]) for row in rows] == [("RUS", "19", "UKR", 1)]


@slow
@given(st.lists(MIXED, max_size=4))
def test_articles_come_back_in_order_each_once(coder, texts):
    articles = [Source(str(number), clean_text(text), None) for number, text in enumerate(texts)]
    found = list(coder.code(articles))
    assert [article.article_id for article, _ in found] == [article.article_id for article in articles]
    assert all(len(coded) == max(1, len(split_sentences(article.text))) for article, coded in found)


@slow
@given(st.lists(NEWS, min_size=1, max_size=4))
def test_rows_do_not_depend_on_the_company_of_other_articles(coder, texts):
    articles = [Source(str(number), clean_text(text), None) for number, text in enumerate(texts)]
    together = [list(coder.rows(article, coded, Versions("1", "d"))) for article, coded in coder.code(articles)]
    alone = [list(coder.rows(article, coded, Versions("1", "d"))) for one in articles for article, coded in coder.code([one])]
    assert together == alone


LABELS = (
    "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj cop csubj dep det discourse fixed flat flat:foreign goeswith iobj list mark nmod nmod:poss "
    "nsubj nsubj:pass nummod obj obl obl:agent obl:tmod obl:npmod parataxis punct root ROOT vocative xcomp expl unknown:label"
).split()
TAGS = ("NOUN|NN", "NOUN|NNS", "PROPN|NNP", "VERB|VBD", "VERB|VBN", "VERB|VBG", "VERB|VB", "VERB|VBZ", "AUX|VBD", "ADJ|JJ", "ADV|RB", "ADP|IN", "PRON|PRP", "DET|DT", "PART|TO", "CCONJ|CC",
        "SCONJ|IN", "NUM|CD", "PUNCT|,", "X|FW", "NOUN", "")  # fmt: skip
LEMMAS = {"attacked": "attack", "shelled": "shell", "killed": "kill", "condemned": "condemn", "met": "meet", "said": "say", "accused": "accuse", "threatened": "threaten", "did": "do",
          "agreed": "agree", "signed": "sign", "arrested": "arrest", "refused": "refuse", "demanded": "demand", "visited": "visit", "praised": "praise", "been": "be"}  # fmt: skip


CLAUSE = (
    ("Russia PROPN|NNP nsubj 1", "{} VERB|VBD ROOT 1", "Ukraine PROPN|NNP obj 1", ", PUNCT|, punct 5", "and CCONJ|CC cc 5", "{} VERB|VBD conj 1", "troops NOUN|NNS obj 5", "of ADP|IN case 8",
     "China PROPN|NNP nmod 6", "by ADP|IN case 10", "Israel PROPN|NNP obl 5"),
    ("Ukraine PROPN|NNP nsubj:pass 2", "was AUX|VBD aux:pass 2", "{} VERB|VBN ROOT 2", "by ADP|IN case 5", "Hamas PROPN|NNP compound 5", "troops NOUN|NNS obl:agent 2", "who PRON|WP nsubj 7",
     "{} VERB|VBD acl:relcl 5", "the DET|DT det 9", "attack NOUN|NN obj 7", "on ADP|IN case 11", "India PROPN|NNP nmod 9"),
)  # fmt: skip
"""Sentences whose verbs are left open, each word as `word tag label head`."""


@st.composite
def wild(draw, acyclic: bool):
    """News words under random heads, labels and tags; with circles and several roots unless `acyclic`."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    size = len(words)
    if acyclic:
        order = draw(st.permutations(range(size)))
        heads = [0] * size
        for place, token in enumerate(order):
            heads[token] = order[draw(st.integers(0, place - 1))] if place else token
    else:
        heads = draw(st.lists(st.integers(0, size - 1), min_size=size, max_size=size))
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=size, max_size=size))
    tags = draw(st.lists(st.sampled_from(TAGS), min_size=size, max_size=size))
    return words, tags, labels, heads


@st.composite
def bent(draw, acyclic: bool):
    """A sentence with some of its labels, tags and (unless `acyclic`) heads changed at random."""
    cells = [cell.split() for cell in draw(st.sampled_from(CLAUSE))]
    words = [draw(st.sampled_from(sorted(LEMMAS))) if cell[0] == "{}" else cell[0] for cell in cells]
    tags, labels, heads = [cell[1] for cell in cells], [cell[2] for cell in cells], [int(cell[3]) for cell in cells]
    place = st.integers(0, len(words) - 1)
    for column, values in ((labels, st.sampled_from(LABELS)), (tags, st.sampled_from(TAGS)), *([] if acyclic else [(heads, place)])):
        for token in draw(st.lists(place, max_size=4)):
            column[token] = draw(values)
    return words, tags, labels, heads


def tree_of(words, tags, labels, heads) -> Tree:
    return Tree(words, [LEMMAS.get(word, word.lower()) for word in words], tags, labels, heads)


@pytest.mark.parametrize("acyclic", [True, False], ids=["trees", "damaged trees"])
def test_rules_never_raise_on_any_tree(coder, acyclic):
    coded = []

    @settings(quick, max_examples=400)
    @given(wild(acyclic) | bent(acyclic), DAY)
    def holds(parts, day):
        tree = tree_of(*parts)
        text = " ".join(tree.words)
        mentions = code_sentence(tree, coder.dictionary, coder.lexicon, day)
        check(list(mention_rows("a", Coded(0, 0, text, tree, mentions), day)), text)
        coded.append(bool(mentions))

    holds()
    assert sum(coded) > 20, "hardly any tree was coded: the property says nothing"


TIMES = ("on in since by between and to from of the - – , . 3 12 31 2,000 1998 2022 99999 a an two dozen several few at least killed wounded men Monday Sunday May March 12–13 February "
         "August weekend 1990s ago earlier later week months years last next this yesterday same day overnight winter Christmas recent").split()  # fmt: skip
LABELLED = [*LABELS, "obl", "obl:unmarked", "nummod", "compound", "conj", "acl", "ccomp", "parataxis", "root"]


@quick
@given(st.lists(st.tuples(st.sampled_from(TIMES), st.sampled_from(TAGS), st.sampled_from(LABELLED), st.integers(0, 99)), min_size=1, max_size=14), st.none() | st.dates(), st.booleans())
def test_any_words_of_time_and_number_on_any_tree_have_a_date_and_a_toll(cells, day, has_happened):
    size = len(cells)
    words, tags, labels = ([cell[column] for cell in cells] for column in range(3))
    tree = Tree(words, [word.lower() for word in words], tags, labels, [cell[3] % size for cell in cells])
    for token in range(size):
        found = when(tree, token, day, has_happened)
        assert found.precision in PRECISIONS and found.basis in BASES and (found.start is None) == (found.precision == "none")
        assert found.start is None or found.start <= found.end and (found.precision != "day" or found.start == found.end)
        for harm in casualties(tree, token):
            assert (harm.count is None) == (harm.bound is None) and 0 <= harm.first <= harm.last <= size and 0 <= (harm.count or 0) <= 1_000_000


@pytest.mark.parametrize("size", [300, 600])
def test_long_chain_of_any_label_is_coded_within_a_second(coder, size):
    import time

    for label in ("conj", "xcomp", "acl", "nmod", "advcl", "ccomp", "appos"):
        words = ["Russia", "attacked"] * (size // 2)
        tags = ["PROPN|NNP", "VERB|VBD"] * (size // 2)
        tree = Tree(words, [LEMMAS.get(word, word.lower()) for word in words], tags, [label] * size, [max(0, token - 1) for token in range(size)])
        started = time.process_time()
        code_sentence(tree, coder.dictionary, coder.lexicon, None)
        assert time.process_time() - started < 1.5, label
