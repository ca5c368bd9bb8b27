-- All tables of the first release. Columns are documented in `src/dyadflow/schema.py`; a test keeps the two alike.

CREATE TABLE articles (
    article_id VARCHAR,
    publisher VARCHAR,
    url VARCHAR,
    title VARCHAR,
    published_at TIMESTAMP,
    published_basis VARCHAR,
    language VARCHAR,
    text VARCHAR,
    source_ref VARCHAR,
    retrieved_at TIMESTAMP,
    duplicate_of VARCHAR,
    state VARCHAR,
    reason VARCHAR,
    sentence_count INTEGER,
    coder_version VARCHAR,
    dictionary_hash VARCHAR
);

CREATE TABLE mentions (
    mention_id VARCHAR,
    article_id VARCHAR,
    event_id VARCHAR,
    sentence_number INTEGER,
    sentence_text VARCHAR,
    sentence_start INTEGER,
    source_actor_code VARCHAR,
    source_name VARCHAR,
    source_start INTEGER,
    source_end INTEGER,
    action_code VARCHAR,
    action_text VARCHAR,
    action_start INTEGER,
    action_end INTEGER,
    target_actor_code VARCHAR,
    target_name VARCHAR,
    target_start INTEGER,
    target_end INTEGER,
    status VARCHAR,
    attributed_to_code VARCHAR,
    event_date_start DATE,
    event_date_end DATE,
    event_date_precision VARCHAR,
    event_date_basis VARCHAR,
    place_name VARCHAR,
    place_country_code VARCHAR,
    place_admin1_name VARCHAR,
    place_latitude DOUBLE,
    place_longitude DOUBLE,
    place_precision VARCHAR,
    place_geonames_id VARCHAR,
    fatality_count INTEGER,
    confidence DOUBLE,
    why VARCHAR,
    coder_version VARCHAR,
    dictionary_hash VARCHAR
);

CREATE TABLE events (
    event_id VARCHAR,
    source_actor_code VARCHAR,
    source_country_code VARCHAR,
    source_role_code VARCHAR,
    source_organisation_code VARCHAR,
    target_actor_code VARCHAR,
    target_country_code VARCHAR,
    target_role_code VARCHAR,
    target_organisation_code VARCHAR,
    cameo_code VARCHAR,
    base_code VARCHAR,
    root_code VARCHAR,
    plover_type VARCHAR,
    quad_class INTEGER,
    goldstein DOUBLE,
    status VARCHAR,
    attributed_to_code VARCHAR,
    event_date_start DATE,
    event_date_end DATE,
    event_date_precision VARCHAR,
    place_name VARCHAR,
    place_country_code VARCHAR,
    place_admin1_name VARCHAR,
    place_latitude DOUBLE,
    place_longitude DOUBLE,
    place_precision VARCHAR,
    place_geonames_id VARCHAR,
    fatality_count INTEGER,
    confidence DOUBLE,
    mention_count BIGINT,
    article_count BIGINT,
    publisher_count BIGINT,
    first_seen_at TIMESTAMP,
    updated_at TIMESTAMP,
    coder_version VARCHAR,
    dictionary_hash VARCHAR
);

CREATE TABLE quarantine (
    quarantine_id VARCHAR,
    record_key VARCHAR,
    record_kind VARCHAR,
    stage VARCHAR,
    rule_name VARCHAR,
    detail VARCHAR,
    raw_record VARCHAR,
    source_ref VARCHAR,
    run_id VARCHAR,
    coder_version VARCHAR,
    dictionary_hash VARCHAR,
    quarantined_at TIMESTAMP,
    replayed_at TIMESTAMP
);

CREATE TABLE runs (
    run_id VARCHAR,
    started_at TIMESTAMP,
    finished_at TIMESTAMP,
    sources VARCHAR,
    state VARCHAR,
    read_count BIGINT,
    coded_count BIGINT,
    no_event_count BIGINT,
    duplicate_count BIGINT,
    unchanged_count BIGINT,
    quarantined_count BIGINT,
    mention_count BIGINT,
    event_count BIGINT,
    coder_version VARCHAR,
    dictionary_hash VARCHAR,
    note VARCHAR
);

CREATE TABLE checks (
    run_id VARCHAR,
    check_name VARCHAR,
    table_name VARCHAR,
    kind VARCHAR,
    severity VARCHAR,
    is_passed BOOLEAN,
    failed_count BIGINT,
    checked_count BIGINT,
    detail VARCHAR,
    checked_at TIMESTAMP
);

CREATE TABLE deleted_events (
    event_id VARCHAR,
    deleted_at TIMESTAMP,
    reason VARCHAR,
    replaced_by VARCHAR
);

CREATE TABLE fingerprints (
    article_id VARCHAR,
    published_day DATE,
    signature UINTEGER[]
);
