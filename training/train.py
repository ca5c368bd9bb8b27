"""Builds a syntactic model of `seeds/model/` from treebank files, and measures it.

    python training/train.py --ud DIR --out DIR [--width 64|96] [--trees 3000] [--start MODEL --steps 3000] [--evaluate MODEL ...]

DIR holds CoNLL-U files, gzipped: `ewt_train`, `gum_train`, `pud_wiki` (to learn from), `ewt_dev`, `gum_dev` (to choose the best
step), `ewt_test`, `gum_news_test`, `pud_news_test` (to measure). The project's own trees (`trees.py`) are mixed in. Each sentence
is a document of its own, as at run time. Tags are `UPOS|XPOS`. With `--start` an existing model is trained further.
"""

import argparse
import collections
import gzip
import random
from pathlib import Path

import spacy
from spacy.cli.train import train as spacy_train
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab
from trees import conllu, generate

HERE = Path(__file__).resolve().parent
TRAIN, DEV, TEST = ("ewt_train", "gum_train", "pud_wiki"), ("ewt_dev", "gum_dev"), ("ewt_test", "gum_news_test", "pud_news_test")
HELD_OUT = 400
FURTHER_RATE = 0.0004


def sentences(lines):
    """The sentences of CoNLL-U lines, each a list of rows (lists of ten columns); multiword and empty tokens are left out."""
    rows = []
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if columns[0].isdigit():
            rows.append(columns)
        elif not line.strip() and rows:
            yield rows
            rows = []


def read(path: Path):
    """The sentences of a gzipped CoNLL-U file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from sentences(lines)


def document(vocab, rows, gold: bool = True) -> Doc:
    """One sentence as a Doc: with tags and tree, or its bare words that the parser must read as one sentence."""
    words, spaces = [row[1] for row in rows], ["SpaceAfter=No" not in row[9] for row in rows]
    if not gold:
        return Doc(vocab, words=words, spaces=spaces, sent_starts=[True] + [False] * (len(rows) - 1))
    heads = [int(row[6]) - 1 if row[6] != "0" else at for at, row in enumerate(rows)]
    labels = [row[7] if row[6] != "0" else "ROOT" for row in rows]
    return Doc(vocab, words=words, spaces=spaces, tags=[f"{row[3]}|{row[4]}" for row in rows], heads=heads, deps=labels)


def write(path: Path, trees) -> None:
    """Trees as a spaCy corpus file, in a mixed order that is always the same."""
    trees, vocab = list(trees), Vocab()
    random.Random(7).shuffle(trees)
    DocBin(docs=[document(vocab, rows) for rows in trees]).to_disk(path)


def known(trees, start: Path | None):
    """The trees whose tags the model to start from knows; all where there is none."""
    tags = set(spacy.load(start).get_pipe("tagger").labels) if start else None
    return (rows for rows in trees if tags is None or all(f"{row[3]}|{row[4]}" in tags for row in rows))


def own_trees(count: int, held_out: bool = False):
    """The rows of generated trees; the held-out ones draw on other entries of the word lists, but share constructions and some verbs."""
    return list(sentences(conllu(generate(count, held_out=held_out)).splitlines()))


def overrides(out: Path, start: Path | None, steps: int) -> dict:
    """What differs from the configuration file: the paths, and for further training the source of the weights and a lower rate."""
    found = {"paths.train": str(out / "train.spacy"), "paths.dev": str(out / "dev.spacy")}
    if steps:
        found |= {"training.max_steps": steps, "training.optimizer.learn_rate.total_steps": steps + 500}
    if start:
        found |= {"training.optimizer.learn_rate.initial_rate": FURTHER_RATE, "training.batcher.size.start": 600, "training.eval_frequency": 500}
    return found


def configuration(width: int, out: Path, start: Path | None) -> Path:
    """The configuration file; for further training a copy whose components come from the model to start from."""
    path = HERE / f"w{width}.cfg"
    if start is None:
        return path
    config = spacy.util.load_config(path)
    config["components"] = {name: {"source": str(start)} for name in config["nlp"]["pipeline"]}
    config.to_disk(out / "further.cfg")
    return out / "further.cfg"


def figures(nlp, trees) -> list[float]:
    """Per cent of right UPOS, right head and label (LAS), past tenses read as participle, participles read as past tense."""
    right, of = collections.Counter(), collections.Counter()
    trees = list(trees)
    for rows, doc in zip(trees, nlp.pipe(document(nlp.vocab, rows, gold=False) for rows in trees), strict=True):
        for at, (row, token) in enumerate(zip(rows, doc, strict=True)):
            upos, _, xpos = token.tag_.partition("|")
            head = "0" if token.head is token or token.head.i == at else str(token.head.i + 1)
            hits = {"upos": upos == row[3], "las": (head, token.dep_.lower()) == (row[6], row[7])}
            if row[4] in ("VBD", "VBN"):
                hits[row[4]] = xpos == {"VBD": "VBN", "VBN": "VBD"}[row[4]]
            of.update(hits.keys())
            right.update(name for name, hit in hits.items() if hit)
    return [100 * right[name] / max(of[name], 1) for name in ("upos", "las", "VBD", "VBN")]


def evaluate(folder: Path, ud: Path) -> None:
    """Prints a table of figures per test file."""
    nlp = spacy.load(folder)
    print(f"{folder}\n| test set | UPOS | LAS | VBD read as VBN | VBN read as VBD |\n|---|---|---|---|---|")
    for name, trees in [*((name, read(ud / f"{name}.conllu.gz")) for name in TEST), ("own, held out", own_trees(HELD_OUT, held_out=True))]:
        print(f"| {name} |", " | ".join(f"{figure:.1f}" for figure in figures(nlp, trees)), "|", flush=True)


def main() -> None:
    """Command line: see the head of this file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ud", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--width", type=int, choices=(64, 96), default=96)
    parser.add_argument("--trees", type=int, default=3000)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--steps", type=int, default=0, help="0: as the configuration says")
    parser.add_argument("--evaluate", type=Path, nargs="*", default=[], help="models to measure only")
    args = parser.parse_args()
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
        write(args.out / "train.spacy", [*known((rows for name in TRAIN for rows in read(args.ud / f"{name}.conllu.gz")), args.start), *own_trees(args.trees)])
        write(args.out / "dev.spacy", (rows for name in DEV for rows in read(args.ud / f"{name}.conllu.gz")))
        spacy_train(configuration(args.width, args.out, args.start), args.out, overrides=overrides(args.out, args.start, args.steps))
        args.evaluate.append(args.out / "model-best")
    for folder in args.evaluate:
        evaluate(folder, args.ud)


if __name__ == "__main__":
    main()
