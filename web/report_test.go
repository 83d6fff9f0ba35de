// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.org/loket"
)

// R-R-126, R-R-134, R-R-137, R-R-138: three answers are enough, without scripts; the
// receipt has number, code, the due moment and what the report does not replace.
func TestThreeAnswersAreEnough(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	sent := b.post("/melden", three(hiddenValues(b.get("/melden").body)))
	receipt := b.follow(sent)
	if !strings.HasSuffix(sent.header.Get("Location"), "#") { // else a browser keeps the #fouten that the form posts to
		t.Errorf("the receipt stands at #fouten: %s", sent.header.Get("Location"))
	}
	if strings.Contains(sent.header.Get("Location"), fakeCode) || strings.Contains(sent.header.Get("Location"), "2026") {
		t.Errorf("the address tells too much: %s", sent.header.Get("Location"))
	}
	wants(t, receipt.body, "2026-0001", fakeCode, "ma 30 mrt 15:00", "want de klok gaat een uur vooruit", "vervangt niet de melding bij de toezichthouder", "Het loket is open", "Omschrijving", "U was op tijd")
	lacks(t, title(receipt.body), "2026-0001")
	wants(t, b.get("/melden/ontvangen").body, fakeCode)
	b.post("/melden/klaar", nil)
	if got := b.get("/melden/ontvangen"); strings.Contains(got.body, fakeCode) || got.status != http.StatusSeeOther {
		t.Error("the code is still there after the reader was done")
	}
	if len(r.desk.sent) != 1 || r.desk.sent[0].Channel != "web" {
		t.Errorf("sent %d", len(r.desk.sent))
	}
}

// R-R-10, DT-23: outside desk hours the receipt says when the report is read.
func TestReceiptWhenTheDeskIsClosed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.now = time.Date(2026, 3, 29, 21, 30, 0, 0, time.UTC) // 23:30
	b := newBrowser(t, r)
	wants(t, b.get("/melden").body, "Het loket is nu gesloten", "ma 30 mrt 09:00")
	receipt := b.follow(b.post("/melden", three(hiddenValues(b.get("/melden").body))))
	wants(t, receipt.body, "Het leest uw melding op ma 30 mrt 09:00")
}

// R03: the same page sent twice makes one case and shows one receipt.
func TestSecondSendGivesTheSameReceipt(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	values := three(hiddenValues(b.get("/melden").body))
	first := b.follow(b.post("/melden", values)).body
	second := b.follow(b.post("/melden", values)).body
	if first != second || len(r.desk.sent) != 1 {
		t.Errorf("sent %d, alike %v", len(r.desk.sent), first == second)
	}
	// What was changed after the back button is another report, with a receipt of its own.
	changed := b.follow(b.post("/melden", with(maps.Clone(values), "description", "Er is nog iets gebeurd."))).body
	if changed == first || len(r.desk.sent) != 2 {
		t.Errorf("changed words were taken for the first report: sent %d", len(r.desk.sent))
	}
	// Control: a fresh page has a key of its own and makes a second case.
	b.follow(b.post("/melden", three(hiddenValues(b.get("/melden").body))))
	if len(r.desk.sent) != 3 {
		t.Error("a second report was taken for the first")
	}
}

// D-01, D-02, R-R-31: what cannot be taken is said at the answer; every typed text stays.
func TestFaultsKeepTheText(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	values := with(hiddenValues(b.get("/melden").body),
		"organisation", "Alfa & <b>woongroepen</b>", "kinds", "other", "kinds_other", "een brand", "occurred_date", "29-03-2026", "occurred_time", "02:30",
		"contact_email", "geen adres", "description", "Regel één.\r\nRegel twee.", "age", "veertig", "place", "home")
	page := b.post("/melden", values)
	if page.status != http.StatusUnprocessableEntity || len(r.desk.sent) != 0 {
		t.Fatalf("answered %d", page.status)
	}
	wants(t, page.body, `value="Alfa &amp; &lt;b&gt;woongroepen&lt;/b&gt;"`, `value="een brand"`, `value="02:30"`, `value="geen adres"`, "Regel één.\nRegel twee.</textarea>", `value="veertig"`,
		`href="#v-occurred_time"`, `href="#v-contact_email"`, `href="#v-age"`, `id="fouten"`, `aria-invalid="true"`, "02:00 naar 03:00")
	if !strings.HasPrefix(title(page.body), "Fout: ") {
		t.Errorf("title %q", title(page.body))
	}
	if !strings.Contains(page.body, `id="deel-contact" data-section="contact" open`) || strings.Contains(page.body, `id="deel-safety" data-section="safety" open`) {
		t.Error("parts with a fault open, and only those")
	}
	wants(t, page.body, "nog 1 dag, 14 uur en 10 minuten") // counted cautiously from 00:00
}

