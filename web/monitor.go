// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
)

// monitorPage is the media monitor: what was found and waits, and where it is looked for.
type monitorPage struct {
	*reader
	*desk.Monitor
	refused string
	at      string     // article whose form was refused; "hand" for the one without
	kept    url.Values // what was typed there
}

// byHand names the form for an article that was seen without the monitor.
const byHand = "hand"

// mediaStates are the lists of the page, in order.
var mediaStates = []string{desk.MediaNew, desk.MediaLinked, desk.MediaAside}

// showMonitor answers GET /pers/media?stand=…&na=….
func showMonitor(v *visit) error {
	page, err := loadMonitor(v)
	if err != nil {
		return err
	}
	return page.answer(http.StatusOK)
}

func loadMonitor(v *visit) (*monitorPage, error) {
	room, err := v.press()
	if err != nil {
		return nil, err
	}
	query := v.r.URL.Query()
	page := &monitorPage{reader: v.reader}
	page.Monitor, err = room.Monitor(v.r.Context(), v.actor, query.Get("stand"), query.Get("na"))
	return page, err
}

func (p *monitorPage) answer(status int) error {
	return p.show(status, p.T("media.title"), p.page())
}

// linkMedia answers POST /pers/media: an article belongs to a case, in the reader's words.
func linkMedia(v *visit) error {
	err := v.form()
	if v.r.PostForm == nil {
		return err
	}
	room, lost := v.press()
	if lost != nil {
		return lost
	}
	link := desk.MediaLink{Key: v.text("sleutel"), ID: v.text("bericht"), Case: loket.CaseID(v.text("zaak")), Kind: v.text("soort"), Medium: v.text("medium"), Title: v.text("tekst_bericht"), Link: v.text("link")}
	if err == nil {
		link.At, err = v.postedMoment("moment")
	}
	if err == nil {
		err = room.LinkMedia(v.r.Context(), v.actor, link)
	}
	if err != nil {
		return v.backToMonitor(err, link.ID)
	}
	if link.Case == "" {
		return v.to(mediaPath + "?gedaan=bewaard")
	}
	return v.to(mediaPath + "?gedaan=gekoppeld")
}

// putMediaAside answers POST /pers/media/weg: no case of ours, or look at it again.
func putMediaAside(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	room, err := v.press()
	if err != nil {
		return err
	}
	back := v.text("terug") != ""
	if err := room.PutMediaAside(v.r.Context(), v.actor, v.text("bericht"), back); err != nil {
		return v.backToMonitor(err, v.text("bericht"))
	}
	if back {
		return v.to(mediaPath + "?gedaan=terug")
	}
	return v.to(mediaPath + "?gedaan=weg")
}

// backToMonitor shows the page again with what was typed.
func (v *visit) backToMonitor(err error, id string) error {
	refused := refusal(err)
	if refused == nil {
		return err
	}
	page, lost := loadMonitor(v)
	if lost != nil {
		return lost
	}
	page.refused, page.kept, page.at = v.P(refused.Message), v.r.PostForm, id
	if id == "" {
		page.at = byHand
	}
	v.focus = true
	return page.answer(statuses[refused.Code].status)
}

// field is what was typed in the form of an article before it was refused, or else a start.
func (p *monitorPage) field(at, name, or string) string {
	if p.at == at && p.kept.Has(name) {
		return p.kept.Get(name)
	}
	return or
}

// shownWords: an article that has no title shows its address.
func shownWords(item desk.MediaView) string {
	if strings.TrimSpace(item.Title) == "" {
		return item.Link
	}
	return item.Title
}

// stateLink is the address of one list.
func (p *monitorPage) stateLink(state, after string) string {
	query := url.Values{"stand": {state}}
	if after != "" {
		query.Set("na", after)
	}
	return mediaPath + "?" + query.Encode()
}

// feedState says how it goes with a feed.
func (p *monitorPage) feedState(feed desk.FeedView) string {
	switch {
	case feed.Trouble != "":
		return p.T("media.trouble." + feed.Trouble)
	case feed.Fetched.IsZero():
		return p.T("media.not_yet")
	}
	return p.T("media.fetched", p.when(feed.Fetched))
}

// dayBox and timeBox fill the boxes for the moment of an article, or of now.
func (p *monitorPage) dayBox(item desk.MediaView) string {
	return p.local(p.momentOf(item)).Format("2006-01-02")
}

func (p *monitorPage) timeBox(item desk.MediaView) string {
	return p.local(p.momentOf(item)).Format("15:04")
}

func (p *monitorPage) momentOf(item desk.MediaView) time.Time {
	if item.At.IsZero() {
		return p.now
	}
	return item.At
}
