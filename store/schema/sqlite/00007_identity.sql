-- SPDX-License-Identifier: EUPL-1.2
-- Who somebody is at a provider, what may be done once, second factors, recovery codes.

-- +goose Up

ALTER TABLE sessions ADD COLUMN provider TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN strong INTEGER NOT NULL DEFAULT 0;

CREATE TABLE links (
  tenant  TEXT    NOT NULL,
  issuer  TEXT    NOT NULL,
  subject TEXT    NOT NULL,
  person  TEXT    NOT NULL,
  made    INTEGER NOT NULL,
  PRIMARY KEY (tenant, issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_person ON links (tenant, person);

CREATE TABLE tickets (
  id      BLOB    NOT NULL PRIMARY KEY, -- made from the token, never the token
  kind    TEXT    NOT NULL,
  tenant  TEXT    NOT NULL,
  person  TEXT    NOT NULL,
  sealed  BLOB    NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_person ON tickets (tenant, person);
CREATE INDEX tickets_expires ON tickets (expires);

CREATE TABLE factors (
  tenant    TEXT    NOT NULL,
  person    TEXT    NOT NULL,
  key       TEXT    NOT NULL,
  sealed    BLOB    NOT NULL,
  last_step INTEGER NOT NULL,
  made      INTEGER NOT NULL,
  PRIMARY KEY (tenant, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovery_codes (
  tenant TEXT NOT NULL,
  person TEXT NOT NULL,
  hash   BLOB NOT NULL,
  PRIMARY KEY (tenant, person, hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX accounts_person ON accounts (tenant, person);
