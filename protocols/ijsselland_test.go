// SPDX-License-Identifier: EUPL-1.2

package protocols_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"example.org/loket/protocol"
)

// R-I-01, R-I-32: the region's protocol loads without remarks, says who adopted it and when,
// and holds for eleven municipalities.
func TestIJssellandLoadsWithoutRemarks(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "ijsselland"))
	for _, w := range p.Warnings() {
		t.Errorf("%s:%d: %s %s", w.File, w.Line, w.Message, w.Cure)
	}
	if p.About.AdoptedOn != "2019-02-13" || p.About.AdoptedBy == "" || p.About.Document == "" || p.About.Summary.EN == "" {
		t.Errorf("identity: %+v", p.About)
	}
	if len(p.About.Territory) != 11 || len(p.Fact("members").Options) != 11 {
		t.Errorf("territory: %v", p.About.Territory)
	}
}

// The examples prove the tables, clocks, steps and recipients. DT-02 DT-03 DT-04 DT-05 DT-06
// DT-07 DT-08 T-11 T-12 T-13 T-14 T-15 T-16 T-19 R-I-35 R-I-98 R-I-99
func TestIJssellandCases(t *testing.T) {
	t.Parallel()
	results := run(t, folder(t, "ijsselland"))
	if len(results) < 60 {
		t.Errorf("%d cases ran, want at least 60", len(results))
	}
	for _, r := range results {
		for _, difference := range r.Differences {
			t.Errorf("%s, regel %d, %q: %s", r.File, r.Line, r.Name, difference)
		}
		if len(r.Refs) == 0 {
			t.Errorf("%s, regel %d: %q names no requirement", r.File, r.Line, r.Name)
		}
	}
}

// Every row of every table and every rule of every duty is touched by some example.
func TestIJssellandCasesTouchEveryRule(t *testing.T) {
	t.Parallel()
	fsys := folder(t, "ijsselland")
	touched := map[string]bool{}
	for _, r := range run(t, fsys) {
		for _, one := range r.Fired {
			touched[one] = true
		}
	}
	p := load(t, fsys)
	for _, table := range p.Tables {
		for _, rule := range table.Rules {
			if !touched[table.ID+"/"+rule.ID] {
				t.Errorf("no example touches %s/%s", table.ID, rule.ID)
			}
		}
	}
	for _, duty := range p.Duties {
		for _, rule := range duty.Rules {
			if !touched[duty.ID+"/"+rule.ID] {
				t.Errorf("no example touches %s/%s", duty.ID, rule.ID)
			}
		}
	}
}

// Control: each of these faults in the protocol makes some example fail.
func TestIJssellandCasesCatchFaults(t *testing.T) {
	t.Parallel()
	for _, fault := range []struct{ name, file, was, is string }{
		{"onrust telt niet", "facts.yaml", `is: 'unrest_access in ["possible", "present"] ||`, `is: 'unrest_access in ["present"] ||`},
		{"72 uur voor Fase 1", "deadlines.yaml", "within: 48 hours", "within: 72 hours"},
		{"60 dagen voor Fase 2", "deadlines.yaml", "within: 2 months", "within: 60 days"},
		{"klok vanaf het RSJ", "facts.yaml", "is: 'known(asked_at) ? asked_at : received_at'", "is: 'received_at'"},
		{"voorbeelden vergeten", "tables-1-qualification.yaml", `"serious_injury", "transgressive"]`, `"transgressive"]`},
		{"één en meer verwisseld", "tables-2-escalation.yaml", "size(active_in) > 1", "size(active_in) > 5"},
		{"vragende gemeente krijgt ook de memo", "products-3-press.yaml", "of: [members], except: [municipality_asking]", "of: [members]"},
		{"toegang ook vóór 2019", "facts.yaml", "year(incident) < 2019", "year(incident) < 2018"},
		{"team zonder getal", "products-3-press.yaml", "{role: escalation_team_member, expects: 3}", "{role: escalation_team_member}"},
		{"gesprek vergeten bij onrust", "facts.yaml", `(class in ["c", "d"] && conduct == "no")`, `(class in ["c"] && conduct == "no")`},
	} {
		t.Run(fault.name, func(t *testing.T) {
			t.Parallel()
			if failures(run(t, changed(t, "ijsselland", fault.file, fault.was, fault.is))) == 0 {
				t.Error("no example noticed")
			}
		})
	}
}

