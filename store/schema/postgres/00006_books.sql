-- SPDX-License-Identifier: EUPL-1.2
-- Lists that an organisation keeps up itself (organisations, contracts, contacts, roster),
-- with every version they had; and which organisations a case concerns.

-- +goose Up

CREATE TABLE books (
  tenant  TEXT    COLLATE "C" NOT NULL,
  book    TEXT    COLLATE "C" NOT NULL,
  id      TEXT    COLLATE "C" NOT NULL,
  version BIGINT  NOT NULL,
  name    TEXT    COLLATE "C" NOT NULL, -- what makes it the same line on import
  sort    TEXT    COLLATE "C" NOT NULL,
  about   TEXT    COLLATE "C" NOT NULL, -- organisation, folded
  starts  BIGINT  NOT NULL,
  ends    BIGINT  NOT NULL,
  body    TEXT    COLLATE "C" NOT NULL, -- JSON of the values
  at      BIGINT  NOT NULL,
  actor   TEXT    COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, book, id)
);
CREATE UNIQUE INDEX books_name  ON books (tenant, book, name);
CREATE INDEX books_sort  ON books (tenant, book, sort, id);
CREATE INDEX books_about ON books (tenant, book, about, starts);

CREATE TABLE book_history (
  tenant  TEXT    COLLATE "C" NOT NULL,
  book    TEXT    COLLATE "C" NOT NULL,
  id      TEXT    COLLATE "C" NOT NULL,
  version BIGINT  NOT NULL,
  name    TEXT    COLLATE "C" NOT NULL, -- what makes it the same line on import
  sort    TEXT    COLLATE "C" NOT NULL,
  about   TEXT    COLLATE "C" NOT NULL, -- organisation, folded
  starts  BIGINT  NOT NULL,
  ends    BIGINT  NOT NULL,
  body    TEXT    COLLATE "C" NOT NULL, -- JSON of the values
  at      BIGINT  NOT NULL,
  actor   TEXT    COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, book, id, version)
);

CREATE TABLE case_organisations (
  case_id      TEXT    COLLATE "C" NOT NULL,
  organisation TEXT    COLLATE "C" NOT NULL, -- fact:option
  tenant       TEXT    COLLATE "C" NOT NULL,
  active       BIGINT  NOT NULL,
  PRIMARY KEY (case_id, organisation)
);
CREATE INDEX case_organisations_active ON case_organisations (tenant, organisation, case_id) WHERE active = 1;
CREATE INDEX case_organisations_closed ON case_organisations (tenant, organisation, case_id) WHERE active = 0;
