// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// comparison holds what was expected of a case against what followed.
type comparison struct {
	p  *Protocol
	e  *caseEntry
	ev *Evaluation
}

// all compares every part of expect.
func (c *comparison) all(n *yaml.Node) {
	parts := map[string]func(id string, want *yaml.Node){
		"facts": c.fact, "tables": c.table, "criteria": c.criteria,
		"duties": c.duty, "deadlines": c.deadline, "checks": c.checks,
		"steps": c.steps, "products": c.products, "recipients": c.recipients,
	}
	keys := mapping(n)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		compare := parts[key]
		if compare == nil {
			c.e.wrong(keys[key], fmt.Errorf("expect kent geen %q; wel %s", key, strings.Join(slices.Sorted(maps.Keys(parts)), ", ")))
			continue
		}
		wants := mapping(keys[key])
		for _, id := range slices.Sorted(maps.Keys(wants)) {
			compare(id, wants[id])
		}
	}
}

// same notes a difference when a value in words is not what was wanted.
func (c *comparison) same(what string, want *yaml.Node, is, why string) {
	if want.Value == is {
		return
	}
	if why != "" {
		why = " " + why
	}
	c.e.differ("regel %d: %s is %s, verwacht %s.%s", want.Line, what, or(is, "niets"), or(want.Value, "niets"), why)
}

// sameSet notes a difference between two lists, whatever their order.
func (c *comparison) sameSet(what string, want *yaml.Node, is []string) {
	wanted := words(want)
	if sameSet(wanted, is) {
		return
	}
	c.e.differ("regel %d: %s is [%s], verwacht [%s].", want.Line, what, strings.Join(is, ", "), strings.Join(wanted, ", "))
}

func (c *comparison) fact(id string, want *yaml.Node) {
	fact := c.p.Fact(id)
	if fact == nil {
		c.e.wrong(want, noSuch("het feit", id, c.p.compiled.index))
		return
	}
	if list, ok := c.ev.Facts[id].([]string); ok {
		c.sameSet("feit "+id, want, list)
		return
	}
	is := written(c.p, c.ev.Facts[id])
	if yes, err := strconv.ParseBool(want.Value); err == nil && fact.Type == TypeYesNo && is == written(c.p, yes) {
		return // true is as good as yes
	}
	c.same("feit "+id, want, is, "")
}

// written writes a value as a case file would.
func written(p *Protocol, value any) string {
	switch v := value.(type) {
	case nil:
		return "unknown"
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case time.Time:
		return stamp(p, v)
	case []string:
		return strings.Join(v, ", ")
	case Occurrence:
		return stamp(p, v.latest())
	}
	return fmt.Sprint(value)
}

func stamp(p *Protocol, at time.Time) string {
	if at.IsZero() {
		return "none"
	}
	return at.In(p.Location()).Format("2006-01-02 15:04")
}

func (c *comparison) table(id string, want *yaml.Node) {
	i := slices.IndexFunc(c.ev.Tables, func(f TableFinding) bool { return f.Table.ID == id })
	if i < 0 {
		c.e.wrong(want, fmt.Errorf("de tabel %q bestaat niet", id))
		return
	}
	f := &c.ev.Tables[i]
	why := explain(f.Reasons, f.Others)
	wants := mapping(want)
	for _, key := range slices.Sorted(maps.Keys(wants)) {
		w := wants[key]
		switch key {
		case "provisional":
			c.same("tabel "+id+", voorlopig", w, written(c.p, f.Provisional), why)
		case "rule":
			c.same("tabel "+id+", regel", w, firstRule(f.Reasons), why)
		case "arises":
			c.same("tabel "+id+", van toepassing", w, verdictWord(f.Arises), "")
		case "differs":
			c.same("tabel "+id+", besluit anders dan voorstel", w, written(c.p, f.Differs), why)
		case "missing":
			c.sameSet("tabel "+id+", wat ontbreekt", w, missingOf(f))
		default:
			if p := c.p.Fact(key); p == nil {
				c.e.wrong(w, fmt.Errorf("tabel %s heeft geen uitkomst %q", id, key))
				continue
			}
			c.same("tabel "+id+", "+key, w, written(c.p, f.Outputs[key]), why)
		}
	}
}

