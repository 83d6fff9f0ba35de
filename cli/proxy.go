// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"example.org/loket/identity"
)

// thisMachine is who may pass on for whom it asks when nobody named a proxy: a program on this
// machine itself, which is where most proxies stand. Nobody reaches the desk under such an
// address from outside.
var thisMachine = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// behind tells the pages who really asks when a TLS proxy stands before them: otherwise
// every reader has the proxy's address, and ten wrong passwords of one would lock out all
// (S11), while a flood through a proxy on this machine would meet no limit at all (S13). Only
// proxies named here are believed, without names those on this machine, and of what they pass
// on only the last hop that is not one of them: the rest a client can invent.
//
// What cannot work well is told in the log, once: a proxy on the own network that nobody named,
// and one that does not say for whom it asks.
func behind(proxies []netip.Prefix, secure bool, log *slog.Logger, next http.Handler) http.Handler {
	believed, expected := proxies, len(proxies) > 0 || secure
	if len(believed) == 0 {
		believed = thisMachine
	}
	var silent, unnamed sync.Once
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, _ := net.SplitHostPort(r.RemoteAddr)
		passed := r.Header.Get("X-Forwarded-For") != ""
		if hop, ok := realSource(believed, r); ok {
			r = r.Clone(r.Context())
			r.RemoteAddr = net.JoinHostPort(hop, "0")
		} else if passed && nearby(host) && !trusted(believed, host) {
			unnamed.Do(func() {
				log.Warn("a proxy that nobody named says for whom it asks; name it with --trusted-proxy", "proxy", host)
			})
		} else if !passed && expected && trusted(believed, host) && r.URL.Path != "/healthz" {
			silent.Do(func() {
				log.Warn("a proxy does not say for whom it asks (X-Forwarded-For): no limit per visitor holds", "proxy", host)
			})
		}
		next.ServeHTTP(w, r)
	})
}

// nearby reports whether an address is of this machine or the own network: that of a proxy
// rather than of a person, so that it may stand in the log.
func nearby(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && (addr.Unmap().IsPrivate() || addr.Unmap().IsLoopback())
}

// sourceBehind names who asks, for limits per source. A request of this machine itself that
// says not for whom may come from a proxy that passes nothing on: it stands for everybody, and
// limiting it would let one flood stop all. Without a named proxy it has no name, and no limit.
func sourceBehind(proxies []netip.Prefix) func(*http.Request) string {
	return func(r *http.Request) string {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if len(proxies) == 0 && err == nil && trusted(thisMachine, host) {
			return ""
		}
		return identity.Source(r)
	}
}

func realSource(proxies []netip.Prefix, r *http.Request) (string, bool) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil || !trusted(proxies, host) {
		return "", false
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		hop = withoutPort(strings.TrimSpace(hop))
		if _, err := netip.ParseAddr(hop); err != nil {
			return "", false
		}
		if !trusted(proxies, hop) {
			return hop, true
		}
	}
	return "", false
}

// withoutPort takes off the port and the brackets that some proxies write.
func withoutPort(hop string) string {
	if at, err := netip.ParseAddrPort(hop); err == nil {
		return at.Addr().String()
	}
	return strings.TrimSuffix(strings.TrimPrefix(hop, "["), "]")
}

func trusted(proxies []netip.Prefix, host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(addr.Unmap()) })
}

// prefixes reads the addresses of proxies; one address is a network of its own.
func prefixes(given []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range given {
		p, err := netip.ParsePrefix(text)
		if addr, single := netip.ParseAddr(text); single == nil {
			p, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return nil, refuse(err, "%s is geen adres van een proxy. Schrijf bijvoorbeeld 10.0.0.1 of 10.0.0.0/8.", "%s is not the address of a proxy. Write for example 10.0.0.1 or 10.0.0.0/8.", text)
		}
		out = append(out, p)
	}
	return out, nil
}
