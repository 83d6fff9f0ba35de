// SPDX-License-Identifier: EUPL-1.2

// Package policies says who may do what, as data: the Cedar policies in this folder and the
// schema of the words that they use. It is the only place where that is written.
//
//	protocol: roles → abilities, levels     desk: relation of the asker to the case and the thing
//	                 └──────────────┬──────────────┘
//	                            Question ─▶ policies (default deny, forbid wins) ─▶ yes or no
//
// No policy names a role. A protocol says what its roles can and where it names them, so a
// protocol of another region brings its own roles and changes nothing here.
//
// A Question is a plain value, and the answer depends on nothing else. So answers are kept,
// and found again by one look-up; only the first time do the policies run.
package policies

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/x/exp/ast"

	"example.org/loket/protocol"
)

//go:embed *.cedar *.cedarschema
var files embed.FS

// Schema is the text of the schema: entities, relations and every action there is.
func Schema() string {
	text, _ := files.ReadFile("loket.cedarschema") // embedded: it cannot fail
	return string(text)
}

// Kinds of asker.
const (
	Person  = "Person"  // has an account, or sends a first report
	Guest   = "Guest"   // was let in for one case
	Machine = "Machine" // a computer with a key
	Desk    = "Desk"    // the desk itself
)

// Kinds of thing that is asked about.
const (
	Case         = "Case"
	Organisation = "Organisation"
)

// Question is one thing to decide. It is comparable: the same question has the same answer.
type Question struct {
	Who         string    // Person, Guest, Machine or Desk
	Can         Abilities // what the protocol gives the asker's roles
	Sees, Opens int       // deepest level shown at once, and deepest that may be opened: 0 to 5
	Action      string    // one of Actions
	About       string    // Case or Organisation
	Is          Relation  // how the asker is related to it
	Level       int       // how deep it goes: 0 to 5
	State       string    // of the case; empty: none
}

// Abilities is a set of abilities, one bit for each of protocol.Actions.
type Abilities uint32

// Able is the set of some abilities; a word that is none of protocol.Actions adds nothing.
func Able(words ...string) Abilities {
	var out Abilities
	for _, w := range words {
		if i := slices.Index(protocol.Actions, w); i >= 0 {
			out |= 1 << i
		}
	}
	return out
}

// Has reports whether an ability is in the set.
func (a Abilities) Has(word string) bool { return a&Able(word) != 0 }

// Relation is a set of ways in which somebody is related to what they ask about.
type Relation uint32

// The relations; loket.cedarschema says what each means.
const (
	Ours Relation = 1 << iota
	Concerned
	Shown
	Lent
	Own
	Filler
	Contributor
	Decider
	Maker
	Releaser
	Involved
	Speaker
	Proposer
	Closer
	Another
	Loose
	Leads
	Free
	Keeper
	Overview
	Everything
	Inside
	Listed
	Watched
	Asked
	Turn
)

// relations are their names in the schema, in order of their bits.
var relations = []string{"ours", "concerned", "shown", "lent", "own", "filler", "contributor", "decider", "maker", "releaser", "involved", "speaker", "proposer", "closer", "another", "loose", "leads", "free", "keeper", "overview", "everything", "inside", "listed", "watched", "asked", "turn"}

// Relations are the names of all relations, as the schema writes them.
func Relations() []string { return slices.Clone(relations) }

// Related is the set of some relations; a word that is none of them adds nothing.
func Related(words ...string) Relation {
	var out Relation
	for _, w := range words {
		if i := slices.Index(relations, w); i >= 0 {
			out |= 1 << i
		}
	}
	return out
}

// When is r, or nothing.
func (r Relation) When(holds bool) Relation {
	if holds {
		return r
	}
	return 0
}

// Set is a set of policies with the answers that it gave.
type Set struct {
	policies *cedar.PolicySet
	on       map[string]cedar.PolicyMap // those that speak of an action; "": of any
	mu       sync.RWMutex
	answers  map[Question]bool
}

// mostKept bounds the answers that are kept. A desk asks some hundreds of different questions.
const mostKept = 1 << 14

// Of makes a set that answers by some policies.
func Of(all *cedar.PolicySet) *Set {
	s := &Set{policies: all, on: map[string]cedar.PolicyMap{"": {}}, answers: map[Question]bool{}}
	for id, p := range all.All() {
		for _, action := range actionsOf(p) {
			if s.on[action] == nil {
				s.on[action] = cedar.PolicyMap{}
			}
			s.on[action][id] = p
		}
	}
	for action := range s.on {
		maps.Copy(s.on[action], s.on[""])
	}
	return s
}

