// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// memory is a store in a few maps: enough to prove the rules of the desk by themselves.
// The real stores have tests of their own; the scenarios run on them.
type memory struct {
	desk.Tx // what no test of the rules asks is not there

	mu      sync.Mutex
	s       state
	broken  error // Write fails with this after running fn: nothing may remain
	writes  int
	tenants []desk.Tenant
	people  []desk.Person
}

type state struct {
	events   map[loket.CaseID][]desk.Record
	cases    map[loket.CaseID]desk.CaseRow
	results  map[string][]byte
	clocks   map[loket.CaseID][]desk.ClockRow
	papers   []desk.Certificate
	index    map[loket.CaseID][]desk.IndexRow
	inbox    []desk.DisclosureRow
	outbox   []desk.Message
	ledger   []desk.LedgerEntry
	origins  map[string]desk.Origin // tenant/mark
	number   int
	books    []desk.Entry
	years    []desk.YearlySet
	once     map[string]loket.CaseID
	machines []desk.Machine

	emergencies []desk.EmergencyRow
}

func (s state) clone() state {
	s.events, s.cases, s.results = maps.Clone(s.events), maps.Clone(s.cases), maps.Clone(s.results)
	s.clocks, s.index = maps.Clone(s.clocks), maps.Clone(s.index)
	s.inbox, s.outbox, s.ledger = slices.Clone(s.inbox), slices.Clone(s.outbox), slices.Clone(s.ledger)
	s.emergencies = slices.Clone(s.emergencies)
	s.years, s.once = slices.Clone(s.years), maps.Clone(s.once)
	return s
}

func newMemory() *memory {
	return &memory{s: state{
		events: map[loket.CaseID][]desk.Record{}, cases: map[loket.CaseID]desk.CaseRow{}, results: map[string][]byte{},
		clocks: map[loket.CaseID][]desk.ClockRow{}, index: map[loket.CaseID][]desk.IndexRow{},
	}}
}