// D-01: in the night the clock goes back the form asks which of the two was meant.
func TestDoubledHourIsAsked(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.now = time.Date(2026, 10, 26, 8, 0, 0, 0, time.UTC)
	b := newBrowser(t, r)
	values := with(hiddenValues(b.get("/melden").body), "organisation", "Alfa", "kinds", "death", "occurred_date", "25-10-2026", "occurred_time", "02:30")
	page := b.post("/melden", values)
	if page.status != http.StatusUnprocessableEntity || strings.Contains(page.body, `data-fold="occurred" hidden`) {
		t.Fatalf("answered %d without asking", page.status)
	}
	wants(t, page.body, "twee keer", "De eerste keer (zomertijd)")
	b.follow(b.post("/melden", with(values, "occurred_fold", "second")))
	if len(r.desk.sent) != 1 {
		t.Error("not sent after choosing")
	}
	// Control: on any other night the question is hidden.
	wants(t, b.get("/melden").body, `data-fold="occurred" hidden`)
}

// R-R-138: questions follow answers without scripts; what was typed under a question
// that went away is there when it comes back.
func TestConditionalQuestionsWithoutScripts(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, newRig(t))
	fresh := b.get("/melden").body
	wants(t, fresh, `data-field="injured" hidden`, `data-section="injury" hidden`, `formaction="/melden/vragen#rest"`)
	shown := b.post("/melden/vragen", url.Values{"kinds": {"violence"}, "injured": {"yes"}, "injured_at_date": {"28-03-2026"}})
	if shown.status != http.StatusOK {
		t.Errorf("answered %d", shown.status)
	}
	lacks(t, shown.body, `data-field="injured" hidden`, `data-field="injured_at" hidden`, `data-section="injury" hidden`)
	gone := b.post("/melden/vragen", url.Values{"kinds": {"missing"}, "injured": {"yes"}, "injured_at_date": {"28-03-2026"}})
	wants(t, gone.body, `data-field="injured" hidden`, `value="28-03-2026"`)
}

// R-R-142: an answer that is urgent asks for a phone call, and does not block.
func TestUrgentAnswerAsksForACall(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, newRig(t))
	wants(t, b.get("/melden").body, `data-urgent="safe" hidden`)
	lacks(t, b.post("/melden/vragen", url.Values{"safe": {"no"}}).body, `data-urgent="safe" hidden`)
}

// A draft is kept for 24 hours, for one browser, and can be erased.
func TestDraftIsKeptForThisBrowserOnly(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	kept := b.follow(b.post("/melden/concept", url.Values{"organisation": {"Bravo"}, "description": {"Concepttekst"}}))
	wants(t, kept.body, "ma 30 mrt 10:50")
	wants(t, b.get("/melden").body, `value="Bravo"`, "Concepttekst", "bewaarde melding")
	lacks(t, newBrowser(t, r).get("/melden").body, "Bravo")
	for name, value := range b.cookies {
		if strings.Contains(value, "Bravo") || strings.Contains(name, "Bravo") {
			t.Error("the cookie holds an answer")
		}
	}
	r.desk.now = r.desk.now.Add(draftKept + time.Minute)
	lacks(t, b.get("/melden").body, "Bravo")
	r.desk.now = r.desk.now.Add(-draftKept)
	b.post("/melden/wissen", nil)
	lacks(t, b.get("/melden").body, "Bravo")
	if len(r.drafts.kept) != 0 {
		t.Error("the draft is still on the server")
	}
}

// A report that was sent leaves no draft.
func TestSentReportLeavesNoDraft(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	b.post("/melden/concept", three(url.Values{}))
	b.follow(b.post("/melden", three(hiddenValues(b.get("/melden").body))))
	for key := range r.drafts.kept {
		if strings.HasPrefix(key, draftCookie) {
			t.Error("a draft stayed behind")
		}
	}
	lacks(t, b.get("/melden").body, "Alfa")
}

// R-R-141: identifying data is warned about once; the same text sent again goes through,
// another text is looked at again.
func TestSecondLookIsShownOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	values := with(three(hiddenValues(b.get("/melden").body)), "description", "Een collega, mevrouw Bedacht, hielp.")
	first := b.post("/melden", values)
	if first.status != http.StatusUnprocessableEntity || len(r.desk.sent) != 0 {
		t.Fatalf("answered %d", first.status)
	}
	wants(t, first.body, "mevrouw Bedacht", `name="gezien"`, "Versturen mag wel", "Een collega, mevrouw Bedacht, hielp.")
	values.Set(seenName, hiddenValues(first.body).Get(seenName))
	changed := with(hiddenValues(first.body), "x", "")
	for name := range values {
		changed[name] = values[name]
	}
	changed.Set("description", "Meneer Nepnaam belde.")
	if got := b.post("/melden", changed); got.status != http.StatusUnprocessableEntity {
		t.Errorf("another text was not looked at: %d", got.status)
	}
	values.Set("description", "Een collega, mevrouw Bedacht, hielp.")
	b.follow(b.post("/melden", values))
	if len(r.desk.sent) != 1 {
		t.Error("the second send did not go through")
	}
}

