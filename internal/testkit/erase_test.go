// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
	"example.org/loket/protocol"
)

var (
	clerk   = loket.Actor{ID: "sara", Role: "desk_officer", Roles: []string{"desk_officer"}, Tenant: "desk"}
	head    = loket.Actor{ID: "bram", Role: "desk_coordinator", Roles: []string{"desk_coordinator"}, Tenant: "desk"}
	privacy = loket.Actor{ID: "daan", Role: "privacy_officer", Roles: []string{"privacy_officer"}, Tenant: "desk"}
	adviser = loket.Actor{ID: "lena", Role: "comms_adviser", Roles: []string{"comms_adviser"}, Tenant: "desk"}
)

func staff(*protocol.Protocol) []desk.Person {
	return []desk.Person{
		{ID: "sara", Name: "Sara Fictie", Roles: clerk.Roles}, {ID: "bram", Name: "Bram Nepnaam", Roles: head.Roles},
		{ID: "daan", Name: "Daan Bedacht", Roles: privacy.Roles}, {ID: "lena", Name: "Lena Denkbeeld", Roles: adviser.Roles},
	}
}

// marks are words that stand nowhere else: whoever finds one found the case.
var marks = map[string]string{"story": "Kwartelvlinder", "note": "Zilverdistel", "motivation": "Ganzenmirakel"}

// house is a program in a folder that is closed and started again.
type house struct {
	t       *testing.T
	options testkit.Options
	*testkit.Kit
}

func newHouse(t *testing.T, sealer desk.Sealer) *house {
	h := &house{t: t, options: testkit.Options{Folder: t.TempDir(), People: staff, Sealer: sealer}}
	h.start(false)
	t.Cleanup(func() { _ = h.Kit.Close() })
	return h
}

func (h *house) start(control bool) {
	h.t.Helper()
	h.options.NoReplay = control
	h.options.Seed++ // identifiers after a restart are others
	kit, err := testkit.Open(context.Background(), h.options)
	if err != nil {
		h.t.Fatal(err)
	}
	h.Kit = kit
}

func (h *house) stop() {
	h.t.Helper()
	h.options.Now = h.Clock.Now()
	if err := h.Kit.Close(); err != nil {
		h.t.Fatal(err)
	}
}

// marked is a case with all marks in it.
func (h *house) marked() desk.Receipt { return h.markedAs("k1") }

func (h *house) markedAs(key string) desk.Receipt {
	h.t.Helper()
	posted := complete(1)
	posted.Set("description", "In de groep was ruzie. "+marks["story"])
	r, err := h.Desk.SendReport(context.Background(), loket.Actor{}, desk.ReportForm{Key: key, Tenant: h.Tenant, Form: "report", Posted: posted})
	if err != nil {
		h.t.Fatal(err)
	}
	h.do(clerk, r.Case, loket.Noted{Kind: "handover", Text: "Bel morgen over " + marks["note"]})
	h.do(clerk, r.Case, loket.StepAdded{Title: "Vraag na bij " + marks["motivation"], Level: "V5"})
	return r
}

func (h *house) do(a loket.Actor, id loket.CaseID, want loket.Payload) {
	h.t.Helper()
	if _, err := h.Desk.Do(context.Background(), a, id, desk.Change{Want: want}); err != nil {
		h.t.Fatalf("%s: %v", want.Type(), err)
	}
}

func (h *house) refuse(a loket.Actor, id loket.CaseID, want loket.Payload, code loket.Code) {
	h.t.Helper()
	if _, err := h.Desk.Do(context.Background(), a, id, desk.Change{Want: want}); loket.ErrorCode(err) != code {
		h.t.Fatalf("%s by %s: %v, want %s", want.Type(), a.ID, err, code)
	}
}

