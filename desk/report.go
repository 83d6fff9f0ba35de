// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// SendReport takes a report: the case exists, sealed, logged and with its clocks, before
// the receipt is given (R-R-09, R-R-74). Sending it again gives the same receipt.
func (d *Desk) SendReport(ctx context.Context, a loket.Actor, form ReportForm) (Receipt, error) {
	p, err := d.Protocol(ctx, form.Tenant)
	if err != nil {
		return Receipt{}, err
	}
	a.Tenant = form.Tenant
	a = asReporter(a, p)
	receipt, err := d.takeReport(ctx, a, p, form)
	if err != nil {
		return d.sentBefore(ctx, a, form.Key, err)
	}
	return receipt, nil
}

// takeReport takes a report as if it were the first with its key. Nearly every one is, so
// the key is not looked up: writing it down refuses a second.
func (d *Desk) takeReport(ctx context.Context, a loket.Actor, p *protocol.Protocol, form ReportForm) (Receipt, error) {
	f := p.Form(form.Form)
	if f == nil || f.Use != "report" {
		return Receipt{}, errHidden
	}
	if !may(a, p, "report.sent", ofForm(a, f)) {
		if isMachine(a) { // anybody else is a stranger, or a reader who pressed the wrong button
			d.refusedTo(ctx, a, "", "report.sent")
		}
		return Receipt{}, errHidden
	}
	now := d.Now()
	facts, faults := p.ReadAnswers(f, form.Posted, now)
	if len(faults) > 0 {
		return Receipt{}, invalid(faults)
	}
	if err := loket.Impersonal(p, f.Opens, facts); err != nil {
		return Receipt{}, err
	}
	o, code, err := d.newCase(ctx, a, p, f, now)
	if err != nil {
		return Receipt{}, err
	}
	report := loket.ReportReceived{Report: d.Rand.RowID(now), Form: f.ID, Channel: channelOf(form, a, p), Organisation: organisationOf(a, facts), Facts: facts}
	if report.Arrived, err = arrivedAt(form, report.Channel, now); err != nil {
		return Receipt{}, err
	}
	if !report.Arrived.IsZero() {
		o.row.ReceivedAt = report.Arrived
	}
	if err := d.openCase(ctx, a, o, report, code, form.Key, now); err != nil {
		return Receipt{}, err
	}
	if form.Later {
		return Receipt{Case: o.ID, Number: o.Number, Code: code, ReceivedAt: o.ReceivedAt()}, nil
	}
	return d.receipt(o, code, now), nil
}

// arrivedAt is when a mail reached the desk, as who writes it down says. A report that is
// sent by its reporter arrives when it is sent, whatever the sender says.
func arrivedAt(form ReportForm, channel string, now time.Time) (time.Time, error) {
	if form.Arrived.IsZero() || channel != "mail" {
		return time.Time{}, nil
	}
	if form.Arrived.After(now) {
		return time.Time{}, loket.Refuse(loket.Invalid, "De mail kan niet later binnengekomen zijn dan nu.", "The mail cannot have arrived later than now.")
	}
	return form.Arrived, nil
}

// sentBefore gives the receipt of the report that used this key first, whatever is wrong
// with it now: the form may have changed since, or the other is on its way to the disk.
func (d *Desk) sentBefore(ctx context.Context, a loket.Actor, key string, why error) (Receipt, error) {
	code := loket.ErrorCode(why)
	if code == loket.Unavailable || code == loket.Internal {
		return Receipt{}, why
	}
	if code == loket.Conflict { // an empty unit of work is done when those before it are durable
		if err := d.Store.Write(ctx, func(Tx) error { return nil }); err != nil {
			return Receipt{}, err
		}
	}
	if again, found, err := d.receiptAgain(ctx, a, key); found || err != nil {
		return again, err
	}
	return Receipt{}, why
}

