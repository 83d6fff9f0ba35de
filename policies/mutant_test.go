// SPDX-License-Identifier: EUPL-1.2

package policies_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cedar-policy/cedar-go"

	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// mutant is the set of policies with one thing about it wrong.
type mutant struct {
	name string
	id   string // of the policy that is wrong
	text string // of that policy, in JSON; empty: it is gone
}

// mutantsOf makes every mutant of a policy that a hand could slip into:
//
//	the policy gone · permit for forbid · the scope wider: any asker, any action, any thing
//	one action of several gone · a condition gone, or turned round
//	in a condition: each part turned round, each side of "and" and "or" alone, "and" for
//	"or", each comparison for another, each word for another
func mutantsOf(t *testing.T, id string, policy *cedar.Policy) []mutant {
	t.Helper()
	text, err := policy.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	out := []mutant{{id + ": gone", id, ""}}
	each := func(name string, change func(map[string]any)) {
		var tree map[string]any
		if err := json.Unmarshal(text, &tree); err != nil {
			t.Fatal(err)
		}
		change(tree)
		wrong, err := json.Marshal(tree)
		if err != nil {
			t.Fatal(err)
		}
		if string(wrong) != same(t, text) {
			out = append(out, mutant{id + ": " + name, id, string(wrong)})
		}
	}
	each("other effect", func(p map[string]any) {
		p["effect"] = map[string]string{"permit": "forbid", "forbid": "permit"}[p["effect"].(string)]
	})
	for _, scope := range []string{"principal", "action", "resource"} {
		each("any "+scope, func(p map[string]any) { p[scope] = map[string]any{"op": "All"} })
	}
	var tree map[string]any
	_ = json.Unmarshal(text, &tree) // read above already
	list, _ := tree["action"].(map[string]any)["entities"].([]any)
	for i := range list {
		each(fmt.Sprintf("without action %d", i), func(p map[string]any) {
			a := p["action"].(map[string]any)
			a["entities"] = slices.Delete(a["entities"].([]any), i, i+1)
		})
	}
	conditions, _ := tree["conditions"].([]any)
	for i := range conditions {
		each(fmt.Sprintf("without condition %d", i), func(p map[string]any) { p["conditions"] = slices.Delete(p["conditions"].([]any), i, i+1) })
		for n, name := range variants(t, conditions[i].(map[string]any)["body"]) {
			each(fmt.Sprintf("condition %d, %s", i, name), func(p map[string]any) {
				c := p["conditions"].([]any)[i].(map[string]any)
				at := n
				c["body"] = varied(c["body"], &at)
			})
		}
	}
	return out
}

// same is a text of JSON in the order of this package.
func same(t *testing.T, text []byte) string {
	t.Helper()
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(again)
}

// truth: these parts of a condition hold or do not, so they can be turned round.
var truth = []string{"&&", "||", "!", "==", "<=", "in", "is", "."}

// variants names every change that vary can make to an expression, in order.
func variants(t *testing.T, node any) []string {
	t.Helper()
	text, err := json.Marshal(node)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for at := 0; ; at++ {
		var fresh any // a change is made in place
		if err := json.Unmarshal(text, &fresh); err != nil {
			t.Fatal(err)
		}
		left, name := at, ""
		if vary(fresh, &left, &name); name == "" {
			return out
		}
		out = append(out, name)
	}
}

func varied(node any, at *int) any {
	name := ""
	return vary(node, at, &name)
}

