// SPDX-License-Identifier: EUPL-1.2

package policies_test

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example.org/loket/policies"
	"example.org/loket/protocol"
)

const page = "../docs/permissions.md"

// states are those of a case, and none.
var states = []string{"", "open", "proposed", "closed", "ended", "destroyed"}

// way is one set of things that together are enough for an action. Atoms are abilities,
// relations, "sees" (as deep as it goes) and "opens".
type way []string

// rule is one line of the page: the ways of each kind of asker, and the states in which they
// are ways.
type rule struct {
	action string
	about  string           // what the schema says that the action is about
	ways   map[string][]way // by kind of asker
	never  []string
}

var askers = []string{policies.Person, policies.Guest, policies.Machine}

var actionLine = regexp.MustCompile(`"([a-z]+\.[a-z]+)"`)

// actions are those of the schema, with what each is about.
func actions() (names []string, about map[string]string) {
	about = map[string]string{}
	for _, block := range strings.Split(policies.Schema(), "\naction ")[1:] {
		head, tail, _ := strings.Cut(block, "appliesTo")
		kind := policies.Case
		if strings.Contains(tail, policies.Organisation) {
			kind = policies.Organisation
		}
		for _, m := range actionLine.FindAllStringSubmatch(head, -1) {
			names, about[m[1]] = append(names, m[1]), kind
		}
	}
	return names, about
}

// atoms are everything that an asker may have or be.
func atoms() []string {
	return slices.Concat(protocol.Actions, policies.Relations(), []string{"sees", "opens"})
}

// asked makes a question of atoms, about something of level 3.
func asked(action, about, who, state string, has []string) policies.Question {
	const level = 3
	q := policies.Question{Who: who, Action: action, About: about, State: state, Level: level, Sees: level - 1, Opens: level - 1, Can: policies.Able(has...), Is: policies.Related(has...)}
	if slices.Contains(has, "sees") {
		q.Sees = level
	}
	if slices.Contains(has, "opens") {
		q.Opens = level
	}
	return q
}

// minimal leaves out what is not needed.
func minimal(holds func([]string) bool, has []string) way {
	for i := 0; i < len(has); {
		if less := slices.Delete(slices.Clone(has), i, i+1); holds(less) {
			has = less
		} else {
			i++
		}
	}
	return has
}

// waysOf finds every minimal way: as long as there is one that holds without some part of
// each way already found, there is another.
func waysOf(holds func([]string) bool) []way {
	var found []way
	var search func(left []string, from int) bool
	search = func(left []string, from int) bool {
		if from == len(found) {
			if !holds(left) {
				return false
			}
			found = append(found, minimal(holds, left))
			return true
		}
		for _, part := range found[from] {
			if search(slices.DeleteFunc(slices.Clone(left), func(a string) bool { return a == part }), from+1) {
				return true
			}
		}
		return false
	}
	for search(atoms(), 0) {
	}
	return found
}

// rulesOf reads the policies from outside: by asking.
func rulesOf(allows func(policies.Question) bool) []rule {
	var out []rule
	names, about := actions()
	for _, action := range names {
		r := rule{action: action, about: about[action], ways: map[string][]way{}}
		for _, state := range states {
			some := false
			for _, who := range askers {
				ways := waysOf(func(has []string) bool { return allows(asked(action, about[action], who, state, has)) })
				if some = some || len(ways) > 0; len(ways) > 0 {
					r.ways[who] = ways
				}
			}
			if !some {
				r.never = append(r.never, state)
			}
		}
		out = append(out, r)
	}
	return out
}

const nobody = "nobody"

func (r rule) String() string {
	line := "| `" + r.action + "` |"
	for _, who := range askers {
		var ways []string
		for _, w := range r.ways[who] {
			ways = append(ways, strings.Join(w, " + "))
		}
		if len(ways) == 0 {
			ways = []string{nobody}
		}
		line += " " + strings.Join(ways, "; ") + " |"
	}
	if len(r.never) == len(states) {
		r.never = nil
	}
	return line + " " + strings.Join(r.never, ", ") + " |"
}

