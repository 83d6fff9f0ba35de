-- SPDX-License-Identifier: EUPL-1.2
-- Messages lie in the order of their ids, without a second index for it; and those that
-- wait are found by address: a later one must not pass an earlier one to the same reader.

-- +goose Up

ALTER TABLE outbox RENAME TO outbox_before;

CREATE TABLE outbox (
  id          TEXT    NOT NULL PRIMARY KEY,
  tenant      TEXT    NOT NULL,
  case_id     TEXT    NOT NULL,
  product     TEXT    NOT NULL,
  row_id      TEXT    NOT NULL,
  version     INTEGER NOT NULL,
  person      TEXT    NOT NULL,
  address     TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  due_at      INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  sent_at     INTEGER NOT NULL,
  error       TEXT    NOT NULL,
  final       INTEGER NOT NULL,
  done        INTEGER NOT NULL -- 1 when sent or given up
) STRICT, WITHOUT ROWID;

INSERT INTO outbox SELECT id, tenant, case_id, product, row_id, version, person, address, subject, body,
  created_at, due_at, lease_until, attempts, sent_at, error, final, done FROM outbox_before;
DROP TABLE outbox_before;

CREATE INDEX outbox_due       ON outbox (due_at, id) WHERE done = 0;
CREATE INDEX outbox_newest    ON outbox (tenant, created_at, id);
CREATE INDEX outbox_addresses ON outbox (created_at) WHERE done = 1 AND address <> '';
CREATE INDEX outbox_reader    ON outbox (address, due_at) WHERE done = 0;
