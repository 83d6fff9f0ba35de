// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// AccessLog answers who has seen or changed a case, when, why and from where (NEN 7513, BIO2
// 8.15.01): every entry of the tamper-evident log about it, readings and refusals included.
type AccessLog struct {
	Number string
	Lines  []AccessLine // newest first
	More   bool         // there are older ones than fit a page
}

// AccessLine is one entry. Who is a name only when somebody of this organisation has it now.
type AccessLine struct {
	At      time.Time
	Who     string
	Role    protocol.Text
	What    protocol.Text
	Refused bool
	Purpose string // of an event what was typed, as far as the reader may read it; else words of the desk
	Session string // mark of the session: lines with the same mark are of one login
	From    Whereabouts
	Known   bool      // From says something
	Times   int       // how often, one after another: looking again and again is one line
	First   time.Time // of those times
}

// accessLines is how many entries one page shows.
const accessLines = 1000

// AccessLog shows the log of one case to who supervises. Looking at it is an entry too.
func (d *Desk) AccessLog(ctx context.Context, a loket.Actor, id loket.CaseID) (*AccessLog, error) {
	o, err := d.load(ctx, a, id)
	if err != nil {
		return nil, err
	}
	if !o.may(a, "log.read", 0) {
		d.refusedTo(ctx, a, id, "log.read")
		return nil, errHidden
	}
	if err := unlogged(d.entered(ctx, LedgerEntry{Tenant: a.Tenant, Actor: a.ID, Role: a.Role, Case: id, Action: "log.read", Outcome: "done"})); err != nil {
		return nil, err
	}
	var entries []LedgerEntry
	var people []Person
	places := map[string]Whereabouts{}
	err = d.Store.Read(ctx, func(tx Tx) (err error) {
		if entries, err = tx.LedgerOf(ctx, id); err != nil {
			return err
		}
		if people, err = tx.People(ctx, a.Tenant); err != nil {
			return err
		}
		return d.readPlaces(ctx, tx, a.Tenant, entries, places)
	})
	if err != nil {
		return nil, err
	}
	r := d.reader(a, o.p, people).of(o)
	log := &AccessLog{Number: o.Number}
	slices.Reverse(entries)
	for i, e := range entries {
		if i > 0 && looksAgain(entries[i-1], e) {
			last := &log.Lines[len(log.Lines)-1]
			last.Times, last.First = last.Times+1, e.At
			continue
		}
		if log.More = len(log.Lines) == accessLines; log.More {
			break
		}
		log.Lines = append(log.Lines, accessLine(o, r, e, places))
	}
	return log, nil
}

// looksAgain: two entries are the same person looking at the same thing from the same login,
// with nothing in between.
func looksAgain(a, b LedgerEntry) bool {
	return (a.Action == actRead || a.Action == actSeen) && a.Action == b.Action && a.Actor == b.Actor && a.Role == b.Role &&
		a.Via == b.Via && a.Purpose == b.Purpose && a.Outcome == b.Outcome
}

// readPlaces opens what the marks among entries stand for. One that was forgotten, or cannot
// be opened any more, stays a mark.
func (d *Desk) readPlaces(ctx context.Context, tx Tx, tenant string, entries []LedgerEntry, into map[string]Whereabouts) error {
	for _, e := range entries {
		_, mark := viaParts(e.Via)
		if _, done := into[mark]; done || mark == "" {
			continue
		}
		at, err := d.place(ctx, tx, tenant, mark)
		if err != nil {
			return err
		}
		into[mark] = at
	}
	return nil
}

func (d *Desk) place(ctx context.Context, tx Tx, tenant, mark string) (at Whereabouts, err error) {
	o, found, err := tx.Origin(ctx, tenant, mark)
	if err != nil || !found {
		return at, err
	}
	plain, err := d.Sealer.Open(ctx, o.Key, OriginPlace(tenant, mark), o.Sealed)
	if err != nil || json.Unmarshal(plain, &at) != nil {
		return Whereabouts{}, nil
	}
	return at, nil
}

