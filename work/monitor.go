// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"log/slog"
	"time"

	"example.org/loket/desk"
)

// The monitor looks at the feeds of news media that are due. It runs beside the worker and
// not in it: a slow medium must not hold up a notice or a clock.
//
//	feeds: LeaseFeeds ──▶ Fetch ──▶ desk.FeedFetched ──▶ due again in a while

// Fetcher looks at one feed. Whatever goes wrong is a word of desk.FeedTroubles in the
// result: a medium that is away is no fault of the desk.
type Fetcher interface {
	Fetch(ctx context.Context, f desk.Feed) desk.FetchedFeed
}

// Newsroom is told what a look gave, and forgets what is old.
type Newsroom interface {
	FeedFetched(ctx context.Context, f desk.Feed, got desk.FetchedFeed) error
	ForgetMedia(ctx context.Context) error
}

// MonitorOptions of a monitor. All but Log and Poll must be given.
type MonitorOptions struct {
	Store Store
	Fetch Fetcher
	Desk  Newsroom
	Clock desk.Clock
	Log   *slog.Logger
	Poll  time.Duration // between looks; zero is ten seconds
}

const (
	monitorPoll  = 10 * time.Second
	monitorBatch = 4
	monitorLease = 5 * time.Minute // longer than a batch at fetchTime each
)

// Monitor looks at feeds. Make one with NewMonitor, then Run it.
type Monitor struct{ MonitorOptions }

// NewMonitor makes a monitor that does nothing until Run or Step.
func NewMonitor(o MonitorOptions) *Monitor {
	if o.Poll == 0 {
		o.Poll = monitorPoll
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Monitor{o}
}

// Run looks until ctx ends. Trouble is logged; it never ends the loop.
func (m *Monitor) Run(ctx context.Context) {
	every := time.NewTicker(m.Poll)
	defer every.Stop()
	for {
		if _, err := m.Step(ctx); err != nil && ctx.Err() == nil {
			m.Log.Error("the media monitor stopped half-way", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// Step looks at every feed that is due at this moment of the clock and returns how many.
func (m *Monitor) Step(ctx context.Context) (n int, err error) {
	for ctx.Err() == nil {
		now := m.Clock.Now()
		var feeds []desk.Feed
		err := m.Store.Write(ctx, func(tx desk.Tx) (err error) {
			feeds, err = tx.LeaseFeeds(ctx, now, now.Add(monitorLease), monitorBatch)
			return err
		})
		if err != nil {
			return n, err
		}
		for _, f := range feeds {
			got := m.Fetch.Fetch(ctx, f)
			if ctx.Err() != nil {
				return n, nil // stopping: the lease runs out and another looks
			}
			if got.Trouble != "" { // the line in the list, never the address: it may hold a key
				m.Log.Info("feed not read", "tenant", f.Tenant, "feed", f.ID, "why", got.Trouble)
			}
			if err := m.Desk.FeedFetched(ctx, f, got); err != nil {
				return n, err
			}
			n++
		}
		if len(feeds) < monitorBatch {
			break
		}
	}
	return n, m.Desk.ForgetMedia(ctx)
}
