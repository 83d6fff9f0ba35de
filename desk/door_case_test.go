// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// house is a desk by a real protocol, with a case in every state and every way of being
// related to it, and somebody in every role.
type house struct {
	*bench
	page  doorPage
	deep  map[protocol.Level]string // a fact of each level
	facts protocol.Facts
	cases []doorCase
}

// doorCase is one case: how it stands, and what it is to those who come to the door.
type doorCase struct {
	id    loket.CaseID
	state string // of the policies
	loose bool   // not on hold
	leads bool   // does not go on elsewhere
	free  bool   // not limited
	shown bool   // not hidden from those at the door
	lent  bool   // opened by each of them in an emergency
	kind  string
}

func openHouse(t *testing.T, id string) *house {
	t.Helper()
	folder, err := protocols.FS(id)
	if err != nil {
		t.Fatal(err)
	}
	p, err := protocol.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	m, clock, ps := newMemory(), &hand{at: noon}, desk.Protocols{}
	ps.Add(p)
	m.tenants = []desk.Tenant{{ID: "vb", Name: "Hier", Protocol: id}, {ID: "elders", Name: "Elders", Protocol: id}}
	h := &house{bench: &bench{Desk: desk.New(desk.Options{Store: m, Sealer: box{}, Rand: &counter{}, Clock: clock, Protocols: ps}), m: m, clock: clock, p: p}, page: readDoorPage(t)}
	h.knowFacts()
	for _, state := range []string{"open", "proposed", "closed", "ended", "destroyed", "held", "elsewhere", "limited"} {
		for _, way := range []string{"", "hidden", "lent", "hidden lent"} {
			h.cases = append(h.cases, h.build(t, state, way))
		}
	}
	return h
}

// knowFacts chooses a fact of each level that is meant for everybody, and says of every
// organisation that a role is limited by that the case is of the first.
func (h *house) knowFacts() {
	h.deep, h.facts = map[protocol.Level]string{}, protocol.Facts{}
	for _, r := range h.p.Roles {
		for _, fact := range r.Cases.Of {
			if f := h.p.Fact(fact); f != nil && len(f.Options) > 0 {
				h.facts[fact] = f.Options[0].ID
				if f.Type == protocol.TypeChoices {
					h.facts[fact] = []string{f.Options[0].ID}
				}
			}
		}
	}
	for i := range h.p.Forms {
		f := &h.p.Forms[i]
		if f.Use != "report" && f.Use != "officer" || f.HiddenUntil != "" {
			continue
		}
		for _, s := range f.Sections {
			for _, field := range s.Fields {
				if h.deep[field.Level] == "" && (field.Type == protocol.TypeText || field.Type == protocol.TypeLong) && h.p.Readable(field.ID, nil, nil) {
					h.deep[field.Level], h.facts[field.ID] = field.ID, "iets verzonnens"
				}
			}
		}
	}
}

// doors are those who come: every role of the protocol, of the organisation of the case, of
// another one, and of another desk.
func (h *house) doors() (out []loket.Actor) {
	for _, r := range h.p.Roles {
		here, there := h.organisations(r)
		for _, at := range []struct{ tenant, organisation, name string }{{"vb", here, "hier"}, {"vb", there, "daar"}, {"elders", here, "elders"}} {
			out = append(out, loket.Actor{ID: "p-" + r.ID + "-" + at.name, Role: r.ID, Roles: []string{r.ID}, Tenant: at.tenant, Organisation: at.organisation})
		}
	}
	return out
}

func (h *house) organisations(r protocol.Role) (here, there string) {
	for _, fact := range r.Cases.Of {
		if f := h.p.Fact(fact); f != nil && len(f.Options) > 1 {
			return f.Options[0].ID, f.Options[1].ID
		}
	}
	return "", ""
}

