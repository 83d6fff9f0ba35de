-- SPDX-License-Identifier: EUPL-1.2
-- Which versions of its protocol an organisation adopted at its desk, from which day (JSON).

-- +goose Up

ALTER TABLE tenants ADD COLUMN adopted TEXT NOT NULL DEFAULT '';
