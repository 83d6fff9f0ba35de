// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"example.org/loket"
	"example.org/loket/protocol"
)

// Lack is something that a desk misses, with what to do about it. Kind groups them.
type Lack struct {
	Kind string // login | key | phone | role | duty | contact | municipality | template | reach
	Say  protocol.Text
	Page string // where to put it right; empty: elsewhere
}

// Setup is the inrichtingscheck: what this desk misses, most pressing first (R-I-97, R-I-98,
// R-I-99, D-55).
type Setup struct {
	Lacks []Lack
	Now   time.Time
}

// A contact that nobody looked at for this long may be out of date (R-I-99).
const checkedMonths = 6

// tonight is the hour at which a desk must know whom to call, whatever its opening hours.
const tonightHour, tonightMinute = 21, 45

// Setup looks over everything that the desk of the actor needs. For who sets it up.
func (d *Desk) Setup(ctx context.Context, a loket.Actor) (*Setup, error) {
	p, err := d.Protocol(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	t, err := d.Tenant(ctx, a.Tenant)
	if err != nil {
		return nil, err
	}
	if !may(a, p, "setup.read", 0) {
		d.refusedTo(ctx, a, "", "setup.read")
		return nil, errHidden
	}
	c := &setupCheck{p: p, tenant: t, now: d.Now().In(p.Location())}
	err = d.Store.Read(ctx, func(tx Tx) error { return c.read(ctx, tx) })
	if err != nil {
		return nil, err
	}
	c.desk()
	c.duty()
	c.roles()
	c.municipalities()
	c.addresses()
	c.templates()
	c.keys()
	return &Setup{Lacks: c.lacks, Now: c.now}, nil
}

// setupCheck gathers what is missing.
type setupCheck struct {
	p        *protocol.Protocol
	tenant   Tenant
	now      time.Time
	names    Names
	contacts []Entry
	ever     []Entry // contacts of any time: who left may still have an account
	places   []Entry
	onDuty   []OnDuty
	machines []Machine
	lacks    []Lack
}

func (c *setupCheck) read(ctx context.Context, tx Tx) (err error) {
	if c.names, err = readNames(ctx, tx, c.tenant.ID, c.p); err != nil {
		return err
	}
	if c.contacts, err = tx.Entries(ctx, EntryQuery{Tenant: c.tenant.ID, Book: contactBook.ID, At: c.now}); err != nil {
		return err
	}
	if c.ever, err = tx.Entries(ctx, EntryQuery{Tenant: c.tenant.ID, Book: contactBook.ID}); err != nil {
		return err
	}
	if c.places, err = tx.Entries(ctx, EntryQuery{Tenant: c.tenant.ID, Book: organisationBook.ID, At: c.now}); err != nil {
		return err
	}
	if c.machines, err = tx.MachinesOf(ctx, c.tenant.ID); err != nil {
		return err
	}
	c.onDuty, err = onDuty(ctx, tx, c.tenant.ID, tonight(c.now), c.names.People)
	return err
}

// keySoon is how long before a key of a machine ends somebody should make the next one.
const keySoon = 30 * 24 * time.Hour

// keys looks at the keys of machines that were used and end soon, or ended by themselves.
func (c *setupCheck) keys() {
	for _, m := range c.machines {
		if left := m.Expires.Sub(c.now); m.Ended.IsZero() && !m.Used.IsZero() && left < keySoon && left > -keySoon {
			day := m.Expires.In(c.p.Location()).Format("02-01-2006")
			c.lack("key", "/koppelingen", "De sleutel “"+m.Title+"” verloopt op "+day+". Daarna kan dit systeem niets meer sturen.", "The key “"+m.Title+"” expires on "+day+". After that this system can send nothing.")
		}
	}
}

// tonight is the moment of this evening that must be staffed; late in the evening it is now.
func tonight(now time.Time) time.Time {
	at := time.Date(now.Year(), now.Month(), now.Day(), tonightHour, tonightMinute, 0, 0, now.Location())
	if now.After(at) {
		return now
	}
	return at
}

func (c *setupCheck) lack(kind, page, nl, en string) {
	c.lacks = append(c.lacks, Lack{Kind: kind, Page: page, Say: say(nl, en)})
}

func (c *setupCheck) desk() {
	if c.tenant.Phone == "" && c.p.Desk.Phone == "" {
		c.lack("phone", "", "Het loket heeft geen telefoonnummer. Dat staat onder elke foutpagina.", "The desk has no telephone number. It stands under every error page.")
	}
}

func (c *setupCheck) duty() {
	if len(c.onDuty) == 0 {
		at := tonight(c.now).Format("15:04")
		c.lack("duty", "/lijsten/"+rosterBook.ID, "Vanavond om "+at+" heeft niemand dienst.", "Nobody is on duty tonight at "+at+".")
	}
}

// holds reports whether anybody has one of the roles; no roles is everybody.
func (c *setupCheck) holds(roles ...string) bool {
	return len(roles) == 0 || slices.ContainsFunc(c.names.People, func(p Person) bool {
		return slices.ContainsFunc(roles, func(id string) bool { return slices.Contains(p.Roles, id) })
	})
}

func (c *setupCheck) roles() {
	for _, r := range c.p.Roles {
		if r.Side != "reporter" && r.Side != "outside" && !c.holds(r.ID) {
			title := roleTitle(c.p, r.ID)
			c.lack("role", "/mensen", "Niemand heeft de rol "+title.NL+".", "Nobody has the role "+title.EN+".")
		}
	}
	for _, p := range c.names.People {
		if p.Email == "" && len(p.Roles) > 0 {
			c.lack("reach", "/mensen", p.Name+" heeft geen e-mailadres en krijgt dus geen bericht.", p.Name+" has no e-mail address and so gets no notice.")
		}
	}
}

// municipalities are those in the book, and those that the rules know.
func (c *setupCheck) municipalities() {
	seen := map[string]bool{}
	check := func(id, name string) {
		if !seen[id] {
			seen[id] = true
			c.municipality(id, name)
		}
	}
	for _, e := range c.places {
		if e.Values["kind"] == "municipality" {
			check(e.Values["id"], e.Values["name"])
		}
	}
	for _, fact := range relationFacts(c.p) {
		for _, o := range c.p.Fact(fact).Options {
			if !o.Unknown && !o.Text { // one that asks for words is no organisation of its own
				check(o.ID, o.Label.NL)
			}
		}
	}
}

// addresses looks at every contact: mobile, function, and when somebody last looked at it.
func (c *setupCheck) addresses() {
	old := c.now.AddDate(0, -checkedMonths, 0)
	for _, e := range c.contacts {
		v, page := e.Values, "/lijsten/"+contactBook.ID+"/regel/"+e.ID
		name := v["name"] + " (" + c.names.Organisation(v["organisation"]) + ")"
		if v["mobile"] == "" && v["mailbox"] != "yes" {
			c.lack("contact", page, name+" heeft geen mobiel nummer.", name+" has no mobile number.")
		}
		if v["function"] == "" && v["mailbox"] != "yes" {
			c.lack("contact", page, name+" heeft geen functie.", name+" has no function.")
		}
		if v["checked"] == "" { // perhaps of today: nobody knows
			c.lack("contact", page, "Er staat niet bij wanneer "+name+" is nagekeken.", "It does not say when "+name+" was checked.")
		} else if day, err := time.ParseInLocation(time.DateOnly, v["checked"], c.now.Location()); err != nil || day.Before(old) {
			c.lack("contact", page, name+" is langer dan een half jaar niet nagekeken.", name+" was not checked for more than half a year.")
		}
	}
}

// templates looks at every message of the protocol: somebody must make it and release it. One
// missing person can leave many messages without an owner, so they stand in one line.
func (c *setupCheck) templates() {
	var stuck, stuckEN []string
	for i := range c.p.Products {
		pr := &c.p.Products[i]
		title := protocol.Text{NL: "“" + pr.Title.NL + "”", EN: "“" + orDefault(pr.Title.EN, pr.Title.NL) + "”"}
		switch {
		case len(pr.MadeBy) == 0 && len(pr.ReleasedBy) == 0:
			c.lack("template", "", "Het bericht "+title.NL+" heeft geen eigenaar in het protocol.", "The message "+title.EN+" has no owner in the protocol.")
		case !c.holds(pr.MadeBy...) || !c.holds(pr.ReleasedBy...):
			stuck, stuckEN = append(stuck, title.NL), append(stuckEN, title.EN)
		}
	}
	if len(stuck) > 0 {
		c.lack("template", "/mensen", "Niemand kan dit maken of vrijgeven: "+strings.Join(stuck, ", ")+".", "Nobody can make or release: "+strings.Join(stuckEN, ", ")+".")
	}
}