// actionsOf are the actions that the head of a policy names; "" for one that names none.
func actionsOf(p *cedar.Policy) []string {
	switch scope := p.AST().Action.(type) {
	case ast.ScopeTypeEq:
		return []string{string(scope.Entity.ID)}
	case ast.ScopeTypeInSet:
		out := make([]string, len(scope.Entities))
		for i, e := range scope.Entities {
			out[i] = string(e.ID)
		}
		return out
	}
	return []string{""}
}

// about are the policies that speak of an action.
func (s *Set) about(action string) cedar.PolicyMap {
	if found := s.on[action]; found != nil {
		return found
	}
	return s.on[""]
}

// Read reads policies from the .cedar files of a folder. Each policy has an id of its own.
func Read(folder fs.FS) (*Set, error) {
	names, err := fs.Glob(folder, "*.cedar")
	if err != nil {
		return nil, err
	}
	all := cedar.NewPolicySet()
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		list, err := cedar.NewPolicyListFromBytes(name, text)
		if err != nil {
			return nil, fmt.Errorf("policies: %w", err)
		}
		for _, p := range list {
			id := string(p.Annotations()["id"])
			if id == "" || !all.Add(cedar.PolicyID(id), p) {
				return nil, fmt.Errorf("policies: %s:%d: a policy needs an @id of its own, %q is none", name, p.Position().Line, id)
			}
		}
	}
	return Of(all), nil
}

// InForce are the policies of this folder, by which the desk works.
var InForce = sync.OnceValue(func() *Set {
	s, err := Read(files)
	if err != nil {
		panic(err) // they are part of the program, and every test reads them
	}
	return s
})

// Allows answers a question by the policies in force.
func Allows(q Question) bool { return InForce().Allows(q) }

// Allows answers a question. What no policy permits is denied, and one that forbids wins.
func (s *Set) Allows(q Question) bool {
	s.mu.RLock()
	answer, known := s.answers[q]
	s.mu.RUnlock()
	if known {
		return answer
	}
	answer = s.Decide(q)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) >= mostKept {
		clear(s.answers)
	}
	s.answers[q] = answer
	return answer
}

// Decide asks the policies, whatever was answered before.
func (s *Set) Decide(q Question) bool {
	who := cedar.NewEntityUID(cedar.EntityType(q.Who), "asker")
	groups := make([]cedar.EntityUID, 0, len(protocol.Actions))
	for i, word := range protocol.Actions {
		if q.Can&(1<<i) != 0 {
			groups = append(groups, cedar.NewEntityUID("Ability", cedar.String(word)))
		}
	}
	levels := cedar.RecordMap{"sees": cedar.Long(q.Sees), "opens": cedar.Long(q.Opens)}
	known := cedar.EntityMap{who: {UID: who, Parents: cedar.NewEntityUIDSet(groups...), Attributes: cedar.NewRecord(levels)}}
	decision, fault := cedar.Authorize(s.about(q.Action), known, cedar.Request{
		Principal: who,
		Action:    cedar.NewEntityUID("Action", cedar.String(q.Action)),
		Resource:  cedar.NewEntityUID(cedar.EntityType(q.About), "it"),
		Context:   cedar.NewRecord(q.context()),
	})
	return decision == cedar.Allow && len(fault.Errors) == 0 // a policy that cannot be read permits nothing
}

func (q Question) context() cedar.RecordMap {
	out := make(cedar.RecordMap, len(relations)+2)
	for i, name := range relations {
		out[cedar.String(name)] = cedar.Boolean(q.Is&(1<<i) != 0)
	}
	out["level"], out["state"] = cedar.Long(q.Level), cedar.String(q.State)
	return out
}

// All are the policies with what they say, in order of their files.
func (s *Set) All() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		var ids []cedar.PolicyID
		for id := range s.policies.All() {
			ids = append(ids, id)
		}
		slices.SortFunc(ids, func(a, b cedar.PolicyID) int {
			x, y := s.policies.Get(a).Position(), s.policies.Get(b).Position()
			return strings.Compare(fmt.Sprintf("%s %06d", x.Filename, x.Line), fmt.Sprintf("%s %06d", y.Filename, y.Line))
		})
		for _, id := range ids {
			if !yield(string(id), string(s.policies.Get(id).Annotations()["says"])) {
				return
			}
		}
	}
}
