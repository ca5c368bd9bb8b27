-- Casualties beyond the dead: bounds, whose, wounded and detained. Deaths counted before were lower bounds
-- where the text gave one; the other columns stay null until an article is coded anew.

ALTER TABLE mentions ADD COLUMN fatality_bound VARCHAR;
ALTER TABLE mentions ADD COLUMN fatality_name VARCHAR;
ALTER TABLE mentions ADD COLUMN wounded_count INTEGER;
ALTER TABLE mentions ADD COLUMN wounded_bound VARCHAR;
ALTER TABLE mentions ADD COLUMN detained_count INTEGER;
ALTER TABLE mentions ADD COLUMN detained_bound VARCHAR;

UPDATE mentions SET fatality_bound = 'minimum' WHERE fatality_count IS NOT NULL;

ALTER TABLE events ADD COLUMN wounded_count INTEGER;
ALTER TABLE events ADD COLUMN detained_count INTEGER;
