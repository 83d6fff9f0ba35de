-- SPDX-License-Identifier: EUPL-1.2
-- What is due to be erased, what was erased, and the certificates of it.

-- +goose Up

-- Read rows: one for each retention rule whose term began.
CREATE TABLE retention (
  case_id TEXT    NOT NULL,
  rule    TEXT    NOT NULL, -- of the protocol, or "case:" and a ground
  tenant  TEXT    NOT NULL,
  number  TEXT    NOT NULL,
  due_at  INTEGER NOT NULL,
  state   TEXT    NOT NULL, -- waiting, proposed, held
  asked   TEXT    NOT NULL, -- person who proposed it; empty for a rule
  PRIMARY KEY (case_id, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX retention_due  ON retention (due_at, case_id, rule) WHERE state = 'waiting';
CREATE INDEX retention_list ON retention (tenant, state, due_at, case_id, rule) WHERE state <> 'waiting';

-- The erasure register, as far as this database knows it. A copy lies outside.
CREATE TABLE erasures (
  id      TEXT    NOT NULL PRIMARY KEY,
  tenant  TEXT    NOT NULL,
  case_id TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  line    TEXT    NOT NULL, -- JSON, as in the copy outside
  done    INTEGER NOT NULL  -- 1 when it is in the copy, the key is gone and the files are wiped
) STRICT;
CREATE INDEX erasures_open ON erasures (at, id) WHERE done = 0;

-- How far the copy of the register outside was carried out in this database. A backup that
-- is put back knows less than the copy.
CREATE TABLE erasure_mark (
  id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  upto INTEGER NOT NULL
) STRICT;
INSERT INTO erasure_mark (id, upto) VALUES (1, 0);

CREATE TABLE certificates (
  id     TEXT    NOT NULL PRIMARY KEY,
  tenant TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  body   TEXT    NOT NULL -- JSON; numbers, grounds and who approved, never a person concerned
) STRICT;
CREATE INDEX certificates_newest ON certificates (tenant, at, id);

-- Addresses of messages that are done are emptied after a while.
CREATE INDEX outbox_addresses ON outbox (created_at) WHERE done = 1 AND address <> '';
