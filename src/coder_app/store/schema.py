"""The tables of a project file, plain enough to be read in twenty years with any SQLite tool.

Rules that a test enforces: ids are text; no ON DELETE CASCADE (an edit deletes children by name,
so that undo can never take other people's work); no UNIQUE on human names (two coders may both
make "Trust"); no REAL or BLOB in journaled tables; foreign keys are deferred to the commit.
"""

from coder_app.store.schema_agreeing import AGREEING
from coder_app.store.schema_views import VIEWS

JOURNALED = (
    "project",
    "coder",
    "source",
    "code",
    "segment",
    "coding",
    "memo",
    "code_example",
    "case",
    "case_member",
    "variable",
    "variable_value",
    "set",
    "set_member",
    "saved_query",
    "link",
    "extra",
    "setting",
    "round",
    "assignment",
    "decision",
)
"""Tables whose every change the triggers write to the journal; each has a text primary key `id`."""

DERIVED = {"segment": ("now_start", "now_stop", "placed")}
"""Columns that follow from others by a pure function and are therefore not journaled."""

_TABLES = """
CREATE TABLE project (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL
) STRICT;

-- The codings of the one coder who is "consensus" are those that the people have agreed on.
CREATE TABLE coder (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'consensus'))
) STRICT;

-- Texts and media are known by the SHA-256 of their bytes, never changed and never journaled.
-- What is long stands last: SQLite reads all that stands before a column to get at it.
CREATE TABLE text_body (
    hash TEXT PRIMARY KEY NOT NULL,
    characters INTEGER NOT NULL,
    words INTEGER NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE media (
    hash TEXT PRIMARY KEY NOT NULL,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE source (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    folder TEXT NOT NULL DEFAULT '',
    order_key TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    original_hash TEXT,
    original_name TEXT NOT NULL DEFAULT '',
    importer TEXT NOT NULL DEFAULT '',
    importer_version TEXT NOT NULL DEFAULT '',
    encoding TEXT NOT NULL DEFAULT '',
    blocks_hash TEXT,
    imported_at TEXT NOT NULL
) STRICT;

CREATE TABLE code (
    id TEXT PRIMARY KEY NOT NULL,
    parent_id TEXT REFERENCES code(id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    definition TEXT NOT NULL DEFAULT '',
    use_when TEXT NOT NULL DEFAULT '',
    not_when TEXT NOT NULL DEFAULT '',
    order_key TEXT NOT NULL,
    is_codable INTEGER NOT NULL DEFAULT 1 CHECK (is_codable IN (0, 1))
) STRICT;

-- A text range (code points of text_hash), a page region (JSON) and a time range (milliseconds):
-- any of them, and a quotation from a PDF has both text and region.
-- now_start and now_stop are the range in the source's text of today; placed = 0 means "to check".
CREATE TABLE segment (
    id TEXT PRIMARY KEY NOT NULL,
    source_id TEXT NOT NULL REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED,
    coder_id TEXT REFERENCES coder(id) DEFERRABLE INITIALLY DEFERRED,
    text_hash TEXT,
    start INTEGER,
    stop INTEGER,
    regions TEXT,
    time_start INTEGER,
    time_stop INTEGER,
    now_start INTEGER,
    now_stop INTEGER,
    placed INTEGER NOT NULL DEFAULT 1 CHECK (placed IN (0, 1)),
    CHECK ((start IS NULL) = (stop IS NULL) AND (start IS NULL) = (text_hash IS NULL)),
    CHECK (start IS NULL OR (0 <= start AND start < stop)),
    CHECK ((time_start IS NULL) = (time_stop IS NULL)),
    CHECK (time_start IS NULL OR (0 <= time_start AND time_start <= time_stop))
) STRICT;

CREATE TABLE coding (
    id TEXT PRIMARY KEY NOT NULL,
    segment_id TEXT NOT NULL REFERENCES segment(id) DEFERRABLE INITIALLY DEFERRED,
    code_id TEXT NOT NULL REFERENCES code(id) DEFERRABLE INITIALLY DEFERRED,
    coder_id TEXT NOT NULL REFERENCES coder(id) DEFERRABLE INITIALLY DEFERRED,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE "case" (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    order_key TEXT NOT NULL
) STRICT;

CREATE TABLE memo (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    coder_id TEXT REFERENCES coder(id) DEFERRABLE INITIALLY DEFERRED,
    created_at TEXT NOT NULL,
    source_id TEXT REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED,
    segment_id TEXT REFERENCES segment(id) DEFERRABLE INITIALLY DEFERRED,
    coding_id TEXT REFERENCES coding(id) DEFERRABLE INITIALLY DEFERRED,
    code_id TEXT REFERENCES code(id) DEFERRABLE INITIALLY DEFERRED,
    case_id TEXT REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    CHECK ((source_id IS NOT NULL) + (segment_id IS NOT NULL) + (coding_id IS NOT NULL)
           + (code_id IS NOT NULL) + (case_id IS NOT NULL) <= 1)
) STRICT;

-- A passage that shows how a code is meant: a segment of this project, or words brought along.
CREATE TABLE code_example (
    id TEXT PRIMARY KEY NOT NULL,
    code_id TEXT NOT NULL REFERENCES code(id) DEFERRABLE INITIALLY DEFERRED,
    segment_id TEXT REFERENCES segment(id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL DEFAULT '',
    source_name TEXT NOT NULL DEFAULT '',
    order_key TEXT NOT NULL
) STRICT;

CREATE TABLE case_member (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    source_id TEXT REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED,
    segment_id TEXT REFERENCES segment(id) DEFERRABLE INITIALLY DEFERRED,
    CHECK ((source_id IS NOT NULL) + (segment_id IS NOT NULL) = 1)
) STRICT;

CREATE TABLE variable (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('text', 'boolean', 'integer', 'decimal', 'date', 'datetime')),
    description TEXT NOT NULL DEFAULT '',
    order_key TEXT NOT NULL
) STRICT;

-- The value is kept as it was written; its variable says how to read it. NULL is a missing value.
CREATE TABLE variable_value (
    id TEXT PRIMARY KEY NOT NULL,
    variable_id TEXT NOT NULL REFERENCES variable(id) DEFERRABLE INITIALLY DEFERRED,
    source_id TEXT REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED,
    case_id TEXT REFERENCES "case"(id) DEFERRABLE INITIALLY DEFERRED,
    value TEXT,
    CHECK ((source_id IS NOT NULL) + (case_id IS NOT NULL) = 1)
) STRICT;

CREATE TABLE "set" (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    order_key TEXT NOT NULL
) STRICT;

CREATE TABLE set_member (
    id TEXT PRIMARY KEY NOT NULL,
    set_id TEXT NOT NULL REFERENCES "set"(id) DEFERRABLE INITIALLY DEFERRED,
    code_id TEXT REFERENCES code(id) DEFERRABLE INITIALLY DEFERRED,
    source_id TEXT REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED,
    memo_id TEXT REFERENCES memo(id) DEFERRABLE INITIALLY DEFERRED,
    order_key TEXT NOT NULL,
    CHECK ((code_id IS NOT NULL) + (source_id IS NOT NULL) + (memo_id IS NOT NULL) = 1)
) STRICT;

-- A query in words (docs/queries.md). refers is a JSON object: which row each name of the text meant when it was
-- saved ("code:Trust": id), so that renaming a code changes no result.
CREATE TABLE saved_query (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    refers TEXT NOT NULL DEFAULT '{}',
    description TEXT NOT NULL DEFAULT '',
    order_key TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- The ends of a link may be anything, also something that another program left dangling.
CREATE TABLE link (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    direction TEXT NOT NULL DEFAULT 'associative'
        CHECK (direction IN ('associative', 'one way', 'both ways')),
    colour TEXT NOT NULL DEFAULT '',
    from_id TEXT,
    to_id TEXT
) STRICT;

-- What another program's file says beyond these tables, kept so that it can be given back.
CREATE TABLE extra (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    id TEXT PRIMARY KEY NOT NULL,
    coder_id TEXT REFERENCES coder(id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- The journal. made_at is a hybrid logical clock, wall_time is what people are shown,
-- parents are the change sets (a JSON array of ids) that nothing else built on when this was made.
-- digest is the SHA-256 of the step with its rows and its parents' digests.
CREATE TABLE change_set (
    id TEXT PRIMARY KEY NOT NULL,
    replica_id TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('new', 'edit', 'undo', 'redo', 'revert')),
    label TEXT NOT NULL,
    coder_id TEXT,
    made_at INTEGER NOT NULL,
    wall_time TEXT NOT NULL,
    undoes TEXT,
    parents TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

-- before and after are the row as a JSON object; sets names the fields that a change sets where
-- these are more than those that differ (NULL: exactly those that differ).
CREATE TABLE row_change (
    seq INTEGER PRIMARY KEY,
    change_set_id TEXT NOT NULL REFERENCES change_set(id) DEFERRABLE INITIALLY DEFERRED,
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    before TEXT,
    after TEXT,
    sets TEXT
) STRICT;

-- Many rows of one table changed in one go: the columns packed, in place of a row_change each. The
-- row_change of this seq holds its place in the step; its row_id is empty, before and after are NULL.
CREATE TABLE row_batch (
    seq INTEGER PRIMARY KEY REFERENCES row_change(seq) DEFERRABLE INITIALLY DEFERRED,
    rows INTEGER NOT NULL,
    row_ids BLOB NOT NULL,
    before BLOB,
    after BLOB
) STRICT;

-- Holds one row while a step is being written, none otherwise. packed names the table whose rows the
-- store is just journaling as a batch.
CREATE TABLE open_step (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    change_set_id TEXT NOT NULL,
    packed TEXT
) STRICT;

-- How often codes and sources are used, 0 left out: follows from coding and segment, each step keeps it right.
CREATE TABLE code_use (
    code_id TEXT PRIMARY KEY NOT NULL,
    codings INTEGER NOT NULL,
    segments INTEGER NOT NULL
) STRICT;

CREATE TABLE source_use (
    source_id TEXT PRIMARY KEY NOT NULL,
    segments INTEGER NOT NULL,
    codings INTEGER NOT NULL
) STRICT;

-- What copies that were changed apart have left undecided: follows from the journal, each step keeps it right.
-- revived: deleted in one copy and used in another, so it is still there; cut: a code that moves made its own
-- ancestor, so it stands at the top.
CREATE TABLE repair (
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('revived', 'cut')),
    PRIMARY KEY (table_name, row_id, kind)
) STRICT;

-- Fields that were set differently; an empty field: the row was deleted in one copy and changed in another.
CREATE TABLE conflict (
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (table_name, row_id, field)
) STRICT;

-- The merges of this copy, so that Undo can take one out again: what each offered (a JSON array of the other's
-- last steps) and which steps came in by it. made_at is the clock at which it stands among this copy's steps.
CREATE TABLE merge (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    wall_time TEXT NOT NULL,
    offered TEXT NOT NULL
) STRICT;

CREATE TABLE merged (
    change_set_id TEXT PRIMARY KEY NOT NULL REFERENCES change_set(id) DEFERRABLE INITIALLY DEFERRED,
    merge_id TEXT NOT NULL REFERENCES merge(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- The files of a team folder that this copy has read or written, by name: the SHA-256 of their bytes, the steps and
-- the texts and files that they hold (JSON arrays), so that nothing is read or written twice.
CREATE TABLE team_file (
    name TEXT PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    steps TEXT NOT NULL,
    bodies TEXT NOT NULL
) STRICT;

-- What belongs to this copy of the file and never travels: its replica, the coder at work.
CREATE TABLE local (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- The search index, made from text_body by the app and not journaled: for each line of a text an entry in
-- full_text whose rowid is number * 4294967296 + the line's first code point. The texts are not in it again.
-- stop says how far a text has been read, NULL: wholly; what is not in the index is searched without it.
CREATE TABLE indexed_text (
    number INTEGER PRIMARY KEY,
    text_hash TEXT NOT NULL UNIQUE,
    stop INTEGER
) STRICT;

CREATE VIRTUAL TABLE full_text USING fts5 (
    line, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2'
);

CREATE INDEX segment_by_place ON segment (source_id, now_start, now_stop);
CREATE INDEX segment_to_check ON segment (source_id, now_start) WHERE placed = 0;
CREATE INDEX coding_by_segment ON coding (segment_id, code_id);
CREATE INDEX coding_by_code ON coding (code_id, segment_id);
CREATE INDEX code_by_parent ON code (parent_id);
CREATE INDEX memo_by_segment ON memo (segment_id) WHERE segment_id IS NOT NULL;
CREATE INDEX memo_by_coding ON memo (coding_id) WHERE coding_id IS NOT NULL;
CREATE INDEX memo_by_source ON memo (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX memo_by_code ON memo (code_id) WHERE code_id IS NOT NULL;
CREATE INDEX example_by_code ON code_example (code_id);
CREATE INDEX example_by_segment ON code_example (segment_id) WHERE segment_id IS NOT NULL;
CREATE INDEX case_member_by_segment ON case_member (segment_id) WHERE segment_id IS NOT NULL;
CREATE INDEX case_member_by_source ON case_member (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX value_by_source ON variable_value (source_id) WHERE source_id IS NOT NULL;
CREATE INDEX change_set_in_order ON change_set (made_at, id);
CREATE INDEX row_change_by_step ON row_change (change_set_id);
CREATE INDEX row_change_by_row ON row_change (row_id);
"""

VERSION_1 = _TABLES + AGREEING + VIEWS
