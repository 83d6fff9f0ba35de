// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/policies"
	"example.org/loket/protocol"
)

// The media monitor looks at feeds of news media and keeps what holds one of the keywords
// (R-I-22, R-I-113). Who keeps feeds and keywords, and who looks at what was found, are the
// roles that the protocol gives `monitor`.
//
//	feedBook, keywordBook ──same transaction──▶ Feed: a due row
//	work: lease ──fetch──▶ FeedFetched ──keyword?──▶ MediaItem "new"
//	a person: link with a case (a row of that case) · put aside
//
// Of an article only the title, the address, the medium and the moment are kept, sealed;
// never the text, the author or who reacted. Nothing here changes a case by itself.

// States of an article.
const (
	MediaNew    = "new"
	MediaLinked = "linked"
	MediaAside  = "aside"
)

// How long things are kept and how often a feed is looked at.
const (
	feedEvery   = 15 * time.Minute
	feedAgain   = 30 * time.Minute // after a failure; doubles up to feedAtLast
	feedAtLast  = 24 * time.Hour
	mediaKept   = 30 * 24 * time.Hour // after an article was last in its feed, or was entered
	mediaOldest = 14 * 24 * time.Hour // what was published longer ago is no news
	mediaPage   = 50
	mediaTitle  = 200 // characters
)

// Feed is the due row of one line of the list of feeds: where it is, when to look again, and
// what the medium said last time so that it can answer "nothing new".
type Feed struct {
	Tenant   string
	ID       string // of the line in the book
	Address  string
	Ends     time.Time // not looked at any more from then on; zero: never
	DueAt    time.Time
	Attempts int // takings since it last went well
	ETag     string
	Modified string // Last-Modified, as the medium wrote it
	Fetched  time.Time
	Trouble  string // why the last look failed, one of FeedTroubles; empty: it went well
}

// Article is one entry of a feed, cleaned: text without markup, an absolute address.
type Article struct {
	GUID    string // the medium's own name for it; empty: its address
	Title   string
	Summary string // looked at for keywords, never kept
	Link    string
	At      time.Time // zero: the feed does not say
}

// FetchedFeed is what a look at a feed gave.
type FetchedFeed struct {
	Unchanged bool
	ETag      string
	Modified  string
	Articles  []Article
	Trouble   string // one of FeedTroubles; empty: it went well
}

// FeedTroubles are the reasons why a look at a feed can fail; pages have words for each.
var FeedTroubles = []string{"address", "private", "unreachable", "slow", "refused", "redirects", "large", "unreadable"}

// MediaItem is one article that waits for a person, or that somebody looked at. Mark makes
// it the same article when it comes again.
type MediaItem struct {
	Tenant  string
	ID      string
	Mark    []byte // keyed hash of guid or address
	Feed    string // line in the list of feeds; empty: entered by hand
	State   string
	Key     string // of Sealed
	Sealed  []byte // Clipping
	Case    loket.CaseID
	FoundAt time.Time
	SeenAt  time.Time // last time the feed had it
	By      string    // who linked it or put it aside
}

// Clipping is what is kept of an article.
type Clipping struct {
	Medium  string    `json:"medium"`
	Title   string    `json:"title"`
	Link    string    `json:"link,omitempty"`
	At      time.Time `json:"at"`
	Keyword string    `json:"keyword,omitempty"`
}

// Monitors is the part of a unit of work that keeps feeds and articles.
type Monitors interface {
	// PutFeed inserts a feed or replaces it by tenant and id; FeedsAnew makes all feeds of a
	// tenant due at once, without what the media said before: the keywords changed.
	PutFeed(ctx context.Context, f Feed) error
	FeedsAnew(ctx context.Context, tenant string, now time.Time) error
	Feeds(ctx context.Context, tenant string) ([]Feed, error)
	// LeaseFeeds takes due feeds for a while, and counts the taking in Attempts.
	LeaseFeeds(ctx context.Context, now, until time.Time, limit int) ([]Feed, error)
	// FeedDone ends the lease, unless the address changed meanwhile.
	FeedDone(ctx context.Context, f Feed) error

	// PutMedia adds articles; one that is there already by its mark, or that is not sealed,
	// is only seen again.
	PutMedia(ctx context.Context, items []MediaItem) error
	// KnownMedia tells which of these marks of a tenant are there.
	KnownMedia(ctx context.Context, tenant string, marks [][]byte) (map[string]bool, error)
	Media(ctx context.Context, tenant, state, after string, limit int) ([]MediaItem, error) // newest first
	MediaItem(ctx context.Context, tenant, id string) (MediaItem, bool, error)
	CountMedia(ctx context.Context, tenant, state string) (int, error)
	// SetMedia moves an article from one state to another; false when somebody was first.
	SetMedia(ctx context.Context, item MediaItem, from string) (bool, error)
	// DropMedia removes articles not seen since a moment; it gives the keys that nothing is
	// sealed with any more.
	DropMedia(ctx context.Context, before time.Time, limit int) (keys []string, err error)
}

