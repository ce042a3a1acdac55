"""The read-only views of a project file, which other programs may rely on."""

VIEWS = """
-- Stable read-only views for outside tools; docs/file-format.md describes them.
CREATE VIEW codes AS
WITH RECURSIVE tree(id, path) AS (
    SELECT id, name FROM code WHERE parent_id IS NULL
    UNION ALL
    SELECT code.id, tree.path || ' > ' || code.name FROM code JOIN tree ON code.parent_id = tree.id
)
SELECT code.id, tree.path, code.name, code.parent_id, code.colour, code.definition,
       code.use_when, code.not_when, code.is_codable,
       coalesce(code_use.codings, 0) AS codings
FROM code JOIN tree USING (id) LEFT JOIN code_use ON code_use.code_id = code.id;

CREATE VIEW sources AS
SELECT source.id, source.name, source.kind, source.folder, text_body.characters, text_body.words,
       source.text_hash AS sha256, source.imported_at, text_body.text
FROM source JOIN text_body ON text_body.hash = source.text_hash;

CREATE VIEW codings AS
SELECT coding.id, source.id AS source_id, source.name AS source,
       segment.now_start AS start, segment.now_stop AS stop,
       substr(text_body.text, segment.now_start + 1, segment.now_stop - segment.now_start) AS text,
       code.id AS code_id, code.name AS code, coder.name AS coder, coding.created_at
FROM coding
JOIN segment ON segment.id = coding.segment_id
JOIN source ON source.id = segment.source_id
JOIN text_body ON text_body.hash = source.text_hash
JOIN code ON code.id = coding.code_id
JOIN coder ON coder.id = coding.coder_id;
"""
