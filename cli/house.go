// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"example.org/loket/desk"
	"example.org/loket/identity"
	"example.org/loket/protocol"
	"example.org/loket/protocols"
	"example.org/loket/seal"
	"example.org/loket/store"
	"example.org/loket/work"
)

// house is a desk with all its parts, wired:
//
//	store ◀── desk ──▶ seal ──▶ key store
//	  ▲        ▲ nudge ▼
//	  └────── work ──▶ sender
type house struct {
	place
	store  *store.Store
	keys   *store.Keys
	desk   *desk.Desk
	worker *work.Worker
	media  *work.Monitor // looks at the feeds of the media monitor
	sealer desk.Sealer
	base   string // address of the pages as readers know it
	entry  entry  // who comes in besides by password, and must show what
	others []*identity.Provider
	leaked *identity.Leaked  // passwords that nobody may choose; nil: not known
	places *identity.Origins // from where people come, for the log
	proof  *keeper           // brings the state of the log outside; nil: nowhere
	clock  desk.Clock
	rand   desk.Rand
	log    *slog.Logger
}

// parts is what differs between a real desk, the demo and a story.
type parts struct {
	place
	sender    work.Sender
	lanes     int // notices on their way at once; 0 is 1
	clock     desk.Clock
	rand      desk.Rand
	protocols desk.Protocols // nil: those that its organisations work by, and what folders hold
	folders   []string       // further protocol folders
	baseURL   string
	log       *slog.Logger
	inside    bool // feeds of the media monitor may lie on the own network
}

// open makes a house. The caller closes it.
func open(ctx context.Context, p parts) (*house, error) {
	if err := p.place.prepare(); err != nil {
		return nil, err
	}
	h := &house{place: p.place, clock: p.clock, rand: p.rand, log: p.log, base: p.baseURL}
	if h.log == nil {
		h.log = slog.New(slog.DiscardHandler)
	}
	sealer, err := h.openStores(ctx)
	if err != nil {
		return nil, errors.Join(err, h.close())
	}
	h.sealer = sealer
	h.places = &identity.Origins{Store: h.store, Sealer: sealer, Clock: p.clock, Log: h.log}
	known, further := p.protocols, (func() desk.Protocols)(nil)
	if known == nil {
		if known, err = h.inUse(ctx, p.folders); err != nil {
			return nil, errors.Join(err, h.close())
		}
		further = h.further
	}
	register, err := store.OpenErasureFile(h.Erasures)
	if err != nil {
		return nil, errors.Join(refuse(err, "Het wisregister kan niet geopend worden.", "The erasure register cannot be opened."), h.close())
	}
	h.desk = desk.New(desk.Options{Store: h.store, Erasures: register, Sealer: sealer, Rand: p.rand, Clock: p.clock, Protocols: known, Further: further, BaseURL: p.baseURL,
		Nudge: func() { h.worker.Nudge() }})
	h.worker = work.New(work.Options{Store: h.store, Sender: p.sender, Desk: h.desk, Clock: p.clock, Log: h.log, Lanes: p.lanes})
	h.media = work.NewMonitor(work.MonitorOptions{Store: h.store, Fetch: work.NewWeb(p.inside), Desk: h.desk, Clock: p.clock, Log: h.log})
	if err := h.replay(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

// replay carries out the erasure register before anybody is answered: a backup that was put
// back must not bring back what was erased (S08).
func (h *house) replay(ctx context.Context) error {
	n, err := h.desk.Replay(ctx)
	if err != nil {
		return refuse(err, "Het wisregister %s kon niet worden uitgevoerd. Het loket start niet, want anders is te lezen wat gewist is.",
			"The erasure register %s could not be carried out. The desk does not start, because what was erased would be readable.", h.Erasures)
	}
	if n > 0 {
		h.log.Warn("a backup was put back; what had been erased is erased again", "erasures", n)
	}
	return nil
}

func (h *house) openStores(ctx context.Context) (desk.Sealer, error) {
	root, err := seal.RootAt(ctx, h.RootKey, h.rootToken)
	if err != nil {
		return nil, refuse(err, "De hoofdsleutel kan niet gelezen worden.", "The root key cannot be read.")
	}
	if h.store, err = store.Open(ctx, h.DB); err != nil {
		return nil, refuse(err, "De database kan niet geopend worden.", "The database cannot be opened.")
	}
	if h.keys, err = store.OpenKeys(ctx, h.KeyDB); err != nil {
		return nil, refuse(err, "De sleutelopslag kan niet geopend worden.", "The key store cannot be opened.")
	}
	return seal.NewKeyring(root, h.keys), nil
}

func (h *house) close() error {
	var errs []error
	if h.store != nil {
		errs = append(errs, h.store.Close())
	}
	if h.keys != nil {
		errs = append(errs, h.keys.Close())
	}
	return errors.Join(errs...)
}

// Person implements identity.People: who somebody is at this moment.
func (h *house) Person(ctx context.Context, tenant, id string) (p desk.Person, found bool, err error) {
	err = h.store.Read(ctx, func(tx desk.Tx) error {
		p, found, err = tx.Person(ctx, tenant, id)
		return err
	})
	return p, found, err
}

// passwords are hashed two at a time: one core stays free for reports.
var passwords = identity.NewPasswords(2)

// providers is asked for tokens, and follows no redirect: the secret of this desk, and the code
// of whoever logs in, would go along to wherever it leads.
var providers = &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func (h *house) sessions(secure bool) *identity.Sessions {
	return identity.New(identity.Options{Accounts: h.store, Store: h.store, People: h, Sealer: h.sealer, Passwords: passwords, Clock: h.clock, Secure: secure, Log: h.log, Origins: h.places, Leaked: h.leaked,
		Providers: h.others, Address: h.addressOf(h.base), Needs: h.needs(h.entry.SecondFactor), Note: h.noteLogin, NoteOther: h.noteOther, Called: h.called, Client: providers})
}

// gcWhileReading is how far memory may grow while protocols are read, in per cent.
const gcWhileReading = 800

// inForce is every protocol that came with the program, and those in the folders given,
// which take the place of a built-in one with the same id. They are read side by side:
// the desk cannot open before. Reading leaves much garbage in a short time, which is not
// collected meanwhile: it all goes at once when the desk is open.
func inForce(folders []string) (desk.Protocols, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(gcWhileReading))
	return readAll(append(protocols.IDs(), folders...))
}

// inUse is inForce for a desk that must be ready soon: of the protocols that came with the
// program only those that an organisation works by, and every folder given. The others are
// read when somebody asks for one; tests prove that they can be.
func (h *house) inUse(ctx context.Context, folders []string) (desk.Protocols, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(gcWhileReading))
	var all []desk.Tenant
	err := h.store.Read(ctx, func(tx desk.Tx) (err error) {
		all, err = tx.Tenants(ctx)
		return err
	})
	if err != nil {
		return nil, refuse(err, "De database kan niet gelezen worden.", "The database cannot be read.")
	}
	wanted := slices.DeleteFunc(protocols.IDs(), func(id string) bool {
		return !slices.ContainsFunc(all, func(t desk.Tenant) bool { return t.Protocol == id })
	})
	return readAll(append(wanted, folders...))
}

