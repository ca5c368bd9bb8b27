"""The adapter to spaCy: sentences in, role-view trees out. The only module that knows the parser."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from dyadflow.coder.tree import Tree
from dyadflow.errors import DictionaryError
from dyadflow.resources import resource

DEFAULT_MODEL = "en_ud_news_w96"
LEMMA_POS = {"VERB": "VERB", "AUX": "AUX", "NOUN": "NOUN", "PROPN": "PROPN", "ADJ": "ADJ", "ADV": "ADV"}
COLUMNS = ("HEAD", "ORTH", "TAG", "DEP", "IDX")
"""What a tree is made of, as spaCy names it; HEAD counts from the token itself."""
UNGRADED = frozenset({"ADJ|JJ", "ADJ|NNP", "ADJ|VBN", "ADJ|VBG"})
"""Adjectives that are no comparative and so are their own lemma: Israeli, arrest."""
FIXED_LEMMAS = {("left", "VERB"): "leave", ("fell", "VERB"): "fall", ("wounded", "VERB"): "wound", ("found", "VERB"): "find", ("ground", "VERB"): "grind",
                ("data", "NOUN"): "data", ("media", "NOUN"): "media", ("forces", "NOUN"): "force", ("people", "NOUN"): "people", ("lay", "VERB"): "lay",
                ("laid", "VERB"): "lay", ("bound", "VERB"): "bind", ("shot", "VERB"): "shoot", ("tear-gassed", "VERB"): "tear-gas"}


def model_path(path: Path | None = None) -> Path:
    """The folder of the syntactic model: the given one, else the one that ships with the library."""
    return Path(path) if path else resource("seeds", "model", DEFAULT_MODEL)


@lru_cache(maxsize=2)
def load_parser(path: Path | None = None):
    """The spaCy pipeline (tok2vec, tagger, parser), loaded once per process.

    Raises DictionaryError naming the folder where it is no spaCy model.
    """
    import spacy

    folder = model_path(path)
    try:
        return spacy.load(folder)
    except (OSError, ValueError) as error:
        raise DictionaryError(f"{folder}: no usable spaCy model ({str(error).splitlines()[0]})") from error


@lru_cache(maxsize=200_000)
def lemma(word: str, upos: str) -> str:
    """The lower-case dictionary form of a word under its part of speech: (“struck”, VERB) → “strike”."""
    low = word.lower()
    fixed = FIXED_LEMMAS.get((low, upos))
    if fixed or upos not in LEMMA_POS or not low.isascii():
        return fixed or low
    from lemminflect import getLemma

    if upos == "PROPN":
        return low
    found = getLemma(low, "VERB" if upos == "AUX" else upos)
    return found[0].lower() if found else low


@lru_cache(maxsize=2)
def tokenizer_of(nlp) -> Callable[[str], list[str]]:
    """The parser's own tokenizer as a function from a phrase to its words.

    A word of letters alone that the tokenizer has no rule for stays whole, so most phrases need not go through it;
    the others do word by word, each different one once.
    """
    rules = frozenset(nlp.tokenizer.rules)

    @lru_cache(maxsize=100_000)
    def parts(word: str) -> tuple[str, ...]:
        return tuple(token.text for token in nlp.tokenizer(word))

    def tokenize(phrase: str) -> list[str]:
        words = phrase.split(" ")
        if rules.isdisjoint(words) and all(map(str.isalpha, words)):
            return words
        return [part for word in words for part in parts(word)] if all(words) else list(parts(phrase))

    return tokenize


def one_sentence(nlp, text: str):
    """The tokenised text as a Doc that the parser must read as one sentence, under one root."""
    doc = nlp.make_doc(text)
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def tree_of(doc) -> Tree:
    """The role-view tree of a parsed spaCy Doc that holds one sentence."""
    strings = doc.vocab.strings
    rows = doc.to_array(COLUMNS)
    orths, tags, deps, starts = rows[:, 1:].T.tolist()
    heads = [at + step for at, step in enumerate(rows[:, 0].astype("int64").tolist())]
    words = [_word(strings, orth, tag) for orth, tag in zip(orths, tags, strict=True)]
    return Tree([word for word, _, _ in words], [low for _, low, _ in words], [tag for _, _, tag in words], [_text(strings, dep) for dep in deps], heads, starts)


@lru_cache(maxsize=200_000)
def _word(strings, orth: int, tag: int) -> tuple[str, str, str]:
    """(word, lemma, tag) by the numbers that spaCy gives word and tag."""
    word, name = strings[orth], strings[tag]
    return word, word.lower() if name in UNGRADED else lemma(word, name.partition("|")[0]), name


@lru_cache(maxsize=4096)
def _text(strings, number: int) -> str:
    return strings[number]


def parse_sentences(nlp, sentences: Iterable[str], batch: int = 256) -> Iterator[Tree]:
    """A tree for each sentence, in order; the same whatever the batch size."""
    for doc in nlp.pipe((one_sentence(nlp, sentence) for sentence in sentences), batch_size=batch):
        yield tree_of(doc)
