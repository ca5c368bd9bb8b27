"""The store: `work.duckdb`, which flows write, and `events.duckdb`, the published copy analysts open.

One writer at a time behind a lock file of our own, short connections, one transaction per batch, publication by atomic
replacement. Why so: `docs/decisions/0003-storage.md`.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import duckdb

from dyadflow.errors import StoreBusy, StoreError
from dyadflow.resources import resource
from dyadflow.schema import DIMENSIONS, PUBLISHED, SCHEMA_VERSIONS, TABLES, Table, create_sql
from dyadflow.settings import Settings

CONFIG = {"python_enable_replacements": "false", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
FORMAT = "v1.5.0"
"""DuckDB's storage version of both files, so that DuckDB 1.5 opens them too."""

SEEDS = {"cameo_codes": ("cameo", "codes.csv"), "countries": ("actors", "countries.csv"), "roles": ("actors", "roles.csv")}
"""The seed file each dimension is made from."""


@contextmanager
def hold(settings: Settings, what: str) -> Iterator[None]:
    """The store held for one run: no other run gets it until the block ends or the process dies.

    Waits `lock_wait` seconds, then raises StoreBusy naming who holds it. DuckDB's own lock does not serve: it is lost when
    anything in the process opens and closes the file.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / "work.lock"
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(handle, path, settings.lock_wait)
        note = {"pid": os.getpid(), "what": what, "since": datetime.now(UTC).isoformat(timespec="seconds")}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(note).encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)  # the kernel drops the lock with it, also when the process is killed


def _acquire(handle: int, path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise StoreBusy(f"{path.parent}: the store is held by {_holder(path)}; try again when it is done") from None
            time.sleep(0.05)


def _holder(path: Path) -> str:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return f"{note['what']} (process {note['pid']}, since {note['since']})"
    except (OSError, ValueError, KeyError):
        return "another run"


@contextmanager
def connect(path: Path, read_only: bool = False, locked: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a dyadflow database, closed at the end of the block.

    `locked` is for SQL of strangers: no file, no network, no setting can be reached. Raises StoreError naming the file
    where it cannot be opened.
    """
    config = CONFIG | ({"enable_external_access": "false", "lock_configuration": "true"} if locked else {})
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        raise _open_error(path, error) from error
    try:
        yield connection
    finally:
        connection.close()


def _open_error(path: Path, error: duckdb.Error) -> StoreError:
    reason = str(error).splitlines()[0]
    if "lock" in reason.lower():
        return StoreBusy(f"{path}: another program has it open ({reason})")
    return StoreError(f"{path}: cannot be opened as a dyadflow database ({reason})")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: commits at the end of the block, rolls back where it raises."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def prepare(settings: Settings) -> None:
    """Make sure that the store exists and has today's schema. Never recreates what was there.

    Raises StoreError for a damaged file, for one that is not dyadflow's, and where only the published copy is left.
    """
    path = settings.work_path
    settings.data.mkdir(parents=True, exist_ok=True)
    if not path.exists() and settings.published_path.exists():
        raise StoreError(f"{path}: missing beside {settings.published_path.name}; put it back, or move {settings.published_path.name} away to start anew")
    if path.exists() and path.stat().st_size == 0:
        raise StoreError(f"{path}: the file is empty; put a copy back or remove it to start anew")
    if not path.exists():
        _create(path)
    with connect(path) as connection:
        _migrate(connection, path)


