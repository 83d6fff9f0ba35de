// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"example.org/loket/locale"
)

func testVisit(t *testing.T, r *rig) *visit {
	t.Helper()
	v, err := r.visit(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	v.lang = locale.NL
	return v
}

// Answers that are shown again post the same facts: every type, the doubled hour, a
// period of days and a discovery (D-01, D-02).
func TestFactsAndPostedValuesAgree(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.now = r.desk.now.AddDate(0, 8, 0)
	v := testVisit(t, r)
	form := v.protocol.Form("report")
	base := "organisation=Alfa&kinds=violence&kinds=other&kinds_other=brand&contact_phone=010+000+00+00&contact_email=a%40example.org&description=Tekst&place=home&injured=yes&injured_at_date=28-03-2026&injured_at_time=10:15&age=41&birth_date=01-02-1985&safe=partly&"
	for name, when := range map[string]string{
		"moment":        "occurred_date=28-03-2026&occurred_time=14:00",
		"day":           "occurred_date=28-03-2026",
		"first of two":  "occurred_date=25-10-2026&occurred_time=02:30&occurred_fold=first",
		"second of two": "occurred_date=25-10-2026&occurred_time=02:30&occurred_fold=second",
		"days":          "occurred_date=01-03-2026&occurred_to_date=04-03-2026",
		"period":        "occurred_date=01-03-2026&occurred_time=09:00&occurred_to_date=04-03-2026&occurred_to_time=17:30",
		"discovered":    "occurred_unknown=yes&occurred_discovered_date=04-03-2026&occurred_discovered_time=08:00",
	} {
		posted, err := url.ParseQuery(base + when)
		if err != nil {
			t.Fatal(err)
		}
		want, faults := v.protocol.ReadAnswers(form, posted, v.now)
		if len(faults) > 0 {
			t.Fatalf("%s: %+v", name, faults)
		}
		got, faults := v.protocol.ReadAnswers(form, v.postedFrom(form, want), v.now)
		if len(faults) > 0 {
			t.Errorf("%s: %+v", name, faults)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Each type of question is on the page with its label, its help and its fault tied to it.
func TestEveryTypeOfQuestionIsRendered(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	v := testVisit(t, r)
	f := v.fill(v.protocol.Form("report"), url.Values{}, nil, checkNothing)
	var page strings.Builder
	if err := formFields(v.reader, f).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	wants(t, page.String(),
		`<label class="utrecht-form-label" for="v-organisation">`, `aria-describedby="uitleg-organisation fout-organisation"`, `aria-required="true"`, // text, R-R-134
		`name="kinds" value="violence"`, `type="checkbox"`, `name="kinds_other"`, // choices with words, R-R-138
		`name="occurred_date"`, `name="occurred_to_date"`, `name="occurred_unknown"`, `name="occurred_discovered_date"`, // occurrence, R-R-137
		`type="tel"`, `autocomplete="tel"`, `type="email"`, // R-R-134
		`<textarea`, `name="injured" value="yes"`, `value="no"`, `name="injured_at_time"`, `name="age"`, `inputmode="numeric"`, `name="birth_date"`,
		"nodig<", "gewenst", "mag leeg blijven",
	)
	if strings.Count(page.String(), `id="v-organisation"`) != 1 {
		t.Error("an id stands twice")
	}
}

// Known facts of the case decide which questions a follow-up form asks.
func TestKnownFactsDecideWhatIsAsked(t *testing.T) {
	t.Parallel()
	v := testVisit(t, newRig(t))
	form := v.protocol.Form("report")
	if v.fill(form, nil, nil, checkNothing).Shown["injured"] {
		t.Error("asked without a reason")
	}
	if !v.fill(form, nil, map[string]any{"kinds": []string{"violence"}}, checkNothing).Shown["injured"] {
		t.Error("not asked though the case says so")
	}
}

// The text of a message is Markdown; nothing in it becomes live HTML.
func TestMessagesHoldNoLiveHTML(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	text := "**Let op.**\n\n<script>x()</script>\n\n[hier](javascript:x())\n\n- een\n- twee"
	if err := markdown(text).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	wants(t, page.String(), "<strong>Let op.</strong>", "<li>een</li>")
	lacks(t, page.String(), "<script", "javascript:")
}

// A body that is cut keeps its beginning, and names the answer in which it was cut.
func TestCutShort(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][2]string{
		"a=1&omschrijving=tekst+zonder+ein": {"omschrijving", "a=1&omschrijving=tekst+zonder+ein"},
		"a=1&b=caf%C3%A":                    {"b", "a=1&b=caf%C3"},
		"a=1&b%5Bx":                         {"b[x", "a=1&b%5Bx"},
	} {
		name, kept := cutShort(body)
		if name != want[0] || kept != want[1] {
			t.Errorf("%q gives %q, %q", body, name, kept)
		}
	}
}
