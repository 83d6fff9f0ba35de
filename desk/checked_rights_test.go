// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// The checker of protocols knows by itself what each act needs; the desk asks the policies. This
// test takes one ability at a time away from everybody and holds the two together: of each
// owner of each step both must say the same (design §4, R-R-16). Control: without the checker's
// knowledge there is nothing to agree on, so both answers must occur.
func TestCheckerAgreesWithPolicies(t *testing.T) {
	t.Parallel()
	answers := map[bool]int{}
	for _, id := range []string{"rotterdam", "ijsselland"} {
		for _, taken := range []string{"", "record", "decide", "compose", "close", "propose_close", "contribute", "follow_up"} {
			p := without(t, id, taken)
			for i := range p.Steps {
				s := &p.Steps[i]
				for _, role := range s.Owner {
					want := wantOf(p, s)
					if want == nil {
						continue
					}
					may := slices.ContainsFunc(want, func(w loket.Payload) bool {
						return desk.MayWant(loket.Actor{ID: "x", Tenant: "t", Role: role, Roles: []string{role}}, p, w)
					})
					if warned := warnsOf(p, s.ID, role); warned == may {
						t.Errorf("%s without %q: %s does step %s (%s): policies %v, checker warns %v", id, taken, role, s.ID, s.Action, may, warned)
					}
					answers[may]++
				}
			}
		}
	}
	if answers[true] < 100 || answers[false] < 100 {
		t.Errorf("control: %v, too few of one kind to compare", answers)
	}
}

var mays = regexp.MustCompile(`may: \[[^\]]*\]`)

// without is a protocol in which nobody has an ability.
func without(t *testing.T, id, ability string) *protocol.Protocol {
	t.Helper()
	folder, err := protocols.FS(id)
	if err != nil {
		t.Fatal(err)
	}
	files, names := fstest.MapFS{}, []string(nil)
	if names, err = fs.Glob(folder, "*.yaml"); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: mays.ReplaceAllFunc(body, func(list []byte) []byte {
			kept := slices.DeleteFunc(strings.Split(string(list[len("may: ["):len(list)-1]), ", "), func(a string) bool { return a == ability })
			return []byte("may: [" + strings.Join(kept, ", ") + "]")
		})}
	}
	p, err := protocol.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// wantOf is what somebody who does the step would want of the desk; nil for what no case knows.
func wantOf(p *protocol.Protocol, s *protocol.Step) []loket.Payload {
	verb, name, _ := strings.Cut(s.Action, ":")
	switch verb {
	case "form":
		switch p.Form(name).Use {
		case "rows":
			return []loket.Payload{loket.RowRecorded{Form: name}}
		case "officer", "register":
			return []loket.Payload{loket.FactsRecorded{Form: name}}
		case "follow_up", "report":
			return []loket.Payload{loket.ReportReceived{Form: name}}
		}
		return nil
	case "decide":
		return []loket.Payload{loket.Decided{Subject: name}}
	case "compose":
		return []loket.Payload{loket.ProductDrafted{Product: name}}
	case "close":
		return []loket.Payload{loket.PhaseClosed{Phase: name}, loket.CloseProposed{Phase: name}}
	case "duty":
		return []loket.Payload{loket.DutyRecorded{Duty: name}}
	case "ask":
		return []loket.Payload{loket.Asked{}}
	case "convert":
		return []loket.Payload{loket.Linked{}}
	case "note", "":
		return []loket.Payload{loket.StepDone{Step: s.ID}}
	}
	return nil
}

func warnsOf(p *protocol.Protocol, step, role string) bool {
	return slices.ContainsFunc(p.Warnings(), func(w protocol.Problem) bool {
		return strings.HasPrefix(w.Message, `De rol "`+role+`" is aan zet bij stap "`+step+`", maar`) && !strings.Contains(w.Message, "ziet geen zaken")
	})
}
