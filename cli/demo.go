// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"example.org/loket/desk"
	"example.org/loket/locale"
	"example.org/loket/mail"
	"example.org/loket/protocol"
	"example.org/loket/scenario"
	"example.org/loket/web"
)

// demoCmd runs a practice desk.
type demoCmd struct {
	Addr     string `env:"LOKET_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where the pages are served."`
	Data     string `env:"LOKET_DATA" placeholder:"DIR" help:"Folder to keep the demo in; without one it is gone afterwards."`
	Protocol string `default:"rotterdam" help:"Protocol to practise with."`
	Alone    bool   `help:"Only that protocol, not the others that come along."`
	feeds

	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders to practise with."`
}

// The demo's own words. Everybody logs in with the same password: everything is invented.
const (
	demoPassword = "oefenen-mag-hier"
	demoMark     = "demo" // file that marks a folder as a demo's
	demoMaking   = "being made\n"
	demoReady    = "ready\n"
	demoMails    = 200 // caught mails kept in sight
	furnishGC    = 400 // percent that memory may grow between two collections
)

// Run implements the command.
func (d *demoCmd) Run(c *console) error {
	known, err := inForce(d.Protocols)
	if err == nil {
		err = withDrafts(known)
	}
	if err != nil {
		return err
	}
	if known[d.Protocol] == nil {
		return refuse(nil, "Het protocol %q komt niet mee met dit programma.", "The protocol %q does not come with this program.", d.Protocol)
	}
	remove, fresh, err := d.folder()
	if err != nil {
		return err
	}
	defer remove()
	show := &demo{command: d, desks: d.desks(known), clock: &hands{}, now: time.Now()}
	show.clock.letGo()
	show.practice, err = openPractice(c.ctx, parts{place: place{Data: d.Data}, rand: randomIDs(), protocols: known,
		baseURL: "http://" + d.Addr, log: slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelWarn})), inside: d.FeedsInside}, show.clock, demoMails)
	if err != nil {
		return err
	}
	defer show.practice.close()
	if show.paper, err = newPaper(show.media.Fetch, show.now); err != nil {
		return err
	}
	show.media.Fetch = show.paper
	if fresh {
		err = show.furnish(c)
	} else {
		err = show.resume(c)
	}
	if err != nil {
		return err
	}
	return show.open(c)
}

// folder finds where the demo lies. It refuses a folder that holds something else: a
// real desk must never get a demo's passwords.
func (d *demoCmd) folder() (remove func(), fresh bool, err error) {
	remove = func() {}
	if d.Data == "" {
		if d.Data, err = os.MkdirTemp("", "loket-demo-*"); err != nil {
			return remove, false, refuse(err, "Er is geen plaats voor tijdelijke bestanden.", "There is no room for temporary files.")
		}
		remove = func() { _ = os.RemoveAll(d.Data) }
	}
	if err := privateFolder(d.Data); err != nil {
		return remove, false, err
	}
	switch state, err := os.ReadFile(filepath.Join(d.Data, demoMark)); {
	case err == nil && strings.HasPrefix(string(state), demoReady):
		return remove, false, nil
	case err == nil: // a demo that was stopped while it was being made: start it again
		return remove, true, d.empty()
	}
	if entries, err := os.ReadDir(d.Data); err != nil || len(entries) > 0 {
		return remove, false, refuse(err, "In de map %s staat al iets anders dan een demo. Kies een lege map.", "The folder %s holds something other than a demo. Choose an empty one.", d.Data)
	}
	return remove, true, d.mark(demoMaking)
}

// empty removes an unfinished demo.
func (d *demoCmd) empty() error {
	entries, err := os.ReadDir(d.Data)
	for _, e := range entries {
		if e.Name() != demoMark {
			err = errors.Join(err, os.RemoveAll(filepath.Join(d.Data, e.Name())))
		}
	}
	return err
}

func (d *demoCmd) mark(state string) error {
	return os.WriteFile(filepath.Join(d.Data, demoMark), []byte(state), 0o600)
}

