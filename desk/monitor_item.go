// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Monitor is the media monitor for one reader.
type Monitor struct {
	Now      time.Time
	State    string
	Items    []MediaView
	Next     string // id to go on after; empty at the end
	New      int    // how many nobody looked at
	Feeds    []FeedView
	Keywords []string
	Cases    []PressChoice     // open cases of the room that the reader may link an article to
	Kinds    []protocol.Option // kinds of media, where the protocol asks; else none
	Ask      protocol.Text     // the question that Kinds answers
}

// MediaView is one article, opened.
type MediaView struct {
	ID      string
	State   string
	Feed    string
	FoundAt time.Time
	Case    loket.CaseID // linked with; empty when the reader may not see that case
	By      string
	Clipping
}

// FeedView is one feed with how it goes.
type FeedView struct {
	Feed
	Name string
}

// PressChoice is a case that an article can be linked to.
type PressChoice struct {
	Case    loket.CaseID
	Number  string
	Subject string
}

// Monitor shows what the media monitor found.
func (d *Desk) Monitor(ctx context.Context, a loket.Actor, state, after string) (*Monitor, error) {
	p, err := d.monitorReader(ctx, a)
	if err != nil {
		return nil, err
	}
	if state != MediaAside && state != MediaLinked {
		state = MediaNew
	}
	m := &Monitor{Now: d.Now(), State: state}
	var items []MediaItem
	var near map[loket.CaseID]bool
	var people []Person
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if items, err = tx.Media(ctx, a.Tenant, state, after, mediaPage+1); err != nil {
			return err
		}
		if m.New, err = tx.CountMedia(ctx, a.Tenant, MediaNew); err != nil {
			return err
		}
		if people, err = tx.People(ctx, a.Tenant); err != nil {
			return err
		}
		if near, err = d.onlyRelated(ctx, tx, a, p, linkedCases(items)); err != nil {
			return err
		}
		return m.sources(ctx, tx, a.Tenant)
	})
	if err != nil {
		return nil, err
	}
	if len(items) > mediaPage {
		items = items[:mediaPage]
		m.Next = items[mediaPage-1].ID
	}
	if m.Items, err = d.openMedia(ctx, items, near, d.reader(a, p, people)); err != nil {
		return nil, err
	}
	m.Kinds, m.Ask = mediaKinds(p)
	m.Cases, err = d.pressChoices(ctx, a, p)
	return m, err
}

// monitorFor: where there is a press room, for whom its monitor is.
func (d *Desk) monitorFor(ctx context.Context, a loket.Actor, action string, asked func(*protocol.Protocol) bool) (*protocol.Protocol, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	if len(p.PressKinds()) == 0 || !asked(p) {
		d.refusedTo(ctx, a, "", action)
		return nil, errHidden
	}
	return p, nil
}

func (d *Desk) monitorReader(ctx context.Context, a loket.Actor) (*protocol.Protocol, error) {
	return d.monitorFor(ctx, a, "media.read", func(p *protocol.Protocol) bool { return may(a, p, "media.read", 0) })
}

func (d *Desk) monitorMover(ctx context.Context, a loket.Actor) (*protocol.Protocol, error) {
	return d.monitorFor(ctx, a, "media.moved", func(p *protocol.Protocol) bool { return may(a, p, "media.moved", 0) })
}

func linkedCases(items []MediaItem) []loket.CaseID {
	var out []loket.CaseID
	for _, i := range items {
		if i.Case != "" {
			out = append(out, i.Case)
		}
	}
	return out
}

// sources are the feeds with how they go, and the keywords in force.
func (m *Monitor) sources(ctx context.Context, tx Tx, tenant string) error {
	lines, err := tx.Entries(ctx, EntryQuery{Tenant: tenant, Book: feedBook.ID, At: m.Now, Until: farAway})
	if err != nil {
		return err
	}
	feeds, err := tx.Feeds(ctx, tenant)
	if err != nil {
		return err
	}
	for _, line := range lines {
		v := FeedView{Name: line.Values["name"], Feed: Feed{ID: line.ID, Address: line.Values["address"]}}
		if i := slices.IndexFunc(feeds, func(f Feed) bool { return f.ID == line.ID }); i >= 0 {
			v.Feed = feeds[i]
		}
		m.Feeds = append(m.Feeds, v)
	}
	words, err := tx.Entries(ctx, EntryQuery{Tenant: tenant, Book: keywordBook.ID, At: m.Now})
	for _, w := range words {
		m.Keywords = append(m.Keywords, w.Values["word"])
	}
	return err
}

