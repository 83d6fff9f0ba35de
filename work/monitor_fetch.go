// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"example.org/loket/desk"
)

// Bounds on one look at a feed. Somebody at the desk gives the address, and a medium answers
// what it likes: neither may make the desk reach into the network it stands in, fill its
// memory or keep it waiting.
const (
	fetchTime      = 20 * time.Second // all redirects and the whole body
	fetchHead      = 10 * time.Second
	fetchBytes     = 2 << 20 // unpacked
	fetchRedirects = 3
	fetchAgent     = "Loket-media-monitor/1 (RSS, Atom)"
)

// Web fetches feeds over HTTP. Private lets it reach addresses of the own network and other
// ports than 80 and 443; an operator sets it who has a feed there.
type Web struct {
	dialer  *net.Dialer
	client  *http.Client
	private bool
}

var (
	errPrivate   = errors.New("work: a feed may not lie on a private network")
	errRedirects = errors.New("work: a feed sends elsewhere in a way that is not followed")
	errAddress   = errors.New("work: no address of a feed")
)

// NewWeb makes a fetcher. The address is checked when a connection is made, after the name
// was looked up, so that a name or a redirect that points inward gets no further. No proxy is
// used: it would look names up itself.
func NewWeb(private bool) *Web {
	w := &Web{private: private}
	w.dialer = &net.Dialer{Timeout: fetchHead, Control: func(_, address string, _ syscall.RawConn) error { return w.allowed(address) }}
	w.client = &http.Client{
		Timeout: fetchTime,
		Transport: &http.Transport{
			DialContext: w.dialer.DialContext, TLSHandshakeTimeout: fetchHead, ResponseHeaderTimeout: fetchHead, MaxResponseHeaderBytes: 64 << 10,
			DisableKeepAlives: true, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > fetchRedirects || via[0].URL.Scheme == "https" && r.URL.Scheme != "https" {
				return errRedirects
			}
			return checkAddress(r.URL)
		},
	}
	return w
}

// allowed refuses an address to connect with, as host:port after looking up.
func (w *Web) allowed(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return errAddress
	}
	if w.private {
		return nil
	}
	if !public(at.Addr()) || at.Port() != 80 && at.Port() != 443 {
		return errPrivate
	}
	return nil
}

// reserved are networks that are not the internet though they look global: shared, for
// tests, for documentation, and those that carry an IPv4 address inside an IPv6 one.
var reserved = func() []netip.Prefix {
	var out []netip.Prefix
	for _, s := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
	} {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}()

// public tells whether an address is one of the internet at large.
func public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.Zone() != "" {
		return false
	}
	for _, net := range reserved {
		if net.Contains(a) {
			return false
		}
	}
	return true
}

// checkAddress refuses what is no plain web address.
func checkAddress(u *url.URL) error {
	if u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return errAddress
	}
	return nil
}

// Fetch implements Fetcher.
func (w *Web) Fetch(ctx context.Context, f desk.Feed) desk.FetchedFeed {
	got, err := w.fetch(ctx, f)
	if err != nil {
		return desk.FetchedFeed{Trouble: feedTrouble(err)}
	}
	return got
}

func (w *Web) fetch(ctx context.Context, f desk.Feed) (got desk.FetchedFeed, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, f.Address, nil)
	if err != nil || checkAddress(r.URL) != nil {
		return got, errAddress
	}
	r.Header.Set("User-Agent", fetchAgent)
	r.Header.Set("Accept", "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9")
	for name, value := range map[string]string{"If-None-Match": f.ETag, "If-Modified-Since": f.Modified} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	answer, err := w.client.Do(r)
	if err != nil {
		return got, err
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	switch {
	case answer.StatusCode == http.StatusNotModified:
		return desk.FetchedFeed{Unchanged: true}, nil
	case answer.StatusCode != http.StatusOK:
		return got, errStatus
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, fetchBytes+1))
	if err != nil {
		return got, err
	}
	if len(body) > fetchBytes {
		return got, errLarge
	}
	got.ETag, got.Modified = short(answer.Header.Get("ETag")), short(answer.Header.Get("Last-Modified"))
	got.Articles, err = ReadFeed(bytes.NewReader(body), answer.Request.URL)
	return got, err
}

var (
	errStatus = errors.New("work: the medium does not give its feed")
	errLarge  = errors.New("work: the feed is too large")
)

// short drops a validator that is longer than one can be: the next look asks for everything.
func short(header string) string {
	if len(header) > 200 {
		return ""
	}
	return header
}

// feedTrouble names what went wrong in a word that pages can explain.
func feedTrouble(err error) string {
	var late interface{ Timeout() bool }
	switch {
	case errors.Is(err, errAddress):
		return "address"
	case errors.Is(err, errPrivate):
		return "private"
	case errors.Is(err, errRedirects):
		return "redirects"
	case errors.Is(err, errStatus):
		return "refused"
	case errors.Is(err, errLarge):
		return "large"
	case errors.Is(err, errFeed):
		return "unreadable"
	case errors.As(err, &late) && late.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "slow"
	}
	return "unreachable"
}
