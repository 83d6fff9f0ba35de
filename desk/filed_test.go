// SPDX-License-Identifier: EUPL-1.2

package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// R-I-07, R-I-32: whoever files a case themselves sees it and can go on with it, whatever
// organisation it names; every role that files and works on cases, with every form that it may
// send. Control: somebody of the same role elsewhere, who did not file it, does not see what
// names no organisation.
func TestWhoFilesSeesWhatTheyFiled(t *testing.T) {
	t.Parallel()
	limited := 0
	for _, id := range []string{"rotterdam", "ijsselland"} {
		h := openHouse(t, id)
		for _, r := range h.p.Roles {
			if !slices.Contains(r.May, "report") || !slices.Contains(r.May, "work") {
				continue // the reporting side comes back with its code
			}
			here, there := h.organisations(r)
			me := loket.Actor{ID: "filer-" + r.ID, Role: r.ID, Roles: []string{r.ID}, Tenant: "vb", Organisation: here}
			other := loket.Actor{ID: "other-" + r.ID, Role: r.ID, Roles: []string{r.ID}, Tenant: "vb", Organisation: there}
			for i := range h.p.Forms {
				f := &h.p.Forms[i]
				if f.Use != "report" || len(f.By) > 0 && !slices.Contains(f.By, r.ID) {
					continue
				}
				receipt, err := h.SendReport(t.Context(), me, desk.ReportForm{Key: id + r.ID + f.ID, Tenant: "vb", Form: f.ID, Posted: shortest(f)})
				if err != nil {
					t.Fatalf("%s: %s cannot send %s: %v", id, r.ID, f.ID, err)
				}
				v, err := h.Case(t.Context(), me, receipt.Case)
				if err != nil {
					t.Errorf("%s: %s sent %s and does not see it: %v", id, r.ID, f.ID, err)
					continue
				}
				if v.Number != receipt.Number {
					t.Errorf("%s: %s sees %s", id, r.ID, v.Number)
				}
				if !slices.Contains(r.May, "record") {
					continue
				}
				if _, err := h.Do(t.Context(), me, receipt.Case, desk.Change{Want: loket.Noted{Kind: "note", Text: "Ik ga hiermee verder."}}); err != nil {
					t.Errorf("%s: %s cannot go on with %s: %v", id, r.ID, f.ID, err)
				}
				if len(r.Cases.Of) > 0 {
					limited++
					if _, err := h.Case(t.Context(), other, receipt.Case); loket.ErrorCode(err) != loket.NotFound {
						t.Errorf("control: %s elsewhere sees what %s filed: %v", r.ID, me.ID, err)
					}
				}
			}
		}
	}
	if limited == 0 {
		t.Error("control: no role with a limited view files anything")
	}
}

// shortest are the fewest answers that a form asks: only what it requires.
func shortest(f *protocol.Form) url.Values {
	v := url.Values{}
	for _, s := range f.Sections {
		for _, field := range s.Fields {
			if field.Need != "required" {
				continue
			}
			switch field.Type {
			case protocol.TypeMoment, protocol.TypeOccurrence:
				v.Set(field.ID+"_date", "2026-03-28")
				v.Set(field.ID+"_time", "14:00")
			case protocol.TypeDate:
				v.Set(field.ID, "2026-03-28")
			case protocol.TypeYesNo:
				v.Set(field.ID, "yes")
			case protocol.TypeChoice, protocol.TypeChoices:
				v.Set(field.ID, field.Options[len(field.Options)-1].ID)
				if o := slices.IndexFunc(field.Options, func(o protocol.Option) bool { return !o.Unknown }); o >= 0 {
					v.Set(field.ID, field.Options[o].ID)
				}
			case protocol.TypeNumber:
				v.Set(field.ID, "1")
			case protocol.TypeEmail:
				v.Set(field.ID, "iemand@example.org")
			default:
				v.Set(field.ID, strings.Repeat("a", 3))
			}
		}
	}
	return v
}