func (d *Desk) openMedia(ctx context.Context, items []MediaItem, near map[loket.CaseID]bool, r reader) ([]MediaView, error) {
	out := make([]MediaView, 0, len(items))
	for _, i := range items {
		v := MediaView{ID: i.ID, State: i.State, Feed: i.Feed, FoundAt: i.FoundAt}
		if i.By != "" {
			v.By = r.name(i.By)
		}
		if near[i.Case] {
			v.Case = i.Case
		}
		var err error
		if v.Clipping, err = d.clipping(ctx, i); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (d *Desk) clipping(ctx context.Context, i MediaItem) (c Clipping, err error) {
	body, err := d.Sealer.Open(ctx, i.Key, mediaPlace(i.ID), i.Sealed)
	if err == nil {
		err = json.Unmarshal(body, &c)
	}
	return c, err
}

// mediaKinds are the kinds of media that the first press room of the protocol asks for.
func mediaKinds(p *protocol.Protocol) ([]protocol.Option, protocol.Text) {
	for _, k := range p.PressKinds() {
		if f := p.Fact(k.Press.Found.Kind); f != nil {
			return f.Options, f.Title
		}
	}
	return nil, protocol.Text{}
}

// pressChoices are the open cases of the room that the reader may write in.
func (d *Desk) pressChoices(ctx context.Context, a loket.Actor, p *protocol.Protocol) ([]PressChoice, error) {
	q := CaseQuery{Tenant: a.Tenant, View: "team", Kinds: foundKinds(p), Now: d.Now(), EndOfDay: d.Now(), Limit: pressPage}
	q.Among, _ = seesRelations(a, p)
	var rows []CaseRow
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		if err = q.shownTo(ctx, tx, a); err == nil {
			rows, err = tx.Cases(ctx, q)
		}
		return err
	})
	var out []PressChoice
	for _, row := range rows {
		o, err := d.load(ctx, a, row.ID)
		if err != nil {
			continue
		}
		out = append(out, PressChoice{Case: row.ID, Number: row.Number, Subject: subjectOf(o)})
	}
	return out, err
}

// foundKinds are the kinds whose cases have a place for an article.
func foundKinds(p *protocol.Protocol) []string {
	out := []string{}
	for _, k := range p.PressKinds() {
		if k.Press.Found.Form != "" {
			out = append(out, k.ID)
		}
	}
	return out
}

// MediaLink is what somebody says about an article: in which case it belongs, in their words.
// ID is empty for one that was seen without the monitor.
type MediaLink struct {
	Key    string
	ID     string
	Case   loket.CaseID // or its number; empty for one by hand: it waits like one that was found
	Kind   string
	Medium string
	Title  string
	Link   string
	At     time.Time
}

var errMediaGone = loket.Refuse(loket.Conflict, "Iemand anders heeft dit bericht al bekeken. Kijk bij gekoppeld of weggelegd.", "Somebody else already looked at this article. See linked or put aside.")

// LinkMedia writes an article down in a case, as a row that the person worded, and takes it
// from the list. Trying again after a failure halfway writes nothing twice.
func (d *Desk) LinkMedia(ctx context.Context, a loket.Actor, link MediaLink) error {
	p, err := d.monitorMover(ctx, a)
	if err != nil {
		return err
	}
	if link, err = checkedLink(link, d.Now()); err != nil {
		return err
	}
	item, err := d.mediaFor(ctx, a, link)
	if err != nil {
		return err
	}
	switch {
	case link.Case == "":
		return d.keepClipping(ctx, a, item, link)
	case item.State == MediaLinked:
		return nil // the same again
	}
	if err := d.writeFound(ctx, a, p, item, link); err != nil {
		return err
	}
	from := item.State
	item.State, item.Case, item.By = MediaLinked, link.Case, a.ID
	if link.ID == "" {
		return d.keepClipping(ctx, a, item, link)
	}
	return d.moveMedia(ctx, a, item, from)
}

// checkedLink refuses what cannot be read later; what was typed stays on the page.
func checkedLink(l MediaLink, now time.Time) (MediaLink, error) {
	l.Title, l.Medium, l.Link = oneLine(l.Title), oneLine(l.Medium), strings.TrimSpace(l.Link)
	switch {
	case l.Title == "" || l.Medium == "":
		return l, loket.Refuse(loket.Invalid, "Schrijf op welk medium het is en wat er gezegd wordt.", "Write down which medium it is and what is said.")
	case len([]rune(l.Title)) > mediaTitle || len([]rune(l.Medium)) > 120:
		return l, loket.Refuse(loket.Invalid, "Houd het kort: hooguit 200 tekens, en 120 voor het medium.", "Keep it short: 200 characters at most, and 120 for the medium.")
	case l.At.After(now.Add(time.Hour)):
		return l, loket.Refuse(loket.Invalid, "Dit moment ligt in de toekomst. Kijk de datum en de tijd na.", "This moment lies ahead. Check the date and the time.")
	}
	if l.Link != "" {
		u, err := url.Parse(l.Link)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(l.Link) > 300 {
			return l, loket.Refuse(loket.Invalid, "Dit is geen link naar een bericht. Schrijf bijvoorbeeld https://krant.example.org/bericht.", "This is no link to an article. Write for example https://paper.example.org/article.")
		}
	}
	if l.At.IsZero() {
		l.At = now
	}
	return l, nil
}