// demo is a practice installation: one desk per protocol, each with its story.
type demo struct {
	*practice
	command *demoCmd
	desks   []*demoDesk // the first one answers at the bare address
	clock   *hands
	now     time.Time // where the stories end
	paper   *paper
}

// furnish makes organisations, people and cases by playing the stories, and marks the
// folder when all of it is there. Memory is collected less often meanwhile: somebody waits.
func (d *demo) furnish(c *console) error {
	defer debug.SetGCPercent(debug.SetGCPercent(furnishGC))
	d.clock.hold(d.now)
	defer d.clock.letGo()
	for _, one := range d.desks {
		if err := d.furnishOne(c, one); err != nil {
			return refuse(err, "De demo kan niet worden klaargezet:", "The demo cannot be made ready:")
		}
		d.clock.hold(d.now)
	}
	return d.command.mark(demoReady + d.remembered())
}

// furnishOne plays the story of one desk; a protocol without a story gets its people only.
func (d *demo) furnishOne(c *console, one *demoDesk) error {
	story, told, err := demoStory(one.protocol.About.ID, d.now, one.protocol.Location())
	if err != nil {
		return err
	}
	if !told {
		return d.people(c.ctx, one, nil)
	}
	file := filepath.Join(d.Data, "story.yaml")
	if err := os.WriteFile(file, story, 0o600); err != nil {
		return err
	}
	defer os.Remove(file)
	summary, err := scenario.Run(c.ctx, d.start(one), []string{file}, io.Discard)
	for _, r := range summary.Results {
		for _, x := range r.Differences {
			d.log.Warn("demo goes otherwise", "step", x.Step, "what", x.What, "came", x.Came)
		}
	}
	return cmp.Or(err, c.ctx.Err()) // stopped half-way: the folder stays marked as unfinished
}

// resume brings back what an earlier demo in this folder only had in memory: return
// codes, and mail that was caught.
func (d *demo) resume(c *console) error {
	state, err := os.ReadFile(filepath.Join(d.Data, demoMark))
	if err != nil {
		return refuse(err, "De demo in %s kan niet gelezen worden.", "The demo in %s cannot be read.", d.Data)
	}
	d.remember(strings.TrimPrefix(string(state), demoReady))
	all, err := d.desk.Tenants(c.ctx)
	if err != nil {
		return refuse(err, "De demo in %s kan niet gelezen worden.", "The demo in %s cannot be read.", d.Data)
	}
	for _, t := range all {
		if err := d.recall(c.ctx, t.ID); err != nil {
			return err
		}
	}
	return nil
}

// recall puts the mail of one desk back into sight.
func (d *demo) recall(ctx context.Context, tenant string) error {
	return d.store.Read(ctx, func(tx desk.Tx) error {
		messages, err := tx.Messages(ctx, tenant, demoMails)
		slices.Reverse(messages) // oldest first, as they were caught
		for _, m := range messages {
			if !m.SentAt.IsZero() {
				d.mails.Remember(mail.Caught{At: m.SentAt, From: sentBy, To: []string{m.To}, Subject: m.Subject, MessageID: m.ID, Body: m.Body})
			}
		}
		return err
	})
}

// start gives a story this very installation to play at, as one of its desks.
func (d *demo) start(one *demoDesk) scenario.Start {
	return func(ctx context.Context, setup scenario.Setup) (*scenario.Desk, error) {
		d.clock.set(setup.Now)
		if err := d.people(ctx, one, setup.Tenants[0].People(one.protocol)); err != nil {
			return nil, err
		}
		stage := d.stage()
		stage.Tenant, stage.Service, stage.Unswept = one.tenant.ID, remembering{d.desk, &one.codes}, true
		return stage, nil
	}
}

// people makes a desk and everybody in it; all log in with the same password.
func (d *demo) people(ctx context.Context, one *demoDesk, people []desk.Person) error {
	people = everyRole(one.protocol, people)
	if err := d.fill(ctx, one.tenant, people); err != nil {
		return err
	}
	hash, err := passwords.Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := d.store.PutAccount(ctx, desk.Account{Tenant: one.tenant.ID, Login: p.ID, Person: p.ID, Hash: hash}); err != nil {
			return err
		}
	}
	return nil
}

