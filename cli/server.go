// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"example.org/loket/api"
	"example.org/loket/desk"
	"example.org/loket/identity"
	"example.org/loket/protocol"
	"example.org/loket/web"
)

// Bounds on one connection, so that slow or silent clients cannot hold the desk.
const (
	readHeaders = 10 * time.Second
	readBody    = time.Minute
	writeAnswer = 2 * time.Minute // the register of a year may be long
	idle        = 2 * time.Minute
	lastAnswers = 15 * time.Second // for requests that run when the desk stops
	choreEvery  = 10 * time.Minute
)

// Memory. Collecting garbage half as often as usual takes a tenth off the work of a page;
// the soft limit, on what the program itself holds, keeps that from adding up under load.
const (
	gcPercent = 200
	gcLimit   = 64 << 20
)

// spareMemory sets the above, unless the operator did.
func spareMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(gcLimit)
	}
}

// pages makes the web pages of this house.
func (h *house) pages(o web.Options) http.Handler {
	drafts := &identity.Drafts{Store: h.store, Clock: h.clock}
	sessions := h.sessions(o.Secure)
	o.Service, o.Sessions, o.Ways, o.Drafts = h.desk, sessions, sessions, drafts
	o.Log, o.Rand, o.Clock, o.Scan = h.log, h.rand, h.clock, protocol.ScanText
	o.Alarm, o.Examples = h.alarm, example
	if o.Source == nil {
		o.Source = sourceBehind(nil)
	}
	mux := http.NewServeMux()
	pages := web.New(o)
	mux.Handle("GET /healthz", pages.Headers(http.HandlerFunc(h.healthz)))
	machines := api.New(api.Options{Service: h.desk, Tenant: o.Tenant, At: o.At, Phone: o.Phone, Secure: o.Secure, Source: o.Source, Scan: protocol.ScanText, Log: h.log, Came: h.places.Mark})
	mux.Handle("/api/", pages.Headers(machines))
	mux.Handle("/", pages)
	return mux
}

// serve answers requests and does background work until the context ends, then lets
// running requests finish. opened is called when the desk is ready.
func (h *house) serve(c *console, addr string, pages http.Handler, opened func(url string)) error {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return refuse(err, "Het adres %s is niet vrij. Kies een ander met --addr.", "The address %s is not free. Choose another with --addr.", addr)
	}
	server := &http.Server{Handler: planted(pages), ReadHeaderTimeout: readHeaders, ReadTimeout: readBody, WriteTimeout: writeAnswer, IdleTimeout: idle, MaxHeaderBytes: 64 << 10}
	ctx, stop := context.WithCancel(c.ctx)
	defer stop()
	var working sync.WaitGroup
	working.Go(func() { h.worker.Run(ctx) })
	working.Go(func() { h.media.Run(ctx) })
	go h.chores(ctx)
	if h.proof != nil {
		go h.proof.run(ctx)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	opened("http://" + listener.Addr().String())
	spareMemory()
	debug.FreeOSMemory() // reading the protocols took memory that is not needed again

	var broken error
	select {
	case <-ctx.Done():
	case <-h.store.Failed():
		broken = refuse(nil, "De opslag werkt niet meer. Het loket stopt, zodat er niets verloren gaat. Kijk naar de schijf en start opnieuw.",
			"Storage has failed. The desk stops, so that nothing is lost. Look at the disk and start again.")
	case broken = <-ended:
	}
	stop()
	last, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), lastAnswers)
	defer cancel()
	err = server.Shutdown(last)
	working.Wait()
	return errors.Join(broken, err)
}

// chores starts what comes around every year, and forgets sessions and drafts that are over.
func (h *house) chores(ctx context.Context) {
	if err := h.rhythm(ctx); err != nil && ctx.Err() == nil {
		h.log.Error("the clock of the year did not start", "error", err.Error())
	}
	sessions, drafts := h.sessions(false), &identity.Drafts{Store: h.store, Clock: h.clock}
	every := time.NewTicker(choreEvery)
	defer every.Stop()
	for {
		if err := errors.Join(sessions.Purge(ctx), drafts.Purge(ctx)); err != nil && ctx.Err() == nil {
			h.log.Error("old sessions and drafts not forgotten", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// rhythm starts the clock of the year for every tenant.
func (h *house) rhythm(ctx context.Context) error {
	all, err := h.desk.Tenants(ctx)
	for _, t := range all {
		err = errors.Join(err, h.desk.Rhythm(ctx, t.ID))
	}
	return err
}

// healthz answers 200 when the database can be read and the worker looks at due work.
// It tells nothing else: anybody may ask.
func (h *house) healthz(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	words := h.trouble(r.Context())
	if words != "" {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, words+"\n")
		return
	}
	_, _ = io.WriteString(w, "ok\n")
}

// trouble names what is wrong; empty when all is well.
func (h *house) trouble(ctx context.Context) string {
	select {
	case <-h.store.Failed():
		return "storage failed"
	default:
	}
	err := h.store.Read(ctx, func(tx desk.Tx) error {
		_, err := tx.Tenants(ctx)
		return err
	})
	health := h.worker.Health()
	switch {
	case err != nil:
		return "database unreadable"
	case health.Error != "":
		return "due work fails"
	case health.Silent(h.clock.Now()):
		return "due work stands still"
	case h.proof != nil && h.proof.failed.Load():
		return "the state of the log is not kept outside"
	}
	return ""
}

// mailPatience is how long the mail server may be away before people are told (R05).
const mailPatience = 15 * time.Minute

// alarm is what the pages tell the people of the desk.
func (h *house) alarm() web.Alarm {
	health, now := h.worker.Health(), h.clock.Now()
	a := web.Alarm{Work: health.Silent(now), Proof: h.proof != nil && h.proof.failed.Load()}
	if !health.MailDown.IsZero() && now.Sub(health.MailDown) > mailPatience {
		a.Mail = health.MailDown
	}
	return a
}