// mediaFor finds the article, or makes one that was seen without the monitor.
func (d *Desk) mediaFor(ctx context.Context, a loket.Actor, l MediaLink) (item MediaItem, err error) {
	now := d.Now()
	if l.ID == "" {
		key := orDefault(l.Key, d.Rand.ID())
		return MediaItem{Tenant: a.Tenant, ID: d.Rand.RowID(now), Mark: d.Sealer.Index(a.Tenant, "media by hand", a.ID+"\x00"+key), State: MediaNew, FoundAt: now, SeenAt: now}, nil
	}
	found := false
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		item, found, err = tx.MediaItem(ctx, a.Tenant, l.ID)
		return err
	})
	switch {
	case err != nil:
		return item, err
	case !found:
		return item, errHidden
	case item.State == MediaLinked && item.Case != l.Case:
		return item, errMediaGone
	}
	return item, nil
}

// writeFound records the article in the case, through the same door as the form of the case.
func (d *Desk) writeFound(ctx context.Context, a loket.Actor, p *protocol.Protocol, item MediaItem, l MediaLink) error {
	o, err := d.load(ctx, a, l.Case)
	if err != nil {
		return err
	}
	k := o.p.Kind(o.Kind)
	if k == nil || k.Press.Found.Form == "" {
		return loket.Refuse(loket.Invalid, "Bij deze zaak hoort geen mediamonitor. Kies een persvraag.", "This case has no media monitor. Choose a press question.")
	}
	f := k.Press.Found
	posted := url.Values{}
	put := func(field, value string) {
		if field != "" && value != "" {
			posted.Set(field, value)
		}
	}
	at := l.At.In(p.Location())
	put(f.At+"_date", at.Format("02-01-2006"))
	put(f.At+"_time", at.Format("15:04"))
	put(f.Kind, l.Kind)
	put(f.Medium, l.Medium)
	put(f.Title, l.Title)
	put(f.Link, l.Link)
	_, err = d.SendForm(ctx, a, l.Case, FormChange{Key: "media|" + string(l.Case) + "|" + hex.EncodeToString(item.Mark), Form: f.Form, Posted: posted})
	return err
}

// keepClipping keeps an article that was entered by hand.
func (d *Desk) keepClipping(ctx context.Context, a loket.Actor, item MediaItem, l MediaLink) error {
	if l.ID != "" {
		return loket.Refuse(loket.Invalid, "Kies bij welke zaak dit bericht hoort, of leg het weg.", "Choose the case that this article belongs to, or put it aside.")
	}
	items := []MediaItem{item}
	if err := d.sealMedia(ctx, items, []Clipping{{Medium: l.Medium, Title: l.Title, Link: l.Link, At: l.At}}); err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx Tx) error {
		if err := tx.PutMedia(ctx, items); err != nil {
			return err
		}
		return tx.Ledger(ctx, LedgerEntry{At: d.Now(), Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Case: item.Case, Action: "media.entered", Outcome: "done"})
	})
}

// PutMediaAside takes an article from the list, or, with back, puts it there again.
func (d *Desk) PutMediaAside(ctx context.Context, a loket.Actor, id string, back bool) error {
	if _, err := d.monitorMover(ctx, a); err != nil {
		return err
	}
	if id == "" {
		return errHidden
	}
	item, err := d.mediaFor(ctx, a, MediaLink{ID: id})
	if err != nil {
		return err
	}
	from := MediaNew
	if item.State, item.By = MediaAside, a.ID; back {
		from, item.State, item.By = MediaAside, MediaNew, ""
	}
	return d.moveMedia(ctx, a, item, from)
}

func (d *Desk) moveMedia(ctx context.Context, a loket.Actor, item MediaItem, from string) error {
	return d.Store.Write(ctx, func(tx Tx) error {
		moved, err := tx.SetMedia(ctx, item, from)
		if err == nil && !moved {
			err = errMediaGone
		}
		if err != nil {
			return err
		}
		return tx.Ledger(ctx, LedgerEntry{At: d.Now(), Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Case: item.Case, Action: "media." + item.State, Outcome: "done"})
	})
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