// vary walks an expression and makes the change with number *at; name says which it was.
func vary(node any, at *int, name *string) any {
	expr, ok := node.(map[string]any)
	if !ok || *name != "" {
		return node
	}
	pick := func(what string) bool {
		if *name != "" {
			return false
		}
		*at--
		if *at < 0 {
			*name = what
		}
		return *name != ""
	}
	for op, body := range expr {
		args, _ := body.(map[string]any)
		if slices.Contains(truth, op) && !levelled(op, args) && pick("turned round: "+op) {
			return map[string]any{"!": map[string]any{"arg": node}}
		}
		switch op {
		case "&&", "||":
			switch {
			case pick(op + " left alone"):
				return args["left"]
			case pick(op + " right alone"):
				return args["right"]
			case pick(op + " for the other"):
				return map[string]any{map[string]string{"&&": "||", "||": "&&"}[op]: args}
			}
		case "<=":
			for _, other := range []string{"<", ">", "==", ">="} {
				if pick("<= as " + other) {
					return map[string]any{other: args}
				}
			}
		case ".":
			if levels := []any{"sees", "opens"}; slices.Contains(levels, args["attr"]) && pick("the other level") {
				return map[string]any{".": map[string]any{"left": args["left"], "attr": levels[1-slices.Index(levels, args["attr"])]}}
			}
		case "Value":
			if _, word := body.(string); word && pick("another word") {
				return map[string]any{"Value": "open"}
			}
		}
		for _, side := range []string{"left", "right", "arg"} {
			if args[side] != nil && op != "." && op != "in" { // those hold a variable and a group
				args[side] = vary(args[side], at, name)
			}
		}
	}
	return node
}

// levelled: it is a number, which cannot be turned round.
func levelled(op string, args map[string]any) bool {
	return op == "." && slices.Contains([]any{"level", "sees", "opens", "state"}, args["attr"])
}

// with is the set of policies with one of them replaced.
func (m mutant) set(t *testing.T, all *cedar.PolicySet) *policies.Set {
	t.Helper()
	wrong := cedar.NewPolicySet()
	for id, p := range all.All() {
		if string(id) != m.id {
			wrong.Add(id, p)
			continue
		}
		if m.text == "" {
			continue
		}
		var changed cedar.Policy
		if err := changed.UnmarshalJSON([]byte(m.text)); err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
		wrong.Add(id, &changed)
	}
	return policies.Of(wrong)
}

// policySet reads the policies of this folder.
func policySet(t *testing.T) *cedar.PolicySet {
	t.Helper()
	out := cedar.NewPolicySet()
	files, err := fs.Glob(os.DirFS("."), "*.cedar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		list, err := cedar.NewPolicyListFromBytes(name, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			out.Add(cedar.PolicyID(p.Annotations()["id"]), p)
		}
	}
	return out
}

// S02: every mutant of every policy changes a cell of the page. Killed is not "fails to
// load": a mutant that errs denies, and that is a cell too.
func TestMutants(t *testing.T) {
	t.Parallel()
	all, rules, people := policySet(t), pageRules(t), roles(t)
	names, _ := actions()
	var mutants []mutant
	tried := 0
	for id, p := range all.All() {
		mutants = append(mutants, mutantsOf(t, string(id), p)...)
	}
	slices.SortFunc(mutants, func(a, b mutant) int { return strings.Compare(a.name, b.name) })
	const every = 5 // of the short form; LOKET_FULL=1 makes all of them
	for i, m := range mutants {
		if os.Getenv("LOKET_FULL") == "" && m.text != "" && i%every != 0 {
			continue
		}
		tried++
		if wrong := m.set(t, all); !killed(wrong, nearFirst(names, string(all.Get(cedar.PolicyID(m.id)).MarshalCedar())), rules, people) {
			t.Errorf("%s: survives", m.name)
		}
	}
	t.Logf("%d of %d mutants", tried, len(mutants))
}

// killed: some cell is not as the page says.
func killed(wrong *policies.Set, names []string, rules map[string]rule, people []protocol.Role) bool {
	return slices.ContainsFunc(names, func(action string) bool {
		r := rules[action]
		return !cells(r, people, func(q policies.Question) bool { return wrong.Decide(q) == r.says(q) })
	})
}

// nearFirst puts the actions that a policy names first: there it is killed soonest.
func nearFirst(names []string, policy string) []string {
	out := slices.Clone(names)
	slices.SortStableFunc(out, func(a, b string) int {
		near := map[bool]int{true: -1}
		return near[strings.Contains(policy, `"`+a+`"`)] - near[strings.Contains(policy, `"`+b+`"`)]
	})
	return out
}

// A policy without an id of its own, or one that cannot be read, is no set of policies.
func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no id": `permit (principal, action, resource);`,
		"twice": `@id("a") permit (principal, action, resource); @id("a") forbid (principal, action, resource);`,
		"words": `@id("a") permit (somebody);`,
	} {
		if _, err := policies.Read(fstest.MapFS{"x.cedar": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}
