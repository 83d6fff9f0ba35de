-- SPDX-License-Identifier: EUPL-1.2
-- SQLite knows no rights per row. The number keeps both engines at one version.

-- +goose Up
SELECT 1;
