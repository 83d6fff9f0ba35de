-- SPDX-License-Identifier: EUPL-1.2
-- Messages that wait are found by address: a later one must not pass an earlier one to the
-- same reader.

-- +goose Up

CREATE INDEX outbox_reader ON outbox (address, due_at) WHERE done = 0;
