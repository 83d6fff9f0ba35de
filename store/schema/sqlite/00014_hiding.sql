-- SPDX-License-Identifier: EUPL-1.2
-- Cases that do not exist for named people, and what was opened in an emergency. Both are
-- made again from the events; neither holds a typed word.

-- +goose Up

CREATE TABLE case_hidden (
  tenant  TEXT NOT NULL,
  person  TEXT NOT NULL,
  case_id TEXT NOT NULL,
  PRIMARY KEY (tenant, person, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_hidden_case ON case_hidden (case_id);

CREATE TABLE emergencies (
  case_id     TEXT    NOT NULL,
  seq         INTEGER NOT NULL,
  tenant      TEXT    NOT NULL,
  number      TEXT    NOT NULL,
  person      TEXT    NOT NULL,
  role        TEXT    NOT NULL,
  ground      TEXT    NOT NULL,
  depth       TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  until       INTEGER NOT NULL,
  reviewed_at INTEGER NOT NULL,
  reviewed_by TEXT    NOT NULL,
  rightful    INTEGER NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX emergencies_newest ON emergencies (tenant, at);
CREATE INDEX emergencies_person ON emergencies (tenant, person, at);
