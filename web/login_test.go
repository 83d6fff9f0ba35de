// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"example.org/loket/desk"
)

func strangerRig(t *testing.T, practice bool) *deskRig {
	t.Helper()
	return newDeskRig(t, func(o *Options) { o.Sessions, o.Practice = fakeSessions{}, practice })
}

// Practice lists its invented people; nothing else ever says who can log in.
func TestLoginListsPeopleInPracticeOnly(t *testing.T) {
	t.Parallel()
	wants(t, strangerRig(t, true).get("/inloggen").body, "Samira Proef", "functionaris")
	lacks(t, strangerRig(t, false).get("/inloggen").body, "Samira Proef", "samira")
}

func TestLoginRefused(t *testing.T) {
	t.Parallel()
	got := strangerRig(t, false).post("/inloggen", url.Values{"gebruiker": {"samira"}, "wachtwoord": {"geheim"}, "naar": {"/zaak/zaak1"}})
	if got.status != http.StatusUnprocessableEntity {
		t.Errorf("status %d", got.status)
	}
	wants(t, got.body, "horen niet bij elkaar", `value="samira"`, `value="/zaak/zaak1"`)
	lacks(t, got.body, "geheim")
}

// After login somebody goes on where they wanted to be, and never to another site.
func TestOwnPath(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/zaak/x": "/zaak/x", "": "/mijn", "/": "/mijn", "//elders.example": "/mijn", "https://elders.example": "/mijn", `/\elders.example`: "/mijn", "/a\r\nb": "/mijn", "/\t/elders.example": "/mijn",
	} {
		if got := ownPath(path); got != want {
			t.Errorf("%q leads to %q", path, got)
		}
	}
	r := newDeskRig(t)
	if got := r.get("/inloggen?naar=/zaak/zaak1").header.Get("Location"); got != "/zaak/zaak1" {
		t.Errorf("sent to %q", got)
	}
	if got := r.get("/mijn").header.Get("Location"); got != "/werklijst" {
		t.Errorf("an officer starts at %q", got)
	}
	if got := r.post("/uitloggen", nil).header.Get("Location"); got != "/inloggen" {
		t.Errorf("after logging out: %q", got)
	}
}

// R-R-74: the register of a year, as a file without persons, for roles that may.
func TestRegister(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	wants(t, r.get("/register").body, "Register 2026 (CSV)")
	file := r.get("/register?jaar=2026")
	wants(t, file.header.Get("Content-Type"), "text/csv")
	wants(t, file.header.Get("Content-Disposition"), `register-2026.csv`)
	wants(t, file.body, "2026-0001;melding")
	if r.get("/register?jaar=tweeduizend").status != http.StatusUnprocessableEntity {
		t.Error("a word was taken for a year")
	}
	for i := range r.fake.p.Roles {
		r.fake.p.Roles[i].May = nil
	}
	if r.get("/register?jaar=2026").status != http.StatusNotFound {
		t.Error("somebody without the action got the register")
	}
}

// R04: how far each notice came, and a button to try again.
func TestDeliveries(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	r.fake.messages = []desk.Message{
		{ID: "m1", To: "wethouder@example.org", Subject: "Zaak 2026-0047", SentAt: r.fake.now, Attempts: 1},
		{ID: "m2", To: "bram@example.org", Subject: "Zaak 2026-0047", Attempts: 5, Final: true, Error: "mailbox vol"},
		{ID: "m3", To: "bram@example.org", Subject: "Zaak 2026-0048", Attempts: 1, DueAt: r.fake.now},
	}
	page := r.get("/bezorging").body
	wants(t, page, "bezorgd", "niet bezorgd", "mailbox vol", "1 bericht kwam niet aan.", `value="m2"`, `value="m3"`)
	lacks(t, page, `value="m1"`)
	wants(t, r.follow(r.post("/bezorging/opnieuw", url.Values{"bericht": {"m2"}})).body, "wordt opnieuw verstuurd")
	if len(r.fake.again) != 1 || r.fake.again[0] != "m2" {
		t.Errorf("sent again: %v", r.fake.again)
	}
}

