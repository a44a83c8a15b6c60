"""The lasting state: one SQLite file; everything after it is derived."""
