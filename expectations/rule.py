"""One rule in both its forms: an expectation of Great Expectations and a SQL predicate that is true for a bad row."""

from collections.abc import Iterable
from typing import NamedTuple

CRITICAL = "critical"
QUARANTINE = "quarantine"
WARNING = "warning"


class Rule(NamedTuple):
    """An expectation on the rows of one staged table.

    `bad` is a SQL predicate over the table's columns, true for a bad row and never null. `expectation` and `arguments` are
    the same rule for Great Expectations. `severity`: critical blocks publishing, quarantine removes the row, warning is shown.
    """

    name: str
    table: str
    kind: str
    severity: str
    why: str
    bad: str
    expectation: str
    arguments: dict


def not_null(table: str, column: str, severity: str, why: str) -> Rule:
    """The column is filled in every row."""
    return Rule(f"{table}_{column}_present", table, "not_null", severity, why, f"{column} IS NULL", "ExpectColumnValuesToNotBeNull", {"column": column})


def unique(table: str, column: str, why: str) -> Rule:
    """No value of the column stands twice."""
    bad = f"{column} IN (SELECT {column} FROM {table} GROUP BY {column} HAVING count(*) > 1)"  # noqa: S608 (columns and tables are the schema's)
    return Rule(f"{table}_{column}_unique", table, "unique", CRITICAL, why, bad, "ExpectColumnValuesToBeUnique", {"column": column})


def in_set(table: str, column: str, values: Iterable[str], severity: str, why: str) -> Rule:
    """Every value of the column, where there is one, is among the values."""
    found = sorted(values)
    listed = ", ".join("'" + str(value).replace("'", "''") + "'" for value in found)
    bad = f"({column} IS NOT NULL AND {column} NOT IN ({listed}))"
    return Rule(f"{table}_{column}_known", table, "in_set", severity, why, bad, "ExpectColumnValuesToBeInSet", {"column": column, "value_set": found})


def matches(table: str, column: str, regex: str, severity: str, why: str) -> Rule:
    """Every value of the column, where there is one, has the form of the regular expression."""
    bad = f"({column} IS NOT NULL AND NOT regexp_matches({column}, '{regex}'))"
    return Rule(f"{table}_{column}_form", table, "regex", severity, why, bad, "ExpectColumnValuesToMatchRegex", {"column": column, "regex": regex})


def between(table: str, column: str, low, high, severity: str, why: str) -> Rule:
    """Every value of the column, where there is one, lies in [low, high]; None leaves an end open."""
    ends = [f"{column} < {low}"] * (low is not None) + [f"{column} > {high}"] * (high is not None)
    bad = f"({column} IS NOT NULL AND ({' OR '.join(ends)}))"
    arguments = {"column": column, "min_value": low, "max_value": high}
    return Rule(f"{table}_{column}_range", table, "between", severity, why, bad, "ExpectColumnValuesToBeBetween", arguments)


def rows(name: str, table: str, bad: str, severity: str, why: str) -> Rule:
    """No row for which the predicate holds; a null counts as good."""
    bad = f"coalesce({bad}, false)"
    query = f"SELECT * FROM {{batch}} WHERE {bad}"  # noqa: S608 (the predicate is ours)
    return Rule(name, table, "rows", severity, why, bad, "UnexpectedRowsExpectation", {"unexpected_rows_query": query, "description": why})


def batch(name: str, table: str, bad: str, severity: str, why: str) -> Rule:
    """The batch as a whole is as it should be: `bad` is a predicate over aggregates of the table, judged once."""
    query = f"SELECT 1 FROM (SELECT ({bad}) AS is_bad FROM {{batch}}) WHERE is_bad"  # noqa: S608
    return Rule(name, table, "batch", severity, why, bad, "UnexpectedRowsExpectation", {"unexpected_rows_query": query, "description": why})
