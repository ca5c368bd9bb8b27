"""Text made fit to read, cut into sentences with exact offsets, named by language, and compared with its neighbours."""

import itertools
import time
from datetime import date, datetime

import pytest

from dyadflow.coder.dictionary import load_dictionary
from dyadflow.text.clean import clean_text
from dyadflow.text.language import language_of
from dyadflow.text.near import Print, originals, shingles, signatures, similarity
from dyadflow.text.parse import tokenizer_of
from dyadflow.text.sentences import MAXIMUM, split_sentences


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("one\ntwo\nthree", "one two three"),
        ("one\r\n\r\ntwo\rthree", "one\n\ntwo three"),
        ("one \n \t \n\n two", "one\n\ntwo"),
        ("  a\u00a0\u2003b\t\tc  ", "a b c"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("safe\u202egnp.exe\u2066\u200f", "safegnp.exe"),
        ("\ufeffzero\u200bwidth", "zerowidth"),
        ("Pe\u0301rez", "P\u00e9rez"),
        ("a\ud800b", "a\ufffd\ufffd\ufffdb"),
        ("", ""),
        (" \n\n ", ""),
        ("a\x9b31mb\x85c", "a31mbc"),
        ("a\u061cb", "ab"),
        ("one\u2028two\u2029three", "one two\n\nthree"),
        ("Pe\u200b\u0301rez", "P\u00e9rez"),
        ("one\r\x00\ntwo", "one two"),
    ],
)
def test_clean_text_has_one_form_of_space_and_no_control_characters(raw, clean):
    assert clean_text(raw) == clean


def test_cleaning_twice_changes_nothing():
    once = clean_text(" A \n\n\n b\tc\u00a0\n d ")
    assert clean_text(once) == once == "A\n\nb c d"


SENTENCES = {
    "titles": ["Mr. Smith met Gen. Lee.", "They talked."],
    "saint": ["The St. Petersburg talks failed.", "All left."],
    "initials": ["J. K. Toledo spoke to George W. Bush.", "He left."],
    "country inside": ["U.S. forces left the base.", "They went home."],
    "country at the end": ["He lives in the U.S.", "The war ended."],
    "decimals": ["Prices rose 3.5 percent.", "They fell later."],
    "number": ["He went to No. 10 Downing Street.", "Then he went home."],
    "month": ["Talks began on Sept. 12 in Geneva.", "They ended."],
    "clock inside": ["He met them at 5 p.m. Monday.", "They talked."],
    "clock at the end": ["It ended at 5 p.m.", "The talks failed."],
    "quote": ["“We will fight.”", "He left."],
    "quote in a sentence": ["“Is it over?” he asked.", "Nobody knew."],
    "quote after a comma": ["He said, “We will fight.”", "Then he left."],
    "pronoun I": ["So did I.", "He left."],
    "marks": ["What now?", "Nobody knows!", "It ended…", "He left."],
    "dateline with agency": ["MOGADISHU, Somalia (AP) --", "Troops left.", "They went."],
    "dateline with day": ["GENEVA, March 5 (Reuters) -", "Talks began.", "They ended."],
    "dateline of a station": ["(CNN)", "Troops left.", "They went."],
    "dateline in small letters": ["Moscow (AFP) -", "Talks began.", "They ended."],
    "no full stop": ["One sentence only"],
}


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_end_where_a_reader_ends_them(name):
    text = " ".join(SENTENCES[name])
    spans = split_sentences(text)
    assert [span.text for span in spans] == SENTENCES[name]
    assert all(text[span.start :][: len(span.text)] == span.text for span in spans)


def test_blank_line_ends_a_sentence_and_offsets_stay_exact():
    text = "Headline without stop\n\nThe story  began.   It\n\n\n ended."
    spans = split_sentences(text)
    assert [span.text for span in spans] == ["Headline without stop", "The story  began.", "It", "ended."]
    assert all(text[span.start :][: len(span.text)] == span.text for span in spans)


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_blank_text_has_no_sentence(text):
    assert split_sentences(text) == []


@pytest.mark.parametrize("text", ["x" * 9_001, "word " * 3_000, "é " * 4_500])
def test_endless_piece_is_cut_without_loss(text):
    spans = split_sentences(text)
    assert max(len(span.text) for span in spans) <= MAXIMUM
    assert all(text[span.start :][: len(span.text)] == span.text for span in spans)
    assert "".join(span.text for span in spans).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The president met the prime minister on Monday.", "en"),
        ("Kim Jong-un visited Xi Jinping, Beijing confirmed Tuesday", "en"),
        ("Le président de la République a rencontré hier le premier ministre à Paris pour discuter de la crise.", "fr"),
        ("Der Bundeskanzler traf am Montag den Präsidenten in Berlin, um über die Krise zu sprechen.", "de"),
        ("El presidente se reunió ayer con el ministro para hablar de la crisis en el país.", "es"),
        ("Президент встретился вчера с премьер-министром в Москве.", "ru"),
    ],
)
def test_language_is_told(text, language):
    assert language_of(text) == language


