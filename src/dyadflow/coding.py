"""The coding stage: a coder ready to work, and shards of articles coded anywhere.

`code_shard` is a pure function of its input file and the versions; it runs the same in this process, in another, or on
another machine, and needs neither the store nor Prefect.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dyadflow.coder.code import Coded, code_next, mention_rows
from dyadflow.coder.dictionary import Dictionary, load_dictionary
from dyadflow.coder.discourse import START, Discourse
from dyadflow.coder.gazetteer import Gazetteer, load_gazetteer
from dyadflow.coder.lexicon import Lexicon, load_lexicon
from dyadflow.coder.places import setting_of
from dyadflow.coder.sentence import QUOTES
from dyadflow.ids import content_id
from dyadflow.resources import Added, resource
from dyadflow.schema import ARTICLES, MENTIONS, polars_schema
from dyadflow.text.parse import load_parser, model_path, one_sentence, tokenizer_of, tree_of
from dyadflow.text.sentences import split_sentences
from dyadflow.versions import CODER_VERSION, Versions

BATCH = 256
SEED_FOLDERS = ("actors", "cameo", "grammar", "places", "verbs")


class Source(NamedTuple):
    """What the coder needs of an article: id, text, day of publication or None."""

    article_id: str
    text: str
    published: date | None


class Coder(NamedTuple):
    """Parser, actor dictionary, event lexicon and gazetteer of one version, and the dictionary that was added to them."""

    nlp: object
    dictionary: Dictionary
    lexicon: Lexicon
    gazetteer: Gazetteer
    sentence_tokens: int = 400
    added: Added | None = None

    def code(self, articles: Iterable[Source]) -> Iterator[tuple[Source, list[Coded]]]:
        """Each article with its coded sentences, in order; parsing runs in batches across articles."""
        jobs = ((span, (article, number)) for article in articles for number, span in enumerate(split_sentences(article.text) or [None]))
        texts = ((span.text if span else "", (span, *context)) for span, context in jobs)
        current, coded, before, end = None, [], START, 0
        for doc, (span, article, number) in self.nlp.pipe(self._docs(texts), as_tuples=True, batch_size=BATCH):
            if current is not None and article is not current:
                yield current, coded
                coded, before, end = [], START, 0
            current = article
            if span and "\n\n" in article.text[end : span.start] and span.text[:1] not in QUOTES:
                before = before._replace(is_quoted=False)  # a new paragraph goes on with a quotation only where it opens it anew
            end = span.start + len(span.text) if span else 0
            sentence, before = self._coded(doc, span, number, article.published, before)
            coded.append(sentence)
        if current is not None:
            yield current, coded

    def _docs(self, texts: Iterable[tuple[str, tuple]]) -> Iterator[tuple[object, tuple]]:
        """Tokenised sentences; one over the limit is emptied so that neither parser nor rules meet it."""
        for text, context in texts:
            doc = one_sentence(self.nlp, text)
            yield (doc if len(doc) <= self.sentence_tokens else self.nlp.make_doc("")), context

    def _coded(self, doc, span, number: int, published: date | None, before: Discourse) -> tuple[Coded, Discourse]:
        if span is None or not len(doc):
            return Coded(number, span.start if span else 0, span.text if span else "", tree_of(doc), []), before
        tree = tree_of(doc)
        mentions, now = code_next(tree, self.dictionary, self.lexicon, published, before, span.text)
        return Coded(number, span.start, span.text, tree, mentions, before), now

    def rows(self, article: Source, coded: list[Coded], versions: Versions) -> Iterator[dict]:
        """The rows of table `mentions` of one article, with ids and versions."""
        for row in self.placed_rows(article, coded):
            yield {**row, "mention_id": _mention_id(row), **versions._asdict()}

    def placed_rows(self, article: Source, coded: list[Coded]) -> Iterator[dict]:
        """The same without ids and versions."""
        if not any(sentence.mentions for sentence in coded):
            return
        setting = setting_of([sentence.tree for sentence in coded], self.gazetteer)
        for sentence in coded:
            yield from mention_rows(article.article_id, sentence, article.published, self.gazetteer, setting)


def code_shard(path: str, out_dir: str, model: str | None = None, sentence_tokens: int = 400, added: Added | None = None) -> dict:
    """Code the articles of a Parquet file; writes `<stem>.mentions.parquet` and `<stem>.articles.parquet` beside each other in `out_dir`.

    Returns a summary {path, articles, sentences, mentions, seconds}. Files appear whole or not at all, so that a killed
    worker leaves nothing half done and a finished shard need not be done again.
    """
    import time

    import polars as pl

    started, stem = time.perf_counter(), Path(path).stem
    outputs = [Path(out_dir) / f"{stem}.{kind}.parquet" for kind in ("mentions", "articles")]
    if all(output.exists() for output in outputs):
        done = pl.read_parquet(outputs[1])
        return _summary(path, done.height, done["sentence_count"].sum(), pl.scan_parquet(outputs[0]).select(pl.len()).collect().item(), started)
    folder = Path(model) if model else None
    coder, versions = load_coder(folder, sentence_tokens, added), current_versions(folder, added)
    frame = pl.read_parquet(path, columns=["article_id", "text", "published_at"])
    sources = [Source(i, text, moment.date() if moment else None) for i, text, moment in frame.iter_rows()]
    mentions, results = [], []
    for source, coded in coder.code(sources):
        rows = list({row["mention_id"]: row for row in coder.rows(source, coded, versions)}.values())
        mentions += rows
        results.append({"article_id": source.article_id, "sentence_count": len(coded), "state": "coded" if rows else "no_event", **versions._asdict()})
    _write(pl.DataFrame(mentions, schema=_mention_schema(), infer_schema_length=None), outputs[0])
    _write(pl.DataFrame(results, schema=_result_schema()), outputs[1])
    return _summary(path, len(results), sum(r["sentence_count"] for r in results), len(mentions), started)


def _summary(path: str, articles: int, sentences: int, mentions: int, started: float) -> dict:
    import time

    return {"path": path, "articles": articles, "sentences": sentences, "mentions": mentions, "seconds": round(time.perf_counter() - started, 2)}


def _result_schema() -> dict:
    """What coding adds to an article's row."""
    schema = polars_schema(ARTICLES)
    return {name: schema[name] for name in ("article_id", "sentence_count", "state", "coder_version", "dictionary_hash")}