// parsed reads a line of the page back.
func parsed(line string) (r rule, ok bool) {
	cells := strings.Split(line, "|")
	if len(cells) != 4+len(askers) || !strings.HasPrefix(cells[1], " `") {
		return r, false
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	r = rule{action: strings.Trim(cells[1], "`"), ways: map[string][]way{}}
	for i, who := range askers {
		if cells[2+i] == nobody {
			continue
		}
		for _, w := range strings.Split(cells[2+i], "; ") {
			r.ways[who] = append(r.ways[who], strings.Split(w, " + "))
		}
	}
	if last := cells[2+len(askers)]; last != "" {
		r.never = strings.Split(last, ", ")
	}
	return r, true
}

// pageRules reads the page; the cells of the tests are what it says.
func pageRules(t *testing.T) map[string]rule {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, about := actions()
	out := map[string]rule{}
	for _, line := range strings.Split(string(text), "\n") {
		if r, ok := parsed(line); ok {
			r.about = about[r.action]
			out[r.action] = r
		}
	}
	return out
}

// says is what the page says of one cell.
func (r rule) says(q policies.Question) bool {
	if q.Who == policies.Desk {
		return true
	}
	if slices.Contains(r.never, q.State) || q.About != r.about {
		return false
	}
	return slices.ContainsFunc(r.ways[q.Who], func(w way) bool { return w.opensTo(q) })
}

func (w way) opensTo(q policies.Question) bool {
	for _, atom := range w {
		switch {
		case atom == "sees" && q.Sees < q.Level, atom == "opens" && q.Opens < q.Level:
			return false
		case q.Can&policies.Able(atom) != policies.Able(atom), q.Is&policies.Related(atom) != policies.Related(atom):
			return false
		}
	}
	return true
}

const head = `# Who may what

Made from the policies in ` + "`policies/`" + `, by asking them; ` + "`UPDATE=1 go test ./policies -run TestMatrix`" + ` makes it again. The tests read this page back
and hold every cell against the policies: kind of asker × abilities × relation × level × state.

Each line says for one action in which ways it is permitted: all parts of one way together are enough; ways are separated by ";". A *person* has an account or sends a first report; a *guest* was let in for one case, with a return code or to agree
with one text; a *machine* has a key; what the desk does by itself (clocks, deliveries, the command line) needs no way. Abilities (work, record, decide …) are what a protocol
gives its roles; relations (ours, concerned, decider …) are explained in ` + "`policies/loket.cedarschema`" + `; "sees" and "opens" mean: as deep as the thing goes.
"Never" are the states of the case in which no way is left.

`

// writePage is the whole page.
func writePage(rules []rule, s *policies.Set, all []*protocol.Protocol) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	b.WriteString("| action | person | guest | machine | never |\n|---|---|---|---|---|\n")
	for _, r := range rules {
		b.WriteString(r.String() + "\n")
	}
	b.WriteString("\n## The policies in words\n\n| policy | says |\n|---|---|\n")
	for id, says := range s.All() {
		fmt.Fprintf(&b, "| %s | %s |\n", id, says)
	}
	for _, p := range all {
		writeRoles(&b, p, rules)
	}
	return b.Bytes()
}

// writeRoles says what each role of a protocol may where the protocol names it: on a case that
// concerns it, or as a guest for a role that comes to no case by itself.
func writeRoles(b *bytes.Buffer, p *protocol.Protocol, rules []rule) {
	fmt.Fprintf(b, "\n## The roles of %s\n\n%s\n\n| role | sees | opens | limited to | may |\n|---|---|---|---|---|\n", p.About.ID, rolesHead)
	for _, role := range p.Roles {
		limits := strings.Join(slices.Concat(role.Cases.Of, role.Cases.Kinds), ", ")
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", role.ID, role.Sees, role.Opens, limits, strings.Join(doesOf(role, rules), ", "))
	}
}

func doesOf(role protocol.Role, rules []rule) (does []string) {
	is := policies.Related(policies.Relations()...) &^ policies.Lent // in the ordinary way
	if role.Side != "desk" && role.Side != "informed" {
		is &^= policies.Inside
	}
	if role.Cases.Limited() {
		is &^= policies.Everything
	}
	if len(role.Cases.Of) > 0 {
		is &^= policies.Overview
	}
	q := policies.Question{Who: policies.Person, Can: policies.Able(role.May...), Is: is, State: "open", Level: 9, Action: "case.enter", About: policies.Case}
	own := policies.Allows(q)
	for _, r := range rules {
		if q.Who = policies.Person; r.about == policies.Case && !own {
			q.Who = policies.Guest
		}
		if q.Action, q.About = r.action, r.about; policies.Allows(q) && r.action != "case.gone" {
			does = append(does, r.action)
		}
	}
	return does
}

const rolesHead = `What somebody in the role may where the protocol names the role for it: on a case of the own organisation that concerns them, or, in a role
that comes to no case by itself, as a guest on the one case that they were let in for. How deep they read follows from the two levels.`

// S01: the page that people read is what the policies say.
func TestMatrixPage(t *testing.T) {
	t.Parallel()
	all, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	want := writePage(rulesOf(policies.Allows), policies.InForce(), all)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(page, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what the policies say; make it again and read the difference (%v)", page, err)
	}
}
