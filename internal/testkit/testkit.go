// SPDX-License-Identifier: EUPL-1.2

// Package testkit is the whole program with a movable clock: the real protocol, desk,
// store, sealing, background work and mail over SMTP, in a folder of their own.
//
//	clock ──▶ desk ──▶ store (SQLite) ──▶ work.Step ──▶ mail ──▶ catcher
//	            └────▶ seal ──▶ key store
//
// Tests use New; stories use Start. Nothing happens between two calls of Work, so the
// same steps with the same seed give the same run.
package testkit

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/mail"
	"example.org/loket/protocol"
	"example.org/loket/scenario"
	"example.org/loket/seal"
	"example.org/loket/store"
	"example.org/loket/work"
)

// Options of a kit. The zero value is a good start.
type Options struct {
	Folder   string      // where everything lies; New makes one when it is empty
	Protocol string      // id; empty is rotterdam
	Tenant   string      // id; empty is desk
	Name     string      // of the tenant, as readers see it
	Kind     string      // of the tenant
	Host     string      // of the tenant
	Now      time.Time   // first moment; zero is 2026-03-28 16:00 in Amsterdam
	Seed     uint64      // of identifiers and codes
	Sealer   desk.Sealer // nil is the real one
	NoReplay bool        // control: start without carrying out the erasure register
	People   func(*protocol.Protocol) []desk.Person

	Others []scenario.Founding // further tenants on the same installation
	Drafts []string            // folders with changes on a protocol: next versions that nobody works by
}

// Kit is a running program.
type Kit struct {
	Desk     *desk.Desk
	Store    *store.Store
	Keys     *store.Keys
	Clock    *Clock
	Worker   *work.Worker
	Mails    *mail.Catcher
	Protocol *protocol.Protocol
	Tenant   string
	Folder   string

	log lockedBuffer
}

// New starts a program for one test and ends it with the test.
func New(tb testing.TB, o Options) *Kit {
	tb.Helper()
	if o.Folder == "" {
		o.Folder = tb.TempDir()
	}
	k, err := Open(context.Background(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := k.Close(); err != nil {
			tb.Error(err)
		}
	})
	return k
}

// Open starts a program in a folder.
func Open(ctx context.Context, o Options) (*Kit, error) {
	o = o.filled()
	p, err := Protocol(o.Protocol)
	if err != nil {
		return nil, err
	}
	k := &Kit{Clock: &Clock{now: o.Now}, Protocol: p, Tenant: o.Tenant, Folder: o.Folder}
	if err := k.open(ctx, o); err != nil {
		return nil, errors.Join(err, k.Close())
	}
	if err := k.fill(ctx, o); err != nil || o.NoReplay {
		return k, err
	}
	for _, other := range o.Others {
		if err := k.found(ctx, other); err != nil {
			return k, err
		}
	}
	_, err = k.Desk.Replay(ctx)
	return k, err
}

func (o Options) filled() Options {
	if o.Protocol == "" {
		o.Protocol = "rotterdam"
	}
	if o.Tenant == "" {
		o.Tenant = "desk"
	}
	if o.Now.IsZero() {
		o.Now = time.Date(2026, 3, 28, 15, 0, 0, 0, time.UTC)
	}
	return o
}

func (k *Kit) open(ctx context.Context, o Options) (err error) {
	if k.Store, err = store.Open(ctx, filepath.Join(o.Folder, "data")); err != nil {
		return err
	}
	sealer := o.Sealer
	if sealer == nil {
		if k.Keys, err = store.OpenKeys(ctx, filepath.Join(o.Folder, "keys")); err != nil {
			return err
		}
		root, err := seal.EnsureRoot(filepath.Join(o.Folder, "root.key"))
		if err != nil {
			return err
		}
		sealer = seal.NewKeyring(root, k.Keys)
	}
	const keep = 10_000
	if k.Mails, err = mail.Catch(keep, k.Clock.Now); err != nil {
		return err
	}
	sender, err := mail.NewSender(mail.Options{Addr: k.Mails.Addr(), From: "Incidentenloket <loket@example.org>", Security: mail.Plain})
	if err != nil {
		return err
	}
	known := desk.Protocols{}
	known.Add(k.Protocol)
	for _, other := range o.Others {
		p, err := Protocol(other.Protocol)
		if err != nil {
			return err
		}
		known.Add(p)
	}
	for _, folder := range o.Drafts {
		p, err := draft(folder)
		if err != nil {
			return err
		}
		known[p.About.ID+"@"+p.About.Version] = p
	}
	register, err := store.OpenErasureFile(filepath.Join(o.Folder, "erasures.log"))
	if err != nil {
		return err
	}
	k.Desk = desk.New(desk.Options{
		Erasures: register, Store: k.Store, Sealer: sealer, Rand: newRand(o.Seed), Clock: k.Clock, Protocols: known, BaseURL: "https://loket.example.org",
	})
	k.Worker = work.New(work.Options{Store: k.Store, Sender: sender, Desk: k.Desk, Clock: k.Clock, Log: slog.New(slog.NewJSONHandler(&k.log, nil))})
	return nil
}

