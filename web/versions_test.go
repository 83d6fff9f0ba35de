// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// consultingFake is a desk with a draft on which opinions are asked.
type consultingFake struct {
	*deskFake
	version  desk.VersionView
	asked    desk.Consulting
	remark   loket.RemarkMade
	answered loket.RemarkAnswered
	adopted  loket.VersionAdopted
	closed   bool
}

func (f *consultingFake) Versions(context.Context, loket.Actor) ([]desk.VersionView, error) {
	return []desk.VersionView{f.version}, nil
}

func (f *consultingFake) Version(_ context.Context, _ loket.Actor, version string) (*desk.VersionView, error) {
	if version != "2.0" {
		return nil, loket.Refuse(loket.NotFound, "", "")
	}
	v := f.version
	return &v, nil
}

func (f *consultingFake) Consult(_ context.Context, _ loket.Actor, _ string, c desk.Consulting) error {
	f.asked = c
	return f.refusal
}

func (f *consultingFake) CloseConsultation(context.Context, loket.Actor, string, string) error {
	f.closed = true
	return f.refusal
}

func (f *consultingFake) Remark(_ context.Context, _ loket.Actor, _ string, r loket.RemarkMade, _ string) error {
	f.remark = r
	return f.refusal
}

func (f *consultingFake) AnswerRemark(_ context.Context, _ loket.Actor, _ string, a loket.RemarkAnswered, _ string) error {
	f.answered = a
	return f.refusal
}

func (f *consultingFake) AdoptVersion(_ context.Context, _ loket.Actor, _ string, a loket.VersionAdopted, _ string) error {
	f.adopted = a
	return f.refusal
}

func consultingRig(t *testing.T) (*deskRig, *consultingFake) {
	t.Helper()
	f := &consultingFake{}
	r := newDeskRig(t, func(o *Options) {
		f.deskFake = o.Service.(*deskFake)
		o.Service = f
	})
	f.version = desk.VersionView{Version: "2.0", State: desk.VersionConsultation, Protocol: r.fake.p, Owner: true,
		Differences: []protocol.Difference{{List: "deadlines", ID: r.fake.p.Deadlines[0].ID, Title: r.fake.p.Deadlines[0].Title, Change: "changed", Key: "within", Was: "48 hours", Is: "24 hours"}},
		Consultation: &desk.ConsultationView{Until: f.now.Add(24 * time.Hour), Open: true, Mine: true, Count: 1, Total: 1, Unanswered: 1, Asked: []desk.AskedView{{Name: "Bram Nepnaam"}},
			Remarks: []desk.RemarkView{{ID: "o1", Text: "Te kort.", Name: "Bram Nepnaam", At: f.now}}}}
	return r, f
}

// SM-11 R-R-14: the page of a version says in words what changes, asks, answers and adopts;
// each form leaves with what was typed.
func TestPageOfAVersion(t *testing.T) {
	t.Parallel()
	r, f := consultingRig(t)
	id := f.p.Deadlines[0].ID
	wants(t, r.get("/versies").body, `href="/versies/2.0"`, "in raadpleging")
	wants(t, r.get("/versies/2.0").body, "termijn: was “48 uur”, wordt “24 uur”", "Te kort.", "Bram Nepnaam", "1 wacht op antwoord", `href="/versies/2.0?onderdeel=deadlines%2F`+id+`#opmerking"`)
	wants(t, r.get("/versies/2.0?onderdeel=deadlines%2F"+id).body, `value="deadlines/`+id+`" selected`)
	sent := map[string]url.Values{
		"opmerking":           {"onderdeel": {"deadlines"}, "tekst": {"Mag langer"}},
		"antwoord":            {"opmerking": {"o1"}, "uitkomst": {"not"}, "tekst": {"Nee, want"}},
		"raadpleging":         {"rol": {"executive"}, "mens": {"bram"}, "tot": {"2026-04-30"}, "vraag": {"Haalbaar?"}},
		"raadpleging/sluiten": {},
		"vaststellen":         {"wie": {"College"}, "vastgesteld": {"2026-03-28"}, "vanaf": {"2026-05-01"}, "reden": {"Spoed"}},
	}
	for form, values := range sent {
		if got := r.post("/versies/2.0/"+form, values); got.status != http.StatusSeeOther {
			t.Errorf("%s answers %d", form, got.status)
		}
	}
	until := time.Date(2026, 4, 30, 22, 0, 0, 0, time.UTC) // the last day counts whole
	if f.remark.Part != "deadlines" || f.answered.Outcome != "not" || !f.asked.Until.Equal(until) || f.asked.Roles[0] != "executive" || f.asked.People[0] != "bram" || !f.closed || f.adopted.From != "2026-05-01" || f.adopted.Reason != "Spoed" {
		t.Errorf("%+v %+v %+v %v %+v", f.remark, f.answered, f.asked, f.closed, f.adopted)
	}
	f.refusal = loket.Refuse(loket.Invalid, "Dat kan nu niet.", "That cannot be now.")
	f.version.Consultation.Open = false
	for form, typed := range map[string]string{"antwoord": "Nee, want", "raadpleging": "Haalbaar?", "vaststellen": "College"} {
		refused := r.post("/versies/2.0/"+form, sent[form])
		if refused.status != http.StatusUnprocessableEntity {
			t.Errorf("%s answers %d", form, refused.status)
		}
		wants(t, refused.body, "Dat kan nu niet.", typed)
	}
	f.version.Consultation.Open = true
	wants(t, r.post("/versies/2.0/opmerking", sent["opmerking"]).body, "Mag langer")
	if r.get("/versies/9.9").status != http.StatusNotFound {
		t.Error("control: a version that is not there has a page")
	}
}

// Who was asked sees a form and their own remarks, and nothing to ask, answer or adopt.
func TestWhoIsAskedOwnsNothing(t *testing.T) {
	t.Parallel()
	r, f := consultingRig(t)
	f.version.Owner, f.version.Consultation.Asked = false, nil
	page := r.get("/versies/2.0").body
	wants(t, page, `action="/versies/2.0/opmerking"`, "Te kort.", "Nog geen antwoord.")
	lacks(t, page, `/antwoord"`, `/raadpleging"`, `/vaststellen"`, "Wie is gevraagd")
	wants(t, r.get("/protocol").body, "Uw mening is gevraagd over versie 2.0")
	wants(t, r.get("/versies/2.0/boek").body, `href="/versies/2.0/boek/termijnen"`)
	wants(t, r.get("/versies/2.0/boek/termijnen").body, f.p.Deadlines[0].ID)
	if r.get("/versies/2.0/boek/geheim").status != http.StatusNotFound || r.get("/versies/2.0/boek/aanvullingen").status != http.StatusNotFound {
		t.Error("an unknown chapter has a page")
	}
}
