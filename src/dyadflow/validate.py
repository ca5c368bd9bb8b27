"""The gate: Great Expectations judges a staged batch, and our own predicates pick the rows for quarantine.

Both read the same rule table (`expectations/`). Great Expectations cuts lists of failing rows short, so the rows come
from the predicates; that both count the same is asserted at every run.
"""

import json
import logging
import os
import warnings
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from dyadflow.errors import DyadflowError
from dyadflow.expectations import RULES, Rule
from dyadflow.store import connect


class Check(NamedTuple):
    """One rule's verdict on a batch: rows judged and rows that broke it; for a whole-batch rule 1 and 0 or 1."""

    rule: Rule
    failed_count: int
    checked_count: int

    @property
    def is_passed(self) -> bool:
        """Whether no row broke the rule."""
        return self.failed_count == 0


def judge(staged: Path, rules: tuple[Rule, ...] = RULES) -> list[Check]:
    """The verdict of every rule on the staged database, in the order of the rules.

    Raises DyadflowError where a rule itself cannot run, or where Great Expectations and the predicate count differently.
    """
    expected = _great_expectations(staged, rules)
    with connect(staged, read_only=True) as connection:
        counted = {rule.name: _count(connection, rule) for rule in rules}
        sizes = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in {rule.table for rule in rules}}  # noqa: S608
    for rule in rules:
        if expected[rule.name] != counted[rule.name]:
            raise DyadflowError(f"rule {rule.name}: Great Expectations counts {expected[rule.name]} bad rows, the predicate {counted[rule.name]}")
    return [Check(rule, counted[rule.name], 1 if rule.kind == "batch" else sizes[rule.table]) for rule in rules]


def _count(connection, rule: Rule) -> int:
    where = "" if rule.kind == "batch" else f" WHERE {rule.bad}"
    what = f"coalesce(({rule.bad})::INT, 0)" if rule.kind == "batch" else "count(*)"
    return connection.execute(f"SELECT {what} FROM {rule.table}{where}").fetchall()[0][0]  # noqa: S608 (rules are ours)


def failing_rows_sql(rule: Rule) -> str:
    """The query that returns the rows a rule refuses."""
    return f"SELECT * FROM {rule.table} WHERE {rule.bad}"  # noqa: S608


def _great_expectations(staged: Path, rules: tuple[Rule, ...]) -> dict[str, int]:
    """{rule name: failing rows} as Great Expectations counts them."""
    with _quiet():
        import great_expectations as gx

        from dyadflow import gx_dialect  # noqa: F401 (registers the dialect)

        logging.getLogger("great_expectations").setLevel(logging.ERROR)
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        source = context.data_sources.add_sql("staged", connection_string=f"duckdb+gx:///{staged.resolve()}", create_temp_table=False)
        counts: dict[str, int] = {}
        for table in dict.fromkeys(rule.table for rule in rules):
            counts |= _judge_table(gx, context, source, table, [rule for rule in rules if rule.table == table])
    return counts


def _judge_table(gx, context, source, table: str, rules: list[Rule]) -> dict[str, int]:
    import great_expectations.expectations as kinds

    definition = source.add_table_asset(table, table_name=table).add_batch_definition_whole_table("all")
    expectations = [getattr(kinds, rule.expectation)(**rule.arguments, severity=_severity(rule), meta={"rule": rule.name}) for rule in rules]
    suite = context.suites.add(gx.ExpectationSuite(name=table, expectations=expectations))
    validation = context.validation_definitions.add(gx.ValidationDefinition(name=table, data=definition, suite=suite))
    return dict(_counted(result) for result in validation.run(result_format="SUMMARY").results)


def _severity(rule: Rule) -> str:
    return "critical" if rule.severity == "critical" else "warning"


def _counted(result) -> tuple[str, int]:
    """(rule name, failing rows) of one result; a rule that crashed is an error, not a failure."""
    name = result.expectation_config.meta["rule"]
    for crash in (result.exception_info or {}).values():
        if isinstance(crash, dict) and crash.get("raised_exception"):
            raise DyadflowError(f"rule {name} cannot run: {str(crash.get('exception_message')).splitlines()[0]}")
    count = result.result.get("unexpected_count")
    return name, int(count if count is not None else result.result.get("observed_value") or 0)


@contextmanager
def _quiet():
    """Great Expectations without telemetry and without warnings on a user's terminal."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def blocking(checks: Iterable[Check]) -> list[Check]:
    """The failed checks that forbid publishing."""
    return [check for check in checks if check.rule.severity == "critical" and not check.is_passed]


def quarantine_rows(staged: Path, checks: Iterable[Check]) -> list[dict]:
    """The rows that failed quarantine rules: {record_key, record_kind, rule_name, detail, raw_record, source_ref}, one for each rule broken."""
    found = []
    with connect(staged, read_only=True) as connection:
        for check in checks:
            if check.rule.severity == "quarantine" and not check.is_passed:
                found += _refused(connection, check.rule)
    return found


def _refused(connection, rule: Rule) -> list[dict]:
    cursor = connection.execute(failing_rows_sql(rule))
    names = [column[0] for column in cursor.description]
    kind = rule.table.removesuffix("s")
    rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    return [{"record_key": row[f"{kind}_id"], "record_kind": kind, "rule_name": rule.name, "detail": f"{kind} {row[f'{kind}_id']}: {rule.why}",
             "raw_record": json.dumps(row, default=str, ensure_ascii=False), "source_ref": row.get("source_ref") or row.get("article_id")} for row in rows]  # fmt: skip
