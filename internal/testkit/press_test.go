// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
	"example.org/loket/protocol"
	"example.org/loket/work"
)

// pressDesk is the region on Wednesday 13 May 2026, the day before Ascension Day.
func pressDesk(t *testing.T) (*testkit.Kit, func(who string) loket.Actor) {
	t.Helper()
	people := []desk.Person{
		{ID: "contract", Roles: []string{"contract_manager"}}, {ID: "adviser", Roles: []string{"rsj_comms_adviser"}}, {ID: "director", Roles: []string{"provider_director"}, Organisation: "Hotel"},
		{ID: "kampen", Roles: []string{"municipal_comms_adviser"}, Organisation: "Kampen"}, {ID: "zwolle", Roles: []string{"municipal_comms_adviser"}, Organisation: "Zwolle"}, {ID: "admin", Roles: []string{"tenant_admin"}},
	}
	k := testkit.New(t, testkit.Options{Protocol: "ijsselland", Tenant: "regio", Now: time.Date(2026, 5, 13, 14, 5, 0, 0, time.UTC), People: func(*protocol.Protocol) []desk.Person { return people }})
	return k, func(who string) loket.Actor {
		p := people[slices.IndexFunc(people, func(p desk.Person) bool { return p.ID == who })]
		return loket.Actor{ID: p.ID, Role: p.Roles[0], Roles: p.Roles, Tenant: "regio", Organisation: p.Organisation}
	}
}

func asked(t *testing.T, k *testkit.Kit, a loket.Actor, town, subject string, more ...string) loket.CaseID {
	t.Helper()
	posted := url.Values{"asker_kind": {"municipality"}, "municipality_asking": {town}, "press_medium": {"regionale krant"}, "press_subject": {subject}, "press_calamity": {"no"},
		"press_question": {"Klopt het dat kinderen wachten?"}, "asked_at_date": {"13-05-2026"}, "asked_at_time": {"15:40"}, "journalist_deadline_date": {"14-05-2026"}, "journalist_deadline_time": {"12:00"}}
	for i := 0; i < len(more); i += 2 {
		posted.Set(more[i], more[i+1])
	}
	r, err := k.Desk.SendReport(t.Context(), a, desk.ReportForm{Key: town + subject, Tenant: "regio", Form: "press_enquiry", Channel: "phone", Posted: posted})
	if err != nil {
		t.Fatal(err)
	}
	return r.Case
}

func room(t *testing.T, k *testkit.Kit, a loket.Actor) *desk.PressRoom {
	t.Helper()
	r, err := k.Desk.PressRoom(t.Context(), a, "")
	if err != nil {
		t.Fatalf("%s: %v", a.ID, err)
	}
	return r
}

func cards(r *desk.PressRoom) (ids []loket.CaseID) {
	for _, c := range r.Cards {
		ids = append(ids, c.Case)
	}
	slices.Sort(ids)
	return ids
}

// R-I-06 R-I-07 R-I-09 DT-08 SM-4 SC-04: the room shows a question with both clocks, its five
// steps and whose turn it is; the name of a journalist never.
func TestPressRoomShowsTheWork(t *testing.T) {
	t.Parallel()
	k, as := pressDesk(t)
	id := asked(t, k, as("kampen"), "kampen", "wachttijden bij Hotel", "journalist_name", "Sara Fictie", "journalist_contact", "010 000 00 00")
	c := room(t, k, as("contract")).Cards[0]
	due := time.Date(2026, 5, 15, 15, 0, 0, 0, time.UTC) // Friday 17:00: Thursday is Ascension Day
	if c.Case != id || c.Clock == nil || !c.Clock.Due.Equal(due) || c.Own == nil || !c.Own.Due.Before(due) || len(c.Parts) != 5 {
		t.Fatalf("the card: %+v", c)
	}
	if c.Question.Value.NL != "Klopt het dat kinderen wachten?" || len(c.Parts[1].Open) == 0 || c.Parts[1].Open[0].Owner.NL == "" || len(c.Parts[4].Open) != 0 {
		t.Errorf("the question and its steps: %+v", c.Parts)
	}
	if all := fmt.Sprintf("%+v", room(t, k, as("contract"))); strings.Contains(all, "Sara") || strings.Contains(all, "010 000") {
		t.Error("the room holds who the journalist is")
	}
	if len(c.Texts) != 7 || len(c.Converts) != 1 || c.Evaluation == nil {
		t.Errorf("texts %d, converts %d", len(c.Texts), len(c.Converts))
	}
	if len(room(t, k, as("contract")).Opens) != 1 || room(t, k, as("kampen")).Media != -1 || room(t, k, as("contract")).Media != 0 {
		t.Error("who registers, and who sees the monitor")
	}
	follow := url.Values{"further_text": {"En bij anderen?"}, "further_received_at_date": {"13-05-2026"}, "further_received_at_time": {"16:00"}}
	if _, err := k.Desk.SendForm(t.Context(), as("contract"), id, desk.FormChange{Key: "f", Form: "further_question", Posted: follow}); err != nil {
		t.Fatal(err)
	}
	if f := room(t, k, as("contract")).Cards[0].FollowUps; len(f) != 1 || len(f[0].Clocks) != 1 || !f[0].Clocks[0].Due.Equal(due) { // R-I-21
		t.Errorf("a follow-up has a clock of its own: %+v", f)
	}
}

