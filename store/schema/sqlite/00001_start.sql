-- SPDX-License-Identifier: EUPL-1.2
-- The first schema. Times are microseconds UTC; 9223372036854775807 is "never".
-- Events are the truth; every table under "read rows" can be made again from them.

-- +goose Up

CREATE TABLE events (
  case_id TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  tenant  TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  type    TEXT    NOT NULL,
  actor   TEXT    NOT NULL,
  role    TEXT    NOT NULL,
  sealed  BLOB    NOT NULL,
  vault   BLOB    NOT NULL,
  PRIMARY KEY (case_id, seq)
) STRICT;

CREATE TABLE results (
  key   TEXT    NOT NULL PRIMARY KEY,
  value BLOB    NOT NULL,
  at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE numbers (
  tenant TEXT    NOT NULL,
  year   INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (tenant, year)
) STRICT, WITHOUT ROWID;

-- Read rows.

CREATE TABLE cases (
  id           TEXT    NOT NULL PRIMARY KEY,
  tenant       TEXT    NOT NULL,
  number       TEXT    NOT NULL,
  year         INTEGER NOT NULL,
  kind         TEXT    NOT NULL,
  registered   INTEGER NOT NULL,
  case_key     TEXT    NOT NULL,
  code_hash    BLOB    NOT NULL,
  version      INTEGER NOT NULL,
  organisation TEXT    NOT NULL,
  folded       TEXT    NOT NULL, -- organisation in lower case, for searching
  class        TEXT    NOT NULL,
  laws         TEXT    NOT NULL,
  provisional  INTEGER NOT NULL,
  status       TEXT    NOT NULL,
  active       INTEGER NOT NULL, -- 1 while there may be something to do
  urgent       INTEGER NOT NULL,
  assigned     TEXT    NOT NULL,
  what         TEXT    NOT NULL,
  because      TEXT    NOT NULL,
  waiting      INTEGER NOT NULL,
  more         INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  handover_at  INTEGER NOT NULL, -- 0: nothing handed over
  received_at  INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  joined_to    TEXT    NOT NULL,
  columns      TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX cases_number ON cases (tenant, number);
CREATE INDEX cases_folded   ON cases (tenant, folded);
CREATE INDEX cases_team     ON cases (tenant, due_at, id) WHERE active = 1;
CREATE INDEX cases_mine     ON cases (tenant, assigned, due_at, id) WHERE active = 1 AND assigned <> '';
CREATE INDEX cases_waiting  ON cases (tenant, due_at, id) WHERE active = 1 AND waiting = 1;
CREATE INDEX cases_handover ON cases (tenant, due_at, id) WHERE active = 1 AND handover_at > 0;
CREATE INDEX cases_closed   ON cases (tenant, updated_at, id) WHERE active = 0;
CREATE INDEX cases_register ON cases (tenant, year, number) WHERE registered = 1;

CREATE TABLE clocks (
  case_id TEXT    NOT NULL,
  clock   TEXT    NOT NULL,
  tenant  TEXT    NOT NULL,
  due_at  INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  stage   INTEGER NOT NULL,
  state   TEXT    NOT NULL,
  PRIMARY KEY (case_id, clock)
) STRICT, WITHOUT ROWID;
CREATE INDEX clocks_next ON clocks (next_at) WHERE next_at < 9223372036854775807;

CREATE TABLE blind_index (
  case_id TEXT    NOT NULL,
  fact    TEXT    NOT NULL,
  hash    BLOB    NOT NULL,
  tenant  TEXT    NOT NULL,
  moment  INTEGER NOT NULL,
  PRIMARY KEY (case_id, fact, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX blind_index_hash ON blind_index (tenant, hash, moment);

CREATE TABLE disclosures (
  case_id   TEXT    NOT NULL,
  product   TEXT    NOT NULL,
  row_id    TEXT    NOT NULL,
  version   INTEGER NOT NULL,
  person    TEXT    NOT NULL,
  tenant    TEXT    NOT NULL,
  number    TEXT    NOT NULL,
  title     TEXT    NOT NULL,
  at        INTEGER NOT NULL,
  read_at   INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,
  PRIMARY KEY (case_id, product, row_id, version, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX disclosures_person ON disclosures (tenant, person, at);

-- Work to do: rows with a moment, taken by lease.

CREATE TABLE outbox (
  id          TEXT    NOT NULL PRIMARY KEY,
  tenant      TEXT    NOT NULL,
  case_id     TEXT    NOT NULL,
  product     TEXT    NOT NULL,
  row_id      TEXT    NOT NULL,
  version     INTEGER NOT NULL,
  person      TEXT    NOT NULL,
  address     TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  sent_at     INTEGER NOT NULL,
  error       TEXT    NOT NULL,
  final       INTEGER NOT NULL,
  done        INTEGER NOT NULL -- 1 when sent or given up
) STRICT;
CREATE INDEX outbox_due    ON outbox (due_at, id) WHERE done = 0;
CREATE INDEX outbox_newest ON outbox (tenant, created_at, id);

-- The tamper-evident log. Row idx holds the tree hashes that entry idx completed.

CREATE TABLE ledger (
  idx     INTEGER NOT NULL PRIMARY KEY,
  at      INTEGER NOT NULL,
  tenant  TEXT    NOT NULL,
  actor   TEXT    NOT NULL,
  role    TEXT    NOT NULL,
  case_id TEXT    NOT NULL,
  action  TEXT    NOT NULL,
  outcome TEXT    NOT NULL,
  purpose TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  digest  BLOB    NOT NULL,
  hashes  BLOB    NOT NULL
) STRICT;
CREATE INDEX ledger_case ON ledger (case_id, idx) WHERE case_id <> '';

CREATE TABLE ledger_head (
  id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  tree BLOB    NOT NULL
) STRICT;
INSERT INTO ledger_head (id, tree) VALUES (1, x'');

CREATE TABLE checkpoints (
  size INTEGER NOT NULL PRIMARY KEY,
  at   INTEGER NOT NULL,
  note TEXT    NOT NULL
) STRICT;

-- Accounts.

CREATE TABLE people (
  tenant       TEXT NOT NULL,
  id           TEXT NOT NULL,
  name         TEXT NOT NULL,
  email        TEXT NOT NULL,
  roles        TEXT NOT NULL, -- JSON list
  organisation TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenants (
  id       TEXT NOT NULL PRIMARY KEY,
  name     TEXT NOT NULL,
  protocol TEXT NOT NULL,
  phone    TEXT NOT NULL,
  email    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