// readable are the marks that a reader with a purpose can get out of the program.
func (h *house) readable(id loket.CaseID) (found []string, err error) {
	ctx := context.Background()
	v, err := h.Desk.Case(ctx, head, id)
	if err != nil {
		return nil, err
	}
	refs := []string{"description"}
	for _, n := range v.Notes {
		if n.Said.Ref != "" {
			refs = append(refs, n.Said.Ref)
		}
	}
	for _, day := range v.Timeline {
		for _, m := range day.Moments {
			if m.Said.Ref != "" {
				refs = append(refs, m.Said.Ref)
			}
		}
	}
	for seq := 1; seq <= v.Version; seq++ {
		refs = append(refs, "text:"+itoa(seq))
	}
	facts, err := h.Desk.Open(ctx, head, id, refs, "controle")
	if err != nil {
		return nil, err
	}
	for name, mark := range marks {
		for _, f := range facts {
			if strings.Contains(f.Value.NL+f.Title.NL, mark) {
				found = append(found, name)
				break
			}
		}
	}
	return found, nil
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// inFiles counts the marks in every byte of the folder: database, log, key files.
func (h *house) inFiles() (n int) {
	h.t.Helper()
	err := filepath.WalkDir(h.Folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, mark := range marks {
			n += bytes.Count(data, []byte(mark))
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// approve destroys a whole case for a ground: one proposes, another approves.
func (h *house) destroy(id loket.CaseID) string {
	h.t.Helper()
	h.do(clerk, id, loket.DestructionProposed{Ground: "test", Reason: "proefmelding van de leverancier"})
	certificate, err := h.Desk.ApproveErasure(context.Background(), head, []desk.RetentionChoice{{Case: id, Rule: "case:test"}}, "gezien", "goed-1")
	if err != nil {
		h.t.Fatal(err)
	}
	return certificate
}

func copyFolder(t *testing.T, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// S08: a destroyed case stays unreadable when database, key store or both are put back from
// an older backup. Control: without the erasure register it is all there again.
func TestDestroyedCaseSurvivesNoRestore(t *testing.T) {
	t.Parallel()
	for name, restored := range map[string][]string{"both": {"data", "keys"}, "database": {"data"}, "key store": {"keys"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, nil)
			r := h.marked()
			if found, err := h.readable(r.Case); err != nil || len(found) != len(marks) {
				t.Fatalf("control: before, %d of %d marks are readable: %v", len(found), len(marks), err)
			}
			h.stop()
			backup := t.TempDir()
			for _, part := range []string{"data", "keys"} {
				copyFolder(t, filepath.Join(h.Folder, part), filepath.Join(backup, part))
			}
			h.start(false)
			h.destroy(r.Case)
			if _, err := h.readable(r.Case); loket.ErrorCode(err) != loket.Gone {
				t.Fatalf("after destroying: %v", err)
			}
			h.stop()
			for _, part := range restored {
				copyFolder(t, filepath.Join(backup, part), filepath.Join(h.Folder, part))
			}
			if name == "both" {
				h.start(true)
				if found, err := h.readable(r.Case); err != nil || len(found) != len(marks) {
					t.Errorf("control: without the register the case should be back: %v, %v", found, err)
				}
				h.stop()
			}
			h.start(false)
			if _, err := h.readable(r.Case); loket.ErrorCode(err) != loket.Gone {
				t.Errorf("after the restore: %v", err)
			}
			if n, err := h.Desk.Replay(context.Background()); n != 0 || err != nil {
				t.Errorf("a second replay did %d things: %v", n, err)
			}
			if again := h.markedAs("k2"); again.Number == r.Number {
				t.Error("the number of a destroyed case was given again")
			}
		})
	}
}

// D-26, D-43, S08: single facts and words that were erased do not come back with an older
// database. Control: without the register they do.
func TestErasedWordsSurviveNoRestore(t *testing.T) {
	t.Parallel()
	h := newHouse(t, nil)
	r := h.marked()
	h.stop()
	backup := t.TempDir()
	copyFolder(t, filepath.Join(h.Folder, "data"), backup)
	h.start(false)
	h.do(head, r.Case, loket.FactsErased{Fields: []string{"description"}, Texts: []int{desk.AllTexts}, Reason: "verzoek van de betrokkene"})
	if found, err := h.readable(r.Case); err != nil || len(found) != 0 {
		t.Fatalf("after erasing: %v, %v", found, err)
	}
	h.stop()
	copyFolder(t, backup, filepath.Join(h.Folder, "data"))
	h.start(true)
	if found, _ := h.readable(r.Case); len(found) != len(marks) {
		t.Errorf("control: without the register the words should be back: %v", found)
	}
	h.stop()
	copyFolder(t, backup, filepath.Join(h.Folder, "data"))
	h.start(false)
	if found, err := h.readable(r.Case); err != nil || len(found) != 0 {
		t.Errorf("after the restore: %v, %v", found, err)
	}
}

// S08, promises 2.10: erasing leaves no byte in database, log or key files. The program runs
// without encryption, so that every mark can be found; with it there is nothing to find.
func TestErasingWipesTheFiles(t *testing.T) {
	t.Parallel()
	h := newHouse(t, testkit.OpenSealer{})
	r := h.marked()
	if h.inFiles() < len(marks) {
		t.Fatal("control: without encryption the marks must be in the files")
	}
	h.do(head, r.Case, loket.FactsErased{Fields: []string{"description"}, Texts: []int{desk.AllTexts}, Reason: "verzoek"})
	if n := h.inFiles(); n != 0 {
		t.Errorf("after erasing facts and words %d marks are in the files", n)
	}
	v, err := h.Desk.Case(context.Background(), head, r.Case)
	if err != nil {
		t.Fatal(err)
	}
	if note := v.Notes[0]; note.Said.Erased == nil || note.Said.Erased.Reason != "verzoek" || note.Text != "" {
		t.Errorf("the note does not say that and why it was erased: %+v", note)
	}
	sealed := newHouse(t, nil)
	s := sealed.marked()
	if n := sealed.inFiles(); n != 0 {
		t.Errorf("%d marks in the files of a sealed desk", n)
	}
	sealed.destroy(s.Case)
	if n := sealed.inFiles(); n != 0 {
		t.Errorf("%d marks after destroying", n)
	}
}

// Four eyes: who proposes does not approve; who may not, cannot; a hold stops everything; the
// number, the certificate and the log remain.
func TestDestructionNeedsTwo(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t, nil), context.Background()
	r := h.marked()
	choice := []desk.RetentionChoice{{Case: r.Case, Rule: "case:test"}}
	try := func(a loket.Actor) loket.Code {
		_, err := h.Desk.ApproveErasure(ctx, a, choice, "", "")
		return loket.ErrorCode(err)
	}
	if got := try(head); got != loket.Conflict {
		t.Errorf("nobody proposed: %s", got)
	}
	h.do(head, r.Case, loket.DestructionProposed{Ground: "test", Reason: "proef"})
	if got := try(head); got != loket.Invalid {
		t.Errorf("an own proposal was approved: %s", got)
	}
	if got := try(clerk); got != loket.NotFound {
		t.Errorf("an officer approved: %s", got)
	}
	h.do(clerk, r.Case, loket.HoldPlaced{Reason: "onderzoek van de inspectie"})
	if got := try(privacy); got != loket.Conflict {
		t.Errorf("destroyed in spite of a hold: %s", got)
	}
	h.refuse(head, r.Case, loket.FactsErased{Fields: []string{"description"}, Reason: "x"}, loket.Stopped)
	h.refuse(clerk, r.Case, loket.HoldLifted{Reason: "x"}, loket.Forbidden)
	h.do(privacy, r.Case, loket.HoldLifted{Reason: "onderzoek klaar"})
	id, err := h.Desk.ApproveErasure(ctx, privacy, choice, "gezien", "k")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := h.Desk.ApproveErasure(ctx, privacy, choice, "gezien", "k"); again != id || err != nil {
		t.Errorf("sent twice: %s, %v", again, err)
	}
	c, err := h.Desk.Certificate(ctx, head, id)
	if err != nil || c.Person != "Daan Bedacht" || len(c.Items) != 1 || c.Items[0].Number != r.Number || c.Items[0].Key == "" || c.Items[0].Asked != "Bram Nepnaam" {
		t.Errorf("certificate: %+v, %v", c, err)
	}
	h.rowIsEmpty(r)
}

func (h *house) rowIsEmpty(r desk.Receipt) {
	h.t.Helper()
	ctx := context.Background()
	err := h.Store.Read(ctx, func(tx desk.Tx) error {
		row, found, err := tx.CaseRow(ctx, r.Case)
		if !found || row.Number != r.Number || row.Status != "destroyed" || row.Organisation != "" || row.Columns != "" || len(row.CodeHash) > 0 {
			h.t.Errorf("row: %+v", row)
		}
		records, _ := tx.Events(ctx, r.Case)
		for _, e := range records {
			if len(e.Sealed)+len(e.Vault) > 0 {
				h.t.Errorf("event %d still holds something", e.Seq)
			}
		}
		entries, _ := tx.LedgerOf(ctx, r.Case)
		if len(entries) == 0 || entries[len(entries)-1].Action != "case.destroyed" {
			h.t.Errorf("ledger: %+v", entries)
		}
		return err
	})
	if err != nil {
		h.t.Error(err)
	}
	if report, err := h.Store.VerifyLedger(ctx); err != nil || !report.OK() {
		h.t.Errorf("ledger: %+v, %v", report, err)
	}
	if _, err := h.Desk.Reporter(ctx, h.Tenant, r.Number, r.Code); loket.ErrorCode(err) != loket.Invalid {
		h.t.Errorf("the return code still opens: %v", err)
	}
}

// requirements §2.2, R-R-62: typed words are shown by level; deeper ones open with a purpose,
// and only to who may open that deep.
func TestTypedWordsHaveALevel(t *testing.T) {
	t.Parallel()
	h, ctx := newHouse(t, nil), context.Background()
	r := h.marked()
	see := func(a loket.Actor) *desk.CaseView {
		v, err := h.Desk.Case(ctx, a, r.Case)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if n := see(clerk).Notes[0]; !strings.Contains(n.Text, marks["note"]) {
		t.Errorf("control: who sees V3 reads a note: %+v", n)
	}
	for _, a := range []loket.Actor{adviser, privacy} {
		if n := see(a).Notes[0]; n.Text != "" || !n.Said.Sealed {
			t.Errorf("%s sees V2 and reads a note: %+v", a.ID, n)
		}
		if w, err := h.Desk.Worklist(ctx, a, desk.WorklistFilter{}); err != nil || len(w.Handover) != 1 || !w.Handover[0].Sealed || w.Handover[0].Text != "" {
			t.Errorf("%s reads the handover: %+v, %v", a.ID, w, err)
		}
	}
	for _, day := range see(clerk).Timeline {
		for _, m := range day.Moments {
			if strings.Contains(m.What.NL+m.Why, marks["motivation"]) {
				t.Errorf("a task of V5 stands in the timeline of who sees V3: %s", m.What.NL)
			}
		}
	}
	if _, err := h.Desk.Open(ctx, adviser, r.Case, []string{see(adviser).Notes[0].Said.Ref}, "x"); loket.ErrorCode(err) != loket.Forbidden {
		t.Errorf("the adviser opened a note: %v", err)
	}
	if found, err := h.readable(r.Case); err != nil || len(found) != len(marks) {
		t.Errorf("control: with a purpose all is readable: %v, %v", found, err)
	}
}

// S08: a destruction that is cut off after its commit is brought to its end by due work, or by
// the next start. Control: until then the register holds it as work to do.
func TestDestructionIsFinishedLater(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"due work", "next start"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, nil)
			r := h.marked()
			register := filepath.Join(h.Folder, "erasures.log")
			if err := os.Rename(register, register+".away"); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(register, 0o700); err != nil { // nothing can be written there
				t.Fatal(err)
			}
			h.destroy(r.Case)
			if n := h.unfinished(); n != 1 {
				t.Fatalf("control: %d erasures wait to be finished", n)
			}
			if _, err := h.readable(r.Case); loket.ErrorCode(err) != loket.Gone {
				t.Errorf("already before the key is gone nobody reads it: %v", err)
			}
			if err := os.Remove(register); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(register+".away", register); err != nil {
				t.Fatal(err)
			}
			if way == "due work" {
				h.at(h.Clock.Now().Add(time.Minute))
			} else {
				h.stop()
				h.start(false)
			}
			if n := h.unfinished(); n != 0 {
				t.Errorf("%d erasures still wait", n)
			}
			if log, err := os.ReadFile(register); err != nil || !bytes.Contains(log, []byte(r.Number)) {
				t.Errorf("the register does not know it: %s, %v", log, err)
			}
		})
	}
}

func (h *house) unfinished() (n int) {
	h.t.Helper()
	err := h.Store.Read(context.Background(), func(tx desk.Tx) error {
		open, err := tx.OpenErasures(context.Background(), 10)
		n = len(open)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}
