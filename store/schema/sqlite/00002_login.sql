-- SPDX-License-Identifier: EUPL-1.2
-- Who may log in, who is logged in, and what somebody typed but did not send yet.

-- +goose Up

CREATE TABLE accounts (
  tenant  TEXT    NOT NULL,
  login   TEXT    NOT NULL,
  person  TEXT    NOT NULL,
  hash    TEXT    NOT NULL,
  blocked INTEGER NOT NULL,
  PRIMARY KEY (tenant, login)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  id      BLOB    NOT NULL PRIMARY KEY, -- hash of the token, never the token
  tenant  TEXT    NOT NULL,
  person  TEXT    NOT NULL,
  started INTEGER NOT NULL,
  seen    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_person ON sessions (tenant, person);

CREATE TABLE drafts (
  id      BLOB    NOT NULL PRIMARY KEY,
  sealed  BLOB    NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_expires ON drafts (expires);
