// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// A condition is written for the desk; its reader is a policy officer. ConditionWords says it in sentences
// with the titles and options that the protocol itself gives:
//
//	kind == "calamity" && age < 18          soort is calamiteit
//	                                        en leeftijd is minder dan 18
//	!(known(told_at) || "wmo" in laws)      verteld op is niet bekend
//	                                        en bij wetten is Wmo niet gekozen
//
// “Not” is worked in, so that no sentence begins with it where another one says the same. What has
// no words gives none: the reader then gets the condition as it is written.

// Clause is a condition in words: one statement, or a group of clauses.
type Clause struct {
	Say   Text     // what must hold; empty for a group
	Any   bool     // of a group: one of its parts is enough; else all of them hold
	Parts []Clause // at least two
}

// ConditionWords says a condition of the protocol in words; false when something in it has none.
func (p *Protocol) ConditionWords(condition string) (Clause, bool) {
	tree, ok := wordTree(condition)
	if !ok {
		return Clause{}, false
	}
	w := &worder{p: p}
	c := w.clause(tree, true)
	return c, !w.lost
}

// Text is the clause on one line; a group within another stands between brackets.
func (c Clause) Text() Text {
	if len(c.Parts) == 0 {
		return c.Say
	}
	nl, en := make([]string, len(c.Parts)), make([]string, len(c.Parts))
	for i, part := range c.Parts {
		t := part.Text()
		if len(part.Parts) > 0 {
			t = Text{"(" + t.NL + ")", "(" + t.EN + ")"}
		}
		nl[i], en[i] = t.NL, t.EN
	}
	if c.Any {
		return Text{strings.Join(nl, " of "), strings.Join(en, " or ")}
	}
	return Text{strings.Join(nl, " en "), strings.Join(en, " and ")}
}

// wordParser reads conditions as they are written: known and exists stay what they are.
var wordParser = sync.OnceValues(func() (*cel.Env, error) {
	return cel.NewCustomEnv(cel.ClearMacros(), cel.ParserRecursionLimit(100), cel.ParserExpressionSizeLimit(maxCondition))
})

func wordTree(condition string) (celast.Expr, bool) {
	env, err := wordParser()
	if err != nil || strings.TrimSpace(condition) == "" || len(condition) > maxCondition {
		return nil, false
	}
	parsed, issues := env.Parse(condition)
	if issues.Err() != nil {
		return nil, false
	}
	return parsed.NativeRep().Expr(), true
}

// worder says the parts of one condition; lost tells that some part had no words.
type worder struct {
	p    *Protocol
	lost bool
}

func (w *worder) none() Clause {
	w.lost = true
	return Clause{}
}

// clause says that a condition holds, or that it does not.
func (w *worder) clause(e celast.Expr, holds bool) Clause {
	switch e.Kind() {
	case celast.IdentKind:
		return w.truth(e.AsIdent(), holds)
	case celast.LiteralKind:
		if is, ok := e.AsLiteral().Value().(bool); ok {
			return either(is == holds, Text{"altijd", "always"}, Text{"nooit", "never"})
		}
	case celast.CallKind:
		return w.call(e.AsCall(), holds)
	}
	return w.none()
}

// either is a statement, or its contrary.
func either(holds bool, is, not Text) Clause {
	if holds {
		return Clause{Say: is}
	}
	return Clause{Say: not}
}

func (w *worder) call(c celast.CallExpr, holds bool) Clause {
	args := c.Args()
	switch c.FunctionName() {
	case operators.LogicalNot:
		return w.clause(args[0], !holds)
	case operators.LogicalAnd, operators.LogicalOr: // what holds not: each of “or”, some of “and”
		return w.group(c, (c.FunctionName() == operators.LogicalOr) == holds, holds)
	case operators.Conditional:
		return w.choice(args, holds)
	case operators.Equals, operators.NotEquals:
		return w.equal(args[0], args[1], holds == (c.FunctionName() == operators.Equals))
	case operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
		return w.compare(c.FunctionName(), args[0], args[1], holds)
	case operators.In:
		return w.within(args[0], args[1], holds)
	case "known":
		return w.bekend(args[0], holds)
	case "any_in":
		return w.chosen(args[0], args[1], holds)
	case "exists", "all":
		return w.each(c, holds)
	}
	return w.none()
}