STORY = "Russian artillery shelled the town of Izium in eastern Ukraine on Tuesday and killed four people, the regional governor said in a statement to reporters. "
OTHER = "The presidents of Chile and Peru signed a treaty on fishing and trade at a ceremony in Lima, and both parliaments are to vote on it before the summer."
PRINTS = dict(
    zip(("first", "same", "other", "agency"), signatures([STORY * 2, STORY * 2 + "More follows.", OTHER, "KYIV, Sept. 13 (AP) -- " + STORY * 2 + "(Reuters)"]), strict=True)
)


def prints(**days) -> list[Print]:
    """`a_first=1` is article `a` with the text `first`, published on the 1st; None where no day is known."""
    return [Print(name.split("_")[0], day and date(2022, 9, day), PRINTS[name.split("_")[1]]) for name, day in days.items()]


def test_dateline_and_agency_do_not_count():
    assert shingles("KYIV, Sept. 13 (AP) -- Troops left the town.") == shingles("Troops left the town.")
    assert similarity(PRINTS["first"], PRINTS["agency"]) == 1


def test_repeated_story_is_found_and_another_is_not():
    assert originals(prints(a_first=1, b_same=2, c_other=2), 0.7, 3) == {"b": "a"}


@pytest.mark.parametrize(("first", "second", "found"), [(1, 4, True), (1, 5, False), (None, None, True), (1, None, False)])
def test_only_near_days_make_duplicates(first, second, found):
    assert bool(originals(prints(a_first=first, b_same=second), 0.7, 3)) is found


def test_original_is_the_earliest_then_the_least_id_whatever_the_order():
    stories = prints(d_first=3, c_same=2, b_agency=2, a_first=4)
    for order in itertools.permutations(stories):
        assert originals(list(order), 0.7, 3) == {"d": "b", "c": "b", "a": "b"}


def test_chain_of_near_days_is_one_cluster():
    assert originals(prints(a_first=1, b_same=4, c_first=7), 0.7, 3) == {"b": "a", "c": "a"}


def test_link_found_before_holds_where_the_texts_alone_would_not():
    stories = prints(a_first=1, b_other=9)
    assert originals(stories, 0.7, 3) == {}
    assert originals(stories, 0.7, 3, [("b", "a"), ("b", "gone")]) == {"b": "a"}


def test_times_and_days_compare_alike():
    stories = [Print("a", datetime(2022, 9, 1, 23), PRINTS["first"]), Print("b", datetime(2022, 9, 4, 1), PRINTS["same"])]
    assert originals(stories, 0.7, 3) == {"b": "a"}


def growth(work, size: int) -> float:
    """How much more processor time four times as much takes, by the best of three tries."""

    def seconds(count: int) -> float:
        tries = []
        for _ in range(3):
            started = time.process_time()
            work(count)
            tries.append(time.process_time() - started)
        return min(tries)

    return seconds(4 * size) / seconds(size)


def copies(count: int) -> None:
    originals([Print(str(number), date(2022, 9, 1), PRINTS["first"]) for number in range(count)], 0.7, 3)


def markets(count: int) -> None:
    """The same text, on another day each time."""
    originals([Print(str(number), date.fromordinal(700_000 + number), PRINTS["first"]) for number in range(count)], 0.7, 3)


LINEAR = {
    "clean news": (lambda count: clean_text("Troops left the town.\n" * count), 4000),
    "clean blank lines": (lambda count: clean_text("\n" * count), 40_000),
    "clean line separators": (lambda count: clean_text("\u2028" * count + "a"), 20_000),
    "clean next lines": (lambda count: clean_text("\x85" * count + "a"), 40_000),
    "clean spaces": (lambda count: clean_text(" " * count + "a"), 40_000),
    "split news": (lambda count: split_sentences("Troops left the U.S. town. " * count), 2000),
    "split dots": (lambda count: split_sentences("." * count + "a"), 40_000),
    "split dots and quotes": (lambda count: split_sentences(".”" * count + "a"), 20_000),
    "split letters": (lambda count: split_sentences("x" * count), 400_000),
    "split dateline": (lambda count: split_sentences("AAA" + "-A" * count), 20_000),
    "split names": (lambda count: split_sentences("AAA" + ", A.A-A" * count), 4000),
    "shingle dateline": (lambda count: shingles("AA" + " " * count), 40_000),
    "compare copies": (copies, 300),
    "compare copies of many days": (markets, 300),
}


@pytest.mark.parametrize("name", LINEAR)
def test_four_times_as_much_takes_about_four_times_as_long(name):
    work, size = LINEAR[name]
    assert growth(work, size) < 10


def test_every_phrase_of_the_dictionary_is_split_as_the_parser_splits(coder):
    """The short way past the tokenizer gives what the tokenizer itself gives, for every phrase there is."""
    quick, phrases = tokenizer_of(coder.nlp), {}
    load_dictionary(lambda phrase: phrases.setdefault(phrase, quick(phrase)))
    assert len(phrases) > 10_000
    assert not [phrase for phrase, words in phrases.items() if words != [token.text for token in coder.nlp.tokenizer(phrase)]]


@pytest.mark.parametrize("phrase", ["", "cannot", "U.S.", "don't say", "Cote d'Ivoire", "Pas-de-Calais", "two  spaces", "id Im", "São Tomé", "3km a.m."])
def test_odd_phrases_are_split_as_the_parser_splits(coder, phrase):
    assert tokenizer_of(coder.nlp)(phrase) == [token.text for token in coder.nlp.tokenizer(phrase)]
