// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/protocol"
)

// Setup is what the inrichtingscheck asks of the desk.
type Setup interface {
	Setup(ctx context.Context, by loket.Actor) (*desk.Setup, error)
}

// Founder makes desks and the people in them, with an account each. The program wires it:
// passwords are no business of the pages.
type Founder interface {
	// Starters are the protocols a desk can begin with.
	Starters() []*protocol.Protocol
	// Found makes a desk and its first person, and gives the address of the desk and the
	// password of that person, which is shown once.
	Found(ctx context.Context, f desk.Founding) (made desk.Founding, address, password string, err error)
	// PutPerson adds or changes somebody of the actor's organisation.
	PutPerson(ctx context.Context, by loket.Actor, p desk.Person) error
}

const foundPath = "/nieuw-loket"

// checkPage lists what a desk misses.
type checkPage struct {
	*reader
	*desk.Setup
}

// showCheck answers GET /inrichting.
func showCheck(v *visit) error {
	service, ok := v.service.(Setup)
	if !ok {
		return errUnknownPage()
	}
	setup, err := service.Setup(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	if v.passwordOnly && v.desk.SecondFactor == "" {
		setup.Lacks = append(setup.Lacks, desk.Lack{Kind: "login", Say: protocol.Text{NL: locale.T(locale.NL, "setup.password_only"), EN: locale.T(locale.EN, "setup.password_only")}})
	}
	v.nav = booksPath
	return v.show(http.StatusOK, v.T("setup.check_title"), (&checkPage{reader: v.reader, Setup: setup}).page())
}

// lackKinds is the order of the groups: what stops a night first.
var lackKinds = []string{"login", "duty", "phone", "role", "municipality", "template", "key", "contact", "reach"}

// of are the lacks of one kind.
func (p *checkPage) of(kind string) []desk.Lack {
	var out []desk.Lack
	for _, l := range p.Lacks {
		if l.Kind == kind {
			out = append(out, l)
		}
	}
	return out
}

// foundPage sets up a desk, or shows the one that was made.
type foundPage struct {
	*reader
	starters []*protocol.Protocol
	values   map[string]string
	faults   []foundFault
	made     *desk.Founding
	address  string
	password string
}

// foundOrder is the order of the page.
var foundOrder = []string{"code", "naam", "protocol", "telefoon", "host", "korte_naam", "email", "coordinator", "inlognaam", "coordinator_email"}

var foundFields = []string{"code", "naam", "korte_naam", "host", "telefoon", "email", "soort", "protocol", "coordinator", "inlognaam", "coordinator_email"}

// showFounding answers GET /nieuw-loket. It belongs to no desk: there may be none yet.
func showFounding(v *visit) error {
	page, err := v.foundPage()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, v.T("setup.title"), page.page())
}

func (v *visit) foundPage() (*foundPage, error) {
	if v.founder == nil {
		return nil, errUnknownPage()
	}
	v.deskLook = true
	return &foundPage{reader: v.reader, starters: v.founder.Starters(), values: map[string]string{}}, nil
}

// found answers POST /nieuw-loket. The password is on this page only, so the answer is no
// redirect; sending it again finds the code used.
func found(v *visit) error {
	page, err := v.foundPage()
	if err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	for _, name := range foundFields {
		page.values[name] = v.text(name)
	}
	made, address, password, err := v.founder.Found(v.r.Context(), page.founding())
	if said, ok := errors.AsType[*loket.Error](err); ok && said.Code == loket.Invalid {
		page.refuse(said)
		v.focus = true
		return v.show(http.StatusUnprocessableEntity, v.T("form.fault_title", v.T("setup.title")), page.page())
	}
	if err != nil {
		return err
	}
	page.made, page.address, page.password = &made, address, password
	return v.show(http.StatusOK, v.T("setup.made_title"), page.page())
}

// foundFault is a fault at a field of the page.
type foundFault struct{ name, says string }

// foundNames are the fields by what the desk calls them.
var foundNames = map[string]string{
	desk.FaultCode: "code", desk.FaultName: "naam", desk.FaultID: "korte_naam", desk.FaultHost: "host", desk.FaultPhone: "telefoon", desk.FaultEmail: "email",
	desk.FaultProtocol: "protocol", desk.FaultCoordinator: "coordinator", desk.FaultLogin: "inlognaam", desk.FaultCoordinatorEmail: "coordinator_email",
}

