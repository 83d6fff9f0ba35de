-- SPDX-License-Identifier: EUPL-1.2
-- One incident that two organisations of this installation each have a case of. Holds
-- numbers and words without a person: what crosses between them.

-- +goose Up

CREATE TABLE neighbours (
  id          TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  version     BIGINT NOT NULL,
  state       TEXT COLLATE "C" NOT NULL, -- proposed, accepted, declined, undone
  from_tenant TEXT COLLATE "C" NOT NULL,
  from_case   TEXT COLLATE "C" NOT NULL,
  from_number TEXT COLLATE "C" NOT NULL,
  to_tenant   TEXT COLLATE "C" NOT NULL,
  to_case     TEXT COLLATE "C" NOT NULL, -- empty until accepted
  to_number   TEXT COLLATE "C" NOT NULL,
  reference   TEXT COLLATE "C" NOT NULL,
  coordinator TEXT COLLATE "C" NOT NULL, -- tenant; empty: nobody recorded it
  basis       TEXT COLLATE "C" NOT NULL,
  offered     TEXT COLLATE "C" NOT NULL, -- tenant that would coordinate
  offered_by  TEXT COLLATE "C" NOT NULL,
  offer_basis TEXT COLLATE "C" NOT NULL,
  shares      TEXT COLLATE "C" NOT NULL, -- JSON: which released texts the other side may read
  at          BIGINT NOT NULL
);
CREATE INDEX neighbours_from ON neighbours (from_case);
CREATE INDEX neighbours_to   ON neighbours (to_case) WHERE to_case <> '';
CREATE INDEX neighbours_open ON neighbours (to_tenant, at, id) WHERE state = 'proposed';