type fakeMailbox struct{}

func (fakeMailbox) Caught(context.Context, string) ([]CaughtMail, error) {
	return []CaughtMail{{ID: "1", To: "wethouder@example.org", Subject: "Zaak 2026-0047", Body: "Lees verder:\nhttps://loket.example.org/berichten\nGroet"}}, nil
}

// The caught mail of practice is there in practice only.
func TestMailbox(t *testing.T) {
	t.Parallel()
	if newDeskRig(t).get("/post").status != http.StatusNotFound {
		t.Error("there is a mailbox outside practice")
	}
	r := newDeskRig(t, func(o *Options) { o.Mailbox = fakeMailbox{} })
	wants(t, r.get("/post").body, "Opgevangen post", `href="https://loket.example.org/berichten"`, "Groet")
}

// R-R-54 … R-R-60, DT-23: the officer takes a report down in the same form.
func TestIntake(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	page := r.get("/nieuw/report")
	wants(t, page.body, "Melding aannemen", "“Meld een voorval”", "per telefoon", "Uw organisatie")
	refused := r.post("/nieuw/report", with(hiddenValues(page.body), "organisation", "Alfa, woongroepen"))
	if refused.status != http.StatusUnprocessableEntity || len(r.fake.sent) > 0 {
		t.Fatalf("half a report: %d", refused.status)
	}
	wants(t, refused.body, "Alfa, woongroepen")
	form := with(three(hiddenValues(page.body)), "kanaal", "phone")
	done := r.post("/nieuw/report", form)
	wants(t, done.body, "Zeg dit tegen de melder", fakeCode, "2026-0001", `href="/zaak/case1"`)
	if r.fake.sent[0].Channel != "phone" || r.fake.sent[0].Key == "" {
		t.Errorf("sent %+v", r.fake.sent[0])
	}
	if !r.fake.sent[0].Arrived.IsZero() {
		t.Errorf("control: nobody said when it came in, and it arrived at %s", r.fake.sent[0].Arrived)
	}
	wants(t, r.post("/nieuw/report", form).body, "2026-0001") // the same sending again makes no second case
	if len(r.fake.sent) != 1 || r.get("/nieuw/advice").status != http.StatusNotFound {
		t.Error("a second case, or a form that opens none")
	}
	r.mailed(t, page.body)
	for i := range r.fake.p.Roles {
		r.fake.p.Roles[i].May = []string{"work"}
	}
	if r.get("/nieuw/report").status != http.StatusNotFound {
		t.Error("a reader took down a report")
	}
}

// R-R-52, D-29: a mail that is written down counts from when it came in; a moment that
// cannot be is refused, with what was typed.
func (r *deskRig) mailed(t *testing.T, page string) {
	t.Helper()
	mail := with(three(hiddenValues(page)), "kanaal", "mail", "binnen_dag", "2026-03-28", "binnen_tijd", "09:40")
	mail.Set(keyName, "mail-1")
	if done := r.post("/nieuw/report", mail); done.status != http.StatusOK {
		t.Fatalf("a report by mail: %d %s", done.status, done.body)
	}
	got := r.fake.sent[len(r.fake.sent)-1]
	if got.Channel != "mail" || !got.Arrived.Equal(time.Date(2026, 3, 28, 8, 40, 0, 0, time.UTC)) {
		t.Errorf("sent %+v", got)
	}
	mail.Set("binnen_tijd", "25:99")
	wrong := r.post("/nieuw/report", mail)
	if wrong.status != http.StatusUnprocessableEntity {
		t.Errorf("a time that does not exist: %d", wrong.status)
	}
	wants(t, wrong.body, "Deze dag of tijd klopt niet", `value="2026-03-28"`)
}
