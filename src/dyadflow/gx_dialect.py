"""A small SQLAlchemy dialect for DuckDB, enough for Great Expectations to push its checks down as SQL, read-only.

Why our own: `docs/decisions/0004-great-expectations.md`. Rows are buffered when a statement is executed, because Great
Expectations reads them after it has closed the connection and DuckDB streams. Import registers `duckdb+gx://`.
"""

from itertools import islice

import duckdb
from sqlalchemy import types
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.pool import NullPool

from dyadflow.store import CONFIG

TYPES = {"VARCHAR": types.String, "BIGINT": types.BigInteger, "INTEGER": types.Integer, "DOUBLE": types.Float, "BOOLEAN": types.Boolean, "DATE": types.Date,
         "TIMESTAMP": types.DateTime}  # fmt: skip
TABLES_SQL = "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
VIEWS_SQL = "SELECT view_name FROM duckdb_views() WHERE NOT internal AND database_name = current_database()"
COLUMNS_SQL = "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database() AND table_name = ? ORDER BY column_index"


class Cursor:
    """A DB-API cursor whose rows outlive its connection."""

    arraysize = 100

    def __init__(self, connection):
        self._connection, self._rows, self.description, self.rowcount = connection, iter(()), None, -1

    def execute(self, sql, parameters=None):
        """Run one statement and keep all its rows."""
        self._connection.execute(sql, parameters or None)
        self.description = self._connection.description
        rows = self._connection.fetchall() if self.description else []
        self._rows, self.rowcount = iter(rows), len(rows)

    def fetchone(self):
        """The next row, None after the last."""
        return next(self._rows, None)

    def fetchmany(self, size=None):
        """The next rows, at most `size`."""
        return list(islice(self._rows, size or self.arraysize))

    def fetchall(self):
        """All rows not yet fetched."""
        return list(self._rows)

    def close(self):
        """End the cursor."""
        self._connection.close()


class Connection:
    """A DB-API connection that only reads; each statement stands alone."""

    def __init__(self, path):
        self._connection = duckdb.connect(path, read_only=True, config=CONFIG)

    def cursor(self):
        """A new cursor."""
        return Cursor(self._connection.cursor())

    def commit(self):
        """Nothing: validation never writes."""

    rollback = commit

    def close(self):
        """Close the file."""
        self._connection.close()


class Module:
    """What SQLAlchemy expects of a DB-API module."""

    paramstyle, apilevel, threadsafety = "qmark", "2.0", 1
    connect = staticmethod(Connection)

    def __getattr__(self, name):
        return getattr(duckdb, name)


class GxDialect(PGDialect):
    """PostgreSQL's SQL with DuckDB's catalog."""

    name, driver, default_paramstyle = "duckdb", "gx", "qmark"
    supports_statement_cache = supports_server_side_cursors = False
    insert_returning = update_returning = delete_returning = False
    DremioDialect = True  # makes Great Expectations write REGEXP_MATCHES(column, pattern), which is DuckDB's search match

    @classmethod
    def import_dbapi(cls):
        """The DB-API module."""
        return Module()

    @classmethod
    def get_pool_class(cls, url):
        """No pool: the file is free as soon as a check is done."""
        return NullPool

    def create_connect_args(self, url):
        """The path."""
        return [url.database], {}

    def initialize(self, connection):
        """Facts PostgreSQL's dialect would ask the server for."""
        self.server_version_info, self.default_schema_name, self._backslash_escapes = (14, 0), "main", False

    def on_connect(self):
        """Nothing to set."""

    def do_begin(self, dbapi_connection):
        """Nothing: statements stand alone."""

    def do_ping(self, dbapi_connection):
        """A file does not go away."""
        return True

    def get_default_isolation_level(self, dbapi_connection):
        """Statements stand alone."""
        return "AUTOCOMMIT"

    get_isolation_level = get_default_isolation_level

    def _rows(self, connection, sql, *parameters):
        return connection.exec_driver_sql(sql, parameters).fetchall()

    def get_schema_names(self, connection, **kw):
        """The one schema."""
        return ["main"]

    def get_table_names(self, connection, schema=None, **kw):
        """Tables of the file."""
        return [row[0] for row in self._rows(connection, TABLES_SQL)]

    def get_view_names(self, connection, schema=None, **kw):
        """Views of the file."""
        return [row[0] for row in self._rows(connection, VIEWS_SQL)]

    def has_table(self, connection, table_name, schema=None, **kw):
        """Whether a table or view has the name."""
        return table_name in self.get_table_names(connection) + self.get_view_names(connection)

    def get_columns(self, connection, table_name, schema=None, **kw):
        """Columns with their types."""
        rows = self._rows(connection, COLUMNS_SQL, table_name)
        return [{"name": name, "type": TYPES.get(kind, types.String)(), "nullable": True, "default": None, "autoincrement": False} for name, kind in rows]

    def get_pk_constraint(self, *args, **kw):
        """None: staged tables have no keys."""
        return {"constrained_columns": [], "name": None}

    def get_table_comment(self, *args, **kw):
        """Not needed."""
        return {"text": None}

    def get_foreign_keys(self, *args, **kw):
        """None."""
        return []

    get_indexes = get_unique_constraints = get_check_constraints = get_foreign_keys


registry.register("duckdb.gx", __name__, "GxDialect")
