-- SPDX-License-Identifier: EUPL-1.2
-- The media monitor: feeds that are looked at, and articles that were found. Words of an
-- article are sealed; no article holds more than title, address, medium and moment.

-- +goose Up

CREATE TABLE feeds (
  tenant      TEXT    NOT NULL,
  id          TEXT    NOT NULL, -- of the line in the list of feeds
  address     TEXT    NOT NULL,
  ends        INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  etag        TEXT    NOT NULL,
  modified    TEXT    NOT NULL,
  fetched_at  INTEGER NOT NULL,
  trouble     TEXT    NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT;
CREATE INDEX feeds_due ON feeds (due_at, tenant, id);

CREATE TABLE media (
  tenant   TEXT    NOT NULL,
  id       TEXT    NOT NULL,
  mark     BLOB    NOT NULL, -- keyed hash: the same article again
  feed     TEXT    NOT NULL, -- empty: entered by hand
  state    TEXT    NOT NULL, -- new, linked, aside
  key      TEXT    NOT NULL, -- of sealed
  sealed   BLOB    NOT NULL,
  case_id  TEXT    NOT NULL,
  found_at INTEGER NOT NULL,
  seen_at  INTEGER NOT NULL,
  actor    TEXT    NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT;
CREATE UNIQUE INDEX media_mark ON media (tenant, mark);
CREATE INDEX media_state ON media (tenant, state, id);
CREATE INDEX media_seen  ON media (seen_at);
CREATE INDEX media_key   ON media (key);

CREATE INDEX cases_closed_kind ON cases (tenant, kind, updated_at DESC, id DESC) WHERE active = 0;
