// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"example.org/loket/protocol"
)

// R-R-12, R-R-125, R-R-149: the protocol is a book that anybody may read, made from the
// rules themselves; a chapter that is not there is a page that is not there.
func TestProtocolBookTellsTheRules(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	b := newBrowser(t, r)
	cover := b.get("/protocol").body
	for _, part := range protocolParts {
		wants(t, cover, `href="/protocol/`+part+`"`)
		if page := b.get("/protocol/" + part); page.status != http.StatusOK {
			t.Errorf("%s: %d", part, page.status)
		}
	}
	if from := r.desk.p.About.EffectiveFrom; from != "" && strings.Contains(cover, ">"+from+"<") {
		t.Errorf("the cover writes the day as a machine does: %s", from)
	}
	want := map[string]string{
		"begrippen": r.desk.p.Roles[0].Title.NL, "formulieren": r.desk.p.Forms[0].Title.NL, "beslissen": r.desk.p.Tables[0].Title.NL,
		"termijnen": r.desk.p.Deadlines[0].ID,
	}
	for part, words := range want {
		wants(t, b.get("/protocol/"+part).body, words)
	}
	if status := b.get("/protocol/geheim").status; status != http.StatusNotFound {
		t.Errorf("an unknown chapter answers %d", status)
	}
}

// bookRules is laid beside the protocol of the tests; ROLE is one of its roles.
const bookRules = `
tables:
  - {id: height, title: Hoogte, when: safe_book, together: [[ROLE], [ROLE]], outputs: [{id: tier, title: Niveau, type: choice, options: [{id: a, label: hoog}]}], rules: [{id: all, then: {tier: a}}]}
duties:
  - {id: tell_all, title: Allen inlichten, by: ROLE, basis: Wet 1, rules: [{id: all, then: {must: "yes", note: Bel eerst.}}]}
forms:
  - id: book_facts
    title: {nl: Feiten van het boek, en: Facts}
    use: officer
    sections:
      - id: all
        fields:
          - {id: safe_book, label: Veilig, type: yesno, level: V1}
          - {id: began_book, label: Begonnen, type: moment, level: V1}
          - {id: asked_book, label: Gevraagd, type: moment, level: V1}
          - {id: answered_book, label: Beantwoord, type: moment, level: V1}
deadlines:
  - {id: B-1, title: Onderzoek, from: began_book, within: 6 weeks, pause: {from: asked_book, until: answered_book}, met: answered_book}
products:
  - {id: book_note, title: Briefje, level: V1, recipients: [ROLE], made_by: [ROLE], released_by: [ROLE], stop: [{id: s, unless: safe_book, say: Eerst is iedereen veilig.}], parts: [{id: only, text: Er was iets.}]}
`

// R-R-12, design §4: the book says who decide together, when a question arises, from when a clock
// runs and where it stands still, what a duty asks and what keeps a text back; and it has no heading
// without words. Control: the words of the language itself, such as "must: yes", are not in it.
func TestProtocolBookSaysWhatRulesAskFor(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	files := fstest.MapFS{"x.yaml": {Data: []byte(strings.ReplaceAll(bookRules, "ROLE", r.desk.p.Roles[0].ID))}}
	own := os.DirFS("testdata/oefenstad")
	for _, name := range globbed(t, own) {
		data, err := fs.ReadFile(own, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	p, err := protocol.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	r.desk.p = p
	b := newBrowser(t, r)
	role := p.Roles[0].Title.NL
	for part, words := range map[string][]string{
		"beslissen": {"Zij tekenen samen: het besluit geldt zodra hetzelfde is getekend door " + role + " en door " + role, "Alleen als:"},
		"plichten":  {"Door: " + role + " · Wet 1", ">moet<", "Bel eerst."},
		"termijnen": {"Binnen 6 weken, vanaf “Begonnen”.", "De klok staat stil van “Gevraagd” tot “Beantwoord”."},
		"berichten": {"Dit gaat niet weg zolang dit geldt:", "Eerst is iedereen veilig."},
	} {
		page := b.get("/protocol/" + part).body
		wants(t, page, words...)
		for _, never := range []string{"must: ", "note: ", `level-4"></h3>`} {
			if strings.Contains(page, never) {
				t.Errorf("%s shows %q", part, never)
			}
		}
	}
}

func globbed(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// R08: a deadline is worked out with examples, the change of the clock among them.
func TestProtocolBookWorksExamplesOut(t *testing.T) {
	t.Parallel()
	wants(t, newBrowser(t, newRig(t)).get("/protocol/termijnen").body, "want de klok gaat een uur vooruit")
}

// DOC-01 DOC-04: each document has an example that anybody may read, as far as this version made
// one; where facts are filled in, the book names them.
func TestProtocolBookShowsExamples(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(o *Options) {
		o.Examples = func(p *protocol.Protocol, file string) string {
			if strings.HasSuffix(file, "report.md") {
				return "# Meld een voorval\n\n## Een zaak\n\n### Wat\n\n> Zoals *geschreven*."
			}
			return ""
		}
	})
	b := newBrowser(t, r)
	wants(t, b.get("/protocol/formulieren").body, `href="/protocol/voorbeeld/report"`)
	lacks(t, b.get("/protocol/berichten").body, "{{", "}}")
	page := b.get("/protocol/voorbeeld/report")
	wants(t, page.body, "<h1", "Voorbeeld", "<h2>Een zaak</h2>", "<em>geschreven</em>", `lang="nl"`)
	for _, missing := range []string{"/protocol/voorbeeld/dat", "/protocol/voorbeeld/geheim"} {
		if status := b.get(missing).status; status != http.StatusNotFound {
			t.Errorf("%s answers %d", missing, status)
		}
	}
	if plain := newBrowser(t, newRig(t)); plain.get("/protocol/voorbeeld/report").status != http.StatusNotFound {
		t.Error("control: an example where there are none")
	}
}

// Design §4.14: the book of a municipality that follows its region says what it does otherwise
// and marks it, for anybody to read. Control: a book without a base has no such chapter or mark.
func TestProtocolBookOfAnOverlay(t *testing.T) {
	t.Parallel()
	p, err := protocol.LoadOver(os.DirFS("../protocol/testdata/heuvelland"), os.DirFS("../protocol/testdata/bergdorp"))
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t)
	plain := newBrowser(t, r)
	lacks(t, plain.get("/protocol").body, "/protocol/aanvullingen")
	lacks(t, plain.get("/protocol/termijnen").body, "gewijzigd door deze gemeente")
	if status := plain.get("/protocol/aanvullingen").status; status != http.StatusNotFound {
		t.Errorf("control: %d", status)
	}
	r.desk.p = p
	b := newBrowser(t, r)
	wants(t, b.get("/protocol").body, `href="/protocol/aanvullingen"`, "Meldprotocol Bergdorp volgt het", "Op 4 punten")
	wants(t, b.get("/protocol/aanvullingen").body, "termijn: was “3 werkdagen”, wordt “1 werkdag”", "vervallen", "Bericht aan de burgemeester")
	wants(t, b.get("/protocol/termijnen").body, "gewijzigd door deze gemeente")
}
