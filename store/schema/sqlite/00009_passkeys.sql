-- SPDX-License-Identifier: EUPL-1.2
-- Passkeys: the public halves of key pairs that devices hold.

-- +goose Up

CREATE TABLE passkeys (
  tenant     TEXT    NOT NULL,
  id         BLOB    NOT NULL, -- by which a device knows it
  person     TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  credential BLOB    NOT NULL,
  made       INTEGER NOT NULL,
  used       INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_person ON passkeys (tenant, person);
