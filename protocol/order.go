// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"slices"
	"strings"
)

// node is one thing from which facts follow. Exactly one of its pointers is set.
type node struct {
	fact     *Fact
	table    *Table
	criteria *Criteria
	duty     *Duty
	deadline *Deadline
	step     *Step

	when  *condition   // of a table, a list of criteria or a clock; what a fact is; when a step is done
	done  *condition   // of a clock: when it is met; of a duty: when it is done
	rules []*condition // of a table, a list of criteria or a duty, in their order

	name string
	pos  Pos
	uses []int // facts it looks at
	make []int // facts that follow from it
	from int   // for a clock: the fact it counts from; −1 when there is none
	mark int   // for a duty: the milestone <id>_done_at; −1 when there is none
}

// arrange puts derived facts, tables, criteria, duties, clocks and self-evident steps in
// an order in which each comes after all it uses. A circle is a fault.
func (l *loader) arrange() {
	nodes := l.nodes()
	maker := map[int]int{}
	for i, n := range nodes {
		for _, f := range n.make {
			maker[f] = i
		}
	}
	const unseen, busy, ready = 0, 1, 2
	state := make([]int, len(nodes))
	var path []int
	var visit func(i int)
	visit = func(i int) {
		switch state[i] {
		case ready:
			return
		case busy:
			l.circle(nodes, path[slices.Index(path, i):])
			return
		}
		state[i] = busy
		path = append(path, i)
		for _, f := range nodes[i].uses {
			if m, ok := maker[f]; ok {
				visit(m)
			}
		}
		path = path[:len(path)-1]
		state[i] = ready
		l.c.order = append(l.c.order, nodes[i])
	}
	for i := range nodes {
		visit(i)
	}
	l.deepen()
	l.pair()
	l.lookUp()
	l.c.showNeeds = map[string][]int{}
	l.c.shows = map[string][]*condition{}
	for i := range l.p.Forms {
		f := &l.p.Forms[i]
		l.c.showNeeds[f.ID] = l.needsOf(f)
		for _, field := range f.fields() {
			l.c.shows[f.ID] = append(l.c.shows[f.ID], l.c.of(field.Show))
		}
	}
}

// pair finds what evaluation would otherwise look up by name each time: the moment that
// goes with each milestone, and the milestones of each step.
func (l *loader) pair() {
	c := l.c
	c.companion = make([]int, len(c.declared))
	for at, d := range c.declared {
		c.companion[at] = c.indexOf(d.fact.ID + "_at")
	}
	for i := range c.milestones {
		c.marks = append(c.marks, c.indexOf(c.milestones[i].ID))
	}
	for i := range l.p.Steps {
		id := l.p.Steps[i].ID
		c.stepMarks = append(c.stepMarks, [2]int{c.indexOf(id + "_done"), c.indexOf(id + "_skipped")})
	}
}

// lookUp finds every condition of a rule, a step, a product and a check once. They are many,
// and finding one by its text takes as long as running it.
func (l *loader) lookUp() {
	c := l.c
	for i := range c.order {
		switch n := &c.order[i]; {
		case n.fact != nil:
			n.when = c.conditions[n.fact.Is]
		case n.step != nil:
			n.when = c.of(n.step.Done)
		case n.table != nil:
			n.when, n.rules = c.of(n.table.When), c.whens(n.table.Rules)
		case n.criteria != nil:
			n.when, n.rules = c.of(n.criteria.When), c.whens(n.criteria.Items)
		case n.duty != nil:
			n.rules, n.done = c.whens(n.duty.Rules), c.of(n.duty.Done)
		case n.deadline != nil:
			n.when, n.done = c.of(n.deadline.When), c.conditions[n.deadline.Met]
		}
	}
	for i := range l.p.Steps {
		c.stepWhen = append(c.stepWhen, c.of(l.p.Steps[i].When))
		c.stepUrgent = append(c.stepUrgent, c.of(l.p.Steps[i].Urgent))
	}
	for i := range l.p.Products {
		c.productWhen = append(c.productWhen, c.of(l.p.Products[i].When))
	}
	l.findUrgent()
	for i := range l.p.Figures {
		c.figureWhen = append(c.figureWhen, c.of(l.p.Figures[i].Count))
	}
	for i := range l.p.Checks {
		var list [][2]*condition
		for _, k := range l.p.Checks[i].Items {
			list = append(list, [2]*condition{c.of(k.When), c.of(k.OK)})
		}
		c.checkWhen = append(c.checkWhen, list)
	}
}

