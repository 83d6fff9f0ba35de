// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"time"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/decls"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// maxCost bounds what one condition may take in the worst case, worked out at Load in
// CEL's own units; a usual condition costs below 50. Nothing is left to limit at run time.
const maxCost = 20_000

// maxCondition bounds the length of one condition in bytes.
const maxCondition = 4_000

// knownPrefix marks the variable that tells whether a fact is known. The macro known(x)
// writes it; no author can, because @ cannot stand in a name.
const knownPrefix = "@known_"

// language is CEL with the facts of one protocol as its variables.
type language struct {
	env      *cel.Env
	unknowns []*types.Unknown // by fact index: the value of a fact that nobody knows
}

func newLanguage(c *compiled) (*language, error) {
	options := []cel.EnvOption{
		cel.Variable("now", cel.TimestampType),
		cel.Macros(append(cel.StandardMacros, cel.GlobalMacro("known", 1, expandKnown))...),
		cel.ParserRecursionLimit(100),
		cel.ParserExpressionSizeLimit(maxCondition),
	}
	lang := &language{}
	for i, d := range c.declared {
		options = append(options,
			cel.Variable(d.fact.ID, celType(d.fact.Type)),
			cel.Variable(knownPrefix+d.fact.ID, cel.BoolType))
		lang.unknowns = append(lang.unknowns, types.NewUnknown(int64(i+1), types.NewAttributeTrail(d.fact.ID)))
	}
	options = append(options, functions(c.location)...)
	env, err := cel.NewEnv(options...)
	lang.env = env
	return lang, err
}

func celType(kind string) *cel.Type {
	switch kind {
	case TypeYesNo:
		return cel.BoolType
	case TypeChoices:
		return cel.ListType(cel.StringType)
	case TypeNumber:
		return cel.IntType
	case TypeDate, TypeMoment, TypeOccurrence:
		return cel.TimestampType
	default:
		return cel.StringType
	}
}

// expandKnown turns known(fact) into the variable that says so.
func expandKnown(factory cel.MacroExprFactory, _ celast.Expr, args []celast.Expr) (celast.Expr, *cel.Error) {
	if args[0].Kind() != celast.IdentKind {
		return nil, factory.NewError(args[0].ID(), "known() vraagt de naam van een feit")
	}
	return factory.NewIdent(knownPrefix + args[0].AsIdent()), nil
}

// functions are what conditions can do beyond standard CEL. All count in local time.
func functions(location *time.Location) []cel.EnvOption {
	strings := cel.ListType(cel.StringType)
	// Types are checked at Load; at run time the guard would refuse a list that is partly certain.
	checked := decls.DisableTypeGuards(true)
	moments := []*cel.Type{cel.TimestampType, cel.TimestampType}
	between := func(name string, count func(a, b time.Time) int) cel.EnvOption {
		return cel.Function(name, checked, cel.Overload(name+"_moments", moments, cel.IntType,
			cel.BinaryBinding(func(a, b ref.Val) ref.Val {
				return types.Int(count(a.(types.Timestamp).In(location), b.(types.Timestamp).In(location)))
			})))
	}
	return []cel.EnvOption{
		cel.Function("any_in", checked, cel.Overload("any_in_lists", []*cel.Type{strings, strings}, cel.BoolType, cel.BinaryBinding(anyIn))),
		between("hours_between", func(a, b time.Time) int { return int(b.Sub(a) / time.Hour) }),
		between("days_between", daysBetween),
		between("years_between", yearsBetween),
		cel.Function("year", checked, cel.Overload("year_moment", moments[:1], cel.IntType, cel.UnaryBinding(func(a ref.Val) ref.Val {
			return types.Int(a.(types.Timestamp).In(location).Year())
		}))),
	}
}

// daysBetween counts calendar days: from Monday 23:00 to Tuesday 01:00 is one.
func daysBetween(a, b time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(b).Sub(day(a)) / (24 * time.Hour))
}

// yearsBetween counts full years, as an age is counted.
func yearsBetween(a, b time.Time) int {
	years := b.Year() - a.Year()
	if b.Month() < a.Month() || b.Month() == a.Month() && b.Day() < a.Day() {
		years--
	}
	return years
}

// sizes tells the cost estimate how big facts can get.
type sizes struct{ c *compiled }

func (s sizes) EstimateSize(n cost.AstNode) *cost.SizeEstimate {
	if path := n.Path(); len(path) > 0 {
		at, ok := s.c.index[path[0]]
		if !ok {
			return nil
		}
		fact := s.c.declared[at].fact
		switch {
		case fact.Type == TypeChoices && len(path) == 1:
			return &cost.SizeEstimate{Max: uint64(len(fact.Options))}
		case fact.Type == TypeChoice || fact.Type == TypeChoices:
			return &cost.SizeEstimate{Max: 60}
		default:
			return &cost.SizeEstimate{Max: 10_000}
		}
	}
	return nil
}

func (s sizes) EstimateCallCost(function, _ string, _ *cost.AstNode, args []cost.AstNode) *cost.CallEstimate {
	if function != "any_in" {
		return nil
	}
	return &cost.CallEstimate{CostEstimate: cost.CostEstimate{Min: 1, Max: 100}}
}
