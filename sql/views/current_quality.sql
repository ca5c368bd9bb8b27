-- The checks of the newest run, failures first.
-- run_id: the run
-- check_name: name of the expectation
-- table_name: table it judges
-- severity: critical, warning or quarantine
-- is_passed: whether it held
-- failed_count: rows that broke it
-- checked_count: rows that were judged
-- detail: why the expectation exists, and what was observed
SELECT run_id, check_name, table_name, severity, is_passed, failed_count, checked_count, detail
FROM checks
WHERE run_id = (SELECT max(run_id) FROM checks)
ORDER BY is_passed, severity, check_name;
