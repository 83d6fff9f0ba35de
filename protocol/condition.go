// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"regexp"
	"strings"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
)

// condition is one expression of the protocol, checked and ready to run.
type condition struct {
	text  string
	prog  cel.Program // nil when it is plain
	quick quick       // the same, for plain conditions; nil for others
	bare  bool        // it is one fact and nothing else, which is no truth
	kind  *cel.Type
	refs  []int // facts it can look at
}

// fault is one thing wrong in an expression; line counts from 0 within it.
type fault struct {
	line          int
	message, cure string
}

// always is the condition that needs no facts.
func always(text string) bool { return text == "" || text == "true" }

// certainly stands for a condition that needs no facts.
var certainly = &condition{}

// of finds a condition of the protocol by its text; nil when it has none of that text.
func (c *compiled) of(text string) *condition {
	if always(text) {
		return certainly
	}
	return c.conditions[text]
}

// condition compiles an expression, or says what is wrong with it.
func (c *compiled) condition(text string) (*condition, []fault) {
	if len(text) > maxCondition {
		return nil, []fault{{0, "Deze voorwaarde is te lang.", "Verdeel haar over afgeleide feiten."}}
	}
	if tree, ok := c.plain(text); ok {
		if quick := c.quicken(tree); quick != nil {
			found := &condition{text: text, quick: quick, kind: cel.BoolType}
			return found, c.look(tree, found)
		}
	}
	return c.byCEL(text)
}

// byCEL compiles any expression.
func (c *compiled) byCEL(text string) (*condition, []fault) {
	checked, issues := c.lang.env.Compile(text)
	if issues.Err() != nil {
		var faults []fault
		for _, e := range issues.Errors() {
			faults = append(faults, c.celFault(text, e))
		}
		return nil, faults
	}
	worst, err := c.lang.env.EstimateCost(checked, sizes{c})
	if err != nil || worst.Max > maxCost {
		return nil, []fault{{0, "Deze voorwaarde kan te veel rekenwerk vragen.", "Vermijd lussen in lussen (all, exists, map, filter); verdeel haar over afgeleide feiten."}}
	}
	prog, err := c.lang.env.Program(checked, cel.EvalOptions(cel.OptOptimize))
	if err != nil {
		return nil, []fault{{0, "Deze voorwaarde kan niet worden uitgevoerd.", "Kijk naar het patroon van matches(…) en naar de duur van duration(…), of schrijf haar eenvoudiger op."}}
	}
	found := &condition{text: text, prog: prog, kind: checked.OutputType()}
	if found.kind.IsExactType(cel.BoolType) {
		found.quick = c.quicken(checked.NativeRep().Expr())
	}
	faults := c.look(checked.NativeRep().Expr(), found)
	found.bare = found.quick == nil && checked.NativeRep().Expr().Kind() == celast.IdentKind && len(found.refs) == 1
	return found, append(faults, listsCompared(checked.NativeRep())...)
}

// look notes which facts an expression names, and checks its constants against the
// options of the facts they are compared with.
func (c *compiled) look(root celast.Expr, into *condition) []fault {
	var faults []fault
	seen := map[int]bool{}
	celast.PreOrderVisit(root, celast.NewExprVisitor(func(e celast.Expr) {
		switch e.Kind() {
		case celast.IdentKind:
			if at, ok := c.index[strings.TrimPrefix(e.AsIdent(), knownPrefix)]; ok && !seen[at] {
				seen[at] = true
				into.refs = append(into.refs, at)
			}
		case celast.CallKind:
			call := e.AsCall()
			switch call.FunctionName() {
			case "_==_", "_!=_", "@in", "any_in":
				faults = append(faults, c.compared(call.Args()[0], call.Args()[1])...)
				faults = append(faults, c.compared(call.Args()[1], call.Args()[0])...)
			}
		}
	}))
	return faults
}