// build writes a case as events; nothing of it went through the door.
func (h *house) build(t *testing.T, state, way string) doorCase {
	t.Helper()
	c := doorCase{id: loket.CaseID(state + " " + way), state: state, loose: true, leads: true, free: true, shown: true, kind: h.p.Kinds[0].ID}
	last := h.p.Phases[len(h.p.Phases)-1].ID
	events := []loket.Payload{
		loket.CaseOpened{Number: fmt.Sprintf("2026-%04d", len(h.m.s.cases)+1), Tenant: "vb", Kind: c.kind, Protocol: h.p.About.ID, ProtocolVersion: h.p.About.Version},
		loket.FactsRecorded{Facts: h.facts, Reason: "proef"},
	}
	switch state {
	case "proposed":
		events = append(events, loket.CloseProposed{Phase: last})
	case "closed":
		events = append(events, loket.PhaseClosed{Phase: last})
	case "ended":
		events = append(events, loket.CaseEnded{As: "event", Reason: "proef"})
	case "held":
		events, c.state, c.loose = append(events, loket.HoldPlaced{Reason: "proef"}), "open", false
	case "elsewhere":
		events, c.state, c.leads = append(events, loket.Linked{Link: "l", Other: "ergens", Verdict: "same_report"}), "open", false
	case "limited":
		events, c.state, c.free = append(events, loket.LimitPlaced{Ground: "disputed", Reason: "proef"}), "open", false
	}
	var everybody []string
	for _, a := range h.doors() {
		everybody = append(everybody, a.ID)
	}
	if way == "hidden" || way == "hidden lent" {
		events, c.shown = append(events, loket.CaseHidden{People: everybody, Reason: "proef"}), false
	}
	h.write(t, c.id, "system", events...)
	if way == "lent" || way == "hidden lent" {
		for _, id := range everybody {
			h.write(t, c.id, id, loket.EmergencyOpened{Ground: "safety", Depth: "V4", Until: noon.Add(time.Hour), Purpose: "proef", Reason: "proef"})
		}
		c.lent = true
	}
	row := desk.CaseRow{ID: c.id, Tenant: "vb", Number: events[0].(loket.CaseOpened).Number, Kind: c.kind, Key: "sleutel", Status: c.state, Version: len(h.m.s.events[c.id])}
	if !c.shown {
		row.HiddenFrom = everybody
	}
	h.m.s.cases[c.id] = row
	return c
}

func (h *house) write(t *testing.T, id loket.CaseID, by string, payloads ...loket.Payload) {
	t.Helper()
	for _, payload := range payloads {
		enc, err := loket.Encode(h.p, payload)
		if err != nil {
			t.Fatal(err)
		}
		seq := len(h.m.s.events[id]) + 1
		r := desk.Record{Case: id, Seq: seq, Tenant: "vb", At: noon.Add(-time.Minute), Type: payload.Type(), By: by}
		if r.Sealed, err = (box{}).Seal(context.Background(), "sleutel", fmt.Sprintf("events|body|%s|%d", id, seq), enc.Body); err != nil {
			t.Fatal(err)
		}
		if len(enc.Vault) > 0 {
			if r.Vault, err = (box{}).Seal(context.Background(), "sleutel", fmt.Sprintf("events|vault|%s|%d", id, seq), enc.Vault); err != nil {
				t.Fatal(err)
			}
		}
		h.m.s.events[id] = append(h.m.s.events[id], r)
	}
}

// opening is the Seq of an emergency opening: the first, or that of somebody.
func (h *house) opening(id loket.CaseID, by string) int {
	i := slices.IndexFunc(h.m.s.events[id], func(r desk.Record) bool {
		return r.Type == "emergency.opened" && (by == "" || r.By == by)
	})
	return i + 1
}

// relates is how somebody is related to a case, worked out from the protocol alone.
func (h *house) relates(a loket.Actor, c doorCase) (has []string) {
	r := h.p.Role(a.Roles[0])
	has = slices.Clone(r.May)
	add := func(word string, holds bool) {
		if holds {
			has = append(has, word)
		}
	}
	ours := a.Tenant == "vb"
	here := slices.ContainsFunc(r.Cases.Of, func(fact string) bool {
		options := h.p.Fact(fact).Options
		return h.facts[fact] != nil && len(options) > 0 && a.Organisation == options[0].ID
	})
	concerned := len(r.Cases.Of)+len(r.Cases.Kinds) == 0 || here || slices.Contains(r.Cases.Kinds, c.kind)
	add("ours", ours)
	add("concerned", ours && (concerned || c.lent))
	add("shown", c.shown)
	add("lent", c.lent)
	add("loose", c.loose)
	add("leads", c.leads)
	add("free", c.free)
	add("keeper", c.free || c.lent || slices.Contains(r.May, "shield"))
	return has
}
