// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Tenant is an organisation that runs a desk. Several share one installation and see
// nothing of each other (S03):
//
//	request ──host──▶ Front ──▶ tenant ──▶ its protocol, people, cases, keys, theme
type Tenant struct {
	ID       string
	Name     string
	Kind     string // municipality or purchasing_region (requirements §2.1)
	Protocol string // protocol id in force
	Version  string // version of that protocol; empty: the one in force by its date
	Host     string // host name of its own, in lower case, without port; may be empty
	Phone    string
	Email    string
	Theme    string // name of its token file, without .css; empty: the neutral theme
	Adopted  []Adoption

	Privacy      string // https address of its privacy statement; empty: the page of the desk itself
	SecondFactor string // deep or all: who must show one here, beside whom the installation asks; empty: nobody else
}

// Adoption is a version of a protocol that an organisation adopted at its desk (SM-11). It
// goes before what the files of the version say. On and From are dates.
type Adoption struct {
	Protocol string `json:"protocol"`
	Version  string `json:"version"`
	On       string `json:"on"`
	From     string `json:"from"`
}

// adoption finds when an organisation adopted a version and from when it holds: as recorded at
// the desk, else as its files say. on is empty for a draft.
func (t Tenant) adoption(p *protocol.Protocol) (on, from string) {
	for _, a := range t.Adopted {
		if a.Protocol == p.About.ID && a.Version == p.About.Version {
			return a.On, a.From
		}
	}
	return p.About.AdoptedOn, p.About.EffectiveFrom
}

// settingsAge is how old the settings of a tenant may be on a node that did not change
// them itself (S04 asks five seconds).
const settingsAge = 5 * time.Second

// tenants keeps the settings of all tenants for a moment: every request asks for them.
type tenants struct {
	mu   sync.Mutex
	all  []Tenant // in order of arrival
	read time.Time
}

var errNoTenant = loket.Refuse(loket.NotFound, "Deze organisatie is hier niet bekend.", "This organisation is not known here.")