def _create(path: Path) -> None:
    """An empty database in a storage format that DuckDB 1.5 reads; it appears whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with duckdb.connect(config=CONFIG) as connection:
        connection.execute(f"ATTACH '{_quoted(temporary)}' AS fresh (STORAGE_VERSION '{FORMAT}')")
        connection.execute("USE fresh")
        connection.execute(create_sql(SCHEMA_VERSIONS))
        connection.execute("USE memory")
        connection.execute("DETACH fresh")
    os.replace(temporary, path)


def _quoted(path: Path) -> str:
    """A path inside a quoted SQL literal, where parameters are not allowed."""
    return str(path).replace("'", "''")


def migrations() -> list[tuple[int, str, str]]:
    """(number, name, SQL) of every migration, in order; forward only."""
    files = sorted(resource("sql", "migrations").glob("[0-9]*.sql"))
    return [(int(path.stem.split("_")[0]), path.stem, path.read_text(encoding="utf-8")) for path in files]


def _migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Apply what is not yet applied, then renew dimensions, views and comments, in one transaction."""
    try:
        done = {row[0] for row in connection.execute("SELECT version FROM schema_versions").fetchall()}
    except duckdb.Error as error:
        raise StoreError(f"{path}: a DuckDB file, but not one of dyadflow's") from error
    waiting = [migration for migration in migrations() if migration[0] not in done]
    if done and max(done) > migrations()[-1][0]:
        raise StoreError(f"{path}: written by a newer dyadflow (schema {max(done)})")
    with transaction(connection):
        for number, name, sql in waiting:
            connection.execute(sql)
            connection.execute("INSERT INTO schema_versions VALUES (?, ?, ?)", [number, name, datetime.now(UTC).replace(tzinfo=None)])
        _load_dimensions(connection)
        _create_views(connection)
        _comment(connection)


def _load_dimensions(connection: duckdb.DuckDBPyConnection) -> None:
    for table in DIMENSIONS.values():
        path = resource("seeds", *SEEDS[table.name])
        columns = ", ".join(f'TRY_CAST("{c.name}" AS {c.type}) AS "{c.name}"' for c in table.columns)
        connection.execute(f"CREATE OR REPLACE TABLE {table.name} AS SELECT {columns} FROM read_csv($1, header = true, all_varchar = true, delim = ',', quote = '\"')", [str(path)])  # noqa: S608


def _of_seed(table: Table) -> str:
    """What a dimension is, with the seed file it was made from."""
    parts = SEEDS[table.name]
    digest = blake2b(resource("seeds", *parts).read_bytes(), digest_size=8).hexdigest()
    return f"{table.doc} From seeds/{'/'.join(parts)}, content {digest}"


def view_files() -> dict[str, Path]:
    """{view name: SQL file} of `sql/views`."""
    return {path.stem: path for path in sorted(resource("sql", "views").glob("*.sql"))}


def _create_views(connection: duckdb.DuckDBPyConnection) -> None:
    for name, path in view_files().items():
        body = path.read_text(encoding="utf-8")
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS\n{body.rstrip().rstrip(';')}")


def _comment(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table and column explains itself."""
    for table in (*TABLES.values(), SCHEMA_VERSIONS, *DIMENSIONS.values()):
        doc = _of_seed(table) if table.name in SEEDS else table.doc
        connection.execute(f"COMMENT ON TABLE {table.name} IS {_literal(doc)}")
        for column in table.columns:
            connection.execute(f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_literal(column.doc)}')


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def publish(settings: Settings) -> Path:
    """The path of the published file, replaced as a whole by the store's present state.

    The copy is made beside its place, stripped of what only flows need, synced and moved: readers that have the old file
    open keep it, new ones get the new file. The store must be held and not be open in this process.
    """
    target, temporary = settings.published_path, settings.published_path.with_name(f".{settings.published_path.name}.{os.getpid()}")
    try:
        shutil.copyfile(settings.work_path, temporary)
        with connect(temporary) as connection:
            for name in set(TABLES) - set(PUBLISHED):
                connection.execute(f"DROP TABLE {name}")
            connection.execute("CHECKPOINT")
        _sync(temporary)
        os.replace(temporary, target)
        _sync(target.parent)
    finally:
        for leftover in (temporary, Path(f"{temporary}.wal")):
            leftover.unlink(missing_ok=True)
    return target


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