// Bad input: an answer of ten million characters gives a clear page; the others stay.
func TestEnormousAnswer(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	body := "organisation=Charlie&kinds=death&occurred_date=28-03-2026&contact_name=Sara+Fictie&description=" + strings.Repeat("woord+", 10_000_000/6)
	request := httptest.NewRequest(http.MethodPost, "/melden", strings.NewReader(body))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	page := b.do(request)
	if page.status != http.StatusUnprocessableEntity || len(r.desk.sent) != 0 {
		t.Fatalf("answered %d", page.status)
	}
	wants(t, page.body, `value="Charlie"`, `value="Sara Fictie"`, "te lang", `href="#v-description"`)
	if len(page.body) > 2*keptBody {
		t.Errorf("the page is %d bytes", len(page.body))
	}
}

// Beyond what is received at all, the page says so.
func TestBodyBeyondAllBounds(t *testing.T) {
	t.Parallel()
	request := httptest.NewRequest(http.MethodPost, "/melden", strings.NewReader("description="+strings.Repeat("x", heardBody+1)))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	page := newBrowser(t, newRig(t)).do(request)
	if page.status != http.StatusRequestEntityTooLarge {
		t.Errorf("answered %d", page.status)
	}
	wants(t, page.body, "te groot", "010 000 00 00")
}

// Bad input: other kinds of bodies, wrong types, unknown ids, broken bytes.
func TestOddInputGetsAPage(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	for _, kind := range []string{"", "application/json", "multipart/form-data; boundary=x", "text/plain"} {
		request := httptest.NewRequest(http.MethodPost, "/melden", strings.NewReader(`{"organisation":"x"}`))
		request.Header.Set("Content-Type", kind)
		if got := b.do(request); got.status != http.StatusUnsupportedMediaType || !strings.Contains(got.body, "010 000 00 00") {
			t.Errorf("%q answers %d", kind, got.status)
		}
	}
	for name, body := range map[string]string{
		"broken percent": "organisation=Delta%zz&kinds=death",
		"null bytes":     "organisation=Del%00ta&kinds=%00",
		"not utf-8":      "organisation=%ff%fe&kinds=death",
		"unknown ids":    "nergens=1&kinds=onbekend&place=elders&occurred_date=gisteren",
		"lists":          "organisation=a&organisation=b&occurred_date=1&occurred_date=2",
		"bad key":        "sleutel=%3Cscript%3E&organisation=Delta",
		"empty":          "",
	} {
		request := httptest.NewRequest(http.MethodPost, "/melden", strings.NewReader(body))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if got := b.do(request); got.status != http.StatusUnprocessableEntity || strings.Contains(got.body, "<script>") {
			t.Errorf("%s answers %d", name, got.status)
		}
	}
	if len(r.desk.sent) != 0 {
		t.Error("something was sent")
	}
	if got := b.get("/melden/vragen"); got.status != http.StatusNotFound {
		t.Errorf("a form's address without a form answers %d", got.status)
	}
}

// R-R-141: when the desk cannot take it, the form comes back with everything in it.
func TestRefusalKeepsTheText(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err    error
		status int
		say    string
	}{
		"down":     {loket.Refuse(loket.Unavailable, "Het loket is even weg.", "x"), 503, "Het loket is even weg."},
		"internal": {errors.New("disk I/O error"), 500, "Twee keer versturen kan geen kwaad"},
	} {
		r := newRig(t)
		r.desk.refuse = c.err
		b := newBrowser(t, r)
		page := b.post("/melden", with(three(hiddenValues(b.get("/melden").body)), "description", "Lange tekst"))
		if page.status != c.status {
			t.Errorf("%s answers %d", name, page.status)
		}
		wants(t, page.body, c.say, "Lange tekst", "Alfa, woongroepen", "010 000 00 00")
		lacks(t, page.body, "disk I/O")
	}
}

// A receipt reaches its reader even when nothing can be put aside.
func TestReceiptWithoutDrafts(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.drafts.broken = errors.New("down")
	b := newBrowser(t, r)
	wants(t, b.follow(b.post("/melden", three(hiddenValues(b.get("/melden").body)))).body, fakeCode)
	wants(t, b.post("/melden/concept", url.Values{"organisation": {"Alfa"}}).body, "Bewaren lukt nu niet", `value="Alfa"`)
}

// The script of the page gets what is asked now, the meter and the clock, in words.
func TestStateForTheScript(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, newRig(t))
	request := httptest.NewRequest(http.MethodPost, "/melden/concept", strings.NewReader(with(three(url.Values{}), "description", "meneer Nepnaam", "safe", "no", "age", "x").Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	page := b.do(request)
	var state formState
	if err := json.Unmarshal([]byte(page.body), &state); err != nil {
		t.Fatal(err)
	}
	if state.Sections["injury"] != "0 van 1" || state.Urgent[0] != "safe" || state.Looks["description"] == "" || state.Faults["age"] == "" || state.Saved == "" {
		t.Errorf("state %+v", state)
	}
	wants(t, state.Aside, "nog 1 dag, 4 uur en 10 minuten", "van 11 beantwoord")
	wants(t, b.get("/melden").body, "meneer Nepnaam")
}
