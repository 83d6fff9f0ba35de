-- SPDX-License-Identifier: EUPL-1.2
-- Who may log in, who is logged in, and what somebody typed but did not send yet.

-- +goose Up

CREATE TABLE accounts (
  tenant  TEXT    COLLATE "C" NOT NULL,
  login   TEXT    COLLATE "C" NOT NULL,
  person  TEXT    COLLATE "C" NOT NULL,
  hash    TEXT    COLLATE "C" NOT NULL,
  blocked BIGINT  NOT NULL,
  PRIMARY KEY (tenant, login)
);

CREATE TABLE sessions (
  id      BYTEA   NOT NULL PRIMARY KEY, -- hash of the token, never the token
  tenant  TEXT    COLLATE "C" NOT NULL,
  person  TEXT    COLLATE "C" NOT NULL,
  started BIGINT  NOT NULL,
  seen    BIGINT  NOT NULL
);
CREATE INDEX sessions_person ON sessions (tenant, person);

CREATE TABLE drafts (
  id      BYTEA   NOT NULL PRIMARY KEY,
  sealed  BYTEA   NOT NULL,
  expires BIGINT  NOT NULL
);
CREATE INDEX drafts_expires ON drafts (expires);
