// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// casePeople reads who there is to be told: {sara: contract_manager, daan: {role: access_lead, organisation: Zwolle}}.
func (p *Protocol) casePeople(e *caseEntry, n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		e.wrong(n, fmt.Errorf("schrijf people als {naam: rol} of {naam: {role: …, organisation: …}}"))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		person := Person{ID: n.Content[i].Value}
		value := n.Content[i+1]
		if value.Kind == yaml.ScalarNode || value.Kind == yaml.SequenceNode {
			person.Roles = words(value)
		}
		for key, v := range mapping(value) {
			switch key {
			case "role", "roles":
				person.Roles = words(v)
			case "organisation":
				person.Organisation = v.Value
			default:
				e.wrong(v, fmt.Errorf("%q hoort hier niet; gebruik role en organisation", key))
			}
		}
		for _, role := range person.Roles {
			if p.Role(role) == nil {
				e.wrong(value, fmt.Errorf("de rol %q bestaat niet", role))
			}
		}
		e.people = append(e.people, person)
	}
}

// recipients compares to whom a product goes: `press_mail: [sara, daan]`, or a block
// {to: [sara, daan], gaps: ["policy_officer raalte", "policy_officer ommen → manager"]}.
// Without people there is nobody, and every recipient is a gap.
func (c *comparison) recipients(id string, want *yaml.Node) {
	name, row, _ := strings.Cut(id, "/")
	product := c.p.Product(name)
	if product == nil {
		c.e.wrong(want, fmt.Errorf("het product %q bestaat niet", name))
		return
	}
	found, gaps := c.p.Addressees(product, c.ev, c.rowFacts(product.Each, row), c.e.people)
	is := map[string][]string{"to": {}, "gaps": {}}
	for _, a := range found {
		is["to"] = append(is["to"], a.Person)
	}
	for _, g := range gaps {
		is["gaps"] = append(is["gaps"], gapWords(g))
	}
	if want.Kind != yaml.MappingNode {
		c.inOrder("ontvangers van "+id, want, is["to"])
		return
	}
	for key, value := range mapping(want) {
		list, known := is[key]
		if !known {
			c.e.wrong(value, fmt.Errorf("ontvangers kennen geen %q; wel to en gaps", key))
			continue
		}
		c.inOrder("ontvangers van "+id+", "+key, value, list)
	}
}

// inOrder compares lists whose order means something.
func (c *comparison) inOrder(what string, want *yaml.Node, is []string) {
	wanted := words(want)
	if strings.Join(wanted, "\n") != strings.Join(is, "\n") {
		c.e.differ("regel %d: %s is [%s], verwacht [%s].", want.Line, what, strings.Join(is, ", "), strings.Join(wanted, ", "))
	}
}

// gapWords writes a gap as a case file does: "role organisation", what stands in after an
// arrow, and what is not known yet after a question mark, and how
// many were found of how many: "team 2/3".
func gapWords(g Gap) string {
	said := strings.TrimSpace(g.Role + " " + g.For.ID)
	if g.Instead != "" {
		said += " → " + g.Instead
	}
	if g.Expects > 0 {
		said += fmt.Sprintf(" %d/%d", g.Found, g.Expects)
	}
	if len(g.Missing) > 0 {
		said += " ? " + strings.Join(g.Missing, " ")
	}
	return said
}

func (c *comparison) rowFacts(form, row string) Facts {
	for _, r := range c.e.rows[form] {
		if r.ID == row {
			return r.Facts
		}
	}
	return nil
}
