// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"example.org/loket/desk"
	"example.org/loket/locale"
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

// ASVS 6.2.6, 6.2.7: a password is hidden, and what keeps passwords may fill it in. Nothing
// keeps pasting away, because no script touches it.
func TestPasswordFields(t *testing.T) {
	t.Parallel()
	var own strings.Builder
	if err := passwordField(&reader{lang: locale.NL}, "nieuw", "account.password_new", "new-password").Render(t.Context(), &own); err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{}
	for _, m := range regexp.MustCompile(`<input[^>]*name="(wachtwoord|nieuw)"[^>]*>`).FindAllStringSubmatch(strangerRig(t, false).get("/inloggen").body+own.String(), -1) {
		fields[m[1]] = m[0]
	}
	for name, complete := range map[string]string{"wachtwoord": "current-password", "nieuw": "new-password"} {
		wants(t, fields[name], `type="password"`, `autocomplete="`+complete+`"`)
		lacks(t, fields[name], "maxlength", "readonly", "pattern")
	}
	script, err := os.ReadFile("assets/loket.js")
	if err != nil {
		t.Fatal(err)
	}
	lacks(t, string(script), "paste", "wachtwoord")
}

// ASVS 7.4.4, 14.3.1: logging out is on the page; who logs out, or ends a visit with a code, leaves no pages behind on a computer
// that others use. Control: an ordinary page clears nothing.
func TestLeavingForgetsPages(t *testing.T) {
	t.Parallel()
	r := newDeskRig(t)
	for _, path := range []string{"/uitloggen", "/mijn-melding/sluiten"} {
		if got := r.post(path, nil).header.Get("Clear-Site-Data"); got != `"cache", "storage"` {
			t.Errorf("%s: %q", path, got)
		}
	}
	for _, path := range []string{"/werklijst", "/zaak/zaak1", "/melden", "/nergens"} {
		wants(t, r.get(path).body, `<form method="post" action="/uitloggen">`)
	}
	if got := r.get("/werklijst").header.Get("Clear-Site-Data"); got != "" {
		t.Errorf("the control clears %q", got)
	}
}

// paths says where each wish leads after login.
var paths = map[string]string{
	"/zaak/x": "/zaak/x", "": "/mijn", "/": "/mijn", "//elders.example": "/mijn", "https://elders.example": "/mijn", `/\elders.example`: "/mijn", "/a\r\nb": "/mijn",
	"/\t/elders.example": "/mijn", "/werklijst?deel=te-laat&wet=wmo": "/werklijst?deel=te-laat&wet=wmo", "/cijfers?jaar=2026#boven": "/cijfers?jaar=2026",
	"/a?naar=https://elders.example": "/a?naar=https://elders.example", "/.//elders.example": "/mijn", "/..//elders.example": "/mijn", "/%5celders.example": "/mijn",
	"/%2f/elders.example": "/mijn", "/%09/elders.example": "/mijn", "javascript:alert(1)": "/mijn", "/%zz": "/mijn", "elders.example": "/mijn", "/ /elders": "/%20/elders",
	"/" + strings.Repeat("a", mostWanted): "/mijn",
}

// led counts the wishes that lead where they should not.
func led(by func(string) string) (wrong []string) {
	for path, want := range paths {
		if got := by(path); got != want {
			wrong = append(wrong, path+" leads to "+got)
		}
	}
	return wrong
}

// S14, ASVS 3.7.2: after login somebody goes on where they wanted to be, and never to another site.
func TestOwnPath(t *testing.T) {
	t.Parallel()
	for _, wrong := range led(ownPath) {
		t.Error(wrong)
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

// Control: a way that looks at the first two characters only lets others lead away.
func TestOwnPathCatches(t *testing.T) {
	t.Parallel()
	careless := func(path string) string {
		if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
			return "/mijn"
		}
		return path
	}
	if len(led(careless)) < 5 {
		t.Error("a careless way was not noticed")
	}
}

// Who must log in first comes back to the question that was asked, not only to its page; what
// was posted leads back to the page with the form, when that is a page of this desk.
func TestLoginKeepsTheQuestion(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	asked := func(method, target, from string) string {
		req := httptest.NewRequest(method, target, nil)
		req.Header.Set("Referer", from)
		w := httptest.NewRecorder()
		r.ServeHTTP(w, req)
		at, err := url.Parse(w.Header().Get("Location"))
		if err != nil || at.Path != "/inloggen" {
			t.Fatalf("%s %s: sent to %v", method, target, at)
		}
		return at.Query().Get("naar")
	}
	for _, one := range []struct{ method, target, from, want string }{
		{"GET", "/werklijst?deel=te-laat&wet=wmo", "", "/werklijst?deel=te-laat&wet=wmo"},
		{"GET", "/cijfers?jaar=2026", "http://elders.example/", "/cijfers?jaar=2026"},
		{"GET", "/cijfers?lang=" + strings.Repeat("a", mostWanted), "", "/cijfers"},
		{"POST", "/zaak/zaak1/notitie", "http://example.com/zaak/zaak1?deel=alles", "/zaak/zaak1?deel=alles"},
		{"POST", "/zaak/zaak1/notitie", "http://elders.example/zaak/zaak1", "/mijn"},
		{"POST", "/zaak/zaak1/notitie", "", "/mijn"},
	} {
		if got := asked(one.method, one.target, one.from); got != one.want {
			t.Errorf("%s %s from %q: back to %q, not %q", one.method, one.target, one.from, got, one.want)
		}
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
