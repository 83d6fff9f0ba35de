// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/mail"
	"example.org/loket/scenario"
)

// practice is a house whose clock can be moved and whose mail is caught: for stories and
// for the demo.
type practice struct {
	*house
	hands *hands
	mails *mail.Catcher
}

// sentBy is the sender of every notice in practice.
const sentBy = "loket@example.org"

// openPractice makes a practice house in a folder. keep is how many mails are kept.
func openPractice(ctx context.Context, p parts, clock *hands, keep int) (*practice, error) {
	mails, err := mail.Catch(keep, clock.Now)
	if err != nil {
		return nil, err
	}
	p.clock = clock
	if p.sender, err = mail.NewSender(mail.Options{Addr: mails.Addr(), From: "Incidentenloket <" + sentBy + ">", Security: mail.Plain}); err != nil {
		return nil, errors.Join(err, mails.Close())
	}
	h, err := open(ctx, p)
	if err != nil {
		return nil, errors.Join(err, mails.Close())
	}
	return &practice{house: h, hands: clock, mails: mails}, nil
}

func (p *practice) close() error { return errors.Join(p.house.close(), p.mails.Close()) }

// fill makes the organisation and its people, and starts its year.
func (p *practice) fill(ctx context.Context, t desk.Tenant, people []desk.Person) error {
	if err := p.desk.PutTenant(ctx, loket.System(t.ID), t); err != nil {
		return err
	}
	err := p.store.Write(ctx, func(tx desk.Tx) error {
		for _, person := range people {
			person.Tenant = t.ID
			if err := tx.PutPerson(ctx, person); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, p.desk.Rhythm(ctx, t.ID))
}

// stage shows the house to a story.
func (p *practice) stage() *scenario.Desk {
	return &scenario.Desk{
		Service: p.desk, SetNow: p.hands.set, Mails: p.sent,
		Work: func(ctx context.Context) error {
			_, err := p.worker.Step(ctx)
			return err
		},
	}
}

// sent gives the mails that left, oldest first.
func (p *practice) sent() []scenario.Mail {
	caught := p.mails.Messages()
	slices.Reverse(caught)
	mails := make([]scenario.Mail, len(caught))
	for i, m := range caught {
		mails[i] = scenario.Mail{To: strings.Join(m.To, ", "), Subject: m.Subject, Body: m.Body, Raw: m.Raw, At: m.At}
	}
	return mails
}

// keptInStory is more mail than any story sends.
const keptInStory = 10_000

// startStories gives every story an empty desk in a temporary folder, which is gone
// when the story ends.
func startStories(known desk.Protocols) scenario.Start {
	return func(ctx context.Context, setup scenario.Setup) (*scenario.Desk, error) {
		for _, f := range setup.Tenants {
			if known[f.Protocol] == nil {
				there := strings.Join(slices.Sorted(maps.Keys(known)), ", ")
				return nil, refuse(nil, "Het verhaal %s vraagt het protocol %q, en dat is er niet. Wel: %s. Of schrijf een map, met een / erin.",
					"The story %s asks for the protocol %q, which is not there. These are: %s. Or write a folder, with a / in it.", setup.Name, f.Protocol, there)
			}
		}
		known, err := withFolders(known, setup.Drafts)
		if err != nil {
			return nil, err
		}
		folder, err := os.MkdirTemp("", "loket-story-*")
		if err != nil {
			return nil, err
		}
		written := &journal{}
		house, err := openPractice(ctx, parts{place: place{Data: folder}, rand: seededIDs(), protocols: known,
			baseURL: "https://loket.example.org", log: slog.New(slog.NewJSONHandler(written, nil))}, &hands{at: setup.Now}, keptInStory)
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(folder))
		}
		if err := house.found(ctx, known, setup.Tenants); err != nil {
			return nil, errors.Join(err, house.close(), os.RemoveAll(folder))
		}
		stage := house.stage()
		stage.Dump = func(context.Context) ([]scenario.Remainder, error) { return remains(folder, written) }
		stage.Close = func() error { return errors.Join(house.close(), os.RemoveAll(folder)) }
		return stage, nil
	}
}

// withFolders lays the drafts of a story beside the protocols that are known; other stories do
// not see them.
func withFolders(known desk.Protocols, drafts []string) (desk.Protocols, error) {
	if len(drafts) == 0 {
		return known, nil
	}
	known = maps.Clone(known)
	for _, name := range drafts {
		p, err := readProtocol(name)
		if err != nil {
			return nil, err
		}
		known[p.About.ID+"@"+p.About.Version] = p
	}
	return known, nil
}

// found makes the organisations of a story.
func (p *practice) found(ctx context.Context, known desk.Protocols, all []scenario.Founding) error {
	for _, f := range all {
		in := known[f.Protocol]
		organisation := desk.Tenant{
			ID: f.ID, Name: cmp.Or(f.Name, "Gemeente Voorbeeld"), Kind: f.Kind, Host: f.Host, Protocol: in.About.ID,
			Phone: "010 000 00 00", Email: "loket@example.org",
		}
		if err := p.fill(ctx, organisation, f.People(in)); err != nil {
			return err
		}
	}
	return nil
}

// remains is everything that a story left in its folder and in the log.
func remains(folder string, written *journal) ([]scenario.Remainder, error) {
	left := []scenario.Remainder{{Name: "log", Bytes: written.all()}}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		left = append(left, scenario.Remainder{Name: d.Name(), Bytes: data})
		return err
	})
	return left, err
}

// journal keeps what was logged.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write adds to the journal.
func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(b)
}

func (j *journal) all() []byte {
	j.mu.Lock()
	defer j.mu.Unlock()
	return bytes.Clone(j.buf.Bytes())
}
