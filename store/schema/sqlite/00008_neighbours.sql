-- SPDX-License-Identifier: EUPL-1.2
-- One incident that two organisations of this installation each have a case of. Holds
-- numbers and words without a person: what crosses between them.

-- +goose Up

CREATE TABLE neighbours (
  id          TEXT    NOT NULL PRIMARY KEY,
  version     INTEGER NOT NULL,
  state       TEXT    NOT NULL, -- proposed, accepted, declined, undone
  from_tenant TEXT    NOT NULL,
  from_case   TEXT    NOT NULL,
  from_number TEXT    NOT NULL,
  to_tenant   TEXT    NOT NULL,
  to_case     TEXT    NOT NULL, -- empty until accepted
  to_number   TEXT    NOT NULL,
  reference   TEXT    NOT NULL,
  coordinator TEXT    NOT NULL, -- tenant; empty: nobody recorded it
  basis       TEXT    NOT NULL,
  offered     TEXT    NOT NULL, -- tenant that would coordinate
  offered_by  TEXT    NOT NULL,
  offer_basis TEXT    NOT NULL,
  shares      TEXT    NOT NULL, -- JSON: which released texts the other side may read
  at          INTEGER NOT NULL
) STRICT;
CREATE INDEX neighbours_from ON neighbours (from_case);
CREATE INDEX neighbours_to   ON neighbours (to_case) WHERE to_case <> '';
CREATE INDEX neighbours_open ON neighbours (to_tenant, at, id) WHERE state = 'proposed';
