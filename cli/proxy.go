// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"example.org/loket/identity"
)

// behind tells the pages who really asks when a TLS proxy stands before them: otherwise
// every reader has the proxy's address, and ten wrong passwords of one would lock out all
// (S11). Only proxies named here are believed, and of what they pass on only the last hop
// that is not one of them: the rest a client can invent.
func behind(proxies []netip.Prefix, next http.Handler) http.Handler {
	if len(proxies) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hop, ok := realSource(proxies, r); ok {
			r = r.Clone(r.Context())
			r.RemoteAddr = net.JoinHostPort(hop, "0")
		}
		next.ServeHTTP(w, r)
	})
}

// sourceBehind names who asks, for limits per source. Without a named proxy a request from
// this machine itself may come from a proxy that nobody named: it stands for everybody, and
// limiting it would let one flood stop all. Then it has no name, and no limit.
func sourceBehind(proxies []netip.Prefix) func(*http.Request) string {
	return func(r *http.Request) string {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if addr, bad := netip.ParseAddr(host); len(proxies) == 0 && err == nil && bad == nil && addr.Unmap().IsLoopback() {
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
		hop = strings.TrimSpace(hop)
		if _, err := netip.ParseAddr(hop); err != nil {
			return "", false
		}
		if !trusted(proxies, hop) {
			return hop, true
		}
	}
	return "", false
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
