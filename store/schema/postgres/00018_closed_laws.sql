-- SPDX-License-Identifier: EUPL-1.2
-- Closed cases by law, newest first: with very many closed cases a page of a rare law reads its own rows only.

-- +goose Up

CREATE INDEX cases_closed_laws ON cases (tenant, laws, updated_at DESC, id DESC) WHERE active = 0;
