// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// knock is one thing that somebody asks at the door about a case: what it is, how the protocol
// names the asker for it, and the call.
type knock struct {
	name   string
	action string
	has    []string // relations to the thing
	level  protocol.Level
	guest  bool // a product names the asker for agreement, which lets them in for this
	call   func(a loket.Actor, id loket.CaseID) error
}

// want knocks with a payload that the rules refuse when the door lets it through, so that
// nothing changes.
func (h *house) want(payload loket.Payload, has ...string) knock {
	return knock{name: fmt.Sprintf("%+v", payload), action: payload.Type(), has: has, call: func(a loket.Actor, id loket.CaseID) error {
		_, err := h.Do(context.Background(), a, id, desk.Change{Want: payload})
		return err
	}}
}

// may asks for what cannot be wanted without a second case.
func (h *house) mayWant(payload loket.Payload) knock {
	return knock{name: "may " + payload.Type(), action: payload.Type(), call: func(a loket.Actor, id loket.CaseID) error {
		return h.May(context.Background(), a, id, payload)
	}}
}

// knocks are everything that can be asked of a case by a role.
func (h *house) knocks(a loket.Actor, c doorCase) []knock {
	role := a.Roles[0]
	out := []knock{
		h.want(loket.StepDone{}, "turn"), h.want(loket.StepSkipped{}, "turn"), h.want(loket.StepAdded{}), h.want(loket.CaseAssigned{}), h.want(loket.DutyRecorded{}),
		h.want(loket.Asked{}), h.want(loket.Answered{}), h.want(loket.Noted{}), h.want(loket.Told{}), h.want(loket.Reopened{}), h.want(loket.CaseEnded{}),
		h.want(loket.FactsErased{}, "turn"), h.want(loket.HoldPlaced{}), h.want(loket.HoldLifted{}), h.want(loket.LimitPlaced{}), h.want(loket.LimitLifted{}), h.want(loket.DestructionProposed{}), h.want(loket.DestructionRefused{}),
		h.want(loket.CaseHidden{}), h.want(loket.CaseShown{}), h.want(loket.DeliveryChanged{}), h.want(loket.DeadlineMoved{}), h.want(loket.CaseOpened{}),
		h.mayWant(loket.Linked{}), h.mayWant(loket.Unlinked{}), h.mayWant(loket.Neighboured{}),
		h.want(loket.EmergencyReviewed{Opening: h.opening(c.id, a.ID)}),
		h.want(loket.EmergencyReviewed{Opening: h.opening(c.id, "")}, when("another", c.lent && h.opening(c.id, "") != h.opening(c.id, a.ID))...),
		{name: "case", action: "case.read", call: func(a loket.Actor, id loket.CaseID) error { _, err := h.Case(context.Background(), a, id); return err }},
		{name: "access log", action: "log.read", call: func(a loket.Actor, id loket.CaseID) error {
			_, err := h.AccessLog(context.Background(), a, id)
			return err
		}},
		{name: "emergency", action: "emergency.opened", call: func(a loket.Actor, id loket.CaseID) error {
			_, err := h.OpenInEmergency(context.Background(), a, desk.EmergencyForm{Number: h.m.s.cases[id].Number, Ground: "safety", Depth: "V5", Purpose: "proef", Reason: "proef"})
			return err
		}},
	}
	for i := range h.p.Forms {
		out = append(out, h.fills(role, &h.p.Forms[i])...)
	}
	for i := range h.p.Products {
		out = append(out, h.makes(role, &h.p.Products[i])...)
	}
	for i := range h.p.Tables {
		t := &h.p.Tables[i]
		out = append(out, h.want(loket.Decided{Subject: t.ID}, when("decider", slices.Contains(t.DecidedBy, role))...))
	}
	for i := range h.p.Phases {
		ph := &h.p.Phases[i]
		named := append(when("proposer", names(ph.ProposedBy, role)), when("closer", names(ph.ClosedBy, role))...)
		out = append(out, h.want(loket.CloseProposed{Phase: ph.ID}, named...), h.want(loket.PhaseClosed{Phase: ph.ID}, named...))
	}
	for level, fact := range h.deep {
		out = append(out, h.looks(level, fact)...)
	}
	return oneOfEach(out)
}

// oneOfEach keeps of knocks that are alike to the page the first.
func oneOfEach(all []knock) []knock {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(k knock) bool {
		key := fmt.Sprint(k.action, k.has, k.level, k.guest, strings.HasPrefix(k.name, "fact"), k.name == "text")
		again := seen[key] && k.action != "emergency.reviewed"
		seen[key] = true
		return again
	})
}