// G01…G14: every question of the report is asked, with a label in both languages and a level.
// Three answers are enough to send; personal data are asked only with a purpose, and sealed
// (R-I-57, R-I-58).
func TestIJssellandReport(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "ijsselland"))
	for n := 1; n <= 14; n++ {
		ref := fmt.Sprintf("G%02d", n)
		asked := fields(p, ref)
		if len(asked) == 0 {
			t.Errorf("%s is asked nowhere", ref)
		}
		for _, f := range asked {
			if f.Label.NL == "" || f.Label.EN == "" || f.Level == "" {
				t.Errorf("%s (%s) has no label or level", ref, f.ID)
			}
		}
	}
	var needed []string
	for _, s := range p.Form("report").Sections {
		for _, f := range s.Fields {
			if f.Need == "required" && f.Show == "" {
				needed = append(needed, f.ID)
			}
			if (f.AVG == "P" || f.Ref == "G13" && f.Type == "long") && f.Level < "V4" {
				t.Errorf("%s holds persons at %s", f.ID, f.Level)
			}
			if f.Ref == "G13" && f.ID != "personal_needed" && f.Show != "personal_needed" {
				t.Errorf("%s is asked without need", f.ID)
			}
		}
	}
	slices.Sort(needed)
	if want := []string{"examples", "incident", "organisation"}; !slices.Equal(needed, want) {
		t.Errorf("needed to send: %v, want %v", needed, want)
	}
	purpose := fields(p, "G13")[1]
	if purpose.ID != "personal_purpose" || purpose.Need != "required" {
		t.Errorf("the purpose of personal data is not demanded: %+v", purpose)
	}
}

// R-I-60: four questions for the access and three for contract management, unseen by the
// other until both are done; R-I-72: the class stands when both have signed.
func TestIJssellandImpactInTwoHalves(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "ijsselland"))
	for id, by := range map[string]string{"impact_access": "access_lead", "impact_residence": "access_lead", "impact_region": "contract_manager"} {
		if f := p.Form(id); f == nil || f.HiddenUntil == "" || !slices.Equal(f.By, []string{by}) {
			t.Errorf("%s is not hidden, or not of %s alone", id, by)
		}
	}
	if got := p.Table("escalation").Together; len(got) != 2 {
		t.Errorf("the class is signed by %v", got)
	}
}

// DOC-02 DOC-31 DOC-32 DOC-33 DOC-34 DOC-35 DOC-36 DOC-37 DOC-38 DOC-39 DOC-40 DOC-41 DOC-42
// DOC-43 DOC-44 DOC-45 DOC-46 DOC-47 DOC-48 DOC-49 DOC-50 DOC-51 DOC-52 DOC-53 DOC-54 DOC-55:
// every document of a case is a product with a purpose, a maker, parts
// and a level of at most V3; nothing that leaves for the press or the public goes deeper than V2
// (R-I-107, DT-25). DOC-30 is the report form, DOC-56 a page of the desk.
func TestIJssellandDocuments(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "ijsselland"))
	refs := []string{"DOC-02", "DOC-03"}
	for n := 31; n <= 55; n++ {
		refs = append(refs, fmt.Sprintf("DOC-%02d", n))
	}
	for _, ref := range refs {
		i := slices.IndexFunc(p.Products, func(pr protocol.Product) bool { return pr.Ref == ref })
		if i < 0 {
			t.Errorf("%s is no product", ref)
			continue
		}
		pr := p.Products[i]
		if len(pr.Parts) == 0 || pr.Purpose.NL == "" || pr.Identifiers != "block" || pr.Level > "V3" {
			t.Errorf("%s (%s) lacks parts or purpose, or is not guarded", ref, pr.ID)
		}
	}
	for _, pr := range p.Products {
		if deep := strings.HasPrefix(pr.Ref, "DOC-3") && pr.Ref > "DOC-32" || pr.Ref == "DOC-40"; deep && pr.Level > "V2" {
			t.Errorf("%s goes as deep as %s", pr.ID, pr.Level)
		}
	}
	// R-I-15, R-I-20: nobody of the region writes or releases the answer of a municipality.
	answer := p.Product("press_answer")
	if !slices.Equal(answer.MadeBy, []string{"municipal_comms_adviser"}) || !slices.Equal(answer.ReleasedBy, answer.MadeBy) {
		t.Errorf("the answer is made by %v", answer.MadeBy)
	}
}

