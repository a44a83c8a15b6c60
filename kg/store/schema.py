"""Tables of the store, and how a store of an older version is brought up to date."""

from __future__ import annotations

VERSION = 2
"""Version of the schema; a store of a newer one is refused, of an older one migrated."""

_LINKING = """
-- Sources of identifiers that were asked, and their answers, so that nothing is asked twice. A
-- name and not an entity is the key: what was asked holds through every rebuild.
CREATE TABLE services (
  url TEXT PRIMARY KEY, name TEXT NOT NULL, space TEXT NOT NULL, threshold REAL NOT NULL,
  view TEXT NOT NULL, versions TEXT NOT NULL, batch_size INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE answers (
  service TEXT NOT NULL REFERENCES services (url) ON DELETE CASCADE,
  type TEXT NOT NULL, name TEXT NOT NULL, asked TEXT NOT NULL, chain TEXT NOT NULL,
  candidates TEXT NOT NULL,
  PRIMARY KEY (service, type, name)
) WITHOUT ROWID;
"""

MIGRATIONS: dict[int, str] = {1: _LINKING}
"""Version to the SQL that leads from it to the next one."""

DDL = f"""{_LINKING}
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE runs (
  id TEXT PRIMARY KEY, version TEXT NOT NULL, annotator TEXT NOT NULL,
  config_sha256 TEXT NOT NULL, model TEXT NOT NULL, model_sha256 TEXT NOT NULL
) WITHOUT ROWID;

-- One row for one text. seen_as is a digest of what an annotator sees of it; it is pending unless
-- annotated_as is the same and run the one wanted. Readers see it if resolved = 1: annotated, and
-- each of its chains has an entity.
CREATE TABLE articles (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  run TEXT REFERENCES runs (id),
  seen_as TEXT NOT NULL DEFAULT '',
  annotated_as TEXT,
  resolved INTEGER NOT NULL DEFAULT 0,
  change INTEGER NOT NULL
);

-- Where a text was read; the earliest published one gives the article its metadata (main = 1).
CREATE TABLE appearances (
  source TEXT PRIMARY KEY,
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  main INTEGER NOT NULL DEFAULT 0,
  title TEXT, url TEXT, publisher TEXT, author TEXT, published TEXT,
  language TEXT NOT NULL, skip TEXT NOT NULL,
  source_sha256 TEXT NOT NULL, reader TEXT NOT NULL, read_with TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX appearances_article ON appearances (article, main);

CREATE TABLE mentions (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  kind TEXT NOT NULL, type TEXT NOT NULL, chain TEXT NOT NULL,
  rule TEXT NOT NULL, confidence REAL NOT NULL,
  PRIMARY KEY (article, start, end)
) WITHOUT ROWID;
CREATE INDEX mentions_chain ON mentions (chain);

CREATE TABLE chains (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT NOT NULL, named INTEGER NOT NULL,
  gender TEXT, plural INTEGER NOT NULL, subtype TEXT, wikidata TEXT,
  PRIMARY KEY (article, place)
) WITHOUT ROWID;

-- Several spans are written "12-40 45-50".
CREATE TABLE statements (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE, speaker TEXT NOT NULL, speaker_start INTEGER, speaker_end INTEGER,
  cue TEXT NOT NULL, cue_lemma TEXT NOT NULL, content TEXT NOT NULL,
  act TEXT NOT NULL, stance TEXT NOT NULL, quote_type TEXT NOT NULL,
  depth INTEGER NOT NULL, parent TEXT,
  sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
  kind TEXT NOT NULL, quotes TEXT NOT NULL,
  said_earliest TEXT, said_latest TEXT, said_start INTEGER, said_end INTEGER,
  addressee TEXT, on_behalf_of TEXT, work TEXT, evidence TEXT,
  rule TEXT NOT NULL, confidence REAL NOT NULL, review TEXT,
  PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE INDEX statements_speaker ON statements (speaker);

CREATE TABLE claims (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE, statement TEXT NOT NULL, spans TEXT NOT NULL,
  polarity TEXT NOT NULL, certainty TEXT NOT NULL, tense TEXT,
  PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE INDEX claims_statement ON claims (statement);

CREATE TABLE claim_about (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  claim_place INTEGER NOT NULL, place INTEGER NOT NULL,
  chain TEXT NOT NULL,
  PRIMARY KEY (article, claim_place, place)
) WITHOUT ROWID;
CREATE INDEX claim_about_chain ON claim_about (chain);

CREATE TABLE relations (
  article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT,
  text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  statement TEXT, rule TEXT NOT NULL, confidence REAL NOT NULL,
  PRIMARY KEY (article, place)
) WITHOUT ROWID;
CREATE INDEX relations_subject ON relations (subject);
CREATE INDEX relations_object ON relations (object);

CREATE TABLE entities (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
  subtype TEXT, gender TEXT, review TEXT
) WITHOUT ROWID;
CREATE INDEX entities_folded ON entities (folded);
CREATE TABLE aliases (
  entity TEXT NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  place INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
  PRIMARY KEY (entity, place)
) WITHOUT ROWID;
CREATE INDEX aliases_folded ON aliases (folded);
CREATE TABLE external_ids (
  entity TEXT NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  scheme TEXT NOT NULL, id TEXT NOT NULL, score REAL NOT NULL, origin TEXT NOT NULL,
  PRIMARY KEY (entity, place)
) WITHOUT ROWID;
CREATE TABLE entity_chains (
  entity TEXT NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  chain TEXT NOT NULL UNIQUE REFERENCES chains (id) ON DELETE CASCADE,
  confidence REAL,
  PRIMARY KEY (entity, place)
) WITHOUT ROWID;

CREATE TABLE links (
  left TEXT NOT NULL REFERENCES chains (id) ON DELETE CASCADE,
  right TEXT NOT NULL REFERENCES chains (id) ON DELETE CASCADE,
  judgement TEXT NOT NULL, score REAL NOT NULL, reasons TEXT NOT NULL, origin TEXT NOT NULL,
  PRIMARY KEY (left, right)
) WITHOUT ROWID;
CREATE INDEX links_right ON links (right);

CREATE TABLE claim_links (
  left TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  relation TEXT NOT NULL,
  right TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
  score REAL NOT NULL, reasons TEXT NOT NULL,
  PRIMARY KEY (left, relation, right)
) WITHOUT ROWID;
CREATE INDEX claim_links_right ON claim_links (right);

-- Articles that print the text of another one, with small edits.
CREATE TABLE copies (
  article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  representative TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  similarity REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX copies_representative ON copies (representative);

CREATE TABLE redirects (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;

-- The tables above hold what people corrected; this holds what was found there before, as rows.
CREATE TABLE found (
  article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  tables TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE removed (article TEXT PRIMARY KEY, change INTEGER NOT NULL) WITHOUT ROWID;

-- tried_as: what the annotator saw and its run, so that what fails is not tried again every time.
CREATE TABLE failures (
  source TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL,
  article TEXT REFERENCES articles (id) ON DELETE CASCADE, tried_as TEXT,
  PRIMARY KEY (source, reason)
) WITHOUT ROWID;
CREATE INDEX failures_article ON failures (article);

CREATE VIRTUAL TABLE article_words USING fts5 (
  text, content = 'articles', content_rowid = 'number',
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER articles_inserted AFTER INSERT ON articles BEGIN
  INSERT INTO article_words (rowid, text) VALUES (new.number, new.text);
END;
CREATE TRIGGER articles_deleted AFTER DELETE ON articles BEGIN
  INSERT INTO article_words (article_words, rowid, text)
  VALUES ('delete', old.number, old.text);
END;
"""
