"""Texts and files kept by their content: each stored once, under its SHA-256, and never changed."""

import hashlib

from sqlite_utils import Database

from coder_app.domain.text import count_words, sha256


def put_text(db: Database, text: str) -> str:
    """Store a canonical text and return its hash."""
    digest = sha256(text)
    db.conn.execute(
        "INSERT OR IGNORE INTO text_body (hash, text, characters, words) VALUES (?, ?, ?, ?)",
        (digest, text, len(text), count_words(text)),
    )
    return digest


def put_bytes(db: Database, data: bytes) -> str:
    """Store a file's bytes and return their hash."""
    digest = hashlib.sha256(data).hexdigest()
    db.conn.execute("INSERT OR IGNORE INTO media (hash, bytes, size) VALUES (?, ?, ?)", (digest, data, len(data)))
    return digest


def get_text(db: Database, digest: str) -> str:
    """Return the text with this hash."""
    return db.conn.execute("SELECT text FROM text_body WHERE hash = ?", (digest,)).fetchone()[0]


def get_bytes(db: Database, digest: str) -> bytes:
    """Return the bytes with this hash."""
    return db.conn.execute("SELECT bytes FROM media WHERE hash = ?", (digest,)).fetchone()[0]
