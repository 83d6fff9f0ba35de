// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"

	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// quick evaluates a condition of the plain kind without CEL's machinery: facts, &&, ||, !,
// comparison with constants, `in`, any_in and known. Nine in ten conditions are of that
// kind, and a page asks hundreds. It gives exactly what CEL gives, by a test that
// compares the two; a condition of another kind has no quick form and goes to CEL.
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
		case operators.Equals:
			return c.quickEqual(args[0], args[1])
		case operators.NotEquals:
			return not(c.quickEqual(args[0], args[1]))
		case operators.In:
			return c.quickIn(args[0], args[1])
		case "any_in":
			return c.quickAny(args[0], args[1])
		case operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
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

// quickEqual compares a fact with a constant of its type.
func (c *compiled) quickEqual(left, right celast.Expr) quick {
	if left.Kind() == celast.LiteralKind {
		left, right = right, left
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

// quickOrder is a number fact compared with a constant: <, <=, > and >=.
func (c *compiled) quickOrder(operator string, left, right celast.Expr) quick {
	if left.Kind() != celast.IdentKind || right.Kind() != celast.LiteralKind {
		return nil
	}
	at, ok := c.index[left.AsIdent()]
	limit, number := right.AsLiteral().(types.Int)
	if !ok || !number {
		return nil
	}
	return func(a *activation) Verdict {
		value := a.look(at)
		n, ok := value.(types.Int)
		if !ok {
			return a.want(value, at)
		}
		switch operator {
		case operators.Less:
			return truth(n < limit)
		case operators.LessEquals:
			return truth(n <= limit)
		case operators.Greater:
			return truth(n > limit)
		default:
			return truth(n >= limit)
		}
	}
}
