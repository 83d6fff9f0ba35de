// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// Register writes the register of a year as CSV: every registered case, no person (R-R-74,
// R-R-75). Cases that were joined to another are named but do not count as an incident.
func (d *Desk) Register(ctx context.Context, a loket.Actor, year int, w io.Writer) error {
	out := csv.NewWriter(w)
	begin := func(p *protocol.Protocol) error { return out.Write(registerHead(p)) }
	err := d.eachRegistered(ctx, a, year, begin, func(p *protocol.Protocol, row CaseRow, columns map[string]string) error {
		return out.Write(registerLine(p, row, columns))
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// RegisterLine is one case of the register, as data.
type RegisterLine struct {
	Number     string
	Year       int
	Kind       protocol.Text
	ReceivedAt time.Time
	State      string
	Incidents  string
	Persons    string
	Reports    string
	Figures    map[string]string // by id of the figure, in words; a figure that is not known is not there
}

// RegisterLines gives every line of the register of a year to each, for a reader that is no
// spreadsheet. Reading it is in the ledger.
func (d *Desk) RegisterLines(ctx context.Context, a loket.Actor, year int, each func(RegisterLine) error) error {
	begin := func(*protocol.Protocol) error {
		return unlogged(d.entered(ctx, LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Action: "register.read", Outcome: "done", Purpose: itoa(year)}))
	}
	return d.eachRegistered(ctx, a, year, begin, func(p *protocol.Protocol, row CaseRow, columns map[string]string) error {
		line := RegisterLine{Number: row.Number, Year: row.Year, Kind: protocol.Text{NL: row.Kind}, ReceivedAt: row.ReceivedAt, State: row.Status,
			Incidents: columns[columnIncident], Persons: columns[columnPersons], Reports: columns[columnReports], Figures: map[string]string{}}
		if k := p.Kind(row.Kind); k != nil {
			line.Kind = k.Title
		}
		for _, f := range p.Figures {
			if words := answerWords(p, f.Fact, columns[f.ID]); f.Fact != "" && words != "" {
				line.Figures[f.ID] = words
			}
		}
		return each(line)
	})
}

// eachRegistered walks the register of a year for who may read it; begin comes before the
// first case.
func (d *Desk) eachRegistered(ctx context.Context, a loket.Actor, year int, begin func(*protocol.Protocol) error, each func(*protocol.Protocol, CaseRow, map[string]string) error) error {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return err
	}
	if !mayRegister(a, p) {
		d.refusedTo(ctx, a, "", "register.read")
		return errHidden
	}
	if err := begin(p); err != nil {
		return err
	}
	return d.Store.Read(ctx, func(tx Tx) error {
		gone, err := hidden(ctx, tx, a)
		if err != nil {
			return err
		}
		return tx.RegisterRows(ctx, a.Tenant, year, func(row CaseRow) error {
			if gone[row.ID] {
				return nil
			}
			columns, err := d.openColumns(ctx, row)
			if err != nil { // its key was destroyed, or it is damaged: it counts in no column, and whoever counts sees that
				row.Status, columns = locale.T(mailLang, "written.unreadable"), nil
			}
			return each(p, row, columns)
		})
	})
}

func registerHead(p *protocol.Protocol) []string {
	head := []string{"nummer", "jaar", "soort", "ontvangen", "stand", "voorvallen", "personen", "meldingen"}
	for _, f := range p.Figures {
		if f.Fact != "" {
			head = append(head, f.ID)
		}
	}
	return head
}

func registerLine(p *protocol.Protocol, row CaseRow, columns map[string]string) []string {
	kind := row.Kind
	if k := p.Kind(row.Kind); k != nil {
		kind = k.Title.NL
	}
	line := []string{row.Number, itoa(row.Year), kind, row.ReceivedAt.In(p.Location()).Format("2006-01-02 15:04"), row.Status}
	line = append(line, columns[columnIncident], columns[columnPersons], columns[columnReports])
	for _, f := range p.Figures {
		if f.Fact != "" {
			line = append(line, Harmless(answerWords(p, f.Fact, columns[f.ID])))
		}
	}
	return line
}

// sealColumns seals the figures of a case: setting and location of one case are deeper than
// the worklist may know, counted over a year they are not (R-R-23).
func (d *Desk) sealColumns(ctx context.Context, row CaseRow) (string, error) {
	sealed, err := d.Sealer.Seal(ctx, row.Key, columnsPlace(row), []byte(row.Columns))
	return base64.StdEncoding.EncodeToString(sealed), err
}

func (d *Desk) openColumns(ctx context.Context, row CaseRow) (map[string]string, error) {
	sealed, err := base64.StdEncoding.DecodeString(row.Columns)
	if err != nil {
		return nil, err
	}
	plain, err := d.Sealer.Open(ctx, row.Key, columnsPlace(row), sealed)
	if err != nil {
		return nil, err
	}
	columns := map[string]string{}
	return columns, json.Unmarshal(plain, &columns)
}

func columnsPlace(row CaseRow) string { return "cases|columns|" + string(row.ID) }

// Harmless keeps a spreadsheet from reading a value as a formula.
func Harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
