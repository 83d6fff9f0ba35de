// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

var owner = loket.Actor{ID: "olga", Role: "protocol_owner", Roles: []string{"protocol_owner"}, Tenant: "vb"}

// versionOf is the protocol with another version, dates and one other term.
func versionOf(t *testing.T, version, adopted, from, within string) *protocol.Protocol {
	t.Helper()
	return versionWith(t, version, adopted, from, within)
}

// versionWith is versionOf with further words replaced: old, new, old, new …
func versionWith(t *testing.T, version, adopted, from, within string, further ...string) *protocol.Protocol {
	t.Helper()
	folder := fstest.MapFS{}
	names, err := os.ReadDir("../protocols/rotterdam")
	if err != nil {
		t.Fatal(err)
	}
	change := strings.NewReplacer(append(further, `version: "1.0"`, `version: "`+version+`"`, `adopted_on: "2020-01-01"`, `adopted_on: "`+adopted+`"`,
		`effective_from: "2020-01-01"`, `effective_from: "`+from+`"`, "within: 48 hours\n    met: received_at", "within: "+within+"\n    met: received_at")...)
	for _, name := range names {
		if b, err := os.ReadFile("../protocols/rotterdam/" + name.Name()); err == nil {
			folder[name.Name()] = &fstest.MapFile{Data: []byte(change.Replace(string(b)))}
		}
	}
	p, err := protocol.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var (
	readVersions sync.Once
	allVersions  []*protocol.Protocol
)

// threeVersions are read once: nobody changes a protocol.
func threeVersions(t *testing.T) []*protocol.Protocol {
	t.Helper()
	readVersions.Do(func() {
		allVersions = []*protocol.Protocol{
			versionOf(t, "1.0", "2020-01-01", "2020-01-01", "48 hours"),
			versionOf(t, "2.0", "2026-09-01", "2026-10-01", "24 hours"),
			versionOf(t, "3.0", "", "2026-02-01", "12 hours"),
		}
	})
	return allVersions
}

// reported is a short report on a day.
func reported(day string) url.Values {
	return url.Values{"organisation": {"Alfa"}, "kinds": {"serious_violence_against_professional"}, "incident_date": {day}, "incident_time": {"10:00"}}
}

// versioned is a desk with three versions: in force, adopted for 1 October, and a draft.
func versioned(t *testing.T) *bench {
	t.Helper()
	b := start(t)
	for _, p := range threeVersions(t) {
		b.Protocols.Add(p)
	}
	b.m.tenants = []desk.Tenant{{ID: "vb", Name: "Voorbeeldstad", Protocol: "rotterdam"}}
	b.m.people = append(b.m.people, desk.Person{ID: "olga", Name: "Olga Verzonnen", Roles: owner.Roles})
	return b
}

func (b *bench) inForce(t *testing.T) string {
	t.Helper()
	p, err := b.Protocol(t.Context(), "vb")
	if err != nil {
		t.Fatal(err)
	}
	return p.About.Version
}

// R-R-12 SM-11 R-I-01 SC-11: an adopted version begins on its own day, a draft never does,
// and an open case keeps the version it began with.
func TestAVersionBeginsOnItsDay(t *testing.T) {
	t.Parallel()
	b := versioned(t)
	b.clock.at = time.Date(2026, 9, 30, 21, 59, 0, 0, time.UTC) // 23:59 in Amsterdam
	if v := b.inForce(t); v != "1.0" {
		t.Fatalf("version %s is in force the evening before", v)
	}
	before := b.report(t, "k1", reported("2026-09-30"))
	b.clock.at = b.clock.at.Add(2 * time.Minute)
	if v := b.inForce(t); v != "2.0" {
		t.Fatalf("version %s is in force on the day itself", v)
	}
	view, err := b.Case(t.Context(), loket.Actor{ID: "samira", Role: "desk_officer", Roles: []string{"desk_officer"}, Tenant: "vb"}, before.Case)
	if err != nil || view.Protocol.About.Version != "1.0" {
		t.Errorf("the open case moved to another version: %v", err)
	}
}

// Of two versions that begin on one day the higher is in force (R-R-12).
func TestTwoVersionsOnOneDay(t *testing.T) {
	t.Parallel()
	b := versioned(t)
	b.Protocols.Add(versionOf(t, "2.1", "2026-09-02", "2026-10-01", "36 hours"))
	b.clock.at = time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)
	if v := b.inForce(t); v != "2.1" {
		t.Errorf("version %s is in force", v)
	}
}

