// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// casePage is one reader on one case: the case as the reader may see it.
type casePage struct {
	*sheet
	view   *desk.CaseView
	opened map[string]desk.FactView // sealed facts that were opened for this answer only
	asks   []askField               // see askFields
	inBook bool                     // the book in force is the one that the case goes by
}

// showCase answers GET /zaak/{case}.
func showCase(v *visit) error {
	c, err := loadCase(v)
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK)
}

func loadCase(v *visit) (*casePage, error) {
	view, err := v.service.Case(v.r.Context(), v.actor, v.caseID())
	if err != nil {
		return nil, err
	}
	inBook := view.Protocol == nil || sameVersion(view.Protocol, v.protocol)
	if view.Protocol != nil {
		v.protocol = view.Protocol // a case keeps the words of its own version
	}
	return &casePage{sheet: v.sheet(view.ID, view.Version, view.Now), view: view, inBook: inBook}, nil
}

// sameVersion: the two are one protocol, at one version.
func sameVersion(a, b *protocol.Protocol) bool {
	return a.About.ID == b.About.ID && a.About.Version == b.About.Version
}

// answer shows the page.
func (c *casePage) answer(status int) error {
	c.nav, _ = c.home()
	c.whole = c.unfolded()
	return c.show(status, c.T("case.tab"), c.page())
}

func (v *visit) caseID() loket.CaseID { return loket.CaseID(v.r.PathValue("case")) }

// casePath is the address of a case, or of something below it.
func casePath(id loket.CaseID, below ...string) string {
	path := "/zaak/" + url.PathEscape(string(id))
	for _, part := range below {
		path += "/" + url.PathEscape(part)
	}
	return path
}

// reading makes a payload of a posted form, or says what is wrong with it.
type reading func(*visit) (loket.Payload, error)

// changeCase answers a posted form of the case page: read it, ask the desk, and go back
// to the part of the page where the reader was. done names the text that confirms it.
// What the form is for is asked first: to somebody who may not, no form is wrong.
func changeCase(done, part string, why purpose, read reading) handler {
	return func(v *visit) error {
		err := v.form()
		if err == nil {
			err = v.record(read)
		}
		if err != nil {
			return v.backToCase(v.roleFirst(why, err))
		}
		return v.to(casePath(v.caseID()) + "?gedaan=" + done + "#" + part)
	}
}

func (v *visit) record(read reading) error {
	want, err := read(v)
	if err == nil {
		_, err = v.service.Do(v.r.Context(), v.actor, v.caseID(), v.change(want))
	}
	return err
}

// change wraps a payload with the version that the reader saw.
func (v *visit) change(want loket.Payload) desk.Change {
	return desk.Change{Key: v.formKey(), Expect: v.expect(), Want: want}
}

// expect is the version of the case that the posted form was made for; 0 is any.
func (v *visit) expect() int {
	version, err := strconv.Atoi(v.r.PostForm.Get("versie"))
	if err != nil || version < 0 {
		return 0
	}
	return version
}

// formKey makes the idempotency key of a posted form: the same page sending the same
// words is the same sending, and changed words after the back button are another.
func (v *reader) formKey() string {
	page := v.r.PostForm.Get("sleutel")
	if page == "" {
		return v.rand.ID()
	}
	sum := sha256.Sum256([]byte(page + "\x00" + v.r.URL.Path + "\x00" + v.r.PostForm.Encode()))
	return hex.EncodeToString(sum[:16])
}

// backToCase shows the case again with what was typed, when the reader can do something
// about the refusal; any other error goes to the error page.
func (v *visit) backToCase(err error) error {
	refused := refusal(err)
	if refused == nil || v.r.PostForm == nil {
		return err
	}
	c, again := loadCase(v)
	if again != nil {
		return again
	}
	c.keep(refused)
	return c.answer(statuses[refused.Code].status)
}

// refusal is the error of err that a reader can mend on the same page; nil when there is none.
func refusal(err error) *loket.Error {
	refused, ok := errors.AsType[*loket.Error](err)
	if !ok {
		return nil
	}
	switch refused.Code {
	case loket.Invalid, loket.Motivation, loket.Stopped, loket.Conflict:
		return refused
	}
	return nil
}

// since lists what happened on the case after the reader's page was made.
func (c *casePage) since() []desk.Moment {
	var news []desk.Moment
	if c.kept.err == nil {
		return nil
	}
	for _, day := range c.view.Timeline {
		for _, m := range day.Moments {
			if !m.Future && !m.Now && !m.At.Before(c.kept.seen) {
				news = append(news, m)
			}
		}
	}
	return news
}

// done is the sentence that confirms the last change, from a closed list.
func (c *casePage) done() string {
	said := c.r.URL.Query().Get("gedaan")
	if said == "decided" && c.onlySigned() {
		return c.T("joint.waits")
	}
	if said != "" && locale.Has("case.done."+said) {
		return c.T("case.done." + said)
	}
	return ""
}

// may tells whether the reader's role has an action of the protocol.
func (c *casePage) may(actions ...string) bool {
	for _, action := range actions {
		if c.view.May[action] {
			return true
		}
	}
	return false
}