// everyRole adds somebody for each role that the story has nobody for, so that every
// page can be looked at.
func everyRole(in *protocol.Protocol, people []desk.Person) []desk.Person {
	for _, role := range in.Roles {
		held := slices.ContainsFunc(people, func(p desk.Person) bool { return slices.Contains(p.Roles, role.ID) })
		if held || role.Side == "reporter" {
			continue
		}
		id := strings.ReplaceAll(role.ID, "_", "-")
		one := desk.Person{ID: id, Name: "Oefenaar " + role.Title.NL, Email: id + "@example.org", Roles: []string{role.ID}}
		people = append(people, atEach(in, &role, one)...)
	}
	return people
}

// atEach: a role that sees only the cases of its own organisation has somebody at each.
func atEach(in *protocol.Protocol, role *protocol.Role, one desk.Person) []desk.Person {
	if len(role.Cases.Of) == 0 || in.Fact(role.Cases.Of[0]) == nil {
		return []desk.Person{one}
	}
	var out []desk.Person
	for _, o := range in.Fact(role.Cases.Of[0]).Options {
		at := one
		at.ID, at.Name, at.Organisation = one.ID+"-"+o.ID, one.Name+" "+o.Label.NL, o.Label.NL
		at.Email = at.ID + "@example.org"
		out = append(out, at)
	}
	return out
}

// open prints where everything is and serves until it is stopped.
func (d *demo) open(c *console) error {
	at := d.front(d.desks[0].tenant.ID, "http://"+d.command.Addr, d.command.Addr).At
	pages := d.pages(web.Options{Founder: founder{d.house, "http://" + d.command.Addr}, At: at, Practice: true, PasswordOnly: true, Mailbox: mailbox{d.mails, d.store}})
	d.paper.at("http://"+d.command.Addr, d.desks)
	return d.serve(c, d.command.Addr, d.paper.beside(pages), func(url string) {
		d.paper.at(url, d.desks)
		c.say("\nLoket, oefening. Alles is verzonnen. De tweede stap bij het inloggen staat uit; bij loket serve staat hij aan.\n",
			"\nLoket, practice. Everything is invented. The second step of logging in is off; with loket serve it is on.\n")
		for i, one := range d.desks {
			address := url
			if i > 0 {
				address = desk.WithHost(url, one.tenant.Host)
			}
			if err := d.announce(c, one, address, desk.WithHost(url, one.tenant.Host)); err != nil {
				d.log.Error("logins not listed", "error", err.Error())
			}
		}
		c.say("", "")
		if err := d.invite(c, url); err != nil {
			d.log.Error("no invitation made", "error", err.Error())
		}
		c.say("\nStoppen: Ctrl-C", "\nStop: Ctrl-C")
	})
}

// announce prints addresses and logins of one desk.
func (d *demo) announce(c *console, one *demoDesk, url, own string) error {
	people, err := d.desk.People(c.ctx, one.tenant.ID)
	if err != nil {
		return err
	}
	c.say("== %s: %s ==\n", "== %s: %s ==\n", one.tenant.Name, own)
	c.say("Melden      %s/melden", "Report      %s/melden", url)
	c.say("Werklijst   %s/werklijst", "Worklist    %s/werklijst", url)
	c.say("Post        %s/post\n", "Mail        %s/post\n", url)
	c.say("Inloggen op %s/inloggen (rol, naam, wachtwoord):\n", "Log in at %s/inloggen (role, name, password):\n", url)
	var logins []login
	for _, role := range one.protocol.Roles {
		for _, p := range people {
			if len(p.Roles) > 0 && p.Roles[0] == role.ID {
				logins = append(logins, login{locale.Pick(c.lang, role.Title.NL, role.Title.EN), p.ID, demoPassword})
			}
		}
	}
	fmt.Fprintln(c.out, table(logins))
	if codes := one.codes.list(); codes != "" {
		c.say("Terug als melder op %s/mijn-melding (zaak, code, organisatie):\n", "Come back as reporter at %s/mijn-melding (case, code, organisation):\n", url)
		fmt.Fprintln(c.out, codes)
	}
	return nil
}
