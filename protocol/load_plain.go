// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
)

// plainReader reads a condition of the plain kind (quick.go) without CEL's parser and checker,
// which take most of the time that a desk needs to start. It makes the tree that CEL would
// make, and knows the types of facts and constants:
//
//	or    = and { "||" and }          test  = item [ ("==" | "in" | "<" …) item ]
//	and   = test { "&&" test }        item  = { "!" } ( name | constant | [constants] | known(name) | any_in(name, […]) | "(" or ")" )
//
// Whatever it does not know for certain it leaves to CEL, and so to CEL's faults: a name
// that is no fact, types that do not fit, any other operator. What it does read CEL reads
// too, by a test over random conditions. Such a condition has no loop, so that its cost is
// bounded by its length.
type plainReader struct {
	c    *compiled
	rest string
	fail bool
	make celast.ExprFactory
	id   int64
}

// typed is a part of a condition with its type.
type typed struct {
	celast.Expr
	kind *cel.Type
}

// deepest is how far brackets may be nested; CEL has its own limit, which is wider.
const deepest = 20

var (
	textKind = cel.StringType
	listKind = cel.ListType(cel.StringType)
)

// plain gives the tree of a plain condition; false for any other.
func (c *compiled) plain(text string) (celast.Expr, bool) {
	p := &plainReader{c: c, rest: text, make: celast.NewExprFactory()}
	whole := p.or(0)
	p.space()
	return whole.Expr, !p.fail && p.rest == "" && whole.kind == cel.BoolType
}

// none ends the reading: this is not plain.
func (p *plainReader) none() typed {
	p.fail = true
	p.rest = ""
	return typed{}
}

func (p *plainReader) call(function string, args ...typed) typed {
	p.id++
	exprs := make([]celast.Expr, len(args))
	for i, a := range args {
		exprs[i] = a.Expr
	}
	return typed{p.make.NewCall(p.id, function, exprs...), cel.BoolType}
}

func (p *plainReader) or(depth int) typed {
	return p.chain("||", operators.LogicalOr, func() typed { return p.chain("&&", operators.LogicalAnd, func() typed { return p.test(depth) }) })
}

// chain reads one or more parts with a sign between them.
func (p *plainReader) chain(sign, function string, part func() typed) typed {
	left := part()
	for !p.fail && p.take(sign) {
		right := part()
		if p.fail || left.kind != cel.BoolType || right.kind != cel.BoolType {
			return p.none()
		}
		left = p.call(function, left, right)
	}
	return left
}

var signs = []struct{ sign, function string }{
	{"==", operators.Equals}, {"!=", operators.NotEquals}, {"<=", operators.LessEquals}, {">=", operators.GreaterEquals},
	{"<", operators.Less}, {">", operators.Greater}, {"in", operators.In},
}

func (p *plainReader) test(depth int) typed {
	left := p.item(depth)
	if p.fail {
		return left
	}
	for _, s := range signs {
		if !p.take(s.sign) {
			continue
		}
		right := p.item(depth)
		if p.fail || !alike(s.function, left, right) {
			return p.none()
		}
		return p.call(s.function, left, right)
	}
	return left
}

// alike tells which types go with a comparison; what more it takes, quicken says.
func alike(function string, left, right typed) bool {
	switch function {
	case operators.Equals, operators.NotEquals:
		return left.kind == right.kind && (left.kind == textKind || left.kind == cel.BoolType || left.kind == cel.IntType)
	case operators.In:
		return left.kind == textKind && right.kind == listKind
	}
	return left.kind == cel.IntType && right.kind == cel.IntType
}

func (p *plainReader) item(depth int) typed {
	p.space()
	switch {
	case p.rest == "" || depth > deepest:
		return p.none()
	case p.rest[0] == '!':
		p.rest = p.rest[1:]
		if of := p.item(depth + 1); !p.fail && of.kind == cel.BoolType {
			return p.call(operators.LogicalNot, of)
		}
		return p.none()
	case p.rest[0] == '(':
		p.rest = p.rest[1:]
		if inner := p.or(depth + 1); !p.fail && p.take(")") {
			return inner
		}
		return p.none()
	case p.rest[0] == '[':
		return p.list()
	case nameSign(p.rest[0]):
		return p.name()
	}
	return p.constant()
}

