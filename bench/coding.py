"""Speed and memory of the coder on one core: raw text to mentions, the share of each stage, as ratios to the parser alone.

    python bench/coding.py [NEWS.jsonl.gz] [--sentences 4000] [--model DIR]
"""

import argparse
import gzip
import json
import os
import resource
import sys
import time
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"


def texts(path: Path, limit: int) -> list[str]:
    """Texts of a news file, as many as hold about `limit` sentences; the sample corpus where no file is given."""
    from dyadflow.text.sentences import split_sentences

    found, count = [], 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            found.append(json.loads(line).get("text") or "")
            count += len(split_sentences(found[-1]))
            if count >= limit:
                break
    return found


def timed(work) -> tuple[float, object]:
    """(CPU seconds, result) of a piece of work."""
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("DYADFLOW_SHARED", "../shared")) / "news" / "current_events.jsonl.gz"
    parser.add_argument("news", nargs="?", type=Path, default=default)
    parser.add_argument("--sentences", type=int, default=4000)
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    if not options.news.exists():
        sys.exit(f"{options.news}: no such file; name a .jsonl.gz of articles with a field `text`")
    from dyadflow.coder.code import code_sentence
    from dyadflow.coding import Source, load_coder
    from dyadflow.text.parse import load_parser, one_sentence, tree_of
    from dyadflow.text.sentences import split_sentences

    raw = texts(options.news, options.sentences)
    nlp_seconds, nlp = timed(lambda: load_parser(options.model))
    load_seconds, coder = timed(lambda: load_coder(options.model))
    split_seconds, sentences = timed(lambda: [s.text for text in raw for s in split_sentences(text)])
    list(nlp.pipe([one_sentence(nlp, s) for s in sentences[:256]]))
    parse_seconds, docs = timed(lambda: list(nlp.pipe([one_sentence(nlp, s) for s in sentences], batch_size=256)))
    tree_seconds, trees = timed(lambda: [tree_of(doc) for doc in docs])
    code_seconds, mentions = timed(lambda: [code_sentence(tree, coder.dictionary, coder.lexicon, None) for tree in trees])
    whole_seconds, _ = timed(lambda: list(coder.code(Source(str(n), text, None) for n, text in enumerate(raw))))
    count = len(sentences)
    print(f"{count:,} sentences, {sum(map(len, mentions)):,} mentions; model {nlp_seconds:.1f} s, dictionaries {load_seconds:.1f} s to load")
    for name, seconds in (("split", split_seconds), ("parse", parse_seconds), ("lemmas and trees", tree_seconds), ("rules", code_seconds), ("whole way", whole_seconds)):
        print(f"{name:<18} {count / max(seconds, 1e-9):>10,.0f} sentences/s   {seconds / parse_seconds:>6.2f} x parse")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
