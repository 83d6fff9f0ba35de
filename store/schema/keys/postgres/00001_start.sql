-- SPDX-License-Identifier: EUPL-1.2
-- The key store: a schema of its own, so that it can be backed up apart and kept for a shorter time.

-- +goose Up

CREATE TABLE keys (
  id        TEXT    COLLATE "C" NOT NULL PRIMARY KEY,
  tenant    TEXT    COLLATE "C" NOT NULL,
  wrapped   BYTEA    NOT NULL, -- empty once destroyed
  state     TEXT    COLLATE "C" NOT NULL, -- live or destroyed
  created   BIGINT  NOT NULL,
  destroyed BIGINT  NOT NULL
);