// R-I-32 S03: a municipality sees its own questions and no sign of another's, also not among
// earlier answers about the same subject. Control: the region sees both.
func TestPressRoomKeepsMunicipalitiesApart(t *testing.T) {
	t.Parallel()
	k, as := pressDesk(t)
	here := asked(t, k, as("kampen"), "kampen", "wachttijden in de jeugdhulp")
	there := asked(t, k, as("zwolle"), "zwolle", "Lange wachttijd bij jeugdhulp")
	other := asked(t, k, as("contract"), "zwolle", "tarieven voor vervoer")
	reply := url.Values{"reply_outcome": {"answered"}, "reply_at_date": {"13-05-2026"}, "reply_at_time": {"16:00"}, "reply_text": {"Zes weken."}, "reply_from": {"municipality"}}
	if _, err := k.Desk.SendForm(t.Context(), as("zwolle"), there, desk.FormChange{Key: "r", Form: "press_reply", Posted: reply}); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string][]loket.CaseID{"kampen": {here}, "zwolle": {there, other}, "contract": {here, there, other}, "adviser": {here, there, other}} {
		slices.Sort(want)
		if got := cards(room(t, k, as(who))); !slices.Equal(got, want) {
			t.Errorf("%s sees %v, want %v", who, got, want)
		}
	}
	same := func(who string, id loket.CaseID) (out []desk.PressAnswer) {
		for _, c := range room(t, k, as(who)).Cards {
			if c.Case == id {
				out = c.Same
			}
		}
		return out
	}
	if got := same("adviser", here); len(got) != 1 || got[0].Case != there || got[0].Answer.Value.NL != "Zes weken." || got[0].At.IsZero() {
		t.Errorf("control: what was answered about the same: %+v", got)
	}
	if got := same("kampen", here); len(got) != 0 || len(room(t, k, as("kampen")).Lately) != 0 {
		t.Errorf("another municipality's answer shows: %+v", got)
	}
	if lately := room(t, k, as("adviser")).Lately; len(lately) != 1 || lately[0].Case != there {
		t.Errorf("answered today: %+v", lately)
	}
	if got := same("adviser", other); len(got) != 0 {
		t.Errorf("another subject: %+v", got)
	}
	for _, who := range []string{"director", "admin"} {
		if _, err := k.Desk.PressRoom(t.Context(), as(who), ""); loket.ErrorCode(err) != loket.NotFound {
			t.Errorf("%s comes in: %v", who, err)
		}
	}
}

