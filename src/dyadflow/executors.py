"""Where shards are coded: in this process or in several. Where it runs changes nothing in what is coded."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from dyadflow.coding import code_shard
from dyadflow.settings import Settings


def code_shards(names: list[str], folder: Path, settings: Settings) -> Iterator[dict]:
    """The summary of each shard as it is done, in any order."""
    workers = worker_count(len(names), settings)
    if workers <= 1:
        yield from (code_shard(*_arguments(name, folder, settings)) for name in names)
        return
    with _pool(workers) as pool:
        futures = [pool.submit(code_shard, *_arguments(name, folder, settings)) for name in names]
        for future in as_completed(futures):
            yield future.result()


@contextmanager
def coding_pool(count: int, folder: Path, settings: Settings) -> Iterator[Callable[[str], dict]]:
    """A function from shard name to summary, for callers with threads of their own; worker processes live as long as the block."""
    workers = worker_count(count, settings)
    if workers <= 1:
        yield lambda name: code_shard(*_arguments(name, folder, settings))
        return
    with _pool(workers) as pool:
        yield lambda name: pool.submit(code_shard, *_arguments(name, folder, settings)).result()


def worker_count(shards: int, settings: Settings) -> int:
    """Processes worth starting: as many as asked for (0: one a core), never more than shards."""
    return min(settings.workers or cpu_count() or 1, shards)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Fresh processes: forked ones would inherit threads and locks of polars and Prefect."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _arguments(name: str, folder: Path, settings: Settings) -> tuple:
    return str(folder / f"{name}.parquet"), str(folder), str(settings.model) if settings.model else None, settings.sentence_tokens, settings.added
