// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// productPage is one version of one product, with what must be known before it leaves.
type productPage struct {
	*sheet
	view  *desk.ProductView
	fresh map[string]string      // part → its text as the facts make it now, where that differs
	sure  *loket.ProductReleased // what the reader is about to release: the page then asks once more
}

// showProduct answers GET /zaak/{case}/product/{product}?rij=…&versie=….
func showProduct(v *visit) error {
	p, err := loadProduct(v, v.r.URL.Query())
	if err != nil {
		return err
	}
	return p.answer(http.StatusOK)
}

func loadProduct(v *visit, from url.Values) (*productPage, error) {
	version, _ := strconv.Atoi(from.Get("versie"))
	version = max(0, version)
	if from.Get("versie") == asProposed {
		version = desk.AsProposed
	}
	view, err := v.service.Product(v.r.Context(), v.actor, v.caseID(), v.r.PathValue("product"), from.Get("rij"), version)
	if err != nil {
		return nil, err
	}
	p := &productPage{sheet: v.sheet(view.Case, view.CaseVersion, v.now), view: view}
	p.whole = true // its few forms are what the page is for
	if view.Version > 0 && view.Current && view.MayCompose {
		err = p.compare()
	}
	return p, err
}

// asProposed in an address asks for the text as the facts make it now.
const asProposed = "voorstel"

// compare composes the text anew, to stand beside what was written before: since then a
// fact may have changed (R-R-20).
func (p *productPage) compare() error {
	now, err := p.service.Product(p.r.Context(), p.actor, p.id, p.view.Product.ID, p.view.Row, desk.AsProposed)
	if err != nil {
		return err
	}
	p.fresh = map[string]string{}
	for _, part := range now.Parts {
		p.fresh[part.Part.ID] = part.Text
	}
	for _, part := range p.view.Parts {
		if p.fresh[part.Part.ID] == part.Text {
			delete(p.fresh, part.Part.ID)
		}
	}
	return nil
}

// freshLink leads to the text as the facts make it now, to start a new version from.
func (p *productPage) freshLink() string {
	query := url.Values{"versie": {asProposed}}
	if p.view.Row != "" {
		query.Set("rij", p.view.Row)
	}
	return casePath(p.id, "product", p.view.Product.ID) + "?" + query.Encode()
}

func (p *productPage) answer(status int) error {
	p.nav = "/werklijst"
	return p.show(status, p.P(p.view.Product.Title), p.page())
}

// link is this product at a version; 0 is the newest.
func (p *productPage) link(version int, below ...string) string {
	query := url.Values{}
	if p.view.Row != "" {
		query.Set("rij", p.view.Row)
	}
	if version > 0 {
		query.Set("versie", strconv.Itoa(version))
	}
	link := casePath(p.id, append([]string{"product", p.view.Product.ID}, below...)...)
	if len(query) > 0 {
		link += "?" + query.Encode()
	}
	return link
}

// changeProduct answers a posted form of the product page. done names the text that
// confirms it. A refusal shows the page again with everything that was typed.
func changeProduct(done string, why purpose, read reading) handler {
	return func(v *visit) error {
		err := v.form()
		if err == nil {
			err = v.record(read)
		}
		if err != nil {
			return v.backToProduct(v.roleFirst(why, err))
		}
		query := url.Values{"gedaan": {done}}
		if row := v.text("rij"); row != "" {
			query.Set("rij", row)
		}
		return v.to(casePath(v.caseID(), "product", v.r.PathValue("product")) + "?" + query.Encode())
	}
}

func (v *visit) backToProduct(err error) error {
	refused := refusal(err)
	if refused == nil || v.r.PostForm == nil {
		return err
	}
	p, again := loadProduct(v, url.Values{"rij": {v.text("rij")}, "versie": {v.text("tekstversie")}})
	if again != nil {
		return again
	}
	p.keep(refused)
	return p.answer(statuses[refused.Code].status)
}

// done is the sentence that confirms the last change.
func (p *productPage) done() string {
	said := p.r.URL.Query().Get("gedaan")
	if !oneOf(said, []string{"drafted", "aligned", "released", "withdrawn"}) {
		return ""
	}
	return p.T("product.done." + said)
}

// title is the product with its row and version.
func (p *productPage) title() string {
	title := sentence(": ", p.P(p.view.Product.Title), p.view.RowTitle)
	if p.view.Version == 0 {
		return title
	}
	return p.T("case.version", title, p.view.Version)
}

// state says where this version stands.
func (p *productPage) state() string {
	switch {
	case p.view.Withdrawn != "":
		return p.T("product.state.withdrawn")
	case p.view.Released != nil:
		return p.T("product.state.released", p.when(p.view.ReleasedAt), p.personName(p.view.ReleasedBy))
	case p.view.Version == 0:
		return p.T("product.state.proposed")
	}
	return p.T("product.state.drafted")
}

// findingsOf are the pieces of text in one part that may point to a person.
func (p *productPage) findingsOf(part string) []desk.Finding {
	var found []desk.Finding
	for _, finding := range p.view.Findings {
		if finding.Part == part {
			found = append(found, finding)
		}
	}
	return found
}

// personName is the name that goes with an id; the id itself when that person is gone.
func (p *productPage) personName(id string) string {
	for _, person := range p.view.People {
		if person.ID == id && person.Name != "" {
			return person.Name
		}
	}
	return id
}

// proposed tells whether the protocol names this person as a recipient.
func (p *productPage) proposed(id string) bool {
	return slices.ContainsFunc(p.view.Proposed, func(person desk.Person) bool { return person.ID == id })
}

// candidates are the people to choose from: those proposed first.
func (p *productPage) candidates() []desk.Person {
	people := slices.Clone(p.view.Proposed)
	for _, person := range p.view.People {
		if !p.proposed(person.ID) {
			people = append(people, person)
		}
	}
	return people
}

// likelyCandidates parts the people that the protocol names, or that were ticked, from
// everybody else: a message goes to no more people than needed, so the others
// stand one fold away.
func (p *productPage) likelyCandidates() (meant, others []desk.Person) {
	for _, person := range p.candidates() {
		if p.ticked("vrijgeven", "ontvanger", person.ID, p.proposed(person.ID)) {
			meant = append(meant, person)
		} else {
			others = append(others, person)
		}
	}
	return meant, others
}

// named finds the recipients that were ticked, in the order of the page.
func (p *productPage) named(ids []string) []loket.Recipient {
	var recipients []loket.Recipient
	for _, person := range p.candidates() {
		if slices.Contains(ids, person.ID) {
			recipients = append(recipients, recipient(person))
		}
	}
	return recipients
}

// names says who receives it: "Wethouder, Adviseur en Anna".
func (p *productPage) names(recipients []loket.Recipient) string {
	names := make([]string, len(recipients))
	for i, to := range recipients {
		names[i] = to.Name
	}
	return p.words(names)
}

// alignedBy lists what one role said about this version.
func (p *productPage) alignedBy(role string) []loket.ProductAligned {
	var said []loket.ProductAligned
	for _, aligned := range p.view.Aligned {
		if aligned.Role == role {
			said = append(said, aligned)
		}
	}
	return said
}

// purpose is the ground for telling, as the protocol words it.
func (p *productPage) purpose() string { return strings.TrimSpace(p.P(p.view.Product.Purpose)) }

// releasers are the roles that may release this product.
func (p *productPage) releasers() string {
	return p.roleTitles(p.view.Product.ReleasedBy)
}