// Receipt gives the receipt of a report that was sent with key, to the same sender.
func (d *Desk) Receipt(ctx context.Context, a loket.Actor, tenant, key string) (Receipt, error) {
	p, err := d.Protocol(ctx, tenant)
	if err != nil {
		return Receipt{}, err
	}
	a.Tenant = tenant
	again, found, err := d.receiptAgain(ctx, asReporter(a, p), key)
	if err == nil && !found {
		err = errHidden
	}
	return again, err
}

// newCase makes an empty case with a key of its own.
func (d *Desk) newCase(ctx context.Context, a loket.Actor, p *protocol.Protocol, f *protocol.Form, now time.Time) (*open, string, error) {
	key, err := d.Sealer.NewKey(ctx, a.Tenant)
	if err != nil {
		return nil, "", err
	}
	id, code := loket.CaseID(d.Rand.RowID(now)), d.Rand.Code()
	c := loket.NewCase(id)
	c.Tenant, c.Kind, c.Protocol, c.ProtocolVersion = a.Tenant, f.Opens, p.About.ID, p.About.Version
	row := CaseRow{ID: id, Tenant: a.Tenant, Key: key, CodeHash: d.codeHash(a.Tenant, code), ReceivedAt: now}
	return &open{Case: c, p: p, row: row}, code, nil
}

// openCase numbers and writes the case. Everything but the number is worked out before
// the transaction begins, so that many reports share one commit.
func (d *Desk) openCase(ctx context.Context, a loket.Actor, o *open, report loket.ReportReceived, code, key string, now time.Time) error {
	opened := loket.CaseOpened{Tenant: a.Tenant, Kind: o.Kind, Protocol: o.Protocol, ProtocolVersion: o.ProtocolVersion}
	looked, err := d.fromBooks(ctx, o, report, now)
	if err != nil {
		return err
	}
	ch, err := d.prepare(ctx, a, o, append([]loket.Payload{opened, report}, looked...), now)
	if err != nil {
		return err
	}
	d.acknowledge(ctx, ch, now)
	kept, err := d.sealReceipt(ctx, o, code)
	if err != nil {
		return err
	}
	err = d.Store.Write(ctx, func(tx Tx) error {
		if key != "" { // first: who sent this before gets no further
			if err := tx.KeepResult(ctx, scoped(a, key), kept, now); err != nil {
				return err
			}
		}
		if err := d.number(ctx, tx, ch, opened, now); err != nil {
			return err
		}
		return d.write(ctx, tx, ch)
	})
	if err != nil {
		return err
	}
	d.Nudge()
	return nil
}

// CaseNumber is how a case is called: its year and its place in it, with four digits at least.
func CaseNumber(year, n int) string { return fmt.Sprintf("%d-%04d", year, n) }

// number gives the case its number inside the transaction and seals it with the opening.
func (d *Desk) number(ctx context.Context, tx Tx, ch *change, opened loket.CaseOpened, now time.Time) error {
	year := now.In(ch.o.p.Location()).Year()
	n, err := tx.NextNumber(ctx, ch.o.Tenant, year)
	if err != nil {
		return err
	}
	opened.Number = CaseNumber(year, n)
	ch.o.Number, ch.o.row.Number = opened.Number, opened.Number
	ch.o.Events[0].Payload = opened
	if ch.records[0], err = d.seal(ctx, ch.o, ch.o.Events[0]); err != nil {
		return err
	}
	for i := range ch.notices {
		ch.notices[i].Subject = strings.ReplaceAll(ch.notices[i].Subject, numberMark, opened.Number)
		ch.notices[i].Body = strings.ReplaceAll(ch.notices[i].Body, numberMark, opened.Number)
	}
	return nil
}

// numberMark stands for the number until the transaction gives it.
const numberMark = "{nummer}"

func keep(ctx context.Context, tx Tx, key string, version int, now time.Time) error {
	if key == "" {
		return nil
	}
	value, err := json.Marshal(version)
	if err != nil {
		return err
	}
	return tx.KeepResult(ctx, key, value, now)
}

type keptReceipt struct {
	Case loket.CaseID
	Code []byte // sealed
}