// R-I-26 R-I-27 R-I-28 R-I-29 R-I-31 R-I-39 R-I-45 R-I-50 R-I-53 R-I-97 R-I-103 R-I-104: what sets
// the frame is told to readers, in both languages and with the lines it rests on; the region
// helps a municipality that asks for a key message or for monitoring.
func TestIJssellandTellsTheFrame(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "ijsselland"))
	for _, id := range []string{"legal_frame", "supervision", "igj_guideline", "incidents_stay", "data_to_inspectorate", "other_protocols", "contacts", "municipality_leads", "guideline", "anonymous"} {
		i := slices.IndexFunc(p.Texts, func(x protocol.NamedText) bool { return x.ID == id })
		if i < 0 || p.Texts[i].Text.NL == "" || p.Texts[i].Text.EN == "" || p.Texts[i].Source.At == "" {
			t.Errorf("text %s is missing in a language, or rests on nothing", id)
		}
	}
	kinds := p.Fact("support_kinds")
	for _, id := range []string{"key_message", "long_monitor", "information", "think_along"} {
		if !slices.ContainsFunc(kinds.Options, func(o protocol.Option) bool { return o.ID == id }) {
			t.Errorf("the region cannot be asked for %s", id)
		}
	}
}

// SM-3, SM-4, R-I-06: the drawings are there and every box can be reached.
func TestIJssellandFlowcharts(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "ijsselland"))
	if len(p.Charts) < 4 {
		t.Errorf("%d drawings", len(p.Charts))
	}
	for _, c := range p.Charts {
		if lost := unreachable(c); len(lost) > 0 {
			t.Errorf("%s: nothing leads to %v", c.ID, lost)
		}
	}
}

// R-I-32, R-I-100: a municipality sees its own cases only; the region sees all.
func TestIJssellandRolesSeeTheirOwn(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "ijsselland"))
	for _, id := range []string{"access_lead", "municipal_manager", "municipal_comms_adviser"} {
		if len(p.Role(id).Cases.Of) == 0 {
			t.Errorf("%s sees the cases of every municipality", id)
		}
	}
	if len(p.Role("contract_manager").Cases.Of) != 0 {
		t.Error("the contract manager does not see the whole region")
	}
}

var cited = regexp.MustCompile(`source: \{at: "([^"]*)"(?:, quote: ('(?:[^']|'')*'|"[^"]*"))?\}`)

var atLine = regexp.MustCompile(`regel (\d+)(?:-(\d+))?$`)

// Every rule says on which lines of the document it rests. The document itself is not in this
// repository: who has it sets LOKET_SOURCE_IJSSELLAND to the file, and every quotation is
// looked up in the lines that it cites.
func TestIJssellandCitesItsSource(t *testing.T) {
	t.Parallel()
	var lines []string
	if file := os.Getenv("LOKET_SOURCE_IJSSELLAND"); file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines = strings.Split(string(data), "\n")
	}
	names, err := fs.Glob(folder(t, "ijsselland"), "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, name := range names {
		data, err := fs.ReadFile(folder(t, "ijsselland"), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range cited.FindAllStringSubmatch(string(data), -1) {
			count++
			if fault := misquoted(m[1], m[2], lines); fault != "" {
				t.Errorf("%s: %s: %s", name, m[1], fault)
			}
		}
	}
	if count < 300 {
		t.Errorf("%d citations, want at least 300", count)
	}
	if misquoted("§1, bladzijde 3", "", nil) == "" || misquoted("§1, regel 1", "'twee'", []string{"een"}) == "" {
		t.Error("control: a wrong citation was not noticed")
	}
	if misquoted("§1, regel 1-3", "'een twee'", []string{"een", "", " twee "}) != "" {
		t.Error("control: a right citation was refused")
	}
}

// misquoted says what is wrong with a citation; without the document only the place is looked at.
func misquoted(at, quote string, lines []string) string {
	m := atLine.FindStringSubmatch(at)
	if m == nil {
		return "no line"
	}
	first, _ := strconv.Atoi(m[1])
	last, err := strconv.Atoi(m[2])
	if err != nil {
		last = first
	}
	if first < 1 || last < first {
		return "no such line"
	}
	if lines == nil || quote == "" {
		return ""
	}
	if last > len(lines) {
		return "beyond the document"
	}
	said := strings.ReplaceAll(quote[1:len(quote)-1], "''", "'")
	if !strings.Contains(oneLine(lines[first-1:last]...), oneLine(said)) {
		return "not in these lines: " + said
	}
	return ""
}

func oneLine(lines ...string) string {
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

// R-I-83 R-I-90: what each manager does for the own municipality is a step of that manager,
// not of the managers of all of them.
func TestStepOfEachManager(t *testing.T) {
	t.Parallel()
	p := load(t, folder(t, "ijsselland"))
	found := 0
	for _, step := range p.Steps {
		if step.Each == "municipality" && slices.Contains(step.Owner, "municipal_manager") {
			found++
			if !slices.Equal(step.Of, []string{"at_municipality"}) {
				t.Errorf("%s is of %v", step.ID, step.Of)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d steps for each manager", found)
	}
}
