-- SPDX-License-Identifier: EUPL-1.2
-- Lists that an organisation keeps up itself (organisations, contracts, contacts, roster),
-- with every version they had; and which organisations a case concerns.

-- +goose Up

CREATE TABLE books (
  tenant  TEXT    NOT NULL,
  book    TEXT    NOT NULL,
  id      TEXT    NOT NULL,
  version INTEGER NOT NULL,
  name    TEXT    NOT NULL, -- what makes it the same line on import
  sort    TEXT    NOT NULL,
  about   TEXT    NOT NULL, -- organisation, folded
  starts  INTEGER NOT NULL,
  ends    INTEGER NOT NULL,
  body    TEXT    NOT NULL, -- JSON of the values
  at      INTEGER NOT NULL,
  actor   TEXT    NOT NULL,
  PRIMARY KEY (tenant, book, id)
) STRICT;
CREATE UNIQUE INDEX books_name  ON books (tenant, book, name);
CREATE INDEX books_sort  ON books (tenant, book, sort, id);
CREATE INDEX books_about ON books (tenant, book, about, starts);

CREATE TABLE book_history (
  tenant  TEXT    NOT NULL,
  book    TEXT    NOT NULL,
  id      TEXT    NOT NULL,
  version INTEGER NOT NULL,
  name    TEXT    NOT NULL, -- what makes it the same line on import
  sort    TEXT    NOT NULL,
  about   TEXT    NOT NULL, -- organisation, folded
  starts  INTEGER NOT NULL,
  ends    INTEGER NOT NULL,
  body    TEXT    NOT NULL, -- JSON of the values
  at      INTEGER NOT NULL,
  actor   TEXT    NOT NULL,
  PRIMARY KEY (tenant, book, id, version)
) STRICT;

CREATE TABLE case_organisations (
  case_id      TEXT    NOT NULL,
  organisation TEXT    NOT NULL, -- fact:option
  tenant       TEXT    NOT NULL,
  active       INTEGER NOT NULL,
  PRIMARY KEY (case_id, organisation)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_organisations_active ON case_organisations (tenant, organisation, case_id) WHERE active = 1;
CREATE INDEX case_organisations_closed ON case_organisations (tenant, organisation, case_id) WHERE active = 0;
