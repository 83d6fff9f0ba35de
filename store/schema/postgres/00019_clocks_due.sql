-- SPDX-License-Identifier: EUPL-1.2
-- What is due is found up to a moment. The index's own condition was a bound as well, and SQLite may take that one for the
-- end of its walk: then it walks every open clock when none is due.

-- +goose Up

DROP INDEX clocks_next;
CREATE INDEX clocks_next ON clocks (next_at) WHERE next_at <> 9223372036854775807;
