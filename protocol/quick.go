// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"cmp"
	"slices"
	"time"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/overloads"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// quick evaluates a condition of the plain kind without CEL's machinery: facts, &&, ||, !,
// ?:, comparison with constants, `in`, any_in, known, how long a list is and which moment is
// later. Nearly all conditions are of that kind, and a page asks hundreds. It gives exactly
// what CEL gives, by a test that compares the two; a condition of another kind has no quick
// form and goes to CEL.
//
// The facts for want of which the verdict is Unknown are appended to a.lack.
type quick func(a *activation) Verdict

// quicken translates a checked expression; nil when it is not of the plain kind.
func (c *compiled) quicken(e celast.Expr) quick {
	switch e.Kind() {
	case celast.IdentKind:
		return c.quickFact(e.AsIdent())
	case celast.CallKind:
		call := e.AsCall()
		args := call.Args()
		switch call.FunctionName() {
		case operators.LogicalAnd:
			return both(c.quicken(args[0]), c.quicken(args[1]), False)
		case operators.LogicalOr:
			return both(c.quicken(args[0]), c.quicken(args[1]), True)
		case operators.LogicalNot:
			return not(c.quicken(args[0]))
		case operators.Conditional:
			return choose(c.quicken(args[0]), c.quicken(args[1]), c.quicken(args[2]))
		case operators.Equals:
			return c.quickEqual(args[0], args[1])
		case operators.NotEquals:
			return not(c.quickEqual(args[0], args[1]))
		case operators.In:
			return c.quickIn(args[0], args[1])
		case "any_in":
			return c.quickAny(args[0], args[1])
		case operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
			if later := c.quickMoments(call.FunctionName(), args[0], args[1]); later != nil {
				return later
			}
			return c.quickOrder(call.FunctionName(), args[0], args[1])
		}
	}
	return nil
}

func (c *compiled) quickFact(name string) quick {
	if at, ok := c.index[name]; ok && c.declared[at].fact.Type == TypeYesNo {
		return func(a *activation) Verdict { return a.verdict(a.look(at), at) }
	}
	if len(name) > len(knownPrefix) && name[:len(knownPrefix)] == knownPrefix {
		if at, ok := c.index[name[len(knownPrefix):]]; ok {
			return func(a *activation) Verdict { return a.verdict(a.isKnown(at), at) }
		}
	}
	return nil
}

// verdict reads a truth value; an unknown one notes what is lacking.
func (a *activation) verdict(value ref.Val, at int) Verdict {
	switch value {
	case types.True:
		return True
	case types.False:
		return False
	}
	return a.want(value, at)
}

// want notes what is lacking behind an unknown value.
func (a *activation) want(value ref.Val, at int) Verdict {
	if unknown, ok := value.(*types.Unknown); ok && unknown != a.c.lang.unknowns[at] {
		for _, id := range unknown.IDs() {
			a.lack = append(a.lack, int(id)-1)
		}
		return Unknown
	}
	a.lack = append(a.lack, at)
	return Unknown
}

// both joins two conditions; decisive is the side that settles the whole: False for &&,
// True for ||. What a settled part lacked does not count.
func both(left, right quick, decisive Verdict) quick {
	if left == nil || right == nil {
		return nil
	}
	other := True
	if decisive == True {
		other = False
	}
	return func(a *activation) Verdict {
		mark := len(a.lack)
		l := left(a)
		if l == decisive {
			a.lack = a.lack[:mark]
			return decisive
		}
		r := right(a)
		switch {
		case r == decisive:
			a.lack = a.lack[:mark]
			return decisive
		case l == Unknown || r == Unknown:
			return Unknown
		}
		return other
	}
}

func not(of quick) quick {
	if of == nil {
		return nil
	}
	return func(a *activation) Verdict {
		switch of(a) {
		case True:
			return False
		case False:
			return True
		}
		return Unknown
	}
}

// choose is `which ? yes : no`; only the side that is chosen is looked at.
func choose(which, yes, no quick) quick {
	if which == nil || yes == nil || no == nil {
		return nil
	}
	return func(a *activation) Verdict {
		switch which(a) {
		case True:
			return yes(a)
		case False:
			return no(a)
		}
		return Unknown
	}
}

// quickEqual compares a fact with a constant of its type, or the size of a list with one.
func (c *compiled) quickEqual(left, right celast.Expr) quick {
	if left.Kind() == celast.LiteralKind {
		left, right = right, left
	}
	if left.Kind() == celast.CallKind {
		return c.quickOrder(operators.Equals, left, right)
	}
	if left.Kind() != celast.IdentKind || right.Kind() != celast.LiteralKind {
		return nil
	}
	at, ok := c.index[left.AsIdent()]
	constant := right.AsLiteral()
	if !ok || !plainConstant(constant) {
		return nil
	}
	return func(a *activation) Verdict {
		value := a.look(at)
		if _, unknown := value.(*types.Unknown); unknown {
			return a.want(value, at)
		}
		return truth(value == constant)
	}
}

// plainConstant tells that Go's == on values is CEL's.
func plainConstant(v ref.Val) bool {
	switch v.(type) {
	case types.String, types.Bool, types.Int:
		return true
	}
	return false
}

func truth(b bool) Verdict {
	if b {
		return True
	}
	return False
}