func (h *house) fills(role string, f *protocol.Form) []knock {
	action := map[string]string{"rows": "row.recorded", "officer": "facts.recorded", "register": "facts.recorded", "follow_up": "report.received"}[f.Use]
	if action == "" {
		return nil
	}
	has := append(when("filler", names(f.By, role)), when("contributor", slices.Contains(f.By, role))...)
	return []knock{{name: "form " + f.ID, action: action, has: has, call: func(a loket.Actor, id loket.CaseID) error {
		_, err := h.SendForm(context.Background(), a, id, desk.FormChange{Form: f.ID, Row: "/", Posted: map[string][]string{}})
		return err
	}}}
}

func (h *house) makes(role string, pr *protocol.Product) []knock {
	has := append(when("maker", names(pr.MadeBy, role)), when("releaser", names(pr.ReleasedBy, role))...)
	has = append(has, when("involved", slices.Contains(slices.Concat(pr.MadeBy, pr.ReleasedBy, pr.Align), role))...)
	read := knock{name: "text", action: "product.read", has: has, level: pr.Level, call: func(a loket.Actor, id loket.CaseID) error {
		_, err := h.Product(context.Background(), a, id, pr.ID, "", 0)
		return err
	}}
	agree := h.want(loket.ProductAligned{Product: pr.ID, Role: role}, "speaker")
	agree.guest = slices.Contains(pr.Align, role)
	other := h.want(loket.ProductAligned{Product: pr.ID, Role: "iemand anders"})
	other.guest = agree.guest
	return []knock{
		read, agree, other, h.want(loket.ProductDrafted{Product: pr.ID, Parts: map[string]string{"bestaat niet": "x"}}, has...), h.want(loket.ProductReleased{Product: pr.ID, Version: 7}, has...),
		h.want(loket.ProductWithdrawn{Product: pr.ID, Version: 7}, has...),
	}
}

// looks asks for one fact: on the page at once, and opened with a purpose.
func (h *house) looks(level protocol.Level, fact string) []knock {
	return []knock{
		{name: "fact at once", action: "fact.read", level: level, call: func(a loket.Actor, id loket.CaseID) error {
			v, err := h.Case(context.Background(), a, id)
			if err == nil && v.Answers[fact] == nil {
				err = loket.Refuse(loket.Forbidden, "", "")
			}
			return err
		}},
		{name: "fact opened", action: "fact.open", level: level, call: func(a loket.Actor, id loket.CaseID) error {
			_, err := h.Open(context.Background(), a, id, []string{fact}, "proef")
			return err
		}},
	}
}

// names: an empty list names everybody.
func names(roles []string, role string) bool { return len(roles) == 0 || slices.Contains(roles, role) }

func when(word string, holds bool) []string {
	if holds {
		return []string{word}
	}
	return nil
}

// expected is what the page says of a knock; some need more than one line of it.
func (h *house) expected(a loket.Actor, c doorCase, k knock) bool {
	r := h.p.Role(a.Roles[0])
	q := asks{who: "person", action: k.action, has: append(h.relates(a, c), k.has...), sees: r.Sees, opens: r.Opens, level: k.level, state: c.state}
	if c.lent {
		q.sees, q.opens = max(q.sees, "V4"), max(q.opens, "V4")
	}
	also := func(action string) bool { other := q; other.action = action; return h.page.says(other) }
	enters := also("case.enter")
	if k.action == "product.aligned" && k.guest && !slices.ContainsFunc([]string{"work", "audit"}, func(w string) bool { return slices.Contains(r.May, w) }) {
		q.who, q.has = "guest", append(q.has, "own")
		return also("case.enter") && h.page.says(q)
	}
	switch k.action {
	case "emergency.opened":
		return h.page.says(q)
	case "fact.read", "product.read":
		return enters && also("case.read") && h.page.says(q)
	case "fact.open":
		return enters && also("fields.opened") && h.page.says(q)
	}
	return enters && h.page.says(q)
}

// refusedAtDoor tells a refusal of the door from one of the rules behind it.
func refusedAtDoor(err error) bool {
	if known, ok := errors.AsType[*loket.Error](err); ok {
		return slices.Contains([]loket.Code{loket.NotFound, loket.Forbidden, loket.Gone}, known.Code) && !strings.Contains(known.Message.NL, "regel") ||
			strings.Contains(known.Message.NL, "zoals deze zaak er nu voor staat") || strings.Contains(known.Message.NL, "wordt alleen bewaard") || strings.Contains(known.Message.NL, "die u zo kunt openen")
	}
	return false
}