// fill makes the first tenant and its people.
func (k *Kit) fill(ctx context.Context, o Options) error {
	return k.found(ctx, scenario.Founding{ID: o.Tenant, Name: o.Name, Kind: o.Kind, Host: o.Host, Protocol: o.Protocol, People: o.People})
}

// found makes one tenant and its people.
func (k *Kit) found(ctx context.Context, f scenario.Founding) error {
	p, err := Protocol(f.Protocol)
	if err != nil {
		return err
	}
	t := desk.Tenant{ID: f.ID, Name: cmp.Or(f.Name, "Gemeente Voorbeeld"), Kind: f.Kind, Host: f.Host, Protocol: p.About.ID, Phone: "010 000 00 00", Email: "loket@example.org"}
	if err := k.Desk.PutTenant(ctx, loket.System(t.ID), t); err != nil {
		return err
	}
	err = k.Store.Write(ctx, func(tx desk.Tx) error {
		if f.People == nil {
			return nil
		}
		for _, person := range f.People(p) {
			person.Tenant = f.ID
			if err := tx.PutPerson(ctx, person); err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(err, k.Desk.Rhythm(ctx, f.ID))
}

// Work does everything that is due now.
func (k *Kit) Work(ctx context.Context) error {
	_, err := k.Worker.Step(ctx)
	return err
}

// Log is everything the program logged.
func (k *Kit) Log() []byte { return k.log.Bytes() }

// Close ends the program. What it left on disk stays.
func (k *Kit) Close() error {
	var errs []error
	if k.Mails != nil {
		errs = append(errs, k.Mails.Close())
	}
	if k.Keys != nil {
		errs = append(errs, k.Keys.Close())
	}
	if k.Store != nil {
		errs = append(errs, k.Store.Close())
	}
	return errors.Join(errs...)
}

// Clock is a clock that tests move.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now implements desk.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Set moves the clock.
func (c *Clock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// lockedBuffer collects the log; the worker may write while a test reads.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) Bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Clone(b.buf.Bytes())
}

// loaded keeps protocols: reading one costs more than playing a story.
var loaded sync.Map

type once struct {
	sync.Once
	p   *protocol.Protocol
	err error
}

// Protocol loads protocols/<id> of this repository, or a folder of it such as
// protocol/testdata/streek.
func Protocol(id string) (*protocol.Protocol, error) {
	v, _ := loaded.LoadOrStore(id, &once{})
	o := v.(*once)
	o.Do(func() {
		root, err := Root()
		if err != nil {
			o.err = err
			return
		}
		folder := id
		if !strings.Contains(id, "/") {
			folder = "protocols/" + id
		}
		o.p, o.err = protocol.Load(os.DirFS(filepath.Join(root, filepath.FromSlash(folder))))
		if o.err != nil {
			o.err = fmt.Errorf("%s:\n%w", folder, o.err)
		}
	})
	return o.p, o.err
}

// draft loads the changes in a folder over the protocol of this repository that they name.
func draft(folder string) (*protocol.Protocol, error) {
	changes, err := protocol.OverlayOf(os.DirFS(folder))
	if err != nil {
		return nil, err
	}
	root, err := Root()
	if err != nil {
		return nil, err
	}
	return protocol.LoadOver(os.DirFS(filepath.Join(root, "protocols", changes.Of)), os.DirFS(folder))
}

// Root is the folder of the repository: the first one upwards that holds go.mod.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("testkit: no go.mod above the working folder")
		}
		dir = up
	}
}
