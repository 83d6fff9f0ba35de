// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"example.org/loket/desk"
)

// OriginKept is how long it is known what a mark in the log stands for, after somebody came
// from there last. NEN 7513 asks five years of a log; the mark itself stays with the log.
const OriginKept = 5 * 366 * 24 * time.Hour

const (
	networkBitsIPv4 = 24
	networkBitsIPv6 = 48
	originsKnown    = 10_000 // marks remembered here, so that not every request is a write
	originsAtOnce   = 100    // forgotten in one go
	markBytes       = 10
	sessionMarkSize = 5
)

// OriginStore keeps what marks stand for.
type OriginStore interface {
	AddOrigin(ctx context.Context, o desk.Origin) (bool, error)
	TouchOrigin(ctx context.Context, tenant, mark string, last time.Time) (bool, error)
	OldOrigins(ctx context.Context, before time.Time, limit int) ([]desk.Origin, error)
	DropOrigin(ctx context.Context, tenant, mark string) error
}

// OriginSealer makes marks and seals what they stand for; package seal implements it.
type OriginSealer interface {
	Sealer
	// Index is a keyed hash, of one organisation.
	Index(tenant, fact, value string) []byte
}

// Origins knows from where requests come, no better than a log needs: the network of the
// address, cut short, and the kind of browser. Full addresses and versions are kept nowhere.
type Origins struct {
	Store  OriginStore
	Sealer OriginSealer
	Clock  desk.Clock
	Log    *slog.Logger

	mu    sync.Mutex
	known map[string]int64 // tenant/mark → day on which it was noted
}

// Mark is the mark of where a request comes from, at one organisation. That it could not be
// noted what it stands for goes to the log of the program: the mark holds all the same.
func (o *Origins) Mark(r *http.Request, tenant string) string {
	if o == nil {
		return ""
	}
	at := whereabouts(r)
	hash := o.Sealer.Index(tenant, "origin", at.Network+"\n"+at.Device)
	if len(hash) < markBytes {
		return ""
	}
	mark := shortMark(hash[:markBytes])
	if err := o.note(r.Context(), tenant, mark, at); err != nil {
		o.Log.Error("place of a request not noted", "error", err.Error())
	}
	return mark
}

// note keeps what a mark stands for, once a day.
func (o *Origins) note(ctx context.Context, tenant, mark string, at desk.Whereabouts) error {
	now := o.Clock.Now()
	if !o.isNew(tenant+"/"+mark, now) {
		return nil
	}
	there, err := o.Store.TouchOrigin(ctx, tenant, mark, now)
	if err == nil && !there {
		err = o.add(ctx, desk.Origin{Tenant: tenant, Mark: mark, First: now, Last: now}, at)
	}
	if err != nil {
		o.forgetNew(tenant + "/" + mark)
	}
	return err
}

func (o *Origins) add(ctx context.Context, made desk.Origin, at desk.Whereabouts) error {
	plain, err := json.Marshal(at)
	if err != nil {
		return err
	}
	if made.Key, err = o.Sealer.NewKey(ctx, made.Tenant); err != nil {
		return err
	}
	if made.Sealed, err = o.Sealer.Seal(ctx, made.Key, desk.OriginPlace(made.Tenant, made.Mark), plain); err != nil {
		return err
	}
	added, err := o.Store.AddOrigin(ctx, made)
	if err == nil && !added { // somebody else came from there at the same moment
		err = o.Sealer.Destroy(ctx, made.Key)
	}
	return err
}

// isNew reports whether a mark was not noted yet today, and takes it as noted.
func (o *Origins) isNew(name string, now time.Time) bool {
	day := now.Unix() / int64((24*time.Hour)/time.Second)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known[name] == day {
		return false
	}
	if o.known == nil || len(o.known) >= originsKnown {
		o.known = map[string]int64{}
	}
	o.known[name] = day
	return true
}

func (o *Origins) forgetNew(name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.known, name)
}

// Purge forgets what marks stand for that nobody came from in five years. The key goes first:
// then the row says nothing any more, also not in a backup.
func (o *Origins) Purge(ctx context.Context) error {
	old, err := o.Store.OldOrigins(ctx, o.Clock.Now().Add(-OriginKept), originsAtOnce)
	for _, one := range old {
		err = errors.Join(err, o.Sealer.Destroy(ctx, one.Key), o.Store.DropOrigin(ctx, one.Tenant, one.Mark))
	}
	return err
}

// via is what stands in the log: the mark of the session, when there is one, and of the place.
func via(session []byte, place string) string {
	if place == "" || len(session) == 0 {
		return place
	}
	sum := sha256.Sum256(append([]byte("loket session mark\x00"), session...))
	return shortMark(sum[:sessionMarkSize]) + "." + place
}

func shortMark(b []byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
}

// whereabouts is the network and the kind of device of a request, and nothing finer.
func whereabouts(r *http.Request) desk.Whereabouts {
	return desk.Whereabouts{Network: network(r.RemoteAddr), Device: deviceKind(r.UserAgent())}
}

func network(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return ""
	}
	addr, bits := addr.Unmap().WithZone(""), networkBitsIPv6
	if addr.Is4() {
		bits = networkBitsIPv4
	}
	cut, err := addr.Prefix(bits)
	if err != nil {
		return ""
	}
	return cut.String()
}

// Kinds of browser and system, by what only they say of themselves; the first that fits.
var (
	browsers = [][2]string{{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS", "Firefox"},
		{"CriOS", "Chrome"}, {"Chrome/", "Chrome"}, {"Chromium/", "Chrome"}, {"Safari/", "Safari"}}
	systems = [][2]string{{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}
)

func deviceKind(agent string) string {
	pick := func(kinds [][2]string) string {
		for _, k := range kinds {
			if strings.Contains(agent, k[0]) {
				return k[1]
			}
		}
		return ""
	}
	browser, system := pick(browsers), pick(systems)
	switch {
	case browser == "" && system == "":
		return ""
	case browser == "" || system == "":
		return browser + system
	}
	return browser + ", " + system
}
