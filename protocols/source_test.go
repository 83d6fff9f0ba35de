// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket/protocol"
)

// fields finds the fields that answer one number of the source's form.
func fields(p *protocol.Protocol, ref string) []protocol.Field {
	var out []protocol.Field
	for _, f := range p.Forms {
		for _, s := range f.Sections {
			for _, field := range s.Fields {
				if slices.Contains(strings.FieldsFunc(field.Ref, func(r rune) bool { return r == ',' || r == ' ' }), ref) {
					out = append(out, field)
				}
			}
		}
	}
	return out
}

// R-R-126…148, F01…F30, X01…X14: every question of the report form and every question the
// criteria need is asked somewhere, with a label, a level and, where it holds persons, a class.
func TestEveryQuestionOfTheFormIsAsked(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	refs := []string{}
	for n := 1; n <= 30; n++ {
		refs = append(refs, fmt.Sprintf("F%02d", n))
	}
	for n := 1; n <= 13; n++ {
		refs = append(refs, fmt.Sprintf("X%02d", n))
	}
	for _, ref := range refs {
		asked := fields(p, ref)
		if len(asked) == 0 {
			t.Errorf("%s is asked nowhere", ref)
		}
		for _, f := range asked {
			if f.Label.NL == "" || f.Level == "" {
				t.Errorf("%s (%s) has no label or level", ref, f.ID)
			}
		}
	}
	if len(fields(p, "F99")) != 0 {
		t.Error("control: a number that does not exist was found")
	}
}

// X14, D-51: more persons in one incident are rows with the client's questions.
func TestMorePersonsInOneIncident(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	if f := p.Form("subject"); f == nil || f.Use != "rows" {
		t.Fatal("persons cannot be added to a case")
	}
}

// R-R-129, R-R-137, R-R-138: three answers are enough to send; a birth date is asked only
// without a dossier number.
func TestThreeAnswersAreEnough(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	form := p.Form("report")
	var needed []string
	for _, s := range form.Sections {
		for _, f := range s.Fields {
			if f.Need == "required" {
				needed = append(needed, f.ID)
			}
		}
	}
	slices.Sort(needed)
	if want := []string{"incident", "kinds", "organisation"}; !slices.Equal(needed, want) {
		t.Errorf("needed to send: %v, want %v", needed, want)
	}
	now := time.Date(2026, 3, 28, 15, 0, 0, 0, time.UTC)
	if !p.Shown(form, protocol.Facts{}, now)["birth_date"] || p.Shown(form, protocol.Facts{"dossier_no": "A-1"}, now)["birth_date"] {
		t.Error("the birth date is asked with a dossier number, or not asked without")
	}
}

// R-R-130, R-R-133, R-R-147: the literal options of the source's form are there.
func TestOptionsOfTheSource(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	for ref, least := range map[string]int{"F04": 3, "F06": 3, "F07": 3, "F16": 8, "F17": 6} {
		f := fields(p, ref)
		if len(f) == 0 || len(f[0].Options) < least {
			t.Errorf("%s has fewer than %d options", ref, least)
		}
	}
}

// DOC-02…DOC-12, DOC-16…DOC-19, DOC-21: every message of a case is a product with an audience,
// a maker, a level no deeper than its readers may open, and parts; council and media are
// guarded (R-R-82, R-R-83, DT-25).
func TestEveryMessageIsAProduct(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	for _, n := range []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 17, 18, 19, 21} {
		ref := fmt.Sprintf("DOC-%02d", n)
		i := slices.IndexFunc(p.Products, func(pr protocol.Product) bool { return strings.HasPrefix(pr.Ref, ref) })
		if i < 0 {
			t.Errorf("%s is no product", ref)
			continue
		}
		pr := p.Products[i]
		if len(pr.Parts) == 0 || pr.Level == "" || pr.Title.NL == "" || pr.Purpose.NL == "" {
			t.Errorf("%s (%s) lacks parts, level, title or purpose", ref, pr.ID)
		}
	}
	for _, ref := range []string{"DOC-11", "DOC-12", "DOC-16"} {
		i := slices.IndexFunc(p.Products, func(pr protocol.Product) bool { return strings.HasPrefix(pr.Ref, ref) })
		if i < 0 || p.Products[i].Identifiers != "block" || p.Products[i].Level > "V3" {
			t.Errorf("%s to council or media is not guarded", ref)
		}
	}
}

// R-R-125, R-R-149, FC-1b, FC-1c, FC-1d, FC-2: the missing drawings are there, and every box
// can be reached from the start.
func TestFlowcharts(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	for _, ref := range []string{"FC-1b", "FC-1c", "FC-1d", "FC-2"} {
		i := slices.IndexFunc(p.Charts, func(c protocol.Chart) bool { return c.Ref == ref })
		if i < 0 {
			t.Errorf("%s is not drawn", ref)
			continue
		}
		if lost := unreachable(p.Charts[i]); len(lost) > 0 {
			t.Errorf("%s: nothing leads to %v", ref, lost)
		}
	}
	if len(unreachable(protocol.Chart{Nodes: []protocol.ChartNode{{ID: "a", Kind: "start"}, {ID: "b"}}})) != 1 {
		t.Error("control: a lost box was not noticed")
	}
}

func unreachable(c protocol.Chart) []string {
	led := map[string]bool{}
	for _, n := range c.Nodes {
		for _, arrow := range n.To {
			led[arrow.Node] = true
		}
	}
	var out []string
	for _, n := range c.Nodes {
		if n.Kind != "start" && !led[n.ID] {
			out = append(out, n.ID)
		}
	}
	return out
}

// R-R-02, R-R-04, R-R-10, R-R-11, R-R-12, R-R-28: who the desk is, when it answers, whose protocol
// this is, and what a report does not replace.
func TestIdentityAndTexts(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "rotterdam"))
	d := p.Desk
	if d.Name == "" || d.Phone == "" || d.Email == "" || d.Opens != "09:00" || d.Closes != "22:00" || len(d.Days) != 0 && len(d.Days) != 7 {
		t.Errorf("desk: %+v", d)
	}
	if p.About.Owner == "" || p.About.Review == "" || p.About.Document == "" || p.About.Summary.EN == "" {
		t.Errorf("identity: %+v", p.About)
	}
	for _, id := range []string{"does_not_replace", "urgent_first", "desk_closed", "receipt_notice"} {
		if p.Text(id).NL == "" || p.Text(id).EN == "" {
			t.Errorf("text %s is missing in a language", id)
		}
	}
	if len(fields(p, "F26")) == 0 || p.Fact("reporter_kind") == nil {
		t.Error("a voluntary reporter is not recognised")
	}
}