// further reads every protocol that came with the program. One that cannot be read is as
// good as not there.
func (h *house) further() desk.Protocols {
	known, err := inForce(nil)
	if err != nil {
		h.log.Error("a protocol that came with the program cannot be read", "error", err.Error())
	}
	return known
}

func readAll(names []string) (desk.Protocols, error) {
	read, faults := make([]*protocol.Protocol, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { read[i], faults[i] = readProtocol(name) })
	}
	wg.Wait()
	known := desk.Protocols{}
	for i, p := range read {
		if faults[i] != nil {
			return nil, faults[i]
		}
		known.Add(p)
	}
	return known, nil
}

// protocolFolder finds a protocol: a folder on disk, or the id of a built-in one.
func protocolFolder(name string) (fs.FS, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return os.DirFS(name), nil
	}
	folder, err := protocols.FS(name)
	if err != nil {
		return nil, refuse(nil, "%q is geen map met een protocol, en ook geen protocol dat meekomt (%s).",
			"%q is not a folder with a protocol, nor a protocol that comes with the program (%s).", name, strings.Join(protocols.IDs(), ", "))
	}
	return folder, nil
}

func readProtocol(name string) (*protocol.Protocol, error) {
	folder, err := protocolFolder(name)
	if err != nil {
		return nil, err
	}
	p, err := loadProtocol(name, folder)
	if err != nil {
		return nil, refuse(err, "Het protocol %s kan niet gebruikt worden:", "The protocol %s cannot be used:", filepath.Clean(name))
	}
	return p, nil
}