// SM-11, T-18: every version tells its state; what is to come tells what it changes.
func TestVersionsTellTheirState(t *testing.T) {
	t.Parallel()
	b := versioned(t)
	all, err := b.Versions(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]string{}
	for _, v := range all {
		states[v.Version] = v.State
	}
	if states["1.0"] != desk.VersionEffective || states["2.0"] != desk.VersionAdopted || states["3.0"] != desk.VersionDraft {
		t.Errorf("states: %v", states)
	}
	for _, v := range all {
		if v.Version == "2.0" && (len(v.Differences) == 0 || !v.MayAnnounce) {
			t.Errorf("what changes is not told: %+v", v)
		}
		if v.Version == "1.0" && !v.Overdue {
			t.Error("a version of 2020 is due for review")
		}
	}
	_, err = b.Versions(t.Context(), told)
	code(t, err, loket.NotFound)
}

// DOC-20 R-R-13 R-R-14: announcing opens one case, with what changes in the notice; who is
// not the owner announces nothing.
func TestAnnouncingAVersion(t *testing.T) {
	t.Parallel()
	b := versioned(t)
	id, err := b.Announce(t.Context(), owner, "2.0")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := b.Announce(t.Context(), owner, "2.0"); err != nil || again != id {
		t.Errorf("a second case was opened: %v %v", again, err)
	}
	notice, err := b.Product(t.Context(), owner, id, "protocol_change", "", 0)
	if err != nil || !strings.Contains(notice.Parts[0].Text, "(termijn: “48 uur” → “24 uur”)") {
		t.Errorf("the notice does not say what changes: %v %+v", err, notice)
	}
	_, err = b.Announce(t.Context(), loket.Actor{ID: "samira", Role: "desk_officer", Roles: []string{"desk_officer"}, Tenant: "vb"}, "2.0")
	code(t, err, loket.NotFound)
	_, err = b.Announce(t.Context(), owner, "9.9")
	code(t, err, loket.NotFound)
}

// Requirements 2.4: the owner of the protocol works on its versions, and sees no case of a person.
func TestTheOwnerSeesNoCaseOfAPerson(t *testing.T) {
	t.Parallel()
	b := versioned(t)
	report := b.report(t, "k1", reported("2026-03-29"))
	_, err := b.Case(t.Context(), owner, report.Case)
	code(t, err, loket.NotFound)
	id, err := b.Announce(t.Context(), owner, "2.0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Case(t.Context(), owner, id); err != nil {
		t.Errorf("the owner does not see the case of the version: %v", err)
	}
}

// design §4: who registers all cases sees which would have gone differently under a version
// to come, and in what; the log has each of them. Control: a version that changes nothing.
func TestTryingAVersionOnPastCases(t *testing.T) {
	t.Parallel()
	b := versioned(t)
	b.Protocols.Add(versionOf(t, "4.0", "", "2026-12-01", "48 hours"))
	b.clock.at = time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC)
	report := b.report(t, "k1", reported("2026-03-29"))
	coordinator := loket.Actor{ID: "carla", Role: "desk_coordinator", Roles: []string{"desk_coordinator"}, Tenant: "vb"}
	trial := b.try(t, coordinator, "3.0")
	if trial.Tried != 1 || trial.Differ() != 1 || trial.Same != 0 || len(trial.Cases) != 1 || trial.Cases[0].Case != report.Case {
		t.Fatalf("the case that would have gone differently is not told: %+v", trial)
	}
	for _, o := range trial.Cases[0].Outcomes {
		if o.List != "deadlines" && o.List != "steps" || o.Was == o.Is {
			t.Errorf("a shorter term changed something else: %+v", o)
		}
	}
	if n := b.ledger("replay", "carla"); n != 1 {
		t.Errorf("%d entries in the log of one case that was tried", n)
	}
	if same := b.try(t, coordinator, "4.0"); same.Tried != 1 || same.Same != 1 || same.Differ() != 0 {
		t.Errorf("control: the same rules changed something: %+v", same)
	}
	if _, found, err := b.Try(t.Context(), coordinator, "1.0"); found || err != nil {
		t.Errorf("the version in force is not to come: %v %v", found, err)
	}
}

