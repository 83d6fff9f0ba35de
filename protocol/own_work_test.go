// SPDX-License-Identifier: EUPL-1.2

package protocol

import "testing"

// R-R-12 R-R-75 SM-11: what opens a kind tells whether it is the desk's own work. Control: a
// report form that opens the same kind makes it a case of something that happened.
func TestOwnWork(t *testing.T) {
	t.Parallel()
	p := &Protocol{Forms: []Form{{ID: "a", Use: "report", Opens: "report"}, {ID: "b", Use: "version", Opens: "version"}, {ID: "c", Use: "yearly", Opens: "both"}}}
	for kind, own := range map[string]bool{"report": false, "version": true, "both": true, "elsewhere": false, "": false} {
		if p.OwnWork(kind) != own {
			t.Errorf("kind %q: own work %v", kind, !own)
		}
	}
	p.Forms = append(p.Forms, Form{ID: "d", Use: "report", Opens: "both"})
	if p.OwnWork("both") {
		t.Error("somebody can report it")
	}
}

// SM-11: own work has what names it, by a condition that holds or by a step in a phase of the
// kind. Control: a report has the same elements, also as long as it is unknown.
func TestConcerns(t *testing.T) {
	t.Parallel()
	p := &Protocol{Forms: []Form{{Use: "report", Opens: "report"}, {Use: "version", Opens: "version"}},
		Kinds:  []Kind{{ID: "report"}, {ID: "version", Phase: "renew"}},
		Phases: []Phase{{ID: "renew", Then: "after"}, {ID: "after"}, {ID: "phase1"}},
		Steps:  []Step{{Phase: "after", Action: "decide:check"}, {Phase: "phase1", Action: "decide:weigh"}}}
	p.compiled = &compiled{kinds: map[string]*Kind{"report": &p.Kinds[0], "version": &p.Kinds[1]},
		phases: map[string]*Phase{"renew": &p.Phases[0], "after": &p.Phases[1], "phase1": &p.Phases[2]}}
	for _, c := range []struct {
		id, when          string
		arises            Verdict
		ofReport, ofOwner bool
	}{
		{"weigh", "", True, true, false},
		{"check", "", True, true, true},
		{"weigh", "found", Unknown, true, false},
		{"weigh", "found", True, true, true},
		{"check", "found", False, false, false},
	} {
		if p.Concerns("report", c.id, c.when, c.arises) != c.ofReport || p.Concerns("version", c.id, c.when, c.arises) != c.ofOwner {
			t.Errorf("%+v", c)
		}
	}
}
