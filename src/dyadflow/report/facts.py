"""What a report shows, asked of the published file by SQL; pure reading, no formatting."""

from pathlib import Path

from dyadflow.store import connect

QUERIES = {
    "run": "SELECT * FROM runs WHERE run_id = $run",
    "history": "SELECT run_id, started_at, state, read_count, coded_count, quarantined_count, mention_count, event_count FROM runs ORDER BY run_id DESC LIMIT 12",
    "checks": "SELECT * FROM checks WHERE run_id = $run ORDER BY is_passed, CASE severity WHEN 'critical' THEN 0 WHEN 'quarantine' THEN 1 ELSE 2 END, check_name",
    "totals": "SELECT (SELECT count(*) FROM articles) AS article_count, (SELECT count(*) FROM mentions) AS mention_count, (SELECT count(*) FROM events) AS event_count, "
              "(SELECT count(DISTINCT publisher) FROM articles) AS publisher_count, (SELECT count(*) FROM quarantine WHERE replayed_at IS NULL) AS quarantine_count",
    "roots": "SELECT c.root AS root_code, c.label, c.quad_class, count(e.event_id) AS event_count FROM cameo_codes c LEFT JOIN events e ON e.root_code = c.root "
             "WHERE c.code = c.root GROUP BY ALL ORDER BY root_code",
    "statuses": "SELECT status, count(*) AS mention_count FROM mentions GROUP BY status ORDER BY mention_count DESC",
    "dyads": "SELECT source_country_code, target_country_code, event_count, cooperation_count, conflict_count, goldstein_mean FROM (SELECT source_country_code, target_country_code, "
             "sum(event_count) AS event_count, sum(cooperation_count) AS cooperation_count, sum(conflict_count) AS conflict_count, round(avg(goldstein_mean), 1) AS goldstein_mean "
             "FROM dyad_month GROUP BY ALL) ORDER BY event_count DESC, source_country_code, target_country_code LIMIT 12",
    "months": "SELECT date_trunc('month', event_date_start)::DATE AS month_date, count(*) FILTER (quad_class <= 2) AS cooperation_count, count(*) FILTER (quad_class > 2) AS conflict_count "
              "FROM events WHERE event_date_start IS NOT NULL GROUP BY month_date ORDER BY month_date DESC LIMIT 60",
    "refusals": "SELECT stage, rule_name, count(*) AS record_count, min(detail) AS example FROM quarantine WHERE replayed_at IS NULL GROUP BY ALL ORDER BY record_count DESC",
    "unknown": "SELECT avg((source_actor_code = '---')::INT) AS source_share, avg((target_actor_code = '---')::INT) AS target_share FROM mentions",
    "samples": "SELECT m.sentence_text, m.source_name, m.source_actor_code, m.action_text, m.action_code, c.label, m.target_name, m.target_actor_code, m.status, m.event_date_start, "
               "m.attributed_to_code, m.confidence FROM mentions m JOIN cameo_codes c ON c.code = m.action_code WHERE m.event_id IS NOT NULL "
               "ORDER BY md5(m.mention_id) LIMIT 15",
    "publishers": "SELECT * FROM coverage LIMIT 12",
}  # fmt: skip


def gather(published: Path, run_id: str) -> dict[str, list[dict]]:
    """{query name: rows} for one run; rows are {column: value}."""
    found = {}
    with connect(published, read_only=True, locked=True) as connection:
        for name, sql in QUERIES.items():
            cursor = connection.execute(sql, {"run": run_id} if "$run" in sql else None)
            names = [column[0] for column in cursor.description]
            found[name] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found
