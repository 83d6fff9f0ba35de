-- SPDX-License-Identifier: EUPL-1.2
-- The first schema. Times are microseconds UTC; 9223372036854775807 is "never".
-- Events are the truth; every table under "read rows" can be made again from them.

-- +goose Up

CREATE TABLE events (
  case_id TEXT    COLLATE "C" NOT NULL,
  seq     BIGINT  NOT NULL,
  tenant  TEXT    COLLATE "C" NOT NULL,
  at      BIGINT  NOT NULL,
  type    TEXT    COLLATE "C" NOT NULL,
  actor   TEXT    COLLATE "C" NOT NULL,
  role    TEXT    COLLATE "C" NOT NULL,
  sealed  BYTEA    NOT NULL,
  vault   BYTEA    NOT NULL,
  PRIMARY KEY (case_id, seq)
);

CREATE TABLE results (
  key   TEXT    COLLATE "C" NOT NULL PRIMARY KEY,
  value BYTEA    NOT NULL,
  at    BIGINT  NOT NULL
);

CREATE TABLE numbers (
  tenant TEXT    COLLATE "C" NOT NULL,
  year   BIGINT  NOT NULL,
  last   BIGINT  NOT NULL,
  PRIMARY KEY (tenant, year)
);

-- Read rows.

CREATE TABLE cases (
  id           TEXT    COLLATE "C" NOT NULL PRIMARY KEY,
  tenant       TEXT    COLLATE "C" NOT NULL,
  number       TEXT    COLLATE "C" NOT NULL,
  year         BIGINT  NOT NULL,
  kind         TEXT    COLLATE "C" NOT NULL,
  registered   BIGINT  NOT NULL,
  case_key     TEXT    COLLATE "C" NOT NULL,
  code_hash    BYTEA    NOT NULL,
  version      BIGINT  NOT NULL,
  organisation TEXT    COLLATE "C" NOT NULL,
  folded       TEXT    COLLATE "C" NOT NULL, -- organisation in lower case, for searching
  class        TEXT    COLLATE "C" NOT NULL,
  laws         TEXT    COLLATE "C" NOT NULL,
  provisional  BIGINT  NOT NULL,
  status       TEXT    COLLATE "C" NOT NULL,
  active       BIGINT  NOT NULL, -- 1 while there may be something to do
  urgent       BIGINT  NOT NULL,
  assigned     TEXT    COLLATE "C" NOT NULL,
  what         TEXT    COLLATE "C" NOT NULL,
  because      TEXT    COLLATE "C" NOT NULL,
  waiting      BIGINT  NOT NULL,
  more         BIGINT  NOT NULL,
  due_at       BIGINT  NOT NULL,
  handover_at  BIGINT NOT NULL, -- 0: nothing handed over
  received_at  BIGINT  NOT NULL,
  updated_at   BIGINT  NOT NULL,
  joined_to    TEXT    COLLATE "C" NOT NULL,
  columns      TEXT    COLLATE "C" NOT NULL
);
CREATE UNIQUE INDEX cases_number ON cases (tenant, number);
CREATE INDEX cases_folded   ON cases (tenant, folded);
CREATE INDEX cases_team     ON cases (tenant, due_at, id) WHERE active = 1;
CREATE INDEX cases_mine     ON cases (tenant, assigned, due_at, id) WHERE active = 1 AND assigned <> '';
CREATE INDEX cases_waiting  ON cases (tenant, due_at, id) WHERE active = 1 AND waiting = 1;
CREATE INDEX cases_handover ON cases (tenant, due_at, id) WHERE active = 1 AND handover_at > 0;
CREATE INDEX cases_closed   ON cases (tenant, updated_at, id) WHERE active = 0;
CREATE INDEX cases_register ON cases (tenant, year, number) WHERE registered = 1;

CREATE TABLE clocks (
  case_id TEXT    COLLATE "C" NOT NULL,
  clock   TEXT    COLLATE "C" NOT NULL,
  tenant  TEXT    COLLATE "C" NOT NULL,
  due_at  BIGINT  NOT NULL,
  next_at BIGINT  NOT NULL,
  stage   BIGINT  NOT NULL,
  state   TEXT    COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, clock)
);
CREATE INDEX clocks_next ON clocks (next_at) WHERE next_at < 9223372036854775807;

