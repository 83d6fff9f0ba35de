// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"time"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"
)

// activation is one evaluation under way: the value of each fact by its index, in CEL's
// terms and in Go's, and what is provisional. A nil value is an unknown fact.
//
// A condition is run once as things look now. When it looked at provisional facts it is
// run again with those unknown: only if that gives no answer is the answer provisional.
type activation struct {
	p   *Protocol
	c   *compiled
	now time.Time

	values    []ref.Val
	raw       []any
	unsettled []bool
	assumed   []bool // milestones that are no or zero because nobody said otherwise
	rest      leftover

	ev    *Evaluation
	in    *Input
	row   string // id of the row in view
	uses  []Use  // in words, made once per fact
	said  []bool // of which facts the above is made
	pages []Use  // where the lists of uses of this evaluation lie
	brief bool   // nobody will read why

	looked  []int // facts the running condition asked for
	lack    []int // facts for want of which a quick condition is unknown
	strict  bool  // provisional facts count as unknown
	instant types.Timestamp

	rowFacts map[string][]Facts // what follows for each row, by form
}

// leftover is what an evaluation knows beside its facts.
type leftover struct {
	missing map[int][]int
	opened  map[int]*openList
	empty   []int // outcomes of questions that do not arise
}

// activate lays out facts for conditions. Give it back with release.
func (p *Protocol) activate(in *Input) *activation {
	a, ok := p.compiled.spare.Get().(*activation)
	if !ok {
		n := len(p.compiled.declared)
		a = &activation{
			p: p, c: p.compiled,
			values: make([]ref.Val, n), raw: make([]any, n), unsettled: make([]bool, n), assumed: make([]bool, n),
			uses: make([]Use, n), said: make([]bool, n), looked: make([]int, 0, 32),
		}
	}
	a.in, a.now, a.instant = in, in.Now, types.Timestamp{Time: in.Now}
	a.rest = leftover{missing: map[int][]int{}}
	for id, value := range in.Facts {
		if at, ok := a.c.index[id]; ok {
			a.set(at, value)
		}
	}
	return a
}

// release keeps the activation for the next evaluation; nothing of this one stays in it.
func (a *activation) release() {
	clear(a.values)
	clear(a.raw)
	clear(a.unsettled)
	clear(a.assumed)
	for at := range a.said {
		a.unsay(at)
	}
	a.in, a.ev, a.rowFacts, a.row, a.strict, a.brief, a.pages = nil, nil, nil, "", false, false, nil
	a.rest = leftover{}
	a.c.spare.Put(a)
}

// ResolveName gives CEL the value of a variable.
func (a *activation) ResolveName(name string) (any, bool) {
	at, ok := a.c.index[name]
	switch {
	case ok:
		return a.look(at), true
	case name == "now":
		return a.instant, true
	case len(name) > len(knownPrefix) && name[:len(knownPrefix)] == knownPrefix:
		if at, ok = a.c.index[name[len(knownPrefix):]]; ok {
			return a.isKnown(at), true
		}
	}
	return nil, false
}

func (a *activation) look(at int) ref.Val {
	a.note(at)
	value := a.values[at]
	if value == nil {
		return a.c.lang.unknowns[at]
	}
	if a.strict && a.unsettled[at] {
		if list := a.rest.opened[at]; list != nil {
			return list
		}
		return a.c.lang.unknowns[at]
	}
	return value
}

func (a *activation) isKnown(at int) ref.Val {
	a.note(at)
	if a.strict && a.unsettled[at] {
		return a.c.lang.unknowns[at]
	}
	return types.Bool(a.raw[at] != nil)
}

func (a *activation) note(at int) {
	if !a.strict && !slices.Contains(a.looked, at) {
		a.looked = append(a.looked, at)
	}
}

// Parent makes the activation one that CEL accepts; there is none.
func (a *activation) Parent() interpreter.Activation { return nil }

// set gives a fact its value. A value of another type than declared leaves it unknown:
// it can only come from an older version of the protocol.
func (a *activation) set(at int, value any) {
	fact := a.c.declared[at].fact
	if n, plain := value.(int); plain {
		value = int64(n)
	}
	converted, ok := toCEL(fact.Type, value)
	if !ok {
		a.values[at], a.raw[at] = nil, nil
		return
	}
	a.values[at], a.raw[at] = converted, value
	a.assumed[at] = false
	a.unsay(at)
}

// setEmpty is the value of an outcome whose question does not arise: nothing, and for
// certain. known() stays false.
func (a *activation) setEmpty(at int) {
	a.rest.empty = append(a.rest.empty, at)
	a.raw[at], a.unsettled[at] = nil, false
	a.unsay(at)
	switch a.c.declared[at].fact.Type {
	case TypeYesNo:
		a.values[at] = types.False
	case TypeChoices:
		a.values[at] = types.NewStringList(types.DefaultTypeAdapter, nil)
	case TypeNumber:
		a.values[at] = types.IntZero
	case TypeDate, TypeMoment, TypeOccurrence:
		a.values[at] = nil
	default:
		a.values[at] = types.String("")
	}
}

func toCEL(kind string, value any) (ref.Val, bool) {
	switch v := value.(type) {
	case bool:
		return types.Bool(v), kind == TypeYesNo
	case string:
		return types.String(v), celType(kind).Kind() == types.StringKind
	case []string:
		return types.NewStringList(types.DefaultTypeAdapter, v), kind == TypeChoices
	case int64:
		return types.Int(v), kind == TypeNumber
	case time.Time:
		return types.Timestamp{Time: v}, (kind == TypeDate || kind == TypeMoment || kind == TypeOccurrence) && !v.IsZero()
	case Occurrence:
		last := v.latest()
		return types.Timestamp{Time: last}, kind == TypeOccurrence && !last.IsZero()
	}
	return nil, false
}