func (m *memory) Write(_ context.Context, fn func(desk.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.s.clone()
	err := cmp.Or(fn(m), m.broken)
	if err != nil {
		m.s = before
		return err
	}
	m.writes++
	return nil
}

func (m *memory) Read(_ context.Context, fn func(desk.Tx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return fn(m)
}

func (m *memory) Events(_ context.Context, id loket.CaseID) ([]desk.Record, error) {
	return slices.Clone(m.s.events[id]), nil
}

func (m *memory) EventsOf(_ context.Context, ids []loket.CaseID, eventType string) ([]desk.Record, error) {
	var out []desk.Record
	for _, id := range ids {
		for _, r := range m.s.events[id] {
			if r.Type == eventType {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

func (m *memory) Append(_ context.Context, records []desk.Record) error {
	for _, r := range records {
		if len(m.s.events[r.Case]) != r.Seq-1 {
			return loket.Refuse(loket.Conflict, "bezet", "taken")
		}
		m.s.events[r.Case] = append(slices.Clone(m.s.events[r.Case]), r)
	}
	return nil
}

func (m *memory) RewriteVault(_ context.Context, id loket.CaseID, seq int, vault []byte) error {
	m.s.events[id] = slices.Clone(m.s.events[id])
	m.s.events[id][seq-1].Vault = vault
	return nil
}

func (m *memory) RewriteEvent(_ context.Context, id loket.CaseID, seq int, sealed, vault []byte) error {
	m.s.events[id] = slices.Clone(m.s.events[id])
	m.s.events[id][seq-1].Sealed, m.s.events[id][seq-1].Vault = sealed, vault
	return nil
}

func (m *memory) Result(_ context.Context, key string) ([]byte, bool, error) {
	v, ok := m.s.results[key]
	return v, ok, nil
}

func (m *memory) KeepResult(_ context.Context, key string, value []byte, _ time.Time) error {
	if _, taken := m.s.results[key]; taken {
		return loket.Refuse(loket.Conflict, "bezet", "taken")
	}
	m.s.results[key] = value
	return nil
}

func (m *memory) NextNumber(context.Context, string, int) (int, error) {
	m.s.number++
	return m.s.number, nil
}

func (m *memory) PutCase(_ context.Context, row desk.CaseRow) error {
	m.s.cases[row.ID] = row
	return nil
}

func (m *memory) CaseRow(_ context.Context, id loket.CaseID) (desk.CaseRow, bool, error) {
	row, ok := m.s.cases[id]
	return row, ok, nil
}

func (m *memory) CaseByNumber(_ context.Context, tenant, number string) (desk.CaseRow, bool, error) {
	for _, row := range m.s.cases {
		if row.Tenant == tenant && row.Number == number {
			return row, true, nil
		}
	}
	return desk.CaseRow{}, false, nil
}

func (m *memory) Cases(_ context.Context, q desk.CaseQuery) ([]desk.CaseRow, error) {
	var out []desk.CaseRow
	for _, row := range m.s.cases {
		if row.Tenant == q.Tenant && !slices.Contains(row.HiddenFrom, q.Reader) && desk.Cursor(row) > q.After && (q.View != "handover" || !row.HandoverAt.IsZero()) {
			out = append(out, row)
		}
	}
	slices.SortFunc(out, func(a, b desk.CaseRow) int { return strings.Compare(desk.Cursor(a), desk.Cursor(b)) })
	return out[:min(len(out), q.Limit)], nil
}

func (m *memory) CountCases(_ context.Context, q desk.CaseQuery) (map[string]int, error) {
	counts := map[string]int{}
	for _, row := range m.s.cases {
		if slices.Contains(row.HiddenFrom, q.Reader) {
			continue
		}
		counts["team"]++
		if !row.HandoverAt.IsZero() {
			counts["handover"]++
		}
	}
	return counts, nil
}

func (m *memory) NewestCases(_ context.Context, tenant string, limit int) ([]desk.CaseRow, error) {
	var out []desk.CaseRow
	for _, row := range m.s.cases {
		if row.Tenant == tenant && row.Status != "destroyed" {
			out = append(out, row)
		}
	}
	slices.SortFunc(out, func(a, b desk.CaseRow) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(len(b.Number), len(a.Number)), strings.Compare(b.Number, a.Number))
	})
	return out[:min(limit, len(out))], nil
}

func (m *memory) RegisterRows(_ context.Context, tenant string, year int, each func(desk.CaseRow) error) error {
	for _, row := range m.s.cases {
		if row.Tenant == tenant && row.Year == year && row.Registered {
			if err := each(row); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *memory) PutClocks(_ context.Context, id loket.CaseID, clocks []desk.ClockRow) error {
	m.s.clocks[id] = clocks
	return nil
}

func (m *memory) DueClocks(context.Context, time.Time, int) ([]desk.ClockRow, error) { return nil, nil }

func (m *memory) SetClockNext(_ context.Context, id loket.CaseID, clock string, next time.Time, stage int) error {
	for i, c := range m.s.clocks[id] {
		if c.Clock == clock {
			m.s.clocks[id][i].NextAt, m.s.clocks[id][i].Stage = next, stage
		}
	}
	return nil
}

func (m *memory) PutIndex(_ context.Context, id loket.CaseID, _ string, entries []desk.IndexRow) error {
	m.s.index[id] = entries
	return nil
}

func (m *memory) FindIndex(_ context.Context, _ string, look []desk.IndexLook) ([]desk.IndexRow, error) {
	var out []desk.IndexRow
	for _, rows := range m.s.index {
		for _, r := range rows {
			if slices.ContainsFunc(look, func(l desk.IndexLook) bool {
				timeless := l.To.IsZero() || r.Moment.IsZero()
				return bytes.Equal(l.Hash, r.Hash) && (timeless || !r.Moment.Before(l.From) && !r.Moment.After(l.To))
			}) {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

func (m *memory) PutDisclosure(_ context.Context, row desk.DisclosureRow) error {
	same := func(o desk.DisclosureRow) bool {
		return o.Case == row.Case && o.Product == row.Product && o.Row == row.Row && o.Version == row.Version && o.Person == row.Person
	}
	m.s.inbox = append(slices.DeleteFunc(slices.Clone(m.s.inbox), same), row)
	return nil
}

func (m *memory) Disclosures(_ context.Context, tenant, person string, _ int) ([]desk.DisclosureRow, error) {
	var out []desk.DisclosureRow
	for _, r := range m.s.inbox {
		if r.Tenant == tenant && r.Person == person {
			out = append(out, r)
		}
	}
	return out, nil
}

func (m *memory) Enqueue(_ context.Context, messages []desk.Message) error {
	m.s.outbox = append(m.s.outbox, messages...)
	return nil
}

func (m *memory) Lease(context.Context, time.Time, time.Time, int) ([]desk.Message, error) {
	return nil, nil
}
func (m *memory) LeaseNewest(context.Context, time.Time, time.Time, int) ([]desk.Message, error) {
	return nil, nil
}
func (m *memory) Sent(context.Context, string, time.Time) error { return nil }
func (m *memory) Failed(context.Context, string, time.Time, string, bool) error {
	return nil
}

func (m *memory) Messages(context.Context, string, int) ([]desk.Message, error) {
	return slices.Clone(m.s.outbox), nil
}

func (m *memory) Ledger(ctx context.Context, e desk.LedgerEntry) error {
	e.Via = desk.Via(ctx, e)
	m.s.ledger = append(m.s.ledger, e)
	return nil
}

func (m *memory) Origin(_ context.Context, tenant, mark string) (desk.Origin, bool, error) {
	o, ok := m.s.origins[tenant+"/"+mark]
	return o, ok, nil
}

func (m *memory) LedgerOf(_ context.Context, id loket.CaseID) ([]desk.LedgerEntry, error) {
	var out []desk.LedgerEntry
	for _, e := range m.s.ledger {
		if e.Case == id {
			out = append(out, e)
		}
	}
	return out, nil
}

func (m *memory) PutPerson(_ context.Context, p desk.Person) error {
	m.people = append(m.people, p)
	return nil
}

func (m *memory) Person(_ context.Context, _, id string) (desk.Person, bool, error) {
	for _, p := range m.people {
		if p.ID == id {
			return p, true, nil
		}
	}
	return desk.Person{}, false, nil
}

func (m *memory) People(context.Context, string) ([]desk.Person, error) { return m.people, nil }
func (m *memory) Related(_ context.Context, _ string, among []string, ids []loket.CaseID) (map[loket.CaseID]bool, error) {
	out := map[loket.CaseID]bool{}
	for _, id := range ids {
		out[id] = slices.ContainsFunc(m.s.cases[id].Relations, func(r string) bool { return slices.Contains(among, r) })
	}
	return out, nil
}

func (m *memory) PutTenant(_ context.Context, t desk.Tenant) error {
	m.tenants = append(m.tenants, t)
	return nil
}
func (m *memory) PutSettings(_ context.Context, tenant string, s desk.Settings) error {
	for i := range m.tenants {
		if m.tenants[i].ID == tenant {
			m.tenants[i].Privacy, m.tenants[i].SecondFactor = s.Privacy, s.SecondFactor
		}
	}
	return nil
}

func (m *memory) PutAdopted(_ context.Context, tenant string, adopted []desk.Adoption) error {
	for i := range m.tenants {
		if m.tenants[i].ID == tenant {
			m.tenants = slices.Clone(m.tenants)
			m.tenants[i].Adopted = adopted
		}
	}
	return nil
}
func (m *memory) Tenants(context.Context) ([]desk.Tenant, error) { return m.tenants, nil }

// box seals by XOR with the place, so that a moved ciphertext does not open. Package seal
// has the real thing and its own tests.
type box struct{}

func (box) NewKey(context.Context, string) (string, error) { return "sleutel", nil }

func (box) Seal(_ context.Context, key, place string, plain []byte) ([]byte, error) {
	return append(mark(key, place), flip(plain)...), nil
}

func (box) Open(_ context.Context, key, place string, sealed []byte) ([]byte, error) {
	m := mark(key, place)
	if !bytes.HasPrefix(sealed, m) {
		return nil, errors.New("moved or foreign ciphertext")
	}
	return flip(sealed[len(m):]), nil
}

func (box) Index(tenant, fact, value string) []byte { return mark(tenant, fact+"|"+value) }

func (box) Destroy(context.Context, string) error { return nil }

func mark(key, place string) []byte {
	h := sha256.Sum256([]byte(key + "|" + place))
	return h[:8]
}

func flip(in []byte) []byte {
	out := make([]byte, len(in))
	for i, b := range in {
		out[i] = b ^ 0xA5
	}
	return out
}

// counter makes identifiers in order.
type counter struct{ n int }

func (c *counter) ID() string             { c.n++; return fmt.Sprintf("id%030d", c.n) }
func (c *counter) RowID(time.Time) string { return c.ID() }
func (c *counter) Code() string           { c.n++; return fmt.Sprintf("code-%04d-abcd-efgh", c.n) }

// hand is a clock that a test moves.
type hand struct{ at time.Time }

func (h *hand) Now() time.Time { return h.at }

func (m *memory) PutYearlySet(_ context.Context, y desk.YearlySet) error {
	m.s.years = append(m.s.years, y)
	return nil
}

func (m *memory) YearlySet(_ context.Context, tenant string, year int) (last desk.YearlySet, found bool, err error) {
	for _, y := range m.s.years {
		if y.Tenant == tenant && y.Year == year {
			last, found = y, true
		}
	}
	return last, found, nil
}

func (m *memory) PutOccasion(_ context.Context, tenant, name string, id loket.CaseID) error {
	if m.s.once == nil {
		m.s.once = map[string]loket.CaseID{}
	}
	if m.s.once[tenant+"|"+name] == "" {
		m.s.once[tenant+"|"+name] = id
	}
	return nil
}

func (m *memory) Occasion(_ context.Context, tenant, name string) (loket.CaseID, bool, error) {
	id, found := m.s.once[tenant+"|"+name]
	return id, found, nil
}

func (m *memory) HiddenFrom(_ context.Context, tenant, person string) (out []loket.CaseID, err error) {
	for _, row := range m.s.cases {
		if row.Tenant == tenant && slices.Contains(row.HiddenFrom, person) {
			out = append(out, row.ID)
		}
	}
	return out, nil
}

func (m *memory) HoldBack(_ context.Context, id loket.CaseID, people []string) error {
	m.s.outbox = slices.DeleteFunc(m.s.outbox, func(x desk.Message) bool {
		return x.Case == id && (slices.Contains(people, "*") || slices.Contains(people, x.Person))
	})
	return nil
}

func (m *memory) PutEmergency(_ context.Context, row desk.EmergencyRow) error {
	same := func(x desk.EmergencyRow) bool { return x.Case == row.Case && x.Seq == row.Seq }
	m.s.emergencies = append(slices.DeleteFunc(m.s.emergencies, same), row)
	return nil
}

func (m *memory) EmergencyRows(_ context.Context, tenant, person string, limit int) (out []desk.EmergencyRow, err error) {
	for _, x := range slices.Backward(m.s.emergencies) {
		if x.Tenant == tenant && (person == "" || x.Person == person) && len(out) < limit {
			out = append(out, x)
		}
	}
	return out, nil
}
