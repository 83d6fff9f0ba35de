-- SPDX-License-Identifier: EUPL-1.2
-- Passkeys: the public halves of key pairs that devices hold.

-- +goose Up

CREATE TABLE passkeys (
  tenant     TEXT    COLLATE "C" NOT NULL,
  id         BYTEA   NOT NULL, -- by which a device knows it
  person     TEXT    COLLATE "C" NOT NULL,
  title      TEXT    COLLATE "C" NOT NULL,
  credential BYTEA   NOT NULL,
  made       BIGINT  NOT NULL,
  used       BIGINT  NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX passkeys_person ON passkeys (tenant, person);
