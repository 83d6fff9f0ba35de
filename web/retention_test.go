// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// keepingFake is a desk with something to erase.
type keepingFake struct {
	*deskFake
	approved []desk.RetentionChoice
	note     string
}

func (f *keepingFake) Retention(context.Context, loket.Actor) (*desk.RetentionView, error) {
	return &desk.RetentionView{
		Due: []desk.RetentionItem{
			{Case: "zaak1", Number: "2026-0001", Rule: "case:test", Title: say("Testmelding"), Whole: true, DueAt: f.now, Asked: "Bram Nepnaam"},
			{Case: "zaak2", Number: "2026-0002", Rule: "case:test", Title: say("Testmelding"), Whole: true, DueAt: f.now, Asked: "Samira Proef", Mine: true},
		},
		Rules: []protocol.Retention{{ID: "r", Title: say("Herkenbaar"), Keep: "6 months", From: "received_at", Then: "erase"}},
	}, nil
}

func (f *keepingFake) ApproveErasure(_ context.Context, _ loket.Actor, choices []desk.RetentionChoice, note, _ string) (string, error) {
	f.approved, f.note = choices, note
	return "z1", f.refusal
}

func (f *keepingFake) Certificate(_ context.Context, _ loket.Actor, id string) (desk.Certificate, error) {
	if id != "z1" {
		return desk.Certificate{}, loket.Refuse(loket.NotFound, "", "")
	}
	return desk.Certificate{ID: "z1", Name: "Gemeente Oefenstad", At: time.Date(2026, 3, 28, 10, 0, 0, 0, time.UTC), Person: "Bram Nepnaam", Role: "coördinator",
		Items: []desk.CertificateItem{{Number: "2026-0001", Title: say("Testmelding"), Whole: true, Key: "sleutel7"}}}, nil
}

func keepingRig(t *testing.T) (*deskRig, *keepingFake) {
	t.Helper()
	f := &keepingFake{}
	r := newDeskRig(t, func(o *Options) {
		f.deskFake = o.Service.(*deskFake)
		o.Service = f
	})
	return r, f
}

// D-43: the list says what goes and why; an own proposal cannot be ticked; a refusal keeps what
// was ticked and written.
func TestRetentionList(t *testing.T) {
	t.Parallel()
	r, f := keepingRig(t)
	page := r.get("/bewaren")
	wants(t, page.body, "2026-0001", "voorgesteld door Bram Nepnaam", `value="zaak1:case:test"`, "Uw eigen voorstel", "6 maanden")
	lacks(t, page.body, `value="zaak2:case:test"`)
	sent := url.Values{"voorstel": {"zaak1:case:test"}, "tekst_toelichting": {"gezien"}}
	if got := r.post("/bewaren/goedkeuren", sent).header.Get("Location"); got != "/bewaren/certificaat/z1" {
		t.Errorf("sent to %q", got)
	}
	if len(f.approved) != 1 || f.approved[0] != (desk.RetentionChoice{Case: "zaak1", Rule: "case:test"}) || f.note != "gezien" {
		t.Errorf("approved %+v, %q", f.approved, f.note)
	}
	f.refusal = loket.Refuse(loket.Conflict, "Dit geldt niet meer.", "This does not hold any more.")
	refused := r.post("/bewaren/goedkeuren", sent)
	if refused.status != http.StatusConflict {
		t.Errorf("status %d", refused.status)
	}
	wants(t, refused.body, "Dit geldt niet meer.", "gezien", `value="zaak1:case:test" checked`)
}

// The certificate is a page and a file; both say who, what, when, on what ground and which key.
func TestCertificate(t *testing.T) {
	t.Parallel()
	r, _ := keepingRig(t)
	for _, path := range []string{"/bewaren/certificaat/z1", "/bewaren/certificaat/z1/tekst"} {
		wants(t, r.get(path).body, "Bram Nepnaam", "2026-0001", "Testmelding", "sleutel7", "28 mrt 2026", "Gemeente Oefenstad")
	}
	if kind := r.get("/bewaren/certificaat/z1/tekst").header.Get("Content-Type"); !strings.HasPrefix(kind, "text/plain") {
		t.Errorf("the file is %q", kind)
	}
	if got := r.get("/bewaren/certificaat/anders").status; got != http.StatusNotFound {
		t.Errorf("an unknown certificate: %d", got)
	}
}

// D-26, D-43: what a person ticks is what is asked of the desk, with the reason.
func TestErasingFromTheCase(t *testing.T) {
	t.Parallel()
	r, _ := keepingRig(t)
	r.post("/zaak/zaak1/wissen", url.Values{"wis_feit": {"description"}, "wis_tekst": {"-1", "4", "x"}, "tekst_reden": {"verzoek"}})
	w, ok := r.last().(loket.FactsErased)
	if !ok || len(w.Fields) != 1 || len(w.Texts) != 2 || w.Texts[0] != desk.AllTexts || w.Texts[1] != 4 || w.Reason != "verzoek" {
		t.Errorf("asked: %+v", r.last())
	}
	for path, want := range map[string]loket.Payload{
		"vasthouden": loket.HoldPlaced{Reason: "claim"}, "loslaten": loket.HoldLifted{Reason: "claim"},
		"niet-vernietigen": loket.DestructionRefused{Reason: "claim"}, "vernietigen": loket.DestructionProposed{Ground: "test", Reason: "claim"},
		"beperken": loket.LimitPlaced{Ground: "test", Reason: "claim"}, "beperking-opheffen": loket.LimitLifted{Reason: "claim"},
	} {
		r.post("/zaak/zaak1/"+path, url.Values{"tekst_reden": {"claim"}, "grond": {"test"}})
		if r.last() != want {
			t.Errorf("%s asked %+v", path, r.last())
		}
	}
	r.post("/zaak/zaak1/notitie", url.Values{"tekst_notitie": {"x"}, "niveau": {"V5"}})
	if n, ok := r.last().(loket.Noted); !ok || n.Level != "V5" {
		t.Errorf("note: %+v", r.last())
	}
	r.post("/zaak/zaak1/notitie", url.Values{"tekst_notitie": {"x"}, "niveau": {"V0"}})
	if n, ok := r.last().(loket.Noted); !ok || n.Level != "" {
		t.Errorf("a level that is none: %+v", r.last())
	}
}

// Typed words deeper than the reader sees show as sealed, with a way to open; erased ones say why.
func TestTypedWordsOnThePage(t *testing.T) {
	t.Parallel()
	r, f := keepingRig(t)
	f.view.Notes = []desk.NoteView{
		{Note: loket.Note{Noted: loket.Noted{Kind: "note"}, At: f.now}, Said: desk.TextView{Ref: "text:7", Level: "V5", Sealed: true, CanOpen: true}},
		{Note: loket.Note{Noted: loket.Noted{Kind: "note"}, At: f.now}, Said: desk.TextView{Erased: &loket.Erasure{At: f.now, Reason: "verzoek van de ouder"}}},
		{Note: loket.Note{Noted: loket.Noted{Kind: "note"}, At: f.now}, Said: desk.TextView{Ref: "text:9", Level: "V5", Sealed: true}},
	}
	wants(t, r.get("/zaak/"+string(f.view.ID)).body, `value="text:7"`, "Tekst openen (niveau V5)", "Reden: verzoek van de ouder", "afgeschermd, niveau V5")
	lacks(t, r.get("/zaak/"+string(f.view.ID)).body, `name="veld" value="text:9"`)
}