func (c *compiled) whens(rules []Rule) []*condition {
	found := make([]*condition, len(rules))
	for i := range rules {
		found[i] = c.of(rules[i].When)
	}
	return found
}

// needsOf walks back from the conditions of a form to what they follow from.
func (l *loader) needsOf(f *Form) []int {
	wanted := map[int]bool{}
	for s := range f.Sections {
		for i := range f.Sections[s].Fields {
			if c := l.c.conditions[f.Sections[s].Fields[i].Show]; c != nil {
				for _, at := range c.refs {
					wanted[at] = true
				}
			}
		}
	}
	var needed []int
	for i, n := range slices.Backward(l.c.order) {
		if !slices.ContainsFunc(n.make, func(at int) bool { return wanted[at] }) {
			continue
		}
		needed = append(needed, i)
		for _, at := range n.uses {
			wanted[at] = true
		}
	}
	slices.Reverse(needed)
	return needed
}

// deepen gives a derived fact without a level the deepest level of what it follows from.
func (l *loader) deepen() {
	for _, n := range l.c.order {
		if n.fact == nil || n.fact.Level != "" {
			continue
		}
		n.fact.Level = "V1"
		for _, used := range n.uses {
			if deeper := l.c.declared[used].fact.Level; deeper.known() && !deeper.Within(n.fact.Level) {
				n.fact.Level = deeper
			}
		}
	}
}

func (l *loader) circle(nodes []node, path []int) {
	var names []string
	first := nodes[path[0]]
	for _, i := range path {
		names = append(names, nodes[i].name)
	}
	names = append(names, first.name)
	l.problem(first.pos, "", "Haal één van deze verwijzingen weg.", "Deze onderdelen volgen uit elkaar in een kring: %s.", strings.Join(names, " → "))
}

func (l *loader) nodes() []node {
	p := l.p
	var all []node
	add := func(n node, texts []string, makes ...string) {
		for _, text := range texts {
			if c := l.c.conditions[text]; c != nil {
				n.uses = append(n.uses, c.refs...)
			} else if at, ok := l.c.index[text]; ok {
				n.uses = append(n.uses, at) // `from` names a fact
			}
		}
		for _, id := range makes {
			if at, ok := l.c.index[id]; ok {
				n.make = append(n.make, at)
			}
		}
		all = append(all, n)
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Is != "" || f.AnyOf != "" {
			add(node{fact: f, name: f.ID, pos: f.Pos}, []string{f.Is, f.Where}, f.ID)
		}
	}
	for i := range p.Tables {
		t := &p.Tables[i]
		var makes []string
		for _, o := range t.Outputs {
			makes = append(makes, o.ID)
		}
		add(node{table: t, name: t.ID, pos: t.Pos}, append(rulesText(t.Rules), t.When), makes...)
	}
	for i := range p.Criteria {
		c := &p.Criteria[i]
		add(node{criteria: c, name: c.ID, pos: c.Pos}, append(rulesText(c.Items), c.When), c.ID, c.ID+"_possible")
	}
	for i := range p.Duties {
		d := &p.Duties[i]
		add(node{duty: d, name: d.ID, pos: d.Pos, mark: l.c.indexOf(d.ID + "_done_at")}, append(rulesText(d.Rules), d.Done), d.ID+"_must", d.ID+"_state")
	}
	for i := range p.Deadlines {
		d := &p.Deadlines[i]
		from := d.From
		if l.c.deadlines[from] != nil {
			from = clockFact(from, "due")
		}
		add(node{deadline: d, name: d.ID, pos: d.Pos, from: l.c.indexOf(from)}, []string{d.When, d.Met, from, d.Pause.From, d.Pause.Until}, clockFact(d.ID, "due"), clockFact(d.ID, "state"))
	}
	for i := range p.Steps {
		if s := &p.Steps[i]; s.Done != "" && s.Each == "" {
			add(node{step: s, name: s.ID, pos: s.Pos}, []string{s.Done}, s.ID+"_done")
		}
	}
	return all
}

// indexOf finds a fact; −1 when there is none of that name.
func (c *compiled) indexOf(id string) int {
	if at, ok := c.index[id]; ok {
		return at
	}
	return -1
}

func rulesText(rules []Rule) []string {
	texts := make([]string, 0, len(rules)+1)
	for _, r := range rules {
		texts = append(texts, r.When)
	}
	return texts
}
