-- SPDX-License-Identifier: EUPL-1.2
-- From where somebody came, as a mark in the log; what the mark stands for lies apart, sealed,
-- so that it can go while the log stays. And what an organisation chooses about its way in.

-- +goose Up

ALTER TABLE ledger ADD COLUMN via TEXT NOT NULL DEFAULT '';

CREATE TABLE origins (
  tenant  TEXT    NOT NULL,
  mark    TEXT    NOT NULL, -- keyed hash of network and kind of device
  key     TEXT    NOT NULL,
  sealed  BLOB    NOT NULL,
  first   INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  PRIMARY KEY (tenant, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX origins_last ON origins (last);

ALTER TABLE sessions ADD COLUMN provider_session TEXT NOT NULL DEFAULT ''; -- hash of what the provider calls it
CREATE INDEX sessions_provider ON sessions (provider, provider_session) WHERE provider <> '';
CREATE INDEX links_subject ON links (issuer, subject);

ALTER TABLE tenants ADD COLUMN privacy       TEXT NOT NULL DEFAULT '';
ALTER TABLE tenants ADD COLUMN second_factor TEXT NOT NULL DEFAULT '';
