-- SPDX-License-Identifier: EUPL-1.2
-- From where somebody came, as a mark in the log; what the mark stands for lies apart, sealed,
-- so that it can go while the log stays. And what an organisation chooses about its way in.

-- +goose Up

ALTER TABLE ledger ADD COLUMN via TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE origins (
  tenant  TEXT   COLLATE "C" NOT NULL,
  mark    TEXT   COLLATE "C" NOT NULL, -- keyed hash of network and kind of device
  key     TEXT   COLLATE "C" NOT NULL,
  sealed  BYTEA  NOT NULL,
  first   BIGINT NOT NULL,
  last    BIGINT NOT NULL,
  PRIMARY KEY (tenant, mark)
);
CREATE INDEX origins_last ON origins (last);
ALTER TABLE origins ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON origins USING (tenant = current_setting('loket.tenant'));

ALTER TABLE sessions ADD COLUMN provider_session TEXT COLLATE "C" NOT NULL DEFAULT ''; -- hash of what the provider calls it
CREATE INDEX sessions_provider ON sessions (provider, provider_session) WHERE provider <> '';
CREATE INDEX links_subject ON links (issuer, subject);

ALTER TABLE tenants ADD COLUMN privacy       TEXT NOT NULL DEFAULT '';
ALTER TABLE tenants ADD COLUMN second_factor TEXT NOT NULL DEFAULT '';