// feedBook lists the feeds that are looked at, one line per feed.
var feedBook = &Book{
	ID: "nieuwsbronnen", Title: say("Nieuwsbronnen", "News feeds"), watched: true,
	Columns: []Column{
		{ID: "name", Title: say("medium", "medium"), Type: "text", Need: true, Most: 120, Help: say("Zoals het op de pagina moet staan.", "As it should read on the page.")},
		{ID: "address", Title: say("adres van de feed (RSS of Atom)", "address of the feed (RSS or Atom)"), Type: "text", Need: true, Most: 500, Help: say("Begint met https:// of http://. Een nieuwsbron, nooit de pagina van een persoon.", "Begins with https:// or http://. A news source, never the page of a person.")},
		fromColumn, untilColumn,
	},
	name:  func(v map[string]string) string { return v["address"] },
	sort:  func(v map[string]string) string { return v["name"] },
	about: func(map[string]string) string { return "" },
	check: checkFeed,
}

// keywordBook lists the words that make an article worth looking at.
var keywordBook = &Book{
	ID: "zoekwoorden", Title: say("Zoekwoorden", "Keywords"), watched: true,
	Columns: []Column{
		{ID: "word", Title: say("woord of woorden", "word or words"), Type: "text", Need: true, Most: 80, Help: say("Begin van een woord is genoeg: “wachttijd” vindt ook “wachttijden”. Nooit de naam van een inwoner.", "The beginning of a word is enough: “wait” also finds “waiting”. Never the name of an inhabitant.")},
		fromColumn, untilColumn,
	},
	name:  func(v map[string]string) string { return v["word"] },
	sort:  func(v map[string]string) string { return v["word"] },
	about: func(map[string]string) string { return "" },
	check: checkKeyword,
}

func checkFeed(v map[string]string) []EntryFault {
	u, err := url.Parse(v["address"])
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return []EntryFault{{"address", say("Dit is geen adres van een feed.", "This is no address of a feed."), say("Schrijf bijvoorbeeld https://krant.example.org/feed.xml, zonder inlognaam of wachtwoord.", "Write for example https://paper.example.org/feed.xml, without login or password.")}}
	}
	return nil
}

func checkKeyword(v map[string]string) []EntryFault {
	if len([]rune(plainWords(v["word"]))) < 3 {
		return []EntryFault{{"word", say("Dit is te kort om mee te zoeken.", "This is too short to search with."), say("Gebruik minstens drie letters of cijfers.", "Use three letters or digits at least.")}}
	}
	return nil
}

// watched keeps the due row of a feed in step with its line; other lists have none.
func (d *Desk) watched(ctx context.Context, tx Tx, e Entry) error {
	switch e.Book {
	case keywordBook.ID:
		return tx.FeedsAnew(ctx, e.Tenant, e.At)
	case feedBook.ID:
		due := e.At
		if e.From.After(due) {
			due = e.From
		}
		return tx.PutFeed(ctx, Feed{Tenant: e.Tenant, ID: e.ID, Address: e.Values["address"], Ends: e.Until, DueAt: due})
	}
	return nil
}

// FeedFetched takes what a look at a feed gave: what holds a keyword waits for a person. It
// may be told twice. Nobody is logged in here: the worker calls it.
func (d *Desk) FeedFetched(ctx context.Context, f Feed, got FetchedFeed) error {
	now := d.Now()
	f.Fetched, f.Trouble = now, got.Trouble
	var items []MediaItem
	if got.Trouble == "" {
		f.Attempts, f.DueAt = 0, now.Add(feedEvery)
		if !got.Unchanged {
			f.ETag, f.Modified = got.ETag, got.Modified
		}
		var err error
		if items, err = d.worthALook(ctx, f, got.Articles, now); err != nil {
			return err
		}
	} else {
		f.DueAt = now.Add(min(feedAgain<<min(max(f.Attempts-1, 0), 6), feedAtLast))
	}
	return d.Store.Write(ctx, func(tx Tx) error {
		if len(items) > 0 {
			if err := tx.PutMedia(ctx, items); err != nil {
				return err
			}
		}
		return tx.FeedDone(ctx, f)
	})
}

