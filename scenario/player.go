// SPDX-License-Identifier: EUPL-1.2

package scenario

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// player walks through one tale.
type player struct {
	tale     tale
	loc      *time.Location
	desk     *Desk
	tenant   string // at whose desk the story is now; see enter
	protocol *protocol.Protocol
	houses   map[string]*house // by tenant
	now      time.Time

	cases       map[string]*played      // by the story's own name
	current     string                  // case that steps at this desk are about when they name none
	nearby      map[string]string       // name of a link with another tenant → its id
	shared      string                  // what another tenant shared, as it was last read
	opened      map[string]string       // sealed facts that the step opened, in words
	entries     map[string]writtenEntry // lines of lists that the story wrote, by tenant and name
	certificate string                  // id of the last one
	keys        map[string]string       // label of a report step → its idempotency key

	// What the last action gave.
	receipt *desk.Receipt
	advice  *desk.Advice
	refused error
	mailed  int // mails sent before this step

	step        *Step
	result      Result
	fingerprint map[string]string          // answers that are canaries by their level: text → field
	origin      map[string]map[string]bool // such an answer → the tenants that were told it
}

// played is what the story knows of one case.
type played struct {
	name      string
	tenant    string // whose case it is
	id        loket.CaseID
	number    string
	code      string
	rows      map[string]string           // the story's own name → row id
	filled    map[string]map[string]Value // row name → what was filled in; a page shows it again
	questions map[string]string
	links     map[string]string
	proposed  map[string]int // product/row → the draft that a refused release left; the story wrote none
}

// play tells one tale at a fresh desk.
func play(ctx context.Context, start Start, t tale) (Result, error) {
	loc, err := location(t.story.Zone)
	if err != nil {
		return Result{}, err
	}
	p := &player{
		tale: t, loc: loc, cases: map[string]*played{}, nearby: map[string]string{}, keys: map[string]string{}, entries: map[string]writtenEntry{},
		fingerprint: map[string]string{}, origin: map[string]map[string]bool{}, houses: map[string]*house{},
		result: Result{File: t.story.File, Name: t.name},
	}
	if p.now, err = p.firstMoment(); err != nil {
		return p.result, err
	}
	err = p.begin(ctx, start)
	if p.desk != nil && p.desk.Close != nil {
		defer p.desk.Close()
	}
	if _, ours := errors.AsType[Faults](err); ours {
		return p.result, err
	}
	if err != nil {
		return p.result, fmt.Errorf("%s: %w", t.name, err)
	}
	for i := range t.steps {
		if !p.do(ctx, &t.steps[i]) {
			return p.result, nil
		}
	}
	if !p.desk.Unswept {
		p.sweep(ctx)
	}
	return p.result, nil
}

func (p *player) firstMoment() (time.Time, error) {
	for _, s := range p.tale.steps {
		if s.At != "" {
			return moment(s.At, time.Time{}, p.loc)
		}
	}
	return time.Time{}, Faults{{File: p.tale.story.File, Line: 1, Message: "Geen enkele stap heeft een moment.", Cure: "Geef de eerste stap een moment: at: 2026-03-28 16:10"}}
}

func (p *player) begin(ctx context.Context, start Start) error {
	d, err := start(ctx, Setup{Name: p.tale.name, Now: p.now, Tenants: p.foundings(), Drafts: p.drafts()})
	if err != nil {
		return err
	}
	p.desk = d
	if err = p.openHouses(ctx); err != nil {
		return err
	}
	if err = p.checkRoles(); err != nil {
		return err
	}
	return p.keepBooks(ctx)
}

// checkRoles finds roles that the protocol does not have: such a person could do nothing,
// and every refusal after it would only confuse.
func (p *player) checkRoles() error {
	var faults Faults
	for _, alias := range sortedKeys(p.tale.story.People) {
		who := p.tale.story.People[alias]
		roles := map[string]bool{}
		for _, r := range p.protocolOf(alias).Roles {
			roles[r.ID] = true
		}
		for _, id := range who.roles() {
			if !roles[id] {
				faults = append(faults, Fault{
					File: p.tale.story.File, Line: who.Line, Message: fmt.Sprintf("Het protocol heeft geen rol %q.", id), Cure: meant(id, roles),
				})
			}
		}
	}
	if faults != nil {
		return faults
	}
	return nil
}

