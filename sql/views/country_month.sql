-- Events a country takes part in, by month and quad class.
-- country_code: ISO3 of the country (or IGO, NGO, MNC, IMG, INT)
-- month_date: first day of the month
-- side: source where the country acts, target where it is acted upon
-- verbal_cooperation_count: events of quad class 1
-- material_cooperation_count: events of quad class 2
-- verbal_conflict_count: events of quad class 3
-- material_conflict_count: events of quad class 4
-- event_count: all events
-- goldstein_mean: mean Goldstein value of these events
WITH sides AS (
    SELECT source_country_code AS country_code, 'source' AS side, event_date_start, quad_class, goldstein FROM events
    UNION ALL
    SELECT target_country_code, 'target', event_date_start, quad_class, goldstein FROM events
)
SELECT
    country_code,
    date_trunc('month', event_date_start)::DATE AS month_date,
    side,
    count(*) FILTER (quad_class = 1) AS verbal_cooperation_count,
    count(*) FILTER (quad_class = 2) AS material_cooperation_count,
    count(*) FILTER (quad_class = 3) AS verbal_conflict_count,
    count(*) FILTER (quad_class = 4) AS material_conflict_count,
    count(*) AS event_count,
    round(avg(goldstein), 3) AS goldstein_mean
FROM sides
WHERE country_code IS NOT NULL AND event_date_start IS NOT NULL
GROUP BY country_code, month_date, side
ORDER BY country_code, month_date, side;
