// SPDX-License-Identifier: EUPL-1.2

package desk

import (
	"context"
	"maps"
	"sync"
	"time"

	"example.org/loket/protocol"
)

// Options are the parts a desk is made of. All are needed.
type Options struct {
	Store     Store
	Sealer    Sealer
	Rand      Rand
	Clock     Clock
	Protocols Protocols
	Further   func() Protocols // reads those that nobody works by yet, once; nil: there are none
	BaseURL   string           // of the pages, for links in notices: https://loket.example.org
	Erasures  ErasureRegister  // outside database and key store; nil keeps no copy, see Replay
	Nudge     func()           // called after messages were queued, so that work looks at once; may be nil
}

// Protocols are the protocol versions this installation knows, by "id" (in force) and
// "id@version" (what a case keeps, R-I-01).
type Protocols map[string]*protocol.Protocol

// Add makes p known and puts it in force under its id.
func (ps Protocols) Add(p *protocol.Protocol) {
	ps[p.About.ID] = p
	ps[p.About.ID+"@"+p.About.Version] = p
}

func (ps Protocols) of(id, version string) *protocol.Protocol {
	if p := ps[id+"@"+version]; p != nil {
		return p
	}
	return ps[id]
}

// Desk is the use cases over one store.
type Desk struct {
	Options
	erasing sync.Mutex // one erasure at a time is brought to its end
	purged  time.Time  // when old addresses and results were last looked for
	tenants tenants
	every   func() Protocols // with those that nobody works by yet
}

var _ Service = (*Desk)(nil)

// New makes a desk.
func New(o Options) *Desk {
	if o.Nudge == nil {
		o.Nudge = func() {}
	}
	d := &Desk{Options: o}
	d.every = sync.OnceValue(func() Protocols {
		if d.Further == nil {
			return d.Protocols
		}
		all := d.Further()
		if all == nil {
			all = Protocols{}
		}
		maps.Copy(all, d.Protocols)
		return all
	})
	return d
}

// knowing are the protocols among which one is looked for: those at hand, or every one when
// it is not among them. A desk reads at its start only what it works by.
func (d *Desk) knowing(id string) Protocols {
	if d.Protocols[id] != nil {
		return d.Protocols
	}
	return d.every()
}

// Now is the moment by the desk's clock.
func (d *Desk) Now() time.Time { return d.Clock.Now() }

// People lists everybody of a tenant who can be told something or handle a case.
func (d *Desk) People(ctx context.Context, tenant string) ([]Person, error) {
	var out []Person
	err := d.Store.Read(ctx, func(tx Tx) (err error) {
		out, err = tx.People(ctx, tenant)
		return err
	})
	return out, err
}
