-- SPDX-License-Identifier: EUPL-1.2
-- The register is read by year and number. As text 2026-10000 comes before 2026-9999, so a number sorts by its year, its
-- length and its text.

-- +goose Up

DROP INDEX cases_register;
CREATE INDEX cases_register ON cases (tenant, year, substr(number, 1, 4), length(number), number) WHERE registered = 1;