// quickIn is `fact in [constants]` or `constant in fact`.
func (c *compiled) quickIn(left, right celast.Expr) quick {
	switch {
	case left.Kind() == celast.IdentKind && right.Kind() == celast.ListKind:
		at, ok := c.index[left.AsIdent()]
		list := constants(right)
		if !ok || len(list) != right.AsList().Size() {
			return nil
		}
		return func(a *activation) Verdict {
			value := a.look(at)
			text, ok := value.(types.String)
			if !ok {
				return a.want(value, at)
			}
			return truth(slices.Contains(list, string(text)))
		}
	case left.Kind() == celast.LiteralKind && right.Kind() == celast.IdentKind:
		at, ok := c.index[right.AsIdent()]
		element, text := left.AsLiteral().(types.String)
		if !ok || !text {
			return nil
		}
		return func(a *activation) Verdict { return a.holdsElement(at, element) }
	}
	return nil
}

// holdsElement tells whether a list contains a constant.
func (a *activation) holdsElement(at int, element types.String) Verdict {
	switch value := a.look(at).(type) {
	case *types.Unknown:
		return a.want(value, at)
	case *openList:
		return a.verdict(value.Contains(element), at)
	}
	list, _ := a.raw[at].([]string) // of an empty outcome there is no raw list
	return truth(slices.Contains(list, string(element)))
}

// quickAny is any_in(fact, [constants]).
func (c *compiled) quickAny(left, right celast.Expr) quick {
	if left.Kind() != celast.IdentKind || right.Kind() != celast.ListKind {
		return nil
	}
	at, ok := c.index[left.AsIdent()]
	list := constants(right)
	if !ok || len(list) != right.AsList().Size() || len(list) == 0 {
		return nil
	}
	return func(a *activation) Verdict {
		if value := a.look(at); value.Type() == types.UnknownType {
			return a.want(value, at)
		}
		mark, verdict := len(a.lack), False
		for _, text := range list {
			switch a.holdsElement(at, types.String(text)) {
			case True:
				a.lack = a.lack[:mark]
				return True
			case Unknown:
				verdict = Unknown
			}
		}
		return verdict
	}
}

// quickOrder is a number fact, or the size of a list, compared with a constant.
func (c *compiled) quickOrder(operator string, left, right celast.Expr) quick {
	if right.Kind() != celast.LiteralKind {
		return nil
	}
	limit, number := right.AsLiteral().(types.Int)
	list, isSize := sized(left)
	if isSize {
		left = list
	}
	if !number || left.Kind() != celast.IdentKind {
		return nil
	}
	at, ok := c.index[left.AsIdent()]
	if !ok || isSize && c.declared[at].fact.Type != TypeChoices {
		return nil
	}
	read := (*activation).number
	if isSize {
		read = (*activation).size
	}
	return func(a *activation) Verdict {
		n, unknown := read(a, at)
		if unknown != nil {
			return a.want(unknown, at)
		}
		return ordered(operator, cmp.Compare(n, limit))
	}
}

// sized finds the list in `list.size()` and `size(list)`.
func sized(e celast.Expr) (list celast.Expr, ok bool) {
	if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != overloads.Size {
		return nil, false
	}
	if call := e.AsCall(); call.IsMemberFunction() {
		return call.Target(), true
	}
	return e.AsCall().Args()[0], true
}

// number reads a number fact; what is not known comes back as unknown.
func (a *activation) number(at int) (n types.Int, unknown ref.Val) {
	value := a.look(at)
	n, ok := value.(types.Int)
	if !ok {
		return 0, value
	}
	return n, nil
}

// size tells how long a list is; of a list that is partly certain nobody knows.
func (a *activation) size(at int) (n types.Int, unknown ref.Val) {
	switch value := a.look(at).(type) {
	case *types.Unknown:
		return 0, value
	case *openList:
		return 0, value.rest
	}
	list, _ := a.raw[at].([]string) // of an empty outcome there is no raw list
	return types.Int(len(list)), nil
}

// quickMoments tells which of two moments is later; either may be `now`.
func (c *compiled) quickMoments(operator string, left, right celast.Expr) quick {
	first, second := c.moment(left), c.moment(right)
	if first == nil || second == nil {
		return nil
	}
	return func(a *activation) Verdict {
		x, known := first(a)
		y, both := second(a)
		if !known || !both {
			return Unknown
		}
		return ordered(operator, x.Compare(y))
	}
}

// moment reads a fact that is a moment, or `now`; nil when an expression is neither.
func (c *compiled) moment(e celast.Expr) func(a *activation) (at time.Time, known bool) {
	if e.Kind() != celast.IdentKind {
		return nil
	}
	at, ok := c.index[e.AsIdent()]
	switch {
	case !ok && e.AsIdent() == "now":
		return func(a *activation) (time.Time, bool) { return a.now, true }
	case !ok || celType(c.declared[at].fact.Type) != cel.TimestampType:
		return nil
	}
	return func(a *activation) (time.Time, bool) {
		value := a.look(at)
		moment, known := value.(types.Timestamp)
		if !known {
			a.want(value, at)
		}
		return moment.Time, known
	}
}

// ordered reads the outcome of a comparison as <, <=, >, >= or ==.
func ordered(operator string, compared int) Verdict {
	switch operator {
	case operators.Less:
		return truth(compared < 0)
	case operators.LessEquals:
		return truth(compared <= 0)
	case operators.Greater:
		return truth(compared > 0)
	case operators.GreaterEquals:
		return truth(compared >= 0)
	}
	return truth(compared == 0)
}
