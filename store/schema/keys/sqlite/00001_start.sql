-- SPDX-License-Identifier: EUPL-1.2
-- The key store: a file of its own, so that its backups can be kept for a shorter time.

-- +goose Up

CREATE TABLE keys (
  id        TEXT    NOT NULL PRIMARY KEY,
  tenant    TEXT    NOT NULL,
  wrapped   BLOB    NOT NULL, -- empty once destroyed
  state     TEXT    NOT NULL, -- live or destroyed
  created   INTEGER NOT NULL,
  destroyed INTEGER NOT NULL
) STRICT;
