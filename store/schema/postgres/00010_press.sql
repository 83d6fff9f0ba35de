-- SPDX-License-Identifier: EUPL-1.2
-- The media monitor: feeds that are looked at, and articles that were found. Words of an
-- article are sealed; no article holds more than title, address, medium and moment.

-- +goose Up

CREATE TABLE feeds (
  tenant      TEXT COLLATE "C" NOT NULL,
  id          TEXT COLLATE "C" NOT NULL, -- of the line in the list of feeds
  address     TEXT COLLATE "C" NOT NULL,
  ends        BIGINT NOT NULL,
  due_at      BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  attempts    INTEGER NOT NULL,
  etag        TEXT COLLATE "C" NOT NULL,
  modified    TEXT COLLATE "C" NOT NULL,
  fetched_at  BIGINT NOT NULL,
  trouble     TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX feeds_due ON feeds (due_at, tenant, id);

CREATE TABLE media (
  tenant   TEXT COLLATE "C" NOT NULL,
  id       TEXT COLLATE "C" NOT NULL,
  mark     BYTEA NOT NULL, -- keyed hash: the same article again
  feed     TEXT COLLATE "C" NOT NULL, -- empty: entered by hand
  state    TEXT COLLATE "C" NOT NULL, -- new, linked, aside
  key      TEXT COLLATE "C" NOT NULL, -- of sealed
  sealed   BYTEA NOT NULL,
  case_id  TEXT COLLATE "C" NOT NULL,
  found_at BIGINT NOT NULL,
  seen_at  BIGINT NOT NULL,
  actor    TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX media_mark ON media (tenant, mark);
CREATE INDEX media_state ON media (tenant, state, id);
CREATE INDEX media_seen  ON media (seen_at);
CREATE INDEX media_key   ON media (key);

CREATE INDEX cases_closed_kind ON cases (tenant, kind, updated_at DESC, id DESC) WHERE active = 0;
