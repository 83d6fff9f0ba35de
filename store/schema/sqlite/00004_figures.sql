-- SPDX-License-Identifier: EUPL-1.2
-- Years that were frozen for the yearly analysis: cases without persons, sealed.

-- +goose Up

CREATE TABLE yearly_sets (
  tenant  TEXT NOT NULL,
  year    INTEGER NOT NULL,
  version INTEGER NOT NULL, -- 1, 2 …: a year frozen again
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  set_key TEXT NOT NULL,
  sealed  BLOB NOT NULL,
  PRIMARY KEY (tenant, year, version)
) STRICT, WITHOUT ROWID;

-- Cases that the desk opened by itself: one per occasion, such as the end of a year.
CREATE TABLE occasions (
  tenant  TEXT NOT NULL,
  name    TEXT NOT NULL, -- year/2026
  case_id TEXT NOT NULL,
  PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;