// walk knocks for every role, relation and state that some are chosen from, and gives what is
// not as the page says.
func (h *house) walk(t *testing.T, most int, chosen func(loket.Actor, doorCase) bool) (wrong []string, cells int) {
	t.Helper()
	for _, a := range h.doors() {
		for _, c := range h.cases {
			if !chosen(a, c) {
				continue
			}
			for _, k := range h.knocks(a, c) {
				before := h.m.s.clone()
				err := k.call(a, c.id)
				h.m.s = before
				cells++
				if want := h.expected(a, c, k); refusedAtDoor(err) == want {
					wrong = append(wrong, fmt.Sprintf("%s asks %s of the case %q %s: the page says %v, the door %v", a.ID, k.action, c.id, k.name, want, err))
				}
				if len(wrong) >= most {
					return wrong, cells
				}
			}
		}
	}
	return wrong, cells
}

// S01, S02: at the door of the desk, whoever calls it, every cell of role × action × relation ×
// level × state answers as the page of permissions says, for the protocols of the program. The
// short form knocks for one in some dozens of role × relation × state; LOKET_FULL=1 for all.
func TestDoorIsAsThePageSays(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"rotterdam", "ijsselland"} {
		h, n := openHouse(t, id), 0
		const every = 41 // has no part in common with the numbers of states and relations
		wrong, cells := h.walk(t, 20, func(loket.Actor, doorCase) bool {
			n++
			return os.Getenv("LOKET_FULL") != "" || n%every == 0
		})
		for _, w := range wrong {
			t.Error(w)
		}
		if cells < 1000 {
			t.Errorf("%s: only %d cells", id, cells)
		}
		t.Logf("%s: %d cells", id, cells)
	}
}

// The control of the walk: with one policy mutated, it finds it at a case that stands so. It
// changes what is in force, so it runs while no other test does.
func TestDoorNoticesAMutant(t *testing.T) {
	inForce := policies.InForce
	defer func() { policies.InForce = inForce }()
	h, right := openHouse(t, "ijsselland"), map[string]bool{}
	for _, m := range []struct{ at, was, is string }{
		{"open hidden", `context.ours && context.shown &&`, `context.ours &&`},
		{"open ", `when { principal in Ability::"tell" };`, `when { principal in Ability::"tell" || principal in Ability::"work" };`},
		{"held ", `unless { principal is Desk || context.loose };`, `unless { true };`},
		{"limited ", `principal is Desk || context.free ||`, `principal is Desk || true ||`},
		{"limited ", `principal is Desk || context.keeper ||`, `principal is Desk || true ||`},
		{"limited ", `unless { principal is Desk || context.free || context.lent };`, `unless { true };`},
		{"ended ", `when { context.state == "ended" }`, `when { context.state == "open" }`},
		{"open lent", `principal in Ability::"shield" && principal in Ability::"audit" &&`, `principal in Ability::"shield" &&`},
		{"open ", `when { context.level <= principal.sees };`, `when { context.level <= principal.opens };`},
	} {
		there := func(a loket.Actor, c doorCase) bool {
			return string(c.id) == m.at && strings.HasSuffix(a.ID, "-hier") && a.Tenant == "vb"
		}
		if policies.InForce = inForce; !right[m.at] {
			right[m.at] = true
			if wrong, _ := h.walk(t, 1, there); len(wrong) > 0 {
				t.Error(wrong[0])
			}
		}
		set := mutated(t, m.was, m.is)
		policies.InForce = func() *policies.Set { return set }
		if wrong, _ := h.walk(t, 1, there); len(wrong) == 0 {
			t.Errorf("nobody at the door notices %q for %q", m.is, m.was)
		}
	}
}

// mutated reads the policies with one thing in them changed.
func mutated(t *testing.T, was, is string) *policies.Set {
	t.Helper()
	files, found := fstest.MapFS{}, false
	paths, err := filepath.Glob("../policies/*.cedar")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(body, []byte(was))
		files[filepath.Base(path)] = &fstest.MapFile{Data: bytes.Replace(body, []byte(was), []byte(is), 1)}
	}
	set, err := policies.Read(files)
	if err != nil || !found {
		t.Fatalf("mutated %q: %v", was, err)
	}
	return set
}
