-- SPDX-License-Identifier: EUPL-1.2
-- Keys of machines: of the secret only a hash is kept.

-- +goose Up

CREATE TABLE machines (
  tenant       TEXT    NOT NULL,
  id           TEXT    NOT NULL,
  title        TEXT    NOT NULL,
  organisation TEXT    NOT NULL,
  scopes       TEXT    NOT NULL, -- with a space between them
  hash         BLOB    NOT NULL,
  made         INTEGER NOT NULL,
  actor        TEXT    NOT NULL,
  expires      INTEGER NOT NULL,
  used         INTEGER,
  ended        INTEGER,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
