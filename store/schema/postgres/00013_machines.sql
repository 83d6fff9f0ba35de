-- SPDX-License-Identifier: EUPL-1.2
-- Keys of machines: of the secret only a hash is kept.

-- +goose Up

CREATE TABLE machines (
  tenant       TEXT    COLLATE "C" NOT NULL,
  id           TEXT    COLLATE "C" NOT NULL,
  title        TEXT    COLLATE "C" NOT NULL,
  organisation TEXT    COLLATE "C" NOT NULL,
  scopes       TEXT    COLLATE "C" NOT NULL, -- with a space between them
  hash         BYTEA   NOT NULL,
  made         BIGINT NOT NULL,
  actor        TEXT    COLLATE "C" NOT NULL,
  expires      BIGINT NOT NULL,
  used         BIGINT,
  ended        BIGINT,
  PRIMARY KEY (tenant, id)
);
ALTER TABLE machines ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON machines USING (tenant = current_setting('loket.tenant'));
