-- SPDX-License-Identifier: EUPL-1.2
-- Whoever asked another organisation something reads what became of it, and every desk has one
-- list of what waits for an answer, whoever of both must give it.

-- +goose Up

ALTER TABLE neighbours ADD COLUMN answer       TEXT NOT NULL DEFAULT ''; -- declined, undone, accepted, taken, refused
ALTER TABLE neighbours ADD COLUMN answer_by    TEXT NOT NULL DEFAULT ''; -- tenant
ALTER TABLE neighbours ADD COLUMN answer_about TEXT NOT NULL DEFAULT ''; -- tenant that would have coordinated
ALTER TABLE neighbours ADD COLUMN answer_at    INTEGER NOT NULL DEFAULT 9223372036854775807;

DROP INDEX neighbours_open;
CREATE INDEX neighbours_open_from    ON neighbours (from_tenant, at, id) WHERE state = 'proposed' OR offered <> '';
CREATE INDEX neighbours_open_to      ON neighbours (to_tenant, at, id)   WHERE state = 'proposed' OR offered <> '';
CREATE INDEX neighbours_settled_from ON neighbours (from_tenant, at, id) WHERE state <> 'proposed' AND offered = '';
CREATE INDEX neighbours_settled_to   ON neighbours (to_tenant, at, id)   WHERE state <> 'proposed' AND offered = '';