// group flattens a && b && c: the reader sees three statements and no nesting.
func (w *worder) group(c celast.CallExpr, anyOf, holds bool) Clause {
	g := Clause{Any: anyOf}
	args := flat(c.FunctionName(), c.Args())
	for i, arg := range args {
		if !anyOf && holds && saidBy(arg, args[:i], args[i+1:]) {
			continue
		}
		part := w.clause(arg, holds)
		if len(part.Parts) > 0 && part.Any == anyOf {
			g.Parts = append(g.Parts, part.Parts...)
			continue
		}
		g.Parts = append(g.Parts, part)
	}
	if len(g.Parts) == 1 {
		return g.Parts[0]
	}
	return g
}

// flat are all parts of a && b && c.
func flat(operator string, args []celast.Expr) (out []celast.Expr) {
	for _, arg := range args {
		if arg.Kind() == celast.CallKind && arg.AsCall().FunctionName() == operator {
			out = append(out, flat(operator, arg.AsCall().Args())...)
			continue
		}
		out = append(out, arg)
	}
	return out
}

// saidBy: that a fact is known need not be said where another part says what it is.
func saidBy(e celast.Expr, others ...[]celast.Expr) bool {
	if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != "known" || len(e.AsCall().Args()) != 1 || e.AsCall().Args()[0].Kind() != celast.IdentKind {
		return false
	}
	for _, list := range others {
		for _, other := range list {
			if isAbout(other, e.AsCall().Args()[0].AsIdent()) {
				return true
			}
		}
	}
	return false
}

// isAbout: a single statement in which the fact stands first, and which holds only of a known one.
func isAbout(e celast.Expr, id string) bool {
	if e.Kind() == celast.IdentKind {
		return e.AsIdent() == id
	}
	if e.Kind() != celast.CallKind {
		return false
	}
	c := e.AsCall()
	switch c.FunctionName() {
	case operators.LogicalNot:
		return c.Args()[0].Kind() == celast.IdentKind && c.Args()[0].AsIdent() == id
	case operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals, operators.In, "any_in":
		return slices.ContainsFunc(c.Args(), func(a celast.Expr) bool { return a.Kind() == celast.IdentKind && a.AsIdent() == id })
	}
	return false
}

// choice is a ? b : c, which is (a and b) or (not a and c).
func (w *worder) choice(args []celast.Expr, holds bool) Clause {
	both := func(a, b Clause) Clause { return Clause{Parts: []Clause{a, b}} }
	return Clause{Any: true, Parts: []Clause{
		both(w.clause(args[0], true), w.clause(args[1], holds)), both(w.clause(args[0], false), w.clause(args[2], holds)),
	}}
}

// each is what holds of some or of all that was chosen.
func (w *worder) each(c celast.CallExpr, holds bool) Clause {
	args := c.Args()
	if !c.IsMemberFunction() || len(args) != 2 || args[0].Kind() != celast.IdentKind || args[1].Kind() != celast.CallKind {
		return w.none()
	}
	fact, test := w.fact(c.Target()), args[1].AsCall()
	if fact == nil || len(test.Args()) != 2 || test.Args()[0].Kind() != celast.IdentKind || test.Args()[0].AsIdent() != args[0].AsIdent() {
		return w.none()
	}
	label, name := w.label(fact, test.Args()[1]), nameOf(fact)
	switch {
	case c.FunctionName() == "exists" && test.FunctionName() == operators.NotEquals:
		return either(holds, at(name, Text{"is iets anders gekozen dan ", "something else was chosen than "}, label), at(name, Text{"is niets anders gekozen dan ", "nothing else was chosen than "}, label))
	case c.FunctionName() == "all" && test.FunctionName() == operators.Equals:
		return either(holds, at(name, Text{"is alleen gekozen: ", "only this was chosen: "}, label), at(name, Text{"is niet alleen gekozen: ", "not only this was chosen: "}, label))
	case c.FunctionName() == "exists" && test.FunctionName() == operators.In:
		return w.chosen(c.Target(), test.Args()[1], holds)
	}
	return w.none()
}

// at is what was chosen for a question with more answers.
func at(name, words, label Text) Text {
	return Text{"bij " + name.NL + " " + words.NL + label.NL, "at " + name.EN + " " + words.EN + label.EN}
}
