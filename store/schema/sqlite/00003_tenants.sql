-- SPDX-License-Identifier: EUPL-1.2
-- Several organisations at one installation: each with its own host, version and looks.

-- +goose Up

ALTER TABLE tenants ADD COLUMN kind    TEXT    NOT NULL DEFAULT 'municipality';
ALTER TABLE tenants ADD COLUMN version TEXT    NOT NULL DEFAULT '';
ALTER TABLE tenants ADD COLUMN host    TEXT    NOT NULL DEFAULT '';
ALTER TABLE tenants ADD COLUMN theme   TEXT    NOT NULL DEFAULT '';
ALTER TABLE tenants ADD COLUMN place   INTEGER NOT NULL DEFAULT 0; -- order of arrival
CREATE UNIQUE INDEX tenants_host ON tenants (host) WHERE host <> '';