// refuse puts each fault at its field, in the order of the page. A short name that followed from
// the name needs no word while the name itself is missing.
func (p *foundPage) refuse(said *loket.Error) {
	for _, name := range foundOrder {
		for _, f := range said.Fields {
			if foundNames[f.Field] == name && p.fault(name) == "" && !(f.Field == desk.FaultID && p.values["korte_naam"] == "" && p.fault("naam") != "") {
				p.faults = append(p.faults, foundFault{name, p.P(f.Message)})
			}
		}
	}
	if len(p.faults) == 0 { // a fault of no field still has a place to lead to
		p.faults = append(p.faults, foundFault{"naam", p.P(said.Message)})
	}
}

// fault is what is wrong at a field; empty: nothing.
func (p *foundPage) fault(name string) string {
	for _, f := range p.faults {
		if f.name == name {
			return f.says
		}
	}
	return ""
}

func (p *foundPage) founding() desk.Founding {
	id := p.values["korte_naam"]
	if id == "" {
		id = shortName(p.values["naam"])
	}
	return desk.Founding{
		Code:        p.values["code"],
		Tenant:      desk.Tenant{ID: id, Name: p.values["naam"], Kind: p.values["soort"], Protocol: p.values["protocol"], Host: p.values["host"], Phone: p.values["telefoon"], Email: p.values["email"]},
		Coordinator: desk.Person{ID: p.values["inlognaam"], Name: p.values["coordinator"], Email: p.values["coordinator_email"]},
	}
}

// shortName makes a short name of a long one: "Gemeente Noord aan Zee" becomes
// "gemeente-noord-aan-zee".
func shortName(name string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	short := b.String()
	return strings.Trim(short[:min(len(short), 40)], "-")
}

// peoplePage is who works here, and the form to add somebody.
type peoplePage struct {
	*reader
	people  []desk.Person
	values  map[string]string
	roles   []string
	refused string
	added   string // name of who was added
	code    string // with which they come in, shown once
	reset   bool   // somebody's second step was taken away
}

// showPeople answers GET /mensen.
func showPeople(v *visit) error {
	page, err := v.peoplePage()
	if err != nil {
		return err
	}
	page.reset = v.r.URL.Query().Get("klaar") == "tweede-stap"
	return v.show(http.StatusOK, v.T("people.title"), page.page())
}

func (v *visit) peoplePage() (*peoplePage, error) {
	if v.founder == nil || !v.roleMay("configure") {
		return nil, errUnknownPage()
	}
	people, err := v.service.People(v.r.Context(), v.desk.ID)
	v.nav = booksPath
	return &peoplePage{reader: v.reader, people: people, values: map[string]string{}}, err
}

// putPerson answers POST /mensen.
func putPerson(v *visit) error {
	page, err := v.peoplePage()
	if err != nil {
		return err
	}
	if err := v.form(); err != nil {
		return err
	}
	for _, name := range []string{"inlognaam", "naam", "email", "organisatie", "inloggen"} {
		page.values[name] = v.text(name)
	}
	page.roles = v.r.PostForm["rol"]
	person := desk.Person{ID: page.values["inlognaam"], Name: page.values["naam"], Email: page.values["email"], Organisation: page.values["organisatie"], Roles: page.roles}
	code, err := v.addPerson(person, page.values["inloggen"] != "")
	if said, ok := errors.AsType[*loket.Error](err); ok && said.Code == loket.Invalid {
		page.refused, v.focus = v.P(said.Message), true
		return v.show(http.StatusUnprocessableEntity, v.T("form.fault_title", v.T("people.title")), page.page())
	}
	if err != nil {
		return err
	}
	if page, err = v.peoplePage(); err != nil {
		return err
	}
	page.added, page.code, v.focus = person.Name, code, true
	return v.show(http.StatusOK, v.T("people.title"), page.page())
}

// addPerson stores somebody, and makes an invitation when asked. What an administrator hands out
// is no password: they would know how to come in as somebody else (ASVS 6.4.1).
func (v *visit) addPerson(p desk.Person, invite bool) (code string, err error) {
	p.ID = strings.TrimSpace(p.ID)
	if err := v.founder.PutPerson(v.r.Context(), v.actor, p); err != nil || !invite {
		return "", err
	}
	return v.ways.Invite(v.r.Context(), v.actor, p.ID)
}

// choosable are the roles that somebody of the desk can have.
func (p *peoplePage) choosable() []protocol.Role {
	var out []protocol.Role
	for _, r := range p.protocol.Roles {
		if r.Side != "reporter" {
			out = append(out, r)
		}
	}
	return out
}

func (p *peoplePage) has(role string) bool { return slices.Contains(p.roles, role) }

// noDesk makes a visit that belongs to no organisation.
func (s *Server) noDesk(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{&reader{Server: s, w: w, r: r, now: s.clock.Now()}}
	v.lang = locale.Of(v.cookie(languageCookie))
	return v
}
