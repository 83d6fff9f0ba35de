// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"example.org/loket/desk"
)

// names answers every question for an IPv4 address: names that begin with "rebind" with one that
// may be asked at first and one inside from then on, all others with one inside at once. It
// listens on this machine and gives its address.
func names(t *testing.T) string {
	t.Helper()
	at, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = at.Close() })
	var asked atomic.Int64
	go func() {
		question := make([]byte, 512)
		for {
			n, from, err := at.ReadFrom(question)
			if err != nil {
				return
			}
			answer := append([]byte{question[0], question[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question[12:n]...)
			end := 12 + strings.IndexByte(string(question[12:n]), 0) + 5
			answer = answer[:end]
			if question[end-3] == 1 { // A; there is no AAAA
				inside := []byte{127, 0, 0, 1}
				if strings.Contains(string(question[12:n]), "rebind") && asked.Add(1)%2 == 1 {
					inside = []byte{192, 0, 2, 1} // of no network: nobody is bothered
				}
				answer[7] = 1
				answer = append(answer, append([]byte{0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4}, inside...)...)
			}
			_, _ = at.WriteTo(answer, from)
		}
	}()
	return at.LocalAddr().String()
}

// hostile are addresses that lead inside, in the ways that people write them to get past a check.
func hostile(port int) (out []string) {
	hosts := []string{
		"127.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.000.000.001", "127.0.0.1.", "127.8.8.8", "localhost", "LOCALHOST",
		"localhost.", "localhost.localdomain", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1%25lo]", "[fd00::1]", "[fec0::1]",
		"[::127.0.0.1]", "10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.0.1", "169.254.169.254", "169.254.170.2", "100.100.100.200", "198.18.0.1", "255.255.255.255", "224.0.0.1", "192.0.0.192",
		"inside.example.org", "127.0.0.1.nip.example.org", "rebind.example.org", "rebind2.example.org", "metadata.google.internal", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1", "kubernetes.default.svc",
	}
	for _, h := range hosts {
		out = append(out, "http://"+h+"/")
	}
	for _, h := range []string{"127.0.0.1", "localhost", "[::1]", "inside.example.org"} {
		out = append(out, fmt.Sprintf("http://%s:%d/", h, port), "https://"+h+"/")
	}
	return append(out, "http://example.org@127.0.0.1/", "http://127.0.0.1#@example.org/", "http://127.0.0.1?@example.org/", `http://127.0.0.1\@example.org/`, "file:///etc/passwd", "gopher://127.0.0.1:70/",
		"ftp://127.0.0.1/", "dict://127.0.0.1:11211/", "http:///127.0.0.1/", "http:127.0.0.1", "//127.0.0.1/", "unix:///var/run/docker.sock")
}

// connects counts the connections that a fetcher is allowed to make, and makes none of them.
func connects(t *testing.T, w *Web) *atomic.Int64 {
	t.Helper()
	var n atomic.Int64
	check, at := w.dialer.Control, names(t)
	w.client.Timeout = 2 * time.Second
	w.dialer.Resolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", at)
	}}
	w.dialer.Control = func(network, address string, c syscall.RawConn) error {
		if err := check(network, address, c); err != nil {
			return err
		}
		n.Add(1)
		return errPrivate
	}
	return &n
}

// S14: of more than sixty hostile addresses, names that point inside and names that change between
// two questions among them, none makes a connection. Control: with the check off many do.
func TestHostileAddressesConnectNowhere(t *testing.T) {
	t.Parallel()
	inside := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(inside.Close)
	list := hostile(inside.Listener.Addr().(*net.TCPAddr).Port)
	w, open := NewWeb(false), NewWeb(true)
	n, control := connects(t, w), connects(t, open)
	for _, address := range list {
		for range 2 { // a name that changes has changed by then
			if got := w.Fetch(t.Context(), desk.Feed{Address: address}); got.Trouble == "" || n.Load() != 0 {
				t.Errorf("%s: %q, %d connections", address, got.Trouble, n.Load())
			}
		}
		open.Fetch(t.Context(), desk.Feed{Address: address})
	}
	if len(list) < 60 || control.Load() < 30 {
		t.Errorf("%d addresses; control: only %d of them connect without the check", len(list), control.Load())
	}
	t.Logf("%d addresses, %d connections; without the check %d", len(list), n.Load(), control.Load())
}
