"""Progress: a bar on a terminal, JSON lines otherwise."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WORDS = {"read": "reading", "code": "coding", "check": "checking", "publish": "publishing"}


@contextmanager
def ticking() -> Iterator[Callable[[str, int, int], None]]:
    """A tick for the stages of a run, shown on stderr."""
    if sys.stderr.isatty():
        with _bars() as tick:
            yield tick
    else:
        yield _lines()


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, int] = {}

        def tick(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(WORDS.get(stage, stage), total=total or 1)
            progress.update(tasks[stage], completed=done if total else 1, total=total or 1)

        yield tick


def _lines() -> Callable[[str, int, int], None]:
    """Writes a line when a stage begins, ends, and at most every second in between."""
    last: dict[str, float] = {}

    def tick(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done in (0, total) or now - last.get(stage, 0) >= 1:
            last[stage] = now
            print(json.dumps({"stage": stage, "done": done, "total": total}), file=sys.stderr, flush=True)

    return tick