// Tenants lists the organisations that run a desk here, the first one first.
func (d *Desk) Tenants(ctx context.Context) ([]Tenant, error) {
	now := d.Now()
	d.tenants.mu.Lock()
	defer d.tenants.mu.Unlock()
	if len(d.tenants.all) > 0 && now.Sub(d.tenants.read).Abs() < settingsAge {
		return d.tenants.all, nil
	}
	var all []Tenant
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		all, err = tx.Tenants(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	d.tenants.all, d.tenants.read = all, now
	return all, nil
}

// Tenant finds an organisation that runs a desk here.
func (d *Desk) Tenant(ctx context.Context, id string) (Tenant, error) {
	all, err := d.Tenants(ctx)
	if err != nil {
		return Tenant{}, err
	}
	if i := slices.IndexFunc(all, func(t Tenant) bool { return t.ID == id }); i >= 0 {
		return all[i], nil
	}
	return Tenant{}, errNoTenant
}

// Protocol is the protocol in force for a tenant.
func (d *Desk) Protocol(ctx context.Context, tenant string) (*protocol.Protocol, error) {
	t, err := d.Tenant(ctx, tenant)
	if err != nil {
		return nil, err
	}
	if p := d.knowing(t.Protocol).inForce(t, d.Now()); p != nil {
		return p, nil
	}
	return nil, errNoTenant
}

// inForce is what a tenant works by. A version that is asked for and not installed is
// never replaced by another one; see effective for who asks for none.
func (ps Protocols) inForce(t Tenant, now time.Time) *protocol.Protocol {
	if t.Version != "" {
		return ps[t.Protocol+"@"+t.Version]
	}
	return ps.effective(t, now)
}

// PutTenant makes or changes an organisation that runs a desk, with its ledger entry.
// Only the installation itself may: the command line, or its administrator (see Found).
func (d *Desk) PutTenant(ctx context.Context, a loket.Actor, t Tenant) error {
	if !mayAlone(a, "tenant.set") {
		return errHidden
	}
	t = tidyTenant(t)
	if err := d.checkTenant(ctx, t); err != nil {
		return err
	}
	err := d.Store.Write(ctx, func(tx Tx) error { return d.putTenant(ctx, tx, a, t) })
	d.forgetTenants()
	return err
}

func (d *Desk) putTenant(ctx context.Context, tx Tx, a loket.Actor, t Tenant) error {
	if err := tx.PutTenant(ctx, t); err != nil {
		return err
	}
	return tx.Ledger(ctx, LedgerEntry{At: d.Now(), Tenant: t.ID, Actor: a.ID, Role: a.Role, Action: "tenant.set", Outcome: "done", Purpose: t.Protocol})
}

// forgetTenants makes the next request read the settings anew.
func (d *Desk) forgetTenants() {
	d.tenants.mu.Lock()
	d.tenants.all = nil
	d.tenants.mu.Unlock()
}

func tidyTenant(t Tenant) Tenant {
	t.ID, t.Name, t.Host = strings.TrimSpace(t.ID), strings.TrimSpace(t.Name), HostOf(t.Host)
	if t.Kind == "" {
		t.Kind = "municipality"
	}
	return t
}

// checkTenant says what is wrong with the settings of a tenant, in words.
func (d *Desk) checkTenant(ctx context.Context, t Tenant) error {
	faults := d.tenantFaults(t)
	taken, err := d.takenHost(ctx, t)
	if err != nil {
		return err
	}
	if err := refused(append(faults, taken...)); err != nil {
		return err
	}
	return Settings{t.Privacy, t.SecondFactor}.check()
}

// refused says the first fault and names all of them, so that a form shows each at its field; nil
// without faults.
func refused(faults []protocol.AnswerError) error {
	if len(faults) == 0 {
		return nil
	}
	return &loket.Error{Code: loket.Invalid, Message: faults[0].Message, Fields: faults}
}

func fault(field, nl, en string) protocol.AnswerError {
	return protocol.AnswerError{Field: field, Message: protocol.Text{NL: nl, EN: en}}
}

// Names of what can be wrong with an organisation, in the faults of Found and PutTenant.
const (
	FaultID       = "id"
	FaultName     = "name"
	FaultProtocol = "protocol"
	FaultHost     = "host"
)

// tenantFaults are those that the settings show by themselves.
func (d *Desk) tenantFaults(t Tenant) (out []protocol.AnswerError) {
	if t.Name == "" {
		out = append(out, fault(FaultName, "Geef de naam van de organisatie zoals lezers die zien.", "Give the name of the organisation as readers see it."))
	}
	if !isName(t.ID) {
		out = append(out, fault(FaultID, "Geef de organisatie een korte naam van kleine letters, cijfers en streepjes, bijvoorbeeld voorbeeldstad.", "Give the organisation a short name of lower-case letters, digits and dashes, for example voorbeeldstad."))
	}
	if d.knowing(t.Protocol).inForce(t, d.Now()) == nil {
		out = append(out, fault(FaultProtocol, "Dit protocol, of deze versie ervan, is hier niet geïnstalleerd.", "This protocol, or this version of it, is not installed here."))
	}
	if t.Host != "" && !isHost(t.Host) {
		out = append(out, fault(FaultHost, "Dit is geen hostnaam. Schrijf bijvoorbeeld loket.voorbeeldstad.example, zonder https:// en zonder poort.", "This is no host name. Write for example loket.voorbeeldstad.example, without https:// and without port."))
	}
	return out
}

// takenHost: an address leads to one desk.
func (d *Desk) takenHost(ctx context.Context, t Tenant) ([]protocol.AnswerError, error) {
	all, err := d.Tenants(ctx)
	for _, other := range all {
		if t.Host != "" && other.Host == t.Host && other.ID != t.ID {
			return []protocol.AnswerError{fault(FaultHost, "Deze hostnaam is al van een andere organisatie. Kies een andere.", "This host name belongs to another organisation. Choose another.")}, err
		}
	}
	return nil, err
}

// isName tells whether a short name can stand in a command, a file name or an address.
func isName(s string) bool {
	return s != "" && len(s) <= 40 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") == "" && s[0] != '-'
}

func isHost(s string) bool {
	return len(s) <= 253 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-.") == "" && strings.Trim(s, ".-") == s && !strings.Contains(s, "..")
}

// HostOf is the name in a Host header, as it is compared: without port or final dot, in
// lower case.
func HostOf(header string) string {
	host := strings.ToLower(strings.TrimSpace(header))
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimSuffix(strings.Trim(host, "[]"), ".")
}

// Front knows which desk answers at which host.
type Front struct {
	Desk interface {
		Tenants(context.Context) ([]Tenant, error)
	}
	First string   // the tenant at the bare address; empty: the one that came first
	Bare  []string // host names that are the bare address, besides IP addresses and localhost
}

// At finds whose desk answers at a host; none (an empty id) at a name nobody gave here. An
// installation with one desk that has no host of its own answers everywhere.
func (f Front) At(ctx context.Context, host string) (tenant string, err error) {
	all, err := f.Desk.Tenants(ctx)
	if err != nil || len(all) == 0 {
		return "", err
	}
	host = HostOf(host)
	for _, t := range all {
		if t.Host != "" && t.Host == host {
			return t.ID, nil
		}
	}
	if len(all) > 1 || all[0].Host != "" {
		if !f.bare(host) {
			return "", nil
		}
	}
	if f.First != "" {
		return f.First, nil
	}
	return all[0].ID, nil
}

func (f Front) bare(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil || host == "localhost" || slices.Contains(f.Bare, host)
}

// address is where the readers of a tenant find its pages: the installation's address,
// with the tenant's own host in it when it has one.
func (d *Desk) address(ctx context.Context, tenant string) string {
	t, err := d.Tenant(ctx, tenant)
	if err != nil || t.Host == "" {
		return d.BaseURL
	}
	return WithHost(d.BaseURL, t.Host)
}

// WithHost puts another host into an address; scheme and port stay.
func WithHost(base, host string) string {
	scheme, rest, found := strings.Cut(base, "://")
	if !found {
		return base
	}
	authority, path, slash := strings.Cut(rest, "/")
	if i := strings.LastIndexByte(authority, ':'); i >= 0 && !strings.HasSuffix(authority, "]") {
		host += authority[i:]
	}
	if slash {
		host += "/" + path
	}
	return scheme + "://" + host
}
