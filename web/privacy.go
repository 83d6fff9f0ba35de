// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"example.org/loket/protocol"
)

const privacyPath = "/privacy"

// privacyLink is where somebody reads what happens with data: the statement of the
// organisation, or else the page of the desk itself (AVG 13).
func (v *reader) privacyLink() templ.SafeURL {
	if v.desk.Privacy != "" {
		return templ.SafeURL(v.desk.Privacy)
	}
	return templ.SafeURL(privacyPath)
}

// privacyPage states what this desk keeps, why, how long, and whom to ask. All of it follows
// from the protocol and the record of the organisation.
type privacyPage struct{ *reader }

// showPrivacy answers GET /privacy. It stays when the organisation has a statement of its own:
// that one is about everything, this page about the desk only.
func showPrivacy(v *visit) error {
	return v.show(http.StatusOK, v.T("privacy.title"), (&privacyPage{v.reader}).page())
}

// asked lists the questions of the public form of some classes of the AVG.
func (p *privacyPage) asked(classes ...string) (out []string) {
	form := p.protocol.PublicReport()
	if form == nil {
		return nil
	}
	for i := range form.Sections {
		for _, f := range form.Sections[i].Fields {
			if slices.Contains(classes, f.AVG) {
				out = append(out, p.P(f.Label))
			}
		}
	}
	return out
}

// term says how long something is kept and from when.
func (p *privacyPage) term(r protocol.Retention) string {
	from := r.From
	if f := p.protocol.Fact(r.From); f != nil {
		from = p.P(f.Title)
	}
	return p.T("privacy.term", p.duration(r.Keep), from)
}

// mail is the address of the desk for questions; empty: there is none.
func (p *privacyPage) mail() string {
	if p.desk.Email != "" {
		return p.desk.Email
	}
	return p.protocol.Desk.Email
}