// newspaper serves one article with the keyword and one without.
func newspaper(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<rss version="2.0"><channel><item><title>Kinderen van Bram Nepnaam wachten</title><link>https://krant.example.org/1</link><guid>1</guid></item>
			<item><title>Voetbal</title><guid>2</guid><description>Uitslagen</description></item><item><title>Oud nieuws: wachten</title><guid>3</guid><pubDate>Mon, 05 Jan 2026 10:00:00 +0100</pubDate></item></channel></rss>`)
	}))
	t.Cleanup(s.Close)
	return s
}

func monitored(t *testing.T, k *testkit.Kit, a loket.Actor, state string) *desk.Monitor {
	t.Helper()
	m, err := k.Desk.Monitor(t.Context(), a, state, "")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func look(t *testing.T, k *testkit.Kit, inside bool) int {
	t.Helper()
	n, err := work.NewMonitor(work.MonitorOptions{Store: k.Store, Fetch: work.NewWeb(inside), Desk: k.Desk, Clock: k.Clock}).Step(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func put(t *testing.T, k *testkit.Kit, a loket.Actor, book string, values map[string]string) error {
	t.Helper()
	_, err := k.Desk.PutEntry(t.Context(), a, book, desk.EntryChange{Values: values})
	return err
}

// R-I-22 R-I-113 DOC-54: what a feed holds with a keyword waits for a person, once, sealed, and
// changes no case. A person links it, in words without names, or puts it aside.
func TestMonitorWaitsForAPerson(t *testing.T) {
	t.Parallel()
	k, as := pressDesk(t)
	paper, id := newspaper(t), asked(t, k, as("kampen"), "kampen", "wachttijden")
	if err := put(t, k, as("adviser"), "nieuwsbronnen", map[string]string{"name": "De Proefkrant", "address": paper.URL}); err != nil {
		t.Fatal(err)
	}
	if look(t, k, false) != 1 || monitored(t, k, as("adviser"), "").Feeds[0].Trouble != "private" {
		t.Error("control: without leave of the operator the own network is not looked at")
	}
	if err := put(t, k, as("adviser"), "zoekwoorden", map[string]string{"word": "wacht"}); err != nil {
		t.Fatal(err)
	}
	before, err := k.Desk.Case(t.Context(), as("contract"), id)
	if err != nil {
		t.Fatal(err)
	}
	if look(t, k, true) != 1 || look(t, k, true) != 0 {
		t.Error("a feed is looked at once, at once after the keywords changed")
	}
	k.Clock.Set(k.Clock.Now().Add(16 * time.Minute))
	look(t, k, true)
	m := monitored(t, k, as("adviser"), "")
	if len(m.Items) != 1 || m.New != 1 || m.Items[0].Title != "Kinderen van Bram Nepnaam wachten" || m.Items[0].Keyword != "wacht" || m.Items[0].Medium != "De Proefkrant" || len(m.Cases) != 1 || m.Feeds[0].Trouble != "" {
		t.Fatalf("found: %+v", m)
	}
	after, err := k.Desk.Case(t.Context(), as("contract"), id)
	if err != nil || after.Version != before.Version {
		t.Errorf("the monitor changed a case by itself: %d → %d %v", before.Version, after.Version, err)
	}
	lies(t, k, "Bram Nepnaam", false)
	lies(t, k, "De Proefkrant", true) // control: the list of feeds is readable
	link := desk.MediaLink{ID: m.Items[0].ID, Case: id, Kind: "paper", Medium: "De Proefkrant", Title: "Over wachttijden", Link: m.Items[0].Link, At: m.Items[0].At}
	for range 2 { // pressing twice writes once
		if err := k.Desk.LinkMedia(t.Context(), as("adviser"), link); err != nil && loket.ErrorCode(err) != loket.Conflict {
			t.Fatal(err)
		}
	}
	found := room(t, k, as("adviser")).Cards[0].Found
	if found == nil || len(found.Rows) != 1 || found.Rows[0].Answers["entry_note"] != "Over wachttijden" {
		t.Errorf("in the case: %+v", found)
	}
	if linked := monitored(t, k, as("adviser"), desk.MediaLinked); linked.New != 0 || len(linked.Items) != 1 || linked.Items[0].Case != id || len(entered(t, k, id, "media.linked")) != 1 {
		t.Errorf("linked: %+v", linked.Items)
	}
}

// R-I-22: an article by hand waits or goes to a case at once; what is put aside comes back when
// asked; what no feed had for a month is gone. Only who monitors does any of it.
func TestMonitorByHand(t *testing.T) {
	t.Parallel()
	k, as := pressDesk(t)
	id := asked(t, k, as("kampen"), "kampen", "wachttijden")
	hand := desk.MediaLink{Key: "k", Kind: "broadcast", Medium: "Omroep", Title: "Item over wachttijden"}
	for range 2 {
		if err := k.Desk.LinkMedia(t.Context(), as("adviser"), hand); err != nil {
			t.Fatal(err)
		}
	}
	m := monitored(t, k, as("contract"), "")
	if len(m.Items) != 1 {
		t.Fatalf("by hand, twice the same key: %+v", m.Items)
	}
	if err := k.Desk.PutMediaAside(t.Context(), as("adviser"), m.Items[0].ID, false); err != nil || monitored(t, k, as("adviser"), "").New != 0 {
		t.Errorf("aside: %v", err)
	}
	if err := k.Desk.PutMediaAside(t.Context(), as("adviser"), m.Items[0].ID, false); loket.ErrorCode(err) != loket.Conflict {
		t.Errorf("aside twice: %v", err)
	}
	if err := k.Desk.PutMediaAside(t.Context(), as("adviser"), m.Items[0].ID, true); err != nil || monitored(t, k, as("adviser"), "").New != 1 {
		t.Errorf("back: %v", err)
	}
	hand.Key, hand.Case = "k2", id
	if err := k.Desk.LinkMedia(t.Context(), as("adviser"), hand); err != nil || len(room(t, k, as("kampen")).Cards[0].Found.Rows) != 1 {
		t.Errorf("at once to a case: %v", err)
	}
	for _, wrong := range []desk.MediaLink{{Key: "w", Title: "Zonder medium"}, {Key: "w", Medium: "Krant", Title: "x", Link: "javascript:alert(1)"}, {Key: "w", Medium: "Krant", Title: "x", At: k.Clock.Now().Add(48 * time.Hour)}} {
		if err := k.Desk.LinkMedia(t.Context(), as("adviser"), wrong); loket.ErrorCode(err) != loket.Invalid {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	for _, who := range []string{"kampen", "zwolle", "director", "admin"} {
		_, read := k.Desk.Monitor(t.Context(), as(who), "", "")
		if loket.ErrorCode(read) != loket.NotFound || loket.ErrorCode(k.Desk.LinkMedia(t.Context(), as(who), hand)) != loket.NotFound || loket.ErrorCode(k.Desk.PutMediaAside(t.Context(), as(who), m.Items[0].ID, false)) != loket.NotFound {
			t.Errorf("%s comes in: %v", who, read)
		}
		if err := put(t, k, as(who), "zoekwoorden", map[string]string{"word": "iets " + who}); (err == nil) != (who == "admin") {
			t.Errorf("%s changes the keywords: %v", who, err)
		}
	}
	for _, address := range []string{"krant", "ftp://example.org/f", "https://naam:woord@example.org/f", "file:///etc/passwd"} {
		if err := put(t, k, as("adviser"), "nieuwsbronnen", map[string]string{"name": "x", "address": address}); loket.ErrorCode(err) != loket.Invalid {
			t.Errorf("%s: %v", address, err)
		}
	}
	k.Clock.Set(k.Clock.Now().Add(31 * 24 * time.Hour))
	look(t, k, true)
	if left := monitored(t, k, as("adviser"), ""); len(left.Items) != 0 || left.New != 0 {
		t.Errorf("a month later: %+v", left.Items)
	}
}

// lies tells whether a text lies open in some file of the installation.
func lies(t *testing.T, k *testkit.Kit, text string, want bool) {
	t.Helper()
	found := bytes.Contains(k.Log(), []byte(text))
	err := filepath.WalkDir(k.Folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		found = found || bytes.Contains(body, []byte(text))
		return err
	})
	if err != nil || found != want {
		t.Errorf("%q lies open: %v, want %v (%v)", text, found, want, err)
	}
}

// R-I-02 R-I-20 R-I-21 R-I-115: a question that became a case keeps its place in the room, with its
// clocks and only what the journalist waits for, until that was answered or put aside with a reason.
// Control: a question that nobody waits for leaves when it is converted, and further questions that
// went along with a link to the same report wait there.
func TestConvertedQuestionWaitsInTheRoom(t *testing.T) {
	t.Parallel()
	k, as := pressDesk(t)
	id := asked(t, k, as("kampen"), "kampen", "wachttijden") // not about a calamity, as it seemed
	do := func(who string, id loket.CaseID, want loket.Payload) {
		t.Helper()
		if _, err := k.Desk.Do(t.Context(), as(who), id, desk.Change{Want: want}); err != nil {
			t.Fatal(err)
		}
	}
	fill := func(who, form, row string, more ...string) {
		t.Helper()
		posted := url.Values{}
		for i := 0; i < len(more); i += 2 {
			posted.Set(more[i], more[i+1])
		}
		if _, err := k.Desk.SendForm(t.Context(), as(who), id, desk.FormChange{Key: form + row + fmt.Sprint(len(more)), Form: form, Row: row, Posted: posted}); err != nil {
			t.Fatal(err)
		}
	}
	convert := loket.Linked{Verdict: loket.VerdictConverted, Kind: "report", Reason: "Een kind raakte gewond."}
	do("contract", id, convert)
	card := room(t, k, as("adviser")).Cards[0]
	if other, on := card.GoesOn(); card.Case != id || !on || other.Other == "" || card.Next == nil || card.Next.Step != "align_answer" && card.Next.Step != "answer_press" || card.Late() || !card.Next.Due.Equal(card.Own.Due) {
		t.Fatalf("the room lost the question, or says the wrong thing: %+v", card)
	}
	for _, part := range card.Parts {
		for _, open := range part.Open {
			if open.Step != "align_answer" && open.Step != "answer_press" {
				t.Errorf("a step of chapter 1 goes on: %s", open.Step)
			}
		}
	}
	fill("kampen", "press_reply", "", "reply_outcome", "answered", "reply_at_date", "13-05-2026", "reply_at_time", "16:00", "reply_text", "Dat zoeken wij uit.", "reply_from", "municipality")
	if left := cards(room(t, k, as("adviser"))); len(left) != 0 {
		t.Errorf("control: answered, and yet in the room: %v", left)
	}
	k.Clock.Set(time.Date(2026, 5, 13, 14, 10, 0, 0, time.UTC))
	fill("contract", "further_question", "", "further_text", "Is het kind thuis?", "further_received_at_date", "13-05-2026", "further_received_at_time", "16:05", "further_deadline_date", "13-05-2026", "further_deadline_time", "17:30")
	if c := room(t, k, as("adviser")).Cards; len(c) != 1 || c[0].Next == nil || c[0].Next.Step != "answer_further" || c[0].Late() {
		t.Fatalf("a further question after the conversion: %+v", c)
	}
	k.Clock.Set(time.Date(2026, 5, 13, 15, 31, 0, 0, time.UTC))
	if c := room(t, k, as("adviser")).Cards; len(c) != 1 || !c[0].Late() || c[0].Clock.State == protocol.ClockLate {
		t.Errorf("the journalist's own deadline of a further question counts as late: %+v", c)
	}
	row := room(t, k, as("adviser")).Cards[0].FollowUps[0].Row.ID
	fill("contract", "further_question", row, "further_text", "Is het kind thuis?", "further_received_at_date", "13-05-2026", "further_received_at_time", "16:05", "further_not_answered", "Wij zeggen niets over een kind.")
	if left := cards(room(t, k, as("adviser"))); len(left) != 0 {
		t.Errorf("put aside with a reason, and yet in the room: %v", left)
	}
}

// R-I-21 DT-22: linked as the same report the further questions of that moment went along and wait
// there; one that comes later waits here. Control: without the link the first one waits here too.
func TestFurtherQuestionsGoAlongOnce(t *testing.T) {
	t.Parallel()
	k, as := pressDesk(t)
	further := func(id loket.CaseID, key string) {
		t.Helper()
		posted := url.Values{"further_text": {"En " + key + "?"}, "further_received_at_date": {"13-05-2026"}, "further_received_at_time": {"16:00"}}
		if _, err := k.Desk.SendForm(t.Context(), as("contract"), id, desk.FormChange{Key: key, Form: "further_question", Posted: posted}); err != nil {
			t.Fatal(err)
		}
	}
	reply := url.Values{"reply_outcome": {"answered"}, "reply_at_date": {"13-05-2026"}, "reply_at_time": {"16:00"}, "reply_text": {"Zes weken."}, "reply_from": {"municipality"}}
	first, other := asked(t, k, as("kampen"), "kampen", "wachttijden"), asked(t, k, as("zwolle"), "zwolle", "wachttijden")
	if _, err := k.Desk.SendForm(t.Context(), as("kampen"), first, desk.FormChange{Key: "r", Form: "press_reply", Posted: reply}); err != nil {
		t.Fatal(err)
	}
	further(first, "eerst")
	if got := cards(room(t, k, as("contract"))); len(got) != 2 {
		t.Fatalf("control: %v", got)
	}
	if _, err := k.Desk.Do(t.Context(), as("contract"), first, desk.Change{Want: loket.Linked{Other: other, Verdict: "same_report", Reason: "Zelfde vraag."}}); err != nil {
		t.Fatal(err)
	}
	got := room(t, k, as("contract")).Cards
	if len(got) != 1 || got[0].Case != other || len(got[0].FollowUps) != 1 {
		t.Fatalf("the further question waits in one of the two: %+v", got)
	}
	k.Clock.Set(k.Clock.Now().Add(time.Minute))
	further(first, "later")
	if got := cards(room(t, k, as("contract"))); len(got) != 2 {
		t.Errorf("a later question on the case that joined is lost: %v", got)
	}
}
