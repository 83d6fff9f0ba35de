// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// keeper is a desk that keeps one list of contacts.
type keeper struct {
	*deskFake
	changes []desk.EntryChange
	ended   []string
	read    string
	refusal error
}

var saraLine = desk.Entry{ID: "c1", Version: 3, Values: map[string]string{"organisation": "noord", "name": "Sara Fictie", "mobile": "06 00 00 00 00", "checked": "2026-03-01"}}

func (k *keeper) names() desk.Names {
	return desk.Names{Organisations: []protocol.Option{{ID: "noord", Label: say("Noord aan Zee")}}}
}

func (k *keeper) AllBooks(context.Context, loket.Actor) ([]*desk.Book, error) {
	return []*desk.Book{desk.BookNamed("contacten")}, nil
}

func (k *keeper) Book(_ context.Context, _ loket.Actor, book string, f desk.BookFilter) (*desk.BookPage, error) {
	if desk.BookNamed(book) == nil {
		return nil, loket.Refuse(loket.NotFound, "", "")
	}
	return &desk.BookPage{Book: desk.BookNamed(book), Entries: []desk.Entry{saraLine}, Next: "c1", May: true, Names: k.names(), Now: k.now}, nil
}

func (k *keeper) Entry(_ context.Context, _ loket.Actor, book, id string) (*desk.EntryView, error) {
	v := &desk.EntryView{Book: desk.BookNamed(book), May: true, Names: k.names(), Now: k.now}
	if id != "" {
		older := saraLine
		older.Values = map[string]string{"name": "Sara Fictie"}
		v.Entry, v.History = saraLine, []desk.Entry{saraLine, older}
	}
	return v, nil
}

func (k *keeper) PutEntry(_ context.Context, _ loket.Actor, _ string, change desk.EntryChange) (desk.Entry, error) {
	k.changes = append(k.changes, change)
	return desk.Entry{}, k.refusal
}

func (k *keeper) EndEntry(_ context.Context, _ loket.Actor, _, id string, _ int) error {
	k.ended = append(k.ended, id)
	return k.refusal
}

func (k *keeper) ImportEntries(_ context.Context, _ loket.Actor, _ string, file io.Reader) (*desk.Imported, error) {
	body, err := io.ReadAll(file)
	k.read = string(body)
	if k.refusal != nil {
		return nil, k.refusal
	}
	return &desk.Imported{Added: 2, Head: []string{"organisatie", "naam"}, Unknown: []string{"kleur"},
		Rejected: []desk.RejectedRow{{Row: 4, Cells: []string{"zuid", "Team; zuid"}, Faults: []desk.EntryFault{{Column: "organisation", Say: say("“zuid” is hier niet bekend."), Cure: say("Voeg de organisatie eerst toe.")}}}}}, err
}

func (k *keeper) ExportEntries(_ context.Context, _ loket.Actor, _ string, w io.Writer) error {
	_, err := io.WriteString(w, "organisatie;naam\n")
	return err
}

func newKeeper(t *testing.T) (*deskRig, *keeper) {
	t.Helper()
	k := &keeper{}
	r := newDeskRig(t, func(o *Options) {
		k.deskFake = o.Service.(*deskFake)
		o.Service = k
	})
	return r, k
}

// R-I-97, R-I-100: the list shows whom to call, and no address of it names a person.
func TestBookPages(t *testing.T) {
	t.Parallel()
	r, _ := newKeeper(t)
	wants(t, r.get("/lijsten").body, "Contacten", `href="/lijsten/contacten"`)
	page := r.get("/lijsten/contacten?bij=noord").body
	wants(t, page, "Noord aan Zee · Sara Fictie", `href="tel:0600000000"`, "1 maart 2026", `/lijsten/contacten?bij=noord&amp;na=c1`, `/lijsten/contacten/regel/c1`)
	for _, part := range strings.Split(page, `href="`)[1:] {
		if link, _, _ := strings.Cut(part, `"`); strings.Contains(link, "Fictie") {
			t.Errorf("an address names somebody: %s", link)
		}
	}
	wants(t, r.get("/lijsten/contacten/regel/c1").body, "Wat er gewijzigd is", `name="versie" value="3"`, "Beëindig")
	wants(t, r.get("/lijsten/contacten/regel/nieuw").body, "Contacten: toevoegen", "Noord aan Zee")
	if got := r.get("/lijsten/onzin"); got.status != http.StatusNotFound {
		t.Errorf("an unknown list answers %d", got.status)
	}
	file := r.get("/lijsten/contacten/bestand")
	if !strings.HasPrefix(file.header.Get("Content-Type"), "text/csv") || file.body != "organisatie;naam\n" {
		t.Errorf("%v %q", file.header, file.body)
	}
	if got := newDeskRig(t).get("/lijsten"); got.status != http.StatusNotFound {
		t.Errorf("a desk without lists answers %d", got.status)
	}
}