// Whereabouts tells what a mark in the log stands for: nothing, when that was forgotten. For
// the review of rights on the command line.
func (d *Desk) Whereabouts(ctx context.Context, tenant, via string) (at Whereabouts, err error) {
	_, mark := viaParts(via)
	if mark == "" {
		return at, nil
	}
	err = d.Store.Read(ctx, func(tx Tx) error {
		at, err = d.place(ctx, tx, tenant, mark)
		return err
	})
	return at, err
}

// viaParts are the session and the place in a mark of the log.
func viaParts(via string) (session, place string) {
	session, place, both := strings.Cut(via, ".")
	if !both {
		return "", via
	}
	return session, place
}

func accessLine(o *open, r reader, e LedgerEntry, places map[string]Whereabouts) AccessLine {
	session, mark := viaParts(e.Via)
	at := places[mark]
	l := AccessLine{At: e.At, Who: r.name(e.Actor), Role: roleTitle(o.p, e.Role), What: accessWords(o, r, e), Refused: e.Outcome == "refused",
		Session: session, From: at, Known: at != Whereabouts{}, Times: 1, First: e.At}
	l.Purpose = e.Purpose
	switch {
	case e.Seq > 0: // what was typed with an event, as far as this reader may read it
		l.Purpose = r.whyOf(o, e.Seq)
	case e.Action == actRead || e.Action == actSeen: // what was looked at stands in the words of the act
		l.Purpose = ""
	}
	return l
}

// whyOf is the purpose or reason of an event, as this reader may read it.
func (r reader) whyOf(o *open, seq int) string {
	for _, event := range o.Events {
		if event.Seq == seq {
			_, why := r.eventWords(o, event)
			return r.text(o.Case, seq, why).Text
		}
	}
	return ""
}

// accessActs are the acts that are no event of the case.
var accessActs = map[string]protocol.Text{
	"case.enter":         say("Zaak geopend", "Case opened"),
	"page.read":          say("Pagina gevraagd", "Asked for a page"),
	"log.read":           say("Toegangslog bekeken", "Access log looked at"),
	"replay":             say("Bekeken onder een andere versie van het protocol", "Looked at under another version of the protocol"),
	"report.followed":    say("Stand van de melding opgevraagd", "Asked how the report stands"),
	"notice.again":       say("Bericht opnieuw verstuurd", "Notice sent again"),
	"retention.proposed": say("Wissen voorgesteld", "Erasing proposed"),
	"media.entered":      say("Artikel in de zaak gezet", "Article put in the case"),
	"neighbour.read":     say("Tekst van een ander loket gelezen", "Text of another desk read"),
}

// accessWords says in one line what an entry is of: the event it belongs to, or an act.
func accessWords(o *open, r reader, e LedgerEntry) protocol.Text {
	if e.Seq > 0 {
		for _, event := range o.Events {
			if event.Seq == e.Seq {
				what, _ := r.eventWords(o, event)
				return what
			}
		}
	}
	if e.Action == actRead || e.Action == actSeen {
		return lookWords(o, e)
	}
	if words, ok := accessActs[e.Action]; ok {
		return words
	}
	return say("Handeling: "+e.Action, "Act: "+e.Action)
}

// lookWords says what was looked at: the case, a text of it, or the reporter's own report; and
// whether an emergency had lent it.
func lookWords(o *open, e LedgerEntry) protocol.Text {
	id, lent := strings.CutPrefix(e.Purpose, lentReading)
	thing := say("de zaak", "the case")
	if pr := o.p.Product(id); pr != nil {
		thing = pr.Title
	} else if id == "own_report" {
		thing = say("de eigen melding", "their own report")
	}
	act := say("Gezien", "Seen")
	if e.Action == actRead {
		act = say("Gelezen", "Read")
	}
	if lent {
		act = say(act.NL+" in een noodopening", act.EN+" in an emergency")
	}
	return say(act.NL+": "+thing.NL, act.EN+": "+thing.EN)
}
