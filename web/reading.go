// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"context"
	"net/http"
	"strings"

	"example.org/loket"
)

// One account must not empty the desk by machine (ASVS 2.4.1): whoever asks for pages about
// cases faster than a person reads, for a long time, waits. It counts per account, not per
// source: an office reads from one address. Who was stopped is told, and so is, once a day,
// who supervises the access.

// ReadingWatch hears of an account that reads faster than a person does.
type ReadingWatch interface {
	ReadTooFast(ctx context.Context, by loket.Actor) error
}

// exports are the pages that give many cases or people at once.
var exports = map[string]bool{"GET /register": true, "GET /lijsten/{book}/bestand": true}

// reads is what of the allowances a page of this route takes; empty: nothing.
func (r route) reads() string {
	switch method, path, _ := strings.Cut(r.pattern, " "); {
	case exports[r.pattern]:
		return floodExport
	case r.who == loggedIn && method == http.MethodGet && strings.Contains(path, "{case}"), r.pattern == "POST /zaak/{case}/openen":
		return floodReading
	}
	return ""
}

// mayRead notes one more page, and refuses what is too fast. What this machine itself asks is
// not counted, like everywhere.
func (v *visit) mayRead(what string) error {
	if what == "" || v.source(v.r) == "" {
		return nil
	}
	who := v.actor.Tenant + "/" + v.actor.ID
	wait, ok := v.flood.take(v.now, what, who, allowances[what])
	if ok {
		return nil
	}
	v.log.Warn("one account reads too fast", "what", what)
	if watch, watched := v.service.(ReadingWatch); watched {
		if _, first := v.flood.take(v.now, floodTold, who, allowances[floodTold]); first {
			if err := watch.ReadTooFast(v.r.Context(), v.actor); err != nil {
				v.log.Error("reading too fast is not told", "error", err.Error())
			}
		}
	}
	return &failure{status: http.StatusTooManyRequests, words: "reading", wait: wait}
}