// latest is the last moment at which it can have happened.
func (o Occurrence) latest() time.Time {
	if !o.To.IsZero() {
		return o.To
	}
	return o.Discovered
}

// outcome is what one condition says.
type outcome struct {
	verdict     Verdict
	provisional bool
	missing     []int
	looked      []int
}

// test evaluates a condition. Its `looked` is valid until the next test.
func (a *activation) test(text string) outcome {
	return a.try(a.c.of(text))
}

// try is test for a condition that was looked up before.
func (a *activation) try(cond *condition) outcome {
	switch cond {
	case certainly:
		return outcome{verdict: True}
	case nil:
		return outcome{}
	}
	value, found := a.compute(cond)
	found.verdict = verdictOf(value)
	return found
}

func verdictOf(value ref.Val) Verdict {
	switch value {
	case types.True:
		return True
	case types.False:
		return False
	}
	return Unknown
}

// compute evaluates an expression of any type; nil is unknown.
func (a *activation) compute(cond *condition) (ref.Val, outcome) {
	a.looked, a.strict = a.looked[:0], false
	value, lack := a.run(cond)
	found := outcome{looked: a.looked}
	if value == nil {
		found.missing = a.leaves(lack)
		return nil, found
	}
	if !slices.ContainsFunc(a.looked, func(at int) bool { return a.unsettled[at] }) {
		return value, found
	}
	a.strict = true
	settled, lack := a.run(cond)
	a.strict = false
	switch {
	case settled == nil && lack != nil:
		found.provisional = true
		found.missing = a.leaves(lack)
	case settled == nil || settled.Equal(value) != types.True:
		found.provisional = true
		found.missing = a.leavesOf(found.looked)
	}
	return value, found
}

// leavesOf are the facts behind the provisional ones among some facts.
func (a *activation) leavesOf(facts []int) []int {
	var found []int
	for _, at := range facts {
		if a.unsettled[at] {
			found = merge(found, a.rest.missing[at])
		}
	}
	slices.Sort(found)
	return found
}

// run gives the value of an expression, or nil with the facts that it lacks.
func (a *activation) run(cond *condition) (ref.Val, []int) {
	if cond.quick != nil {
		a.lack = a.lack[:0]
		switch cond.quick(a) {
		case True:
			return types.True, nil
		case False:
			return types.False, nil
		}
		return nil, a.lack
	}
	value, err := a.full(cond)
	if unknown, ok := value.(*types.Unknown); ok {
		var lack []int
		for _, id := range unknown.IDs() {
			lack = append(lack, int(id)-1)
		}
		return nil, lack
	}
	if err != nil {
		return nil, nil // 1/0 and the like: no answer, and no fact would give one
	}
	return value, nil
}

// full runs an expression that has no quick form.
func (a *activation) full(cond *condition) (ref.Val, error) {
	if cond.bare {
		return a.look(cond.refs[0]), nil
	}
	value, _, err := cond.prog.Eval(a)
	return value, err
}

// leaves are the facts that somebody can answer, behind those that merely follow.
func (a *activation) leaves(facts []int) []int {
	var found []int
	for _, at := range facts {
		found = a.leaf(found, at)
	}
	slices.Sort(found)
	return found
}

func (a *activation) leaf(found []int, at int) []int {
	if at < 0 || at >= len(a.values) {
		return found
	}
	if !a.c.declared[at].derived {
		if !slices.Contains(found, at) {
			found = append(found, at)
		}
		return found
	}
	return merge(found, a.rest.missing[at])
}

func merge(into, more []int) []int {
	for _, at := range more {
		if !slices.Contains(into, at) {
			into = append(into, at)
		}
	}
	return into
}

// reason explains an outcome to a reader.
func (a *activation) reason(rule string, title, because Text, source Source, found outcome) Reason {
	r := Reason{Rule: rule, Title: title, Because: because, Source: source}
	if a.brief {
		return r
	}
	if len(found.looked) > 0 {
		r.Used = a.usesOf(found.looked)
	}
	r.Missing = a.names(found.missing)
	return r
}

// usesOf puts the facts that a condition looked at in words. Many short lists lie on one
// page, which costs one piece of memory for all.
func (a *activation) usesOf(looked []int) []Use {
	if cap(a.pages)-len(a.pages) < len(looked) {
		a.pages = make([]Use, 0, max(usesPage, len(looked)))
	}
	first := len(a.pages)
	for _, at := range looked {
		if a.raw[at] != nil {
			a.pages = append(a.pages, a.use(at))
		}
	}
	return a.pages[first:len(a.pages):len(a.pages)]
}

// usesPage is how many uses lie on one page.
const usesPage = 64

func (a *activation) names(facts []int) []string {
	if len(facts) == 0 {
		return nil
	}
	names := make([]string, len(facts))
	for i, at := range facts {
		names[i] = a.c.declared[at].fact.ID
	}
	return names
}

// unsay forgets the words of a fact.
func (a *activation) unsay(at int) {
	if a.said[at] {
		a.uses[at], a.said[at] = Use{}, false
	}
}

func (a *activation) use(at int) Use {
	if !a.said[at] {
		fact := a.c.declared[at].fact
		a.uses[at], a.said[at] = Use{Fact: fact.ID, Title: fact.Title, Value: a.p.words(fact, a.raw[at]), Level: fact.Level}, true
	}
	u := a.uses[at]
	u.Provisional = a.unsettled[at]
	return u
}