func firstRule(reasons []Reason) string {
	if len(reasons) == 0 {
		return ""
	}
	return reasons[0].Rule
}

func missingOf(f *TableFinding) []string {
	var all []string
	for _, r := range slices.Concat(f.Reasons, f.Others) {
		for _, id := range r.Missing {
			if !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
	}
	return all
}

// explain says in words why a proposal came out as it did.
func explain(reasons, others []Reason) string {
	var said []string
	if len(reasons) > 0 {
		said = append(said, reasons[0].Because.NL)
	}
	var missing []string
	for _, r := range slices.Concat(reasons, others) {
		for _, id := range r.Missing {
			if !slices.Contains(missing, id) {
				missing = append(missing, id)
			}
		}
	}
	if len(missing) > 0 {
		said = append(said, "Nog onbekend: "+strings.Join(missing, ", ")+".")
	}
	return strings.Join(said, " ")
}

func verdictWord(v Verdict) string {
	switch v {
	case True:
		return "yes"
	case False:
		return "no"
	}
	return "unknown"
}

// criteria compares the items met and possible; {met: ["1"], possible: [], not: ["2"]}.
func (c *comparison) criteria(id string, want *yaml.Node) {
	i := slices.IndexFunc(c.ev.Criteria, func(f CriteriaFinding) bool { return f.Criteria.ID == id })
	if i < 0 {
		c.e.wrong(want, fmt.Errorf("de lijst %q bestaat niet", id))
		return
	}
	found := map[string][]string{"met": {}, "possible": {}, "not": {}, "provisional": {}}
	for _, item := range c.ev.Criteria[i].Items {
		key := map[Verdict]string{True: "met", Unknown: "possible", False: "not"}[item.Verdict]
		found[key] = append(found[key], item.Rule.ID)
		if item.Verdict == True && item.Provisional {
			found["provisional"] = append(found["provisional"], item.Rule.ID)
		}
	}
	wants := mapping(want)
	for _, key := range slices.Sorted(maps.Keys(wants)) {
		list, known := found[key]
		switch {
		case !known:
			c.e.wrong(wants[key], fmt.Errorf("criteria kennen geen %q; wel met, possible, not en provisional", key))
		case key == "not":
			c.holds("criterium "+id+" niet vervuld", wants[key], list)
		default:
			c.sameSet("criteria "+id+", "+key, wants[key], list)
		}
	}
}

// holds notes each wanted name that is not among those found.
func (c *comparison) holds(what string, want *yaml.Node, found []string) {
	for _, one := range words(want) {
		if !slices.Contains(found, one) {
			c.e.differ("regel %d: %s: %s is er niet bij; wel: [%s].", want.Line, what, one, strings.Join(found, ", "))
		}
	}
}

func (c *comparison) lacks(what string, want *yaml.Node, found []string) {
	for _, one := range words(want) {
		if slices.Contains(found, one) {
			c.e.differ("regel %d: %s: %s is er wel bij.", want.Line, what, one)
		}
	}
}

// duty compares `igj: yes`, or `igj: {must: yes, state: open, note: …}`.
func (c *comparison) duty(id string, want *yaml.Node) {
	i := slices.IndexFunc(c.ev.Duties, func(f DutyFinding) bool { return f.Duty.ID == id })
	if i < 0 {
		c.e.wrong(want, fmt.Errorf("de meldplicht %q bestaat niet", id))
		return
	}
	f := &c.ev.Duties[i]
	if want.Kind == yaml.ScalarNode {
		c.same("meldplicht "+id, want, or(f.Must, "none"), f.Reason.Because.NL)
		return
	}
	is := map[string]string{"must": or(f.Must, "none"), "state": f.State, "rule": f.Reason.Rule, "provisional": written(c.p, f.Provisional), "noted": written(c.p, f.Note.NL != "")}
	c.each("meldplicht "+id, want, is, f.Reason.Because.NL)
}

// each compares a block of named values.
func (c *comparison) each(what string, want *yaml.Node, is map[string]string, why string) {
	wants := mapping(want)
	for _, key := range slices.Sorted(maps.Keys(wants)) {
		value, known := is[key]
		if !known {
			c.e.wrong(wants[key], fmt.Errorf("%s kent geen %q; wel %s", what, key, strings.Join(slices.Sorted(maps.Keys(is)), ", ")))
			continue
		}
		c.same(what+", "+key, wants[key], value, why)
	}
}

// deadline compares `T-01: 2026-03-30 15:00`, `T-01: none`, or a block. A clock per row is
// written T-07-begin/1.
func (c *comparison) deadline(id string, want *yaml.Node) {
	name, row, _ := strings.Cut(id, "/")
	if c.p.Deadline(name) == nil {
		c.e.wrong(want, fmt.Errorf("de termijn %q bestaat niet", name))
		return
	}
	i := slices.IndexFunc(c.ev.Deadlines, func(f DeadlineFinding) bool { return f.Deadline.ID == name && (row == "" || f.Row == row) })
	if i < 0 {
		if want.Kind != yaml.ScalarNode || want.Value != "none" {
			c.e.differ("regel %d: termijn %s loopt niet.", want.Line, id)
		}
		return
	}
	f := &c.ev.Deadlines[i]
	if want.Kind == yaml.ScalarNode {
		c.same("termijn "+id, want, stamp(c.p, f.Due), f.Words.NL)
		return
	}
	c.each("termijn "+id, want, map[string]string{
		"due": stamp(c.p, f.Due), "early": stamp(c.p, f.Early), "start": stamp(c.p, f.Start),
		"state": string(f.State), "discovered": written(c.p, f.Discovered),
	}, f.Words.NL)
}

func (c *comparison) steps(key string, want *yaml.Node) {
	found := map[string][]string{}
	for _, f := range c.ev.Steps {
		id := named(f.Step.ID, f.Row)
		switch {
		case f.Done:
			found["done"] = append(found["done"], id)
		case f.Open == True:
			found["open"] = append(found["open"], id)
		case f.Open == Unknown:
			found["provisional"] = append(found["provisional"], id)
		}
		if f.Urgent {
			found["urgent"] = append(found["urgent"], id)
		}
	}
	c.listed("stappen", key, want, found)
}

func (c *comparison) products(key string, want *yaml.Node) {
	found := map[string][]string{}
	for _, f := range c.ev.Products {
		switch id := named(f.Product.ID, f.Row); f.Open {
		case True:
			found["open"] = append(found["open"], id)
		case Unknown:
			found["provisional"] = append(found["provisional"], id)
		}
	}
	c.listed("producten", key, want, found)
}

// listed compares names under open, provisional, urgent, done and not. Open includes what
// is proposed provisionally.
func (c *comparison) listed(what, key string, want *yaml.Node, found map[string][]string) {
	proposed := slices.Concat(found["open"], found["provisional"])
	switch key {
	case "open":
		c.holds(what+", voorgesteld", want, proposed)
	case "provisional", "urgent", "done":
		c.holds(what+", "+key, want, found[key])
	case "not":
		c.lacks(what+", voorgesteld", want, proposed)
	default:
		c.e.wrong(want, fmt.Errorf("%s kennen geen %q; wel open, provisional, urgent, done en not", what, key))
	}
}

func named(id, row string) string {
	if row == "" {
		return id
	}
	return id + "/" + row
}

// checks compares which checks of a list ask something and which are in order.
func (c *comparison) checks(id string, want *yaml.Node) {
	i := slices.IndexFunc(c.ev.Checks, func(f ChecksFinding) bool { return f.Checks.ID == id })
	if i < 0 {
		c.e.wrong(want, fmt.Errorf("de controlelijst %q bestaat niet", id))
		return
	}
	found := map[string][]string{}
	for _, f := range c.ev.Checks[i].Items {
		key := "missing"
		if f.OK == True {
			key = "ok"
		}
		found[key] = append(found[key], f.Check.ID)
	}
	wants := mapping(want)
	for _, key := range slices.Sorted(maps.Keys(wants)) {
		switch key {
		case "ok", "missing":
			c.holds("controle "+id+", "+key, wants[key], found[key])
		case "none":
			c.lacks("controle "+id, wants[key], slices.Concat(found["ok"], found["missing"]))
		default:
			c.e.wrong(wants[key], fmt.Errorf("controlelijsten kennen geen %q; wel ok, missing en none", key))
		}
	}
}