func (p *plainReader) list() typed {
	var items []celast.Expr
	for p.rest = p.rest[1:]; ; {
		one := p.text()
		if p.fail {
			return one
		}
		items = append(items, one.Expr)
		switch {
		case p.take("]"):
			p.id++
			return typed{p.make.NewList(p.id, items, nil), listKind}
		case !p.take(","):
			return p.none()
		}
	}
}

func (p *plainReader) constant() typed {
	if p.rest[0] == '"' || p.rest[0] == '\'' {
		return p.text()
	}
	end := strings.IndexFunc(p.rest, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(p.rest)
	}
	n, err := strconv.ParseInt(p.rest[:end], 10, 64)
	if err != nil || end < len(p.rest) && (nameSign(p.rest[end]) || p.rest[end] == '.') {
		return p.none()
	}
	p.rest = p.rest[end:]
	p.id++
	return typed{p.make.NewLiteral(p.id, types.Int(n)), cel.IntType}
}

// text is a text between quotes, without signs that mean something else in one.
func (p *plainReader) text() typed {
	p.space()
	if p.rest == "" || p.rest[0] != '"' && p.rest[0] != '\'' {
		return p.none()
	}
	quote := p.rest[:1]
	value, after, closed := strings.Cut(p.rest[1:], quote)
	if !closed || strings.HasPrefix(after, quote) || strings.ContainsAny(value, "\\\n\r") {
		return p.none()
	}
	p.rest = after
	p.id++
	return typed{p.make.NewLiteral(p.id, types.String(value)), textKind}
}

func (p *plainReader) name() typed {
	end := 0
	for end < len(p.rest) && (nameSign(p.rest[end]) || p.rest[end] >= '0' && p.rest[end] <= '9') {
		end++
	}
	name := p.rest[:end]
	p.rest = p.rest[end:]
	p.id++
	switch name {
	case "true", "false":
		return typed{p.make.NewLiteral(p.id, types.Bool(name == "true")), cel.BoolType}
	case "known", "any_in":
		return p.function(name)
	}
	at, ok := p.c.index[name]
	if !ok || reserved[name] || p.follows(".[{(\"'") {
		return p.none()
	}
	return typed{p.make.NewIdent(p.id, name), plainKind(p.c.declared[at].fact.Type)}
}

// plainKind is celType, as one of few values that can be compared with ==.
func plainKind(kind string) *cel.Type {
	if kind == TypeChoices {
		return listKind
	}
	return celType(kind)
}

func (p *plainReader) function(name string) typed {
	if !p.take("(") {
		return p.none()
	}
	p.space()
	if p.rest == "" || !nameSign(p.rest[0]) {
		return p.none()
	}
	fact := p.name()
	switch {
	case p.fail || fact.Kind() != celast.IdentKind:
		return p.none()
	case name == "known" && p.take(")"):
		return typed{p.make.NewIdent(fact.ID(), knownPrefix+fact.AsIdent()), cel.BoolType}
	case name == "known" || fact.kind != listKind || !p.take(","):
		return p.none()
	}
	p.space()
	if !strings.HasPrefix(p.rest, "[") {
		return p.none()
	}
	list := p.list()
	if p.fail || !p.take(")") {
		return p.none()
	}
	return p.call(name, fact, list)
}

// take reads a sign or word if it is next.
func (p *plainReader) take(sign string) bool {
	p.space()
	after, found := strings.CutPrefix(p.rest, sign)
	if !found || nameSign(sign[0]) && after != "" && (nameSign(after[0]) || after[0] >= '0' && after[0] <= '9') {
		return false
	}
	p.rest = after
	return true
}

func (p *plainReader) follows(signs string) bool {
	p.space()
	return p.rest != "" && strings.ContainsRune(signs, rune(p.rest[0]))
}

func (p *plainReader) space() { p.rest = strings.TrimLeft(p.rest, " \t\n\r") }

func nameSign(b byte) bool { return b == '_' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
