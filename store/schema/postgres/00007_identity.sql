-- SPDX-License-Identifier: EUPL-1.2
-- Who somebody is at a provider, what may be done once, second factors, recovery codes.

-- +goose Up

ALTER TABLE sessions ADD COLUMN provider TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN strong BIGINT  NOT NULL DEFAULT 0;

CREATE TABLE links (
  tenant  TEXT    COLLATE "C" NOT NULL,
  issuer  TEXT    COLLATE "C" NOT NULL,
  subject TEXT    COLLATE "C" NOT NULL,
  person  TEXT    COLLATE "C" NOT NULL,
  made    BIGINT  NOT NULL,
  PRIMARY KEY (tenant, issuer, subject)
);
CREATE INDEX links_person ON links (tenant, person);

CREATE TABLE tickets (
  id      BYTEA   NOT NULL PRIMARY KEY, -- made from the token, never the token
  kind    TEXT    COLLATE "C" NOT NULL,
  tenant  TEXT    COLLATE "C" NOT NULL,
  person  TEXT    COLLATE "C" NOT NULL,
  sealed  BYTEA   NOT NULL,
  expires BIGINT  NOT NULL
);
CREATE INDEX tickets_person ON tickets (tenant, person);
CREATE INDEX tickets_expires ON tickets (expires);

CREATE TABLE factors (
  tenant    TEXT    COLLATE "C" NOT NULL,
  person    TEXT    COLLATE "C" NOT NULL,
  key       TEXT    COLLATE "C" NOT NULL,
  sealed    BYTEA   NOT NULL,
  last_step BIGINT  NOT NULL,
  made      BIGINT  NOT NULL,
  PRIMARY KEY (tenant, person)
);

CREATE TABLE recovery_codes (
  tenant TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL,
  hash   BYTEA NOT NULL,
  PRIMARY KEY (tenant, person, hash)
);

CREATE INDEX accounts_person ON accounts (tenant, person);
