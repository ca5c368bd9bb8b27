-- Articles and events a day: the denominator for every count that is to be compared over time.
-- publication_date: day of publication (UTC)
-- article_count: articles read and kept that were published that day, duplicates included
-- coded_article_count: those with at least one mention
-- publisher_count: different publishers among them
-- mention_count: mentions coded from these articles
-- event_count: different events among these mentions
WITH articles_of_day AS (
    SELECT published_at::DATE AS publication_date, article_id, publisher, state FROM articles WHERE published_at IS NOT NULL
),
mentions_of_article AS (
    SELECT article_id, event_id, mention_id FROM mentions
)
SELECT
    a.publication_date,
    count(DISTINCT a.article_id) AS article_count,
    count(DISTINCT a.article_id) FILTER (a.state = 'coded') AS coded_article_count,
    count(DISTINCT a.publisher) AS publisher_count,
    count(DISTINCT m.mention_id) AS mention_count,
    count(DISTINCT m.event_id) AS event_count
FROM articles_of_day a
LEFT JOIN mentions_of_article m USING (article_id)
GROUP BY a.publication_date
ORDER BY a.publication_date;