// Requirements 2.4: the owner sees no case of a person, so of those only what changes is
// counted. Who does not register all cases tries nothing, and the log says that they wanted to.
func TestTryingAVersionNamesNoCaseToWhoMayNotOpenIt(t *testing.T) {
	t.Parallel()
	b := versioned(t)
	b.report(t, "k1", reported("2026-03-29"))
	trial := b.try(t, owner, "3.0")
	if trial.Hidden != 1 || len(trial.Cases) != 0 || len(trial.Others) == 0 || trial.Others[0].Cases != 1 {
		t.Errorf("the owner reads of a case of a person: %+v", trial)
	}
	admin := loket.Actor{ID: "ada", Role: "tenant_admin", Roles: []string{"tenant_admin"}, Tenant: "vb"}
	for _, a := range []loket.Actor{admin, told} {
		_, _, err := b.Try(t.Context(), a, "3.0")
		code(t, err, loket.NotFound)
	}
	if b.ledger("replay", "ada") != 1 {
		t.Error("the refusal is not in the log")
	}
}

// Requirements 2.2: in what goes deeper than a reader sees a case would have gone otherwise, is
// not told; that it would, is. Control: the same list at the depth of the reader is told.
func TestTryingAVersionTellsNothingTooDeep(t *testing.T) {
	t.Parallel()
	for level, deeper := range map[string]bool{"V5": true, "V3": false} {
		b := versioned(t)
		const facts = "facts:\n  # Overleg is geen zaak"
		for _, v := range []struct{ version, adopted, then string }{{"1.0", "2020-01-01", "false"}, {"6.0", "", "true"}} {
			table := "tables:\n  - {id: tried, title: Proef, outputs: [{id: tried_fact, title: Proef, type: yesno, level: " + level + "}], rules: [{id: one, then: {tried_fact: " + v.then + "}}]}\n"
			b.Protocols.Add(versionWith(t, v.version, v.adopted, "2020-01-01", "48 hours", facts, table+facts))
		}
		b.clock.at = time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC)
		b.report(t, "k1", reported("2026-03-29"))
		coordinator := loket.Actor{ID: "carla", Role: "desk_coordinator", Roles: []string{"desk_coordinator"}, Tenant: "vb"}
		trial := b.try(t, coordinator, "6.0")
		if trial.Differ() != 1 || trial.Cases[0].Deeper != deeper {
			t.Fatalf("%s: %+v", level, trial)
		}
		told := slices.ContainsFunc(trial.Cases[0].Outcomes, func(o protocol.Outcome) bool { return o.List == "tables" })
		if told == deeper {
			t.Errorf("%s: what the table gives is told: %v", level, told)
		}
	}
}

func (b *bench) try(t *testing.T, a loket.Actor, version string) *desk.Trial {
	t.Helper()
	trial, found, err := b.Try(t.Context(), a, version)
	if err != nil || !found {
		t.Fatalf("version %s cannot be tried: %v %v", version, found, err)
	}
	return trial
}

// ledger counts the entries of one action of one actor.
func (b *bench) ledger(action, actor string) (n int) {
	for _, e := range b.m.s.ledger {
		if e.Action == action && e.Actor == actor {
			n++
		}
	}
	return n
}
