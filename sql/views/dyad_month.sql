-- Events between two countries by month: who did how much of what to whom.
-- source_country_code: country of the acting side
-- target_country_code: country of the side acted upon
-- month_date: first day of the month
-- event_count: events
-- cooperation_count: events of quad classes 1 and 2
-- conflict_count: events of quad classes 3 and 4
-- goldstein_mean: mean Goldstein value
-- fatality_count: deaths stated in these events
SELECT
    source_country_code,
    target_country_code,
    date_trunc('month', event_date_start)::DATE AS month_date,
    count(*) AS event_count,
    count(*) FILTER (quad_class IN (1, 2)) AS cooperation_count,
    count(*) FILTER (quad_class IN (3, 4)) AS conflict_count,
    round(avg(goldstein), 3) AS goldstein_mean,
    sum(fatality_count) AS fatality_count
FROM events
WHERE event_date_start IS NOT NULL AND source_country_code <> target_country_code
GROUP BY ALL
ORDER BY source_country_code, target_country_code, month_date;