def _mention_schema() -> dict:
    """The columns of `mentions` as coding fills them; `event_id` is the next stage's."""
    schema = polars_schema(MENTIONS)
    return {name: dtype for name, dtype in schema.items() if name != "event_id"}


def _write(frame, path: Path) -> None:
    """A Parquet file that appears whole: written beside its place, then moved."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    frame.write_parquet(temporary, compression="zstd")
    os.replace(temporary, path)


def _mention_id(row: dict) -> str:
    names = ("article_id", "sentence_number", "action_start", "source_actor_code", "source_start", "action_code", "target_actor_code", "target_start", "status")
    return content_id(*(row[name] for name in names))


@lru_cache(maxsize=2)
def load_coder(model: Path | None = None, sentence_tokens: int = 400, added: Added | None = None) -> Coder:
    """The coder with the library's own seeds and model, and a dictionary added to them, loaded once per process."""
    nlp = load_parser(model)
    return Coder(nlp, load_dictionary(tokenizer_of(nlp), None, added), load_lexicon(None, added), load_gazetteer(), sentence_tokens, added)


@lru_cache(maxsize=4)
def current_versions(model: Path | None = None, added: Added | None = None) -> Versions:
    """The versions that rows coded now carry: the hash covers every seed file, an added dictionary's, and the model's files."""
    files = sorted(path for name in SEED_FOLDERS for path in resource("seeds", name).rglob("*.csv"))
    folder = model_path(model)
    files += sorted(path for path in folder.rglob("*") if path.is_file())
    parts = [f"{path.name}:{_file_hash(path)}" for path in files]
    if added:
        parts += [f"{'alone' if added.is_alone else 'added'}:{path.name}:{_file_hash(path)}" for part in ("actors", "verbs") for path in added.files(part)]
    return Versions(CODER_VERSION, content_id(*parts)[:12])


def _file_hash(path: Path) -> str:
    from hashlib import blake2b

    return blake2b(path.read_bytes(), digest_size=16).hexdigest()
