-- SPDX-License-Identifier: EUPL-1.2
-- Cases that do not exist for named people, and what was opened in an emergency. Both are
-- made again from the events; neither holds a typed word.

-- +goose Up

CREATE TABLE case_hidden (
  tenant  TEXT COLLATE "C" NOT NULL,
  person  TEXT COLLATE "C" NOT NULL,
  case_id TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, person, case_id)
);
CREATE INDEX case_hidden_case ON case_hidden (case_id);

CREATE TABLE emergencies (
  case_id     TEXT   COLLATE "C" NOT NULL,
  seq         BIGINT NOT NULL,
  tenant      TEXT   COLLATE "C" NOT NULL,
  number      TEXT   COLLATE "C" NOT NULL,
  person      TEXT   COLLATE "C" NOT NULL,
  role        TEXT   COLLATE "C" NOT NULL,
  ground      TEXT   COLLATE "C" NOT NULL,
  depth       TEXT   COLLATE "C" NOT NULL,
  at          BIGINT NOT NULL,
  until       BIGINT NOT NULL,
  reviewed_at BIGINT NOT NULL,
  reviewed_by TEXT   COLLATE "C" NOT NULL,
  rightful    BIGINT NOT NULL,
  PRIMARY KEY (case_id, seq)
);
CREATE INDEX emergencies_newest ON emergencies (tenant, at);
CREATE INDEX emergencies_person ON emergencies (tenant, person, at);

ALTER TABLE case_hidden ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON case_hidden USING (tenant = current_setting('loket.tenant'));
ALTER TABLE emergencies ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON emergencies USING (tenant = current_setting('loket.tenant'));