// accounts lists the people of a tenant with a login. Reporters have none: they come back
// with a code.
func (p *player) accounts(tenant string, in *protocol.Protocol) []desk.Person {
	p.houses[tenant] = &house{protocol: in}
	var people []desk.Person
	for _, alias := range sortedKeys(p.tale.story.People) {
		who := p.tale.story.People[alias]
		if p.tenantOf(alias) == tenant && p.hasAccount(alias) {
			people = append(people, desk.Person{
				ID: alias, Tenant: tenant, Name: who.name(alias), Email: who.address(alias),
				Roles: who.roles(), Organisation: who.Organisation,
			})
		}
	}
	return people
}

func (p *player) hasAccount(alias string) bool {
	who := p.tale.story.People[alias]
	if yes, ok := truth(who.Account); ok {
		return yes
	}
	role := p.protocolOf(alias).Role(who.Role)
	return role == nil || role.Side != "reporter"
}

func (w Player) name(alias string) string {
	if w.Name != "" {
		return w.Name
	}
	return "Persoon " + alias
}

func (w Player) address(alias string) string {
	if w.Email != "" {
		return w.Email
	}
	return alias + "@example.org"
}

func (w Player) roles() []string {
	roles := slices.Clone(w.Roles)
	if w.Role != "" && !slices.Contains(roles, w.Role) {
		roles = slices.Insert(roles, 0, w.Role)
	}
	return roles
}

// do plays one step; false ends the tale because nothing after it would make sense.
func (p *player) do(ctx context.Context, s *Step) bool {
	p.step, p.receipt, p.advice, p.refused, p.opened = s, nil, nil, nil, nil
	if len(p.desk.Mails()) > 0 {
		p.mailed = len(p.desk.Mails())
	}
	if err := p.walk(ctx, s); err != nil {
		p.differ(s.Line, storyWrong, "", err.Error(), momentCure)
		return false
	}
	defer p.turnTo(s)()
	err := p.act(ctx, s)
	if authored, ok := errors.AsType[*storyError](err); ok {
		p.differ(s.Line, storyWrong, "", authored.Error(), authored.cure)
		return false
	}
	p.refused = err
	if err := p.desk.Work(ctx); err != nil {
		p.differ(s.Line, "werk", "alles wat nu moet gebeuren lukt", err.Error(), "")
	}
	if err != nil && !s.expectsRefusal() {
		p.differ(s.Line, strings.Join(s.actions(), ""), "de handeling lukt", words(err), "")
		return s.Report == nil
	}
	for i := range s.Expect {
		p.expect(ctx, &s.Expect[i])
	}
	return true
}

// walk moves the clock to the step. Work that falls due on the way is done on the hour,
// as a desk that never sleeps would; over long waits every six hours is enough, and over years once a day.
func (p *player) walk(ctx context.Context, s *Step) error {
	at := s.At
	if s.Wait != nil && s.Wait.Until != "" {
		at = s.Wait.Until
	}
	if at == "" {
		return nil
	}
	to, err := moment(at, p.now, p.loc)
	if err != nil {
		return err
	}
	if to.Before(p.now) {
		return fmt.Errorf("dit is eerder dan de stap ervoor (%s)", p.show(p.now))
	}
	stride := time.Hour
	switch long := to.Sub(p.now); {
	case long > 365*24*time.Hour:
		stride = 24 * time.Hour
	case long > 10*24*time.Hour:
		stride = 6 * time.Hour
	}
	for next := p.now.Truncate(stride).Add(stride); next.Before(to); next = next.Add(stride) {
		p.desk.SetNow(next)
		if err := p.desk.Work(ctx); err != nil {
			return err
		}
	}
	p.now = to
	p.desk.SetNow(to)
	return p.desk.Work(ctx)
}

func (s *Step) expectsRefusal() bool {
	return slices.ContainsFunc(s.Expect, func(e Expect) bool { return e.Refused != nil })
}

// storyWrong heads what is a mistake of the story, not of the desk.
const storyWrong = "het verhaal klopt niet"

// momentCure says how a moment is written.
const momentCure = "Schrijf een moment dat bestaat en niet eerder is dan de stap ervoor, zoals 2026-03-28 16:10, 16:45, +30m of +3d."

// storyError is a mistake of the story's author that only shows while playing.
type storyError struct{ message, cure string }

func (e *storyError) Error() string { return e.message }

func mistaken(cure, message string, args ...any) error {
	return &storyError{message: fmt.Sprintf(message, args...), cure: cure}
}

// words gives an error as its reader would see it, with the fields it is about.
func words(err error) string {
	e, ok := errors.AsType[*loket.Error](err)
	if !ok {
		return err.Error()
	}
	text := string(e.Code) + ": " + e.Message.NL
	for _, f := range e.Fields {
		text += fmt.Sprintf(" [%s: %s]", f.Field, f.Message.NL)
	}
	return text
}