CREATE TABLE blind_index (
  case_id TEXT    COLLATE "C" NOT NULL,
  fact    TEXT    COLLATE "C" NOT NULL,
  hash    BYTEA    NOT NULL,
  tenant  TEXT    COLLATE "C" NOT NULL,
  moment  BIGINT  NOT NULL,
  PRIMARY KEY (case_id, fact, hash)
);
CREATE INDEX blind_index_hash ON blind_index (tenant, hash, moment);

CREATE TABLE disclosures (
  case_id   TEXT    COLLATE "C" NOT NULL,
  product   TEXT    COLLATE "C" NOT NULL,
  row_id    TEXT    COLLATE "C" NOT NULL,
  version   BIGINT  NOT NULL,
  person    TEXT    COLLATE "C" NOT NULL,
  tenant    TEXT    COLLATE "C" NOT NULL,
  number    TEXT    COLLATE "C" NOT NULL,
  title     TEXT    COLLATE "C" NOT NULL,
  at        BIGINT  NOT NULL,
  read_at   BIGINT  NOT NULL,
  withdrawn BIGINT  NOT NULL,
  PRIMARY KEY (case_id, product, row_id, version, person)
);
CREATE INDEX disclosures_person ON disclosures (tenant, person, at);

-- Work to do: rows with a moment, taken by lease.

CREATE TABLE outbox (
  id          TEXT    COLLATE "C" NOT NULL PRIMARY KEY,
  tenant      TEXT    COLLATE "C" NOT NULL,
  case_id     TEXT    COLLATE "C" NOT NULL,
  product     TEXT    COLLATE "C" NOT NULL,
  row_id      TEXT    COLLATE "C" NOT NULL,
  version     BIGINT  NOT NULL,
  person      TEXT    COLLATE "C" NOT NULL,
  address     TEXT    COLLATE "C" NOT NULL,
  subject     TEXT    COLLATE "C" NOT NULL,
  body        TEXT    COLLATE "C" NOT NULL,
  created_at  BIGINT  NOT NULL,
  due_at      BIGINT  NOT NULL,
  lease_until BIGINT  NOT NULL,
  attempts    BIGINT  NOT NULL,
  sent_at     BIGINT  NOT NULL,
  error       TEXT    COLLATE "C" NOT NULL,
  final       BIGINT  NOT NULL,
  done        BIGINT  NOT NULL -- 1 when sent or given up
);
CREATE INDEX outbox_due    ON outbox (due_at, id) WHERE done = 0;
CREATE INDEX outbox_newest ON outbox (tenant, created_at, id);

-- The tamper-evident log. Row idx holds the tree hashes that entry idx completed.

CREATE TABLE ledger (
  idx     BIGINT  NOT NULL PRIMARY KEY,
  at      BIGINT  NOT NULL,
  tenant  TEXT    COLLATE "C" NOT NULL,
  actor   TEXT    COLLATE "C" NOT NULL,
  role    TEXT    COLLATE "C" NOT NULL,
  case_id TEXT    COLLATE "C" NOT NULL,
  action  TEXT    COLLATE "C" NOT NULL,
  outcome TEXT    COLLATE "C" NOT NULL,
  purpose TEXT    COLLATE "C" NOT NULL,
  seq     BIGINT  NOT NULL,
  digest  BYTEA    NOT NULL,
  hashes  BYTEA    NOT NULL
);
CREATE INDEX ledger_case ON ledger (case_id, idx) WHERE case_id <> '';

CREATE TABLE ledger_head (
  id   BIGINT  NOT NULL PRIMARY KEY CHECK (id = 1),
  tree BYTEA    NOT NULL
);
INSERT INTO ledger_head (id, tree) VALUES (1, '');

CREATE TABLE checkpoints (
  size BIGINT  NOT NULL PRIMARY KEY,
  at   BIGINT  NOT NULL,
  note TEXT    COLLATE "C" NOT NULL
);

-- Accounts.

CREATE TABLE people (
  tenant       TEXT COLLATE "C" NOT NULL,
  id           TEXT COLLATE "C" NOT NULL,
  name         TEXT COLLATE "C" NOT NULL,
  email        TEXT COLLATE "C" NOT NULL,
  roles        TEXT COLLATE "C" NOT NULL, -- JSON list
  organisation TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE tenants (
  id       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  name     TEXT COLLATE "C" NOT NULL,
  protocol TEXT COLLATE "C" NOT NULL,
  phone    TEXT COLLATE "C" NOT NULL,
  email    TEXT COLLATE "C" NOT NULL
);