// D-55: the link of what is missing chose whose contact it is; what somebody must type themselves
// does not come from an address, and a line that is there is not changed by it.
func TestEntryBeginsAsTheLinkSays(t *testing.T) {
	t.Parallel()
	r, _ := newKeeper(t)
	const chosen = `<option value="noord" selected>`
	fresh := r.get("/lijsten/contacten/regel/nieuw?organisation=noord&name=Gekaapt&mobile=0611111111").body
	wants(t, fresh, chosen)
	for _, typed := range []string{"Gekaapt", "0611111111"} {
		if strings.Contains(fresh, `value="`+typed+`"`) {
			t.Errorf("an address types %s", typed)
		}
	}
	if strings.Contains(r.get("/lijsten/contacten/regel/nieuw").body, chosen) {
		t.Error("control: chosen without a link that does")
	}
	if body := r.get("/lijsten/contacten/regel/c1?mailbox=yes&role=x").body; strings.Contains(body, `<option value="yes" selected>`) {
		t.Error("a link changes a line that is there")
	}
}

// What was typed stays on the page when a value is wrong or somebody else was first.
func TestEntryKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	r, k := newKeeper(t)
	typed := url.Values{"versie": {"3"}, "organisation": {"noord"}, "name": {"Bram Nepnaam"}, "mobile": {"onzin"}}
	k.refusal = &loket.Error{Code: loket.Invalid, Message: say("Kijk de gemarkeerde velden na."), Fields: []protocol.AnswerError{{Field: "mobile", Message: say("Dit is geen telefoonnummer.")}}}
	got := r.post("/lijsten/contacten/regel/c1", typed)
	if got.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", got.status)
	}
	wants(t, got.body, `value="Bram Nepnaam"`, `value="onzin"`, `aria-invalid="true"`, `id="mobile-fout"`, "Dit is geen telefoonnummer.", `href="#mobile"`)
	k.refusal = loket.Refuse(loket.Conflict, "Iemand anders heeft deze regel net gewijzigd.", "x")
	if got = r.post("/lijsten/contacten/regel/c1", typed); got.status != http.StatusConflict {
		t.Errorf("status %d", got.status)
	}
	wants(t, got.body, "Iemand anders", `value="Bram Nepnaam"`)
	k.refusal = nil
	if got = r.post("/lijsten/contacten/regel/nieuw", typed); got.header.Get("Location") != "/lijsten/contacten?gedaan=bewaard" {
		t.Errorf("sent to %q", got.header.Get("Location"))
	}
	if last := k.changes[len(k.changes)-1]; last.ID != "" || last.Values["name"] != "Bram Nepnaam" {
		t.Errorf("asked for %+v", last)
	}
	if got = r.post("/lijsten/contacten/regel/c1/beeindigen", url.Values{"versie": {"3"}}); got.status != http.StatusSeeOther || len(k.ended) != 1 {
		t.Errorf("status %d, ended %v", got.status, k.ended)
	}
}

// Issue "The region works" item 2: every rejected row is shown with number, column, what is
// wrong and the cure, and can be put right on the page.
func TestImportPage(t *testing.T) {
	t.Parallel()
	r, k := newKeeper(t)
	send := func(file, text string) answer {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		part, _ := w.CreateFormFile("bestand", "lijst.csv")
		_, _ = io.WriteString(part, file)
		_ = w.WriteField("tekst", text)
		_ = w.Close()
		request := httptest.NewRequest(http.MethodPost, "/lijsten/contacten/inlezen", &body)
		request.Header.Set("Content-Type", w.FormDataContentType())
		return r.do(request)
	}
	got := send("organisatie;naam\nzuid;x\n", "iets anders")
	if got.status != http.StatusUnprocessableEntity || k.read != "organisatie;naam\nzuid;x\n" {
		t.Errorf("status %d, read %q", got.status, k.read)
	}
	wants(t, got.body, "Rij 4", "organisatie", "“zuid” is hier niet bekend. Voeg de organisatie eerst toe.", "kleur", "zuid;&#34;Team; zuid&#34;")
	send("", "organisatie;naam\nnoord;y\n")
	if k.read != "organisatie;naam\nnoord;y\n" {
		t.Errorf("read %q", k.read)
	}
	k.refusal = loket.Refuse(loket.Invalid, "Er staan geen rijen in.", "x")
	if got = send("", "mijn tekst"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", got.status)
	}
	wants(t, got.body, "Er staan geen rijen in.", "mijn tekst")
	if got = r.post("/lijsten/contacten/inlezen", url.Values{"tekst": {"x"}}); got.status != http.StatusUnsupportedMediaType {
		t.Errorf("another kind of body answers %d", got.status)
	}
}
