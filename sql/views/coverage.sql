-- What each publisher brought: articles by state, first and last day.
-- publisher: name of the outlet, null where the source gives none
-- article_count: all articles kept
-- coded_count: articles with mentions
-- no_event_count: articles without
-- duplicate_count: articles that repeat another
-- first_date: earliest day of publication
-- last_date: latest day of publication
SELECT
    publisher,
    count(*) AS article_count,
    count(*) FILTER (state = 'coded') AS coded_count,
    count(*) FILTER (state = 'no_event') AS no_event_count,
    count(*) FILTER (state = 'duplicate') AS duplicate_count,
    min(published_at)::DATE AS first_date,
    max(published_at)::DATE AS last_date
FROM articles
GROUP BY publisher
ORDER BY article_count DESC, publisher;
