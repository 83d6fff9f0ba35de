// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"encoding/csv"
	"strings"
	"time"

	"example.org/loket/desk"
	"example.org/loket/locale"
)

// ledgerReadCmd writes who did and read what, over all cases of an organisation, for who
// supervises: a line for each entry, with ids and never with content (NEN 7513).
type ledgerReadCmd struct {
	place
	Tenant string    `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation; needed when there are several."`
	Person string    `placeholder:"ID" help:"Only what this person did."`
	From   time.Time `required:"" format:"2006-01-02" placeholder:"DATE" help:"First day."`
	To     time.Time `required:"" format:"2006-01-02" placeholder:"DATE" help:"Last day."`

	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders."`
}

// Run implements the command.
func (l *ledgerReadCmd) Run(c *console) error {
	return l.readsLog(c, l.Tenant, l.Protocols, l.Person, l.write)
}

// readsLog lets a command read the log of an organisation. That somebody did, and for what, is
// an entry too, made before the first line is given.
func (p *place) readsLog(c *console, tenant string, protocols []string, what string, write func(*console, *house, desk.Tenant) error) error {
	h, _, err := p.openPlain(c, protocols...)
	if err != nil {
		return err
	}
	defer h.close()
	of, err := h.tenant(c.ctx, tenant)
	if err != nil {
		return err
	}
	if err = h.logRead(c, of, what); err == nil {
		err = write(c, h, of)
	}
	if err != nil {
		return refuse(err, "Het logboek kan niet gelezen worden.", "The log cannot be read.")
	}
	return nil
}

// logRead notes that the log is read, before it is.
func (h *house) logRead(c *console, tenant desk.Tenant, what string) error {
	return h.store.Write(c.ctx, func(tx desk.Tx) error {
		return tx.Ledger(c.ctx, desk.LedgerEntry{At: h.clock.Now(), Tenant: tenant.ID, Actor: "system", Action: "log.read", Outcome: "done", Purpose: what})
	})
}

// logged are the entries of an organisation from a day until another and including it, by the
// days of its protocol.
func (h *house) logged(c *console, tenant desk.Tenant, person string, from, to time.Time) ([]desk.LedgerEntry, error) {
	p, err := h.desk.Protocol(c.ctx, tenant.ID)
	if err != nil {
		return nil, err
	}
	day := func(t time.Time, more int) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day()+more, 0, 0, 0, 0, p.Location())
	}
	return h.store.LedgerBetween(c.ctx, tenant.ID, person, day(from, 0), day(to, 1))
}

// write gives the entries as CSV with semicolons, as spreadsheets here read it.
func (l *ledgerReadCmd) write(c *console, h *house, tenant desk.Tenant) error {
	entries, err := h.logged(c, tenant, l.Person, l.From, l.To)
	if err != nil {
		return err
	}
	spans := h.spans(tenant, "")
	lines := [][]string{strings.Split(locale.Pick(c.lang, "moment;persoon;rol;handeling;uitkomst;zaak;doel;inlog;netwerk;apparaat;trace_id;span_id", "moment;person;role;act;outcome;case;purpose;login;network;device;trace_id;span_id"), ";")}
	for _, e := range entries {
		at, err := h.desk.Whereabouts(c.ctx, tenant.ID, e.Via)
		if err != nil {
			return err
		}
		span, _, err := spans.Of(logEntry(e)) // empty for what has no line in LDV
		if err != nil {
			return err
		}
		purpose := e.Purpose
		if e.Seq > 0 { // of an event it may have been typed; it stands in the case
			purpose = ""
		}
		login, _, _ := strings.Cut(e.Via, ".")
		lines = append(lines, []string{e.At.UTC().Format(time.RFC3339), desk.Harmless(e.Actor), e.Role, e.Action, e.Outcome, string(e.Case), desk.Harmless(purpose), login, at.Network, at.Device, span.Trace, span.ID})
	}
	out := csv.NewWriter(c.out)
	out.Comma = ';'
	if err := out.WriteAll(lines); err != nil {
		return err
	}
	return out.Error()
}
