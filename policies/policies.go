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
// A Question is a plain value, and the answer depends on nothing else. So an answer is kept
// and found again in some 50 ns; only the first time do the policies run.
package policies

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/cedar-policy/cedar-go"

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
	Person = "Person" // has an account, or sends a first report
	Guest  = "Guest"  // was let in for one case
	Desk   = "Desk"   // the desk itself
)

// Kinds of thing that is asked about.
const (
	Case         = "Case"
	Organisation = "Organisation"
)

// Question is one thing to decide. It is comparable: the same question has the same answer.
type Question struct {
	Who         string    // Person, Guest or Desk
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
	Overview
	Everything
	Inside
	Listed
)

// relations are their names in the schema, in order of their bits.
var relations = []string{"ours", "concerned", "own", "filler", "contributor", "decider", "maker", "releaser", "involved", "speaker", "proposer", "closer", "overview", "everything", "inside", "listed"}

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
	mu       sync.RWMutex
	answers  map[Question]bool
}

// mostKept bounds the answers that are kept. A desk asks some hundreds of different questions.
const mostKept = 1 << 14

// Read reads policies from the .cedar files of a folder. Each policy has an id of its own.
func Read(folder fs.FS) (*Set, error) {
	names, err := fs.Glob(folder, "*.cedar")
	if err != nil {
		return nil, err
	}
	s := &Set{policies: cedar.NewPolicySet(), answers: map[Question]bool{}}
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
			if id == "" || !s.policies.Add(cedar.PolicyID(id), p) {
				return nil, fmt.Errorf("policies: %s:%d: a policy needs an @id of its own, %q is none", name, p.Position().Line, id)
			}
		}
	}
	return s, nil
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
	answer = s.decide(q)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) >= mostKept {
		clear(s.answers)
	}
	s.answers[q] = answer
	return answer
}

// decide asks the policies.
func (s *Set) decide(q Question) bool {
	who := cedar.NewEntityUID(cedar.EntityType(q.Who), "asker")
	groups := make([]cedar.EntityUID, 0, len(protocol.Actions))
	for i, word := range protocol.Actions {
		if q.Can&(1<<i) != 0 {
			groups = append(groups, cedar.NewEntityUID("Ability", cedar.String(word)))
		}
	}
	levels := cedar.RecordMap{"sees": cedar.Long(q.Sees), "opens": cedar.Long(q.Opens)}
	known := cedar.EntityMap{who: {UID: who, Parents: cedar.NewEntityUIDSet(groups...), Attributes: cedar.NewRecord(levels)}}
	decision, fault := cedar.Authorize(s.policies, known, cedar.Request{
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
