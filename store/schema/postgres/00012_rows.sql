-- SPDX-License-Identifier: EUPL-1.2
-- A second layer between organisations. Who works for one organisation does so in the role
-- loket_rows, which sees and writes the rows of that organisation and no others, whatever a
-- query asks for. Which organisation is said per transaction (loket.tenant); unsaid is an
-- error. The owner of the tables works for the whole installation: due work, migrations.

-- +goose Up

ALTER TABLE events ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON events USING (tenant = current_setting('loket.tenant'));
ALTER TABLE numbers ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON numbers USING (tenant = current_setting('loket.tenant'));
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON cases USING (tenant = current_setting('loket.tenant'));
ALTER TABLE clocks ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON clocks USING (tenant = current_setting('loket.tenant'));
ALTER TABLE blind_index ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON blind_index USING (tenant = current_setting('loket.tenant'));
ALTER TABLE disclosures ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON disclosures USING (tenant = current_setting('loket.tenant'));
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON outbox USING (tenant = current_setting('loket.tenant'));
ALTER TABLE ledger ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON ledger USING (tenant = current_setting('loket.tenant'));
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON people USING (tenant = current_setting('loket.tenant'));
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON accounts USING (tenant = current_setting('loket.tenant'));
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON sessions USING (tenant = current_setting('loket.tenant'));
ALTER TABLE yearly_sets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON yearly_sets USING (tenant = current_setting('loket.tenant'));
ALTER TABLE occasions ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON occasions USING (tenant = current_setting('loket.tenant'));
ALTER TABLE retention ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON retention USING (tenant = current_setting('loket.tenant'));
ALTER TABLE erasures ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON erasures USING (tenant = current_setting('loket.tenant'));
ALTER TABLE certificates ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON certificates USING (tenant = current_setting('loket.tenant'));
ALTER TABLE books ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON books USING (tenant = current_setting('loket.tenant'));
ALTER TABLE book_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON book_history USING (tenant = current_setting('loket.tenant'));
ALTER TABLE case_organisations ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON case_organisations USING (tenant = current_setting('loket.tenant'));
ALTER TABLE links ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON links USING (tenant = current_setting('loket.tenant'));
ALTER TABLE tickets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON tickets USING (tenant = current_setting('loket.tenant'));
ALTER TABLE factors ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON factors USING (tenant = current_setting('loket.tenant'));
ALTER TABLE recovery_codes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON recovery_codes USING (tenant = current_setting('loket.tenant'));
ALTER TABLE passkeys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON passkeys USING (tenant = current_setting('loket.tenant'));
ALTER TABLE feeds ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON feeds USING (tenant = current_setting('loket.tenant'));
ALTER TABLE media ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON media USING (tenant = current_setting('loket.tenant'));

-- A link between two organisations is seen by both.
ALTER TABLE neighbours ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON neighbours USING (current_setting('loket.tenant') IN (from_tenant, to_tenant));
