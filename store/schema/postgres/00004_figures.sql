-- SPDX-License-Identifier: EUPL-1.2
-- Years that were frozen for the yearly analysis: cases without persons, sealed.

-- +goose Up

CREATE TABLE yearly_sets (
  tenant  TEXT COLLATE "C" NOT NULL,
  year    BIGINT NOT NULL,
  version BIGINT NOT NULL, -- 1, 2 …: a year frozen again
  at      BIGINT NOT NULL,
  actor   TEXT COLLATE "C" NOT NULL,
  set_key TEXT COLLATE "C" NOT NULL,
  sealed  BYTEA NOT NULL,
  PRIMARY KEY (tenant, year, version)
);

-- Cases that the desk opened by itself: one per occasion, such as the end of a year.
CREATE TABLE occasions (
  tenant  TEXT COLLATE "C" NOT NULL,
  name    TEXT COLLATE "C" NOT NULL, -- year/2026
  case_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, name)
);