// sealReceipt is what is kept of a receipt: the case, and the code sealed with its key.
func (d *Desk) sealReceipt(ctx context.Context, o *open, code string) ([]byte, error) {
	sealed, err := d.Sealer.Seal(ctx, o.row.Key, "results|code|"+string(o.ID), []byte(code))
	if err != nil {
		return nil, err
	}
	return json.Marshal(keptReceipt{Case: o.ID, Code: sealed})
}

// receiptAgain makes the first receipt anew for a key that was used before.
func (d *Desk) receiptAgain(ctx context.Context, a loket.Actor, key string) (Receipt, bool, error) {
	var kept keptReceipt
	if key == "" {
		return Receipt{}, false, nil
	}
	err := d.Store.Read(ctx, func(tx Tx) error {
		value, found, err := tx.Result(ctx, scoped(a, key))
		if err != nil || !found {
			return err
		}
		return json.Unmarshal(value, &kept)
	})
	if err != nil || kept.Case == "" {
		return Receipt{}, false, err
	}
	o, err := d.load(ctx, loket.System(a.Tenant), kept.Case)
	if err != nil {
		return Receipt{}, false, err
	}
	code, err := d.Sealer.Open(ctx, o.row.Key, "results|code|"+string(o.ID), kept.Code)
	return d.receipt(o, string(code), o.OpenedAt), true, err
}

// receipt is what the reporter takes home (DOC-02, R-R-10, R-R-31).
func (d *Desk) receipt(o *open, code string, now time.Time) Receipt {
	if o.ev == nil {
		o.ev = o.p.Evaluate(o.Input(now))
	}
	r := Receipt{Case: o.ID, Number: o.Number, Code: code, ReceivedAt: o.ReceivedAt(), Clock: reportingClock(o.p, o.ev), Urgent: urgent(o.p, o.Facts), DeskOpen: o.p.DeskOpen(now), DeskReads: now}
	if r.Clock != nil {
		r.Clock.Words = o.p.InWords(*r.Clock)
	}
	if k := o.p.Kind(o.Kind); k != nil {
		r.Kind = k.Title
	}
	if !r.DeskOpen {
		r.DeskReads = o.p.NextDeskOpening(now)
	}
	for _, report := range o.Reports {
		if f := o.p.Form(report.Form); f != nil {
			_, _, missing := o.p.Progress(f, o.Facts, now)
			r.Missing = append(r.Missing, missing...)
		}
	}
	return r
}

// reportingClock is the first clock of the protocol that counts from the incident itself.
func reportingClock(p *protocol.Protocol, ev *protocol.Evaluation) *protocol.DeadlineFinding {
	for i := range ev.Deadlines {
		f := &ev.Deadlines[i]
		if fact := p.Fact(f.Deadline.From); fact != nil && fact.Type == protocol.TypeOccurrence && !f.Due.IsZero() && f.Deadline.Strength != "watch" {
			return f
		}
	}
	return nil
}

// urgent: some answer is one that the protocol marks as urgent.
func urgent(p *protocol.Protocol, facts protocol.Facts) bool { return p.Urgent(facts) }

func channelOf(form ReportForm, a loket.Actor, p *protocol.Protocol) string {
	if form.Channel != "" && may(a, p, "channel.chosen", 0) {
		return form.Channel
	}
	return "web"
}

// factOrganisation and the two below are facts that every protocol may have and the desk
// itself reads: who reports, when it happened, which laws (docs/protocol-language.md).
const (
	factOrganisation = "organisation"
	factIncident     = "incident"
	factLaws         = "laws"
)

func organisationOf(a loket.Actor, facts protocol.Facts) string {
	if s, ok := facts[factOrganisation].(string); ok && s != "" {
		return s
	}
	return a.Organisation
}

// codeHash is how a return code is kept: only as a keyed hash.
func (d *Desk) codeHash(tenant, code string) []byte {
	plain := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(code))
	return d.Sealer.Index(tenant, "return_code", plain)
}
