"""The decision over a batch: what is coded, repeated, left as it is, or taken back."""

import itertools
from datetime import date

import pytest

from dyadflow.decide import Known, decide
from dyadflow.settings import Settings
from dyadflow.text.near import Print, signatures
from dyadflow.versions import Versions

NOW, OLD = Versions("1", "new"), Versions("1", "old")
NONE = Versions(None, None)
STORY = "Russian artillery shelled the town of Izium in eastern Ukraine on Tuesday and killed four people, the regional governor said in a statement to reporters. "
OTHER = "The presidents of Chile and Peru signed a treaty on fishing and trade at a ceremony in Lima, and both parliaments are to vote on it before the summer."
SAME, UNLIKE = signatures([STORY * 2, OTHER])


def story(name: str, day: int, signature=SAME) -> Print:
    return Print(name, date(2022, 9, day), signature)


def decision(ids, known=None, prints=()):
    return decide(ids, known or {}, list(prints), Settings(), NOW)


def test_new_articles_are_coded():
    assert decision(["a", "b"], prints=[story("a", 1), story("b", 1, UNLIKE)]) == (["a", "b"], {}, [], {})


@pytest.mark.parametrize("state", ["coded", "no_event"])
def test_known_article_of_these_versions_is_unchanged(state):
    assert decision(["a"], {"a": Known(state, None, NOW)}, [story("a", 1)]) == ([], {}, ["a"], {})


@pytest.mark.parametrize("state", ["coded", "no_event"])
@pytest.mark.parametrize("versions", [OLD, Versions("0", "new")])
def test_known_article_of_other_versions_is_coded_anew(state, versions):
    assert decision(["a"], {"a": Known(state, None, versions)}, [story("a", 1)]) == (["a"], {}, [], {})


def test_known_duplicate_stays_one_whatever_the_versions():
    known = {"a": Known("coded", None, NOW), "b": Known("duplicate", "a", NONE)}
    assert decision(["b"], known, [story("a", 1), story("b", 2)]) == ([], {}, ["b"], {})


def test_new_article_that_repeats_a_stored_one_is_a_duplicate():
    assert decision(["b"], {"a": Known("coded", None, NOW)}, [story("a", 1), story("b", 2)]) == ([], {"b": "a"}, [], {})


def test_earlier_article_demotes_the_stored_original_and_its_duplicates():
    known = {"b": Known("coded", None, NOW), "c": Known("duplicate", "b", NONE)}
    found = decision(["a"], known, [story("a", 1), story("b", 2), story("c", 3)])
    assert found == (["a"], {}, [], {"b": "a", "c": "a"})


def test_stale_article_that_is_to_be_demoted_is_not_coded_anew():
    found = decision(["a", "b"], {"b": Known("coded", None, OLD)}, [story("a", 1), story("b", 2)])
    assert found.to_code == ["a"] and found.demoted == {"b": "a"}


def test_order_of_articles_and_prints_plays_no_part():
    known = {"c": Known("coded", None, NOW), "d": Known("coded", None, OLD)}
    prints = [story("a", 1), story("b", 2), story("c", 3), story("d", 9, UNLIKE)]
    found = set()
    for order in itertools.permutations(range(4)):
        one = decision([prints[i].article_id for i in order], known, [prints[i] for i in reversed(order)])
        found.add((tuple(sorted(one.to_code)), tuple(sorted(one.duplicates.items())), tuple(sorted(one.unchanged)), tuple(sorted(one.demoted.items()))))
    assert found == {(("a", "d"), (("b", "a"),), ("c",), (("c", "a"),))}


def test_every_article_has_exactly_one_place():
    known = {"c": Known("coded", None, NOW), "d": Known("coded", None, OLD)}
    prints = [story("a", 1), story("b", 2), story("c", 3), story("d", 9, UNLIKE)]
    found = decision("abcd", known, prints)
    assert sorted([*found.to_code, *found.duplicates, *found.unchanged]) == list("abcd")
