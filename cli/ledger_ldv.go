// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"encoding/json"
	"net/url"
	"time"

	"example.org/loket/desk"
	"example.org/loket/ledger"
)

// ledgerLDVCmd writes the lines of the Dutch standard Logboek Dataverwerkingen (LDV 1.0.0)
// for the acts on cases of an organisation. They are made of the log each time, so that no
// second log can differ from the first.
type ledgerLDVCmd struct {
	place
	Tenant   string    `env:"LOKET_TENANT" placeholder:"ID" help:"Organisation; needed when there are several."`
	From     time.Time `aliases:"since" format:"2006-01-02" placeholder:"DATE" help:"First day; by default the first of the log."`
	To       time.Time `format:"2006-01-02" placeholder:"DATE" help:"Last day; by default the last of the log."`
	Activity string    `env:"LOKET_PROCESSING_ACTIVITY" default:"https://example.org/loket/docs/dpia.md#entry-in-the-register-of-processing-avg-301" placeholder:"URI" help:"Address of the entry in the organisation's register of processing; by default the model entry of the product."`

	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders."`
}

// Run implements the command. That somebody made the lines is an entry too, without a line.
func (l *ledgerLDVCmd) Run(c *console) error {
	if at, err := url.Parse(l.Activity); err != nil || !at.IsAbs() || at.User != nil {
		return refuse(err, "Geef met --activity het hele adres van de regel in het verwerkingsregister, bijvoorbeeld https://example.org/register/7.", "Give the whole address of the entry in the register of processing with --activity, for example https://example.org/register/7.")
	}
	return l.readsLog(c, l.Tenant, l.Protocols, "ldv", l.write)
}

func (l *ledgerLDVCmd) write(c *console, h *house, tenant desk.Tenant) error {
	if l.From.IsZero() {
		l.From = time.Unix(0, 0).UTC() // before any log, and inside what databases count in microseconds
	}
	if l.To.IsZero() {
		l.To = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	entries, err := h.logged(c, tenant, "", l.From, l.To)
	if err != nil {
		return err
	}
	spans, out := h.spans(tenant, l.Activity), json.NewEncoder(c.out)
	for _, e := range entries {
		span, there, err := spans.Of(logEntry(e))
		if err == nil && there {
			err = out.Encode(span)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// spans makes lines with the marks of an organisation.
func (h *house) spans(tenant desk.Tenant, activity string) *ledger.Spans {
	return &ledger.Spans{Activity: activity, Mark: func(what, value string) []byte { return h.sealer.Index(tenant.ID, what, value) }}
}

// logEntry is an entry as the tree hashes it.
func logEntry(e desk.LedgerEntry) ledger.Entry {
	return ledger.Entry{Index: e.Index, At: e.At, Tenant: e.Tenant, Actor: e.Actor, Role: e.Role, Case: string(e.Case), Action: e.Action,
		Outcome: e.Outcome, Purpose: e.Purpose, Seq: e.Seq, Digest: e.Digest, Via: e.Via}
}