// worthALook are the articles with a keyword; what is new is sealed.
func (d *Desk) worthALook(ctx context.Context, f Feed, articles []Article, now time.Time) ([]MediaItem, error) {
	medium, words, err := d.lookingFor(ctx, f, now)
	if err != nil || len(words) == 0 {
		return nil, err
	}
	var items []MediaItem
	var clippings []Clipping
	twice := map[string]bool{}
	for _, a := range articles {
		word, mark := keywordIn(words, a), d.mediaMark(f.Tenant, a)
		if word == "" || twice[string(mark)] || !a.At.IsZero() && now.Sub(a.At) > mediaOldest {
			continue
		}
		twice[string(mark)] = true
		at := a.At
		if at.IsZero() || at.After(now) {
			at = now
		}
		items = append(items, MediaItem{Tenant: f.Tenant, ID: d.Rand.RowID(now), Mark: mark, Feed: f.ID, State: MediaNew, FoundAt: now, SeenAt: now})
		clippings = append(clippings, Clipping{Medium: medium, Title: firstRunes(a.Title, mediaTitle), Link: a.Link, At: at, Keyword: word})
	}
	return items, d.sealMedia(ctx, items, clippings)
}

// lookingFor is the name of a medium and the keywords in force.
func (d *Desk) lookingFor(ctx context.Context, f Feed, now time.Time) (medium string, words []string, err error) {
	err = d.Store.Read(ctx, func(tx Tx) error {
		e, found, err := tx.Entry(ctx, f.Tenant, feedBook.ID, f.ID)
		if err != nil || !found || e.Values["address"] != f.Address {
			return err // it was changed while somebody looked: the next look is due
		}
		medium = e.Values["name"]
		entries, err := tx.Entries(ctx, EntryQuery{Tenant: f.Tenant, Book: keywordBook.ID, At: now})
		for _, e := range entries {
			words = append(words, e.Values["word"])
		}
		return err
	})
	return medium, words, err
}

func (d *Desk) mediaMark(tenant string, a Article) []byte {
	name := a.GUID
	if name == "" {
		name = a.Link
	}
	if name == "" {
		name = a.Title
	}
	return d.Sealer.Index(tenant, "media", name)
}

// sealMedia seals clippings under one fresh key, which goes when the last of them goes. What
// is there already needs no key: it is only seen again.
func (d *Desk) sealMedia(ctx context.Context, items []MediaItem, clippings []Clipping) error {
	if len(items) == 0 {
		return nil
	}
	marks := make([][]byte, len(items))
	for i := range items {
		marks[i] = items[i].Mark
	}
	var known map[string]bool
	if err := d.Store.Read(ctx, func(tx Tx) (err error) {
		known, err = tx.KnownMedia(ctx, items[0].Tenant, marks)
		return err
	}); err != nil {
		return err
	}
	key := ""
	for i := range items {
		if known[string(items[i].Mark)] {
			continue
		}
		if key == "" {
			var err error
			if key, err = d.Sealer.NewKey(ctx, items[i].Tenant); err != nil {
				return err
			}
		}
		body, err := json.Marshal(clippings[i])
		if err != nil {
			return err
		}
		items[i].Key = key
		if items[i].Sealed, err = d.Sealer.Seal(ctx, key, mediaPlace(items[i].ID), body); err != nil {
			return err
		}
	}
	return nil
}

func mediaPlace(id string) string { return "media|clipping|" + id }

// ForgetMedia removes articles that no feed has had for a while, with their keys.
func (d *Desk) ForgetMedia(ctx context.Context) error {
	var keys []string
	err := d.Store.Write(ctx, func(tx Tx) (err error) {
		keys, err = tx.DropMedia(ctx, d.Now().Add(-mediaKept), mediaPage)
		return err
	})
	for _, key := range keys {
		if err == nil {
			err = d.Sealer.Destroy(ctx, key)
		}
	}
	return err
}

// keywordIn is the first keyword that begins a word of the article; empty: none does.
func keywordIn(words []string, a Article) string {
	text := " " + plainWords(a.Title+" "+a.Summary) + " "
	for _, w := range words {
		if plain := plainWords(w); plain != "" && strings.Contains(text, " "+plain) {
			return w
		}
	}
	return ""
}

// plainWords folds a text: small letters and digits, one space between words.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isWordRune(r) }), " ")
}

func firstRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

// keeps: somebody who may change a list.
func (b *Book) keeps(a loket.Actor, p *protocol.Protocol) bool {
	return may(a, p, "book.changed", policies.Watched.When(b.watched))
}

// offered: a list that this protocol has a use for.
func (b *Book) offered(p *protocol.Protocol) bool {
	return !b.watched || slices.ContainsFunc(p.Roles, func(r protocol.Role) bool { return slices.Contains(r.May, "monitor") })
}