// listsCompared refuses == and != between lists: whether they are equal hangs on the
// order of the elements, and that is not what an author means.
func listsCompared(checked *celast.AST) []fault {
	var faults []fault
	celast.PreOrderVisit(checked.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != "_==_" && e.AsCall().FunctionName() != "_!=_" {
			return
		}
		if checked.GetType(e.AsCall().Args()[0].ID()).Kind() == types.ListKind {
			faults = append(faults, fault{0, "Lijsten kunnen niet met == of != vergeleken worden.",
				`Schrijf "waarde" in lijst, any_in(lijst, ["a", "b"]) of size(lijst) == 0.`})
		}
	}))
	return faults
}

// compared checks that a constant beside a choice is one of its options: a misspelt
// option would never be true, and nobody would notice.
func (c *compiled) compared(fact, constant celast.Expr) []fault {
	if fact.Kind() != celast.IdentKind {
		return nil
	}
	at, ok := c.index[fact.AsIdent()]
	if !ok || len(c.declared[at].fact.Options) == 0 {
		return nil
	}
	var faults []fault
	for _, value := range constants(constant) {
		if c.declared[at].options[value] == nil && value != "" {
			faults = append(faults, fault{0,
				fmt.Sprintf("Het feit %q heeft geen optie %q.", fact.AsIdent(), value),
				meant(value, c.declared[at].options, "Kies een bestaande optie.")})
		}
	}
	return faults
}

func constants(e celast.Expr) []string {
	switch e.Kind() {
	case celast.LiteralKind:
		if s, ok := e.AsLiteral().(types.String); ok {
			return []string{string(s)}
		}
	case celast.ListKind:
		var all []string
		for _, item := range e.AsList().Elements() {
			all = append(all, constants(item)...)
		}
		return all
	}
	return nil
}

var (
	undeclared  = regexp.MustCompile(`undeclared reference to '([^']+)'`)
	noOverload  = regexp.MustCompile(`found no matching overload for '([^']+)' applied to '(.*)'`)
	syntaxFault = regexp.MustCompile(`^Syntax error: (.*)$`)
)

// celFault words a fault of CEL for authors.
func (c *compiled) celFault(text string, e *cel.Error) fault {
	line := max(0, e.Location.Line()-1)
	if m := undeclared.FindStringSubmatch(e.Message); m != nil {
		name := strings.TrimPrefix(m[1], knownPrefix)
		if strings.Contains(text, name+"(") {
			return fault{line, fmt.Sprintf("De functie %q bestaat niet.", name), meant(name, functionNames, "Zie de lijst met functies in docs/protocol-language.md.")}
		}
		return fault{line, fmt.Sprintf("Het feit %q bestaat niet.", name), c.instead(name, meant(name, c.index, "Vraag het in een formulier, of beschrijf het onder facts."))}
	}
	if m := noOverload.FindStringSubmatch(e.Message); m != nil {
		return fault{line, fmt.Sprintf("De bewerking %s past niet op %s.", operator(m[1]), m[2]),
			"Vergelijk dingen van hetzelfde type: een keuze met \"tekst\", een lijst met \"tekst\" in lijst, ja/nee zonder aanhalingstekens."}
	}
	if m := syntaxFault.FindStringSubmatch(e.Message); m != nil {
		return fault{line, expressionWords(m[1], e.Location.Column()+1),
			"Gebruik && (en), || (of), ! (niet), == (is gelijk), in (zit in lijst); zet teksten tussen dubbele aanhalingstekens."}
	}
	return fault{line, mismatchWords(e.Message), "Vergelijk dingen van hetzelfde type. Zie docs/protocol-language.md, Voorwaarden."}
}

var functionNames = setOf([]string{"any_in", "known", "days_between", "hours_between", "years_between", "year", "size", "has", "exists", "all", "contains", "startsWith", "endsWith", "matches", "duration", "timestamp"})

func operator(name string) string {
	trimmed := strings.Trim(name, "_@")
	if trimmed == "" {
		return name
	}
	return trimmed
}
