-- SPDX-License-Identifier: EUPL-1.2
-- Which version of the key above wraps a key, so that a change of keys can be stopped and
-- taken up again; and how far the erasure register was carried out here (row "erasures:").

-- +goose Up

ALTER TABLE keys ADD COLUMN wrapper BIGINT NOT NULL DEFAULT 0; -- version of the key above when it wrapped this one
ALTER TABLE keys ADD COLUMN version BIGINT NOT NULL DEFAULT 0; -- of this key, for those below it
