"""The nouns of qualitative coding as plain values; queries return them, nothing changes them.

Positions are half-open [start, stop) in Unicode code points of the source's text.
Times of media are integer milliseconds; dates are ISO 8601 in UTC.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes; or, of the kind "consensus", what the people have agreed on."""

    id: str
    name: str
    kind: str = "person"

    @property
    def is_consensus(self) -> bool:
        """Say whether this is no person, but what they agreed on."""
        return self.kind == "consensus"


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the project. `folder` is a path such as "Interviews/2024", "" at the top."""

    id: str
    name: str
    kind: str
    folder: str
    order_key: str
    text_hash: str
    characters: int
    words: int
    codings: int
    original_hash: str | None
    original_name: str
    importer: str
    importer_version: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Code:
    """A node of the codebook's tree; a parent may itself be used for coding."""

    id: str
    parent_id: str | None
    name: str
    colour: str
    order_key: str
    definition: str = ""
    use_when: str = ""
    not_when: str = ""
    is_codable: bool = True


@dataclass(frozen=True, slots=True)
class Coding:
    """A code applied to a segment by a coder, with the segment's range in today's text."""

    id: str
    segment_id: str
    source_id: str
    start: int
    stop: int
    code_id: str
    coder_id: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on exactly one thing, or a free one; `on` names the kind of thing and `on_id` which."""

    id: str
    title: str
    body: str
    coder_id: str | None
    created_at: str
    on: str | None
    on_id: str | None
