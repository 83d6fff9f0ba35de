// SPDX-License-Identifier: EUPL-1.2

package policies_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/cedar-policy/cedar-go/x/exp/schema"
	"github.com/cedar-policy/cedar-go/x/exp/schema/validate"

	"example.org/loket/policies"
	"example.org/loket/protocol"
)

func validator(t *testing.T) *validate.Validator {
	t.Helper()
	var s schema.Schema
	if err := s.UnmarshalCedar([]byte(policies.Schema())); err != nil {
		t.Fatal(err)
	}
	resolved, err := s.Resolve()
	if err != nil {
		t.Fatal(err)
	}
	return validate.New(resolved)
}

// S01: every policy uses the words of the schema and no others. Control: a word that the
// schema does not have, and a relation used as a number, are found.
func TestPoliciesFitTheSchema(t *testing.T) {
	t.Parallel()
	v := validator(t)
	for id, p := range policySet(t).All() {
		if err := v.Policy(string(id), (*ast.Policy)(p.AST())); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	for _, text := range []string{
		`permit (principal, action == Action::"note.maid", resource);`,
		`permit (principal, action == Action::"note.made", resource) when { context.hours };`,
		`permit (principal, action == Action::"note.made", resource) when { context.ours <= 3 };`,
	} {
		var p cedar.Policy
		if err := p.UnmarshalCedar([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if v.Policy("wrong", (*ast.Policy)(p.AST())) == nil {
			t.Errorf("fits: %s", text)
		}
	}
}

// The schema knows the abilities of the protocol language and the relations of this package,
// all of them and in words of their own; and no policy knows a role.
func TestSchemaKnowsTheWords(t *testing.T) {
	t.Parallel()
	for id, p := range policySet(t).All() { // the validator takes any member for one of the list
		for _, m := range abilityWord.FindAllStringSubmatch(string(p.MarshalCedar()), -1) {
			if !slices.Contains(protocol.Actions, m[1]) {
				t.Errorf("policy %s knows an ability %q", id, m[1])
			}
		}
	}
	for _, word := range protocol.Actions {
		if !strings.Contains(policies.Schema(), `"`+word+`"`) {
			t.Errorf("the schema has no ability %q", word)
		}
	}
	for _, word := range policies.Relations() {
		if !strings.Contains(policies.Schema(), "\n  "+word+": Bool") {
			t.Errorf("the schema has no relation %q", word)
		}
	}
	if n := strings.Count(policies.Schema(), ": Bool"); n != len(policies.Relations()) {
		t.Errorf("%d relations in the schema, %d in the program", n, len(policies.Relations()))
	}
	for _, role := range roles(t) {
		for id, p := range policySet(t).All() {
			if text := string(p.MarshalCedar()); slices.Contains(strings.FieldsFunc(text, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }), role.ID) {
				t.Errorf("policy %s speaks of the role %s", id, role.ID)
			}
		}
	}
}

var abilityWord = regexp.MustCompile(`Ability::"([^"]*)"`)

var sink bool

// An answer that was given before costs a look-up; the first time the policies run.
func BenchmarkAllows(b *testing.B) {
	q := policies.Question{Who: policies.Person, Can: policies.Able("work", "record", "decide"), Sees: 3, Opens: 5, Action: "note.made", About: policies.Case, Is: policies.Ours | policies.Concerned | policies.Shown | policies.Loose | policies.Leads | policies.Free | policies.Keeper, State: "open"}
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			sink = policies.Allows(q)
		}
	})
	b.Run("first", func(b *testing.B) {
		s := policies.InForce()
		for b.Loop() {
			sink = s.Decide(q)
		}
	})
}
