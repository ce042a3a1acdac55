"""The tables of a study that several people code: rounds, who codes what, and what was decided where they differed."""

AGREEING = """
-- A round of coding; closed_at is NULL while it is open. While is_blind = 1 and it is open, nobody is shown the
-- codings of others in a source that they have not finished.
CREATE TABLE round (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    is_blind INTEGER NOT NULL DEFAULT 1 CHECK (is_blind IN (0, 1)),
    opened_at TEXT NOT NULL,
    closed_at TEXT
) STRICT;

-- Who codes which source in a round; done_at is NULL until the coder has finished it.
CREATE TABLE assignment (
    id TEXT PRIMARY KEY NOT NULL,
    round_id TEXT NOT NULL REFERENCES round(id) DEFERRABLE INITIALLY DEFERRED,
    source_id TEXT NOT NULL REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED,
    coder_id TEXT NOT NULL REFERENCES coder(id) DEFERRABLE INITIALLY DEFERRED,
    done_at TEXT
) STRICT;

-- What was decided about one disagreement, by whom and why. start and stop are its place in the text text_hash, as it
-- was then. judged are the codings it is about, agreed those of the consensus that came of it (JSON arrays of ids; some
-- may be gone). outcome: what stands, with side the coder whose codings were taken where it is one.
CREATE TABLE decision (
    id TEXT PRIMARY KEY NOT NULL,
    round_id TEXT REFERENCES round(id) DEFERRABLE INITIALLY DEFERRED,
    source_id TEXT NOT NULL REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED,
    text_hash TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('missed', 'code', 'boundary')),
    judged TEXT NOT NULL,
    agreed TEXT NOT NULL DEFAULT '[]',
    outcome TEXT NOT NULL CHECK (outcome IN ('one', 'all', 'none', 'own')),
    side TEXT REFERENCES coder(id) DEFERRABLE INITIALLY DEFERRED,
    reason TEXT NOT NULL DEFAULT '',
    coder_id TEXT REFERENCES coder(id) DEFERRABLE INITIALLY DEFERRED,
    created_at TEXT NOT NULL,
    CHECK (0 <= start AND start < stop),
    CHECK ((outcome = 'one') = (side IS NOT NULL))
) STRICT;

CREATE INDEX assignment_by_source ON assignment (source_id);
CREATE INDEX decision_by_source ON decision (source_id);
"""
