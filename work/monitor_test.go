// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"example.org/loket/desk"
)

const rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Krant</title><item>
<title>Lange <![CDATA[<b>wachttijd</b> &amp; tekort]]></title><link>/bericht/1#top</link><guid>een</guid><pubDate>Wed, 13 May 2026 15:40:00 +0200</pubDate>
<description>&lt;p&gt;Kinderen wachten.&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;</description><media:title>Foto</media:title></item>
<item><title>Zonder link</title><link>javascript:alert(1)</link></item><item><title></title></item></channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Omroep</title><entry><title type="html">Jeugdhulp &amp;amp; gemeente</title>
<link rel="self" href="https://omroep.example.org/self"/><link href="https://omroep.example.org/2"/><id>urn:2</id><updated>2026-05-13T15:40:00Z</updated><summary>Samen.</summary></entry></feed>`

// R-I-22: RSS and Atom give the same: a title without markup, an absolute web address, a moment.
func TestFeedsAreRead(t *testing.T) {
	t.Parallel()
	base, _ := url.Parse("https://krant.example.org/feed")
	at := time.Date(2026, 5, 13, 13, 40, 0, 0, time.UTC)
	got, err := ReadFeed(strings.NewReader(rss), base)
	if err != nil || len(got) != 2 {
		t.Fatalf("%v %v", got, err)
	}
	want := desk.Article{GUID: "een", Title: "Lange wachttijd & tekort", Link: "https://krant.example.org/bericht/1", Summary: "Kinderen wachten. alert(1)", At: at}
	if got[0] != want {
		t.Errorf("got  %+v\nwant %+v", got[0], want)
	}
	if got[1].Link != "" {
		t.Errorf("an address that is no web address: %q", got[1].Link)
	}
	got, err = ReadFeed(strings.NewReader(atom), base)
	if err != nil || len(got) != 1 || got[0].Title != "Jeugdhulp & gemeente" || got[0].Link != "https://omroep.example.org/2" || !got[0].At.Equal(at.Add(2*time.Hour)) {
		t.Errorf("atom: %+v %v", got, err)
	}
	old := append([]byte(`<?xml version="1.0" encoding="windows-1252"?><rss><channel><item><title>Co`), 0xeb, 'r', 'd', 'i', 'n', 'a', 't', 'i', 'e', ' ', 0x91, 'z', 'o', 0x92)
	old = append(old, `</title></item></channel></rss>`...)
	if got, err = ReadFeed(bytes.NewReader(old), base); err != nil || got[0].Title != "Coërdinatie ‘zo’" {
		t.Errorf("windows-1252: %+v %v", got, err)
	}
}

// S13: what is no feed, or tries to grow, ends as an error or as little.
func TestHostileFeedsEndSmall(t *testing.T) {
	t.Parallel()
	lol := `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>`
	for name, feed := range map[string]string{
		"empty": "", "html": "<html><body>Log in</body></html>", "cut off": rss[:300], "bomb": lol + `<rss><channel><item><title>&lol2;</title></item></channel></rss>`,
		"outside": `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>`,
		"deep":    "<rss>" + strings.Repeat("<a>", 100_000), "deep in a title": "<rss><channel><item><title>" + strings.Repeat("<a>", 100_000),
		"charset": `<?xml version="1.0" encoding="utf-7"?><rss><channel></channel></rss>`,
	} {
		if got, err := ReadFeed(strings.NewReader(feed), nil); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
	many := "<rss><channel>" + strings.Repeat("<item><title>x</title></item>", 5000) + "</channel></rss>"
	if got, err := ReadFeed(strings.NewReader(many), nil); err != nil || len(got) != feedArticles {
		t.Errorf("many: %d %v", len(got), err)
	}
	long := "<rss><channel><item><title>" + strings.Repeat("woord ", 100_000) + "</title></item></channel></rss>"
	if got, err := ReadFeed(strings.NewReader(long), nil); err != nil || len(got[0].Title) > feedText {
		t.Errorf("long: %v", err)
	}
}

// S13: no feed makes the parser fall over, keep markup or give an address that is none.
func FuzzReadFeed(f *testing.F) {
	for _, seed := range []string{rss, atom, "<rss><item><title>&lt;b</title></item></rss>", `<RDF xmlns:dc="d"><item><dc:date>2026-01-02</dc:date><link>//h</link></item></RDF>`} {
		f.Add([]byte(seed))
	}
	base, _ := url.Parse("https://krant.example.org/")
	f.Fuzz(func(t *testing.T, feed []byte) {
		got, err := ReadFeed(bytes.NewReader(feed), base)
		if err != nil && len(got) > feedArticles {
			t.Fatal("too many")
		}
		for _, a := range got {
			if !utf8.ValidString(a.Title) || strings.ContainsAny(a.Title, "\n\r\t\x00\u202e") {
				t.Fatalf("title %q", a.Title)
			}
			if u, err := url.Parse(a.Link); a.Link != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http") {
				t.Fatalf("link %q", a.Link)
			}
		}
	})
}

// S13 R-I-22: addresses of this machine, of the own network and of what only looks like the
// internet are refused; so are other ports. The control lets the operator allow them.
func TestOnlyPublicAddresses(t *testing.T) {
	t.Parallel()
	for _, a := range []string{
		"127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.7",
		"::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::", "::127.0.0.1", "fec0::1", "2001:db8::1",
	} {
		if public(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as public", a)
		}
		if err := NewWeb(true).allowed(net.JoinHostPort(a, "8080")); err != nil {
			t.Errorf("control: allowed by the operator, and %v", err)
		}
	}
	for _, a := range []string{"8.8.8.8", "194.109.6.66", "2a00:1450:400e::1"} {
		if !public(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as private", a)
		}
	}
	w := NewWeb(false)
	if w.allowed("8.8.8.8:443") != nil || w.allowed("8.8.8.8:22") == nil || w.allowed("8.8.8.8:6379") == nil {
		t.Error("ports: 443 is for pages, 22 and 6379 are not")
	}
}

// press is a medium that does everything wrong.
func press(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	serve := func(path string, fn http.HandlerFunc) { mux.HandleFunc("GET "+path, fn) }
	serve("/feed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Wed, 13 May 2026 13:40:00 GMT")
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, rss)
	})
	serve("/huge", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<rss><channel>")
		line := []byte("<x>" + strings.Repeat("y", 64<<10) + "</x>")
		for range 200 {
			if _, err := w.Write(line); err != nil {
				return
			}
		}
	})
	serve("/packed", func(w http.ResponseWriter, _ *http.Request) { // 40 MB in a few kB
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 40 {
			_, _ = z.Write(make([]byte, 1<<20))
		}
		_ = z.Close()
	})
	serve("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	serve("/drip", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<rss>")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	serve("/gone", http.NotFound)
	serve("/page", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>Log in</html>") })
	serve("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	serve("/file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	serve("/login", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://a:b@example.org/", http.StatusFound)
	})
	serve("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/feed", http.StatusMovedPermanently)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// S13: a medium that is bad, huge, slow or sends elsewhere costs little and is named in a word.
func TestAMediumThatDoesEverythingWrong(t *testing.T) {
	t.Parallel()
	s, w, hasty := press(t), NewWeb(true), NewWeb(true)
	hasty.client.Timeout = 300 * time.Millisecond
	for path, want := range map[string]string{
		"/feed": "", "/moved": "", "/huge": "large", "/packed": "large", "/slow": "slow", "/drip": "slow", "/gone": "refused", "/page": "unreadable",
		"/round": "redirects", "/file": "address", "/login": "address",
	} {
		by := w
		if want == "slow" { // for ever: any patience ends
			by = hasty
		}
		got := by.Fetch(t.Context(), desk.Feed{Address: s.URL + path})
		if got.Trouble != want {
			t.Errorf("%s: %q, want %q", path, got.Trouble, want)
		}
		if want == "" && len(got.Articles) != 2 {
			t.Errorf("%s: %v", path, got.Articles)
		}
	}
	for _, address := range []string{"", "feed", "ftp://example.org/x", "file:///etc/passwd", "http://user:word@127.0.0.1/"} {
		if got := w.Fetch(t.Context(), desk.Feed{Address: address}); got.Trouble != "address" {
			t.Errorf("%s: %q", address, got.Trouble)
		}
	}
	first := w.Fetch(t.Context(), desk.Feed{Address: s.URL + "/feed"})
	again := w.Fetch(t.Context(), desk.Feed{Address: s.URL + "/feed", ETag: first.ETag, Modified: first.Modified})
	if first.ETag != `"v1"` || first.Unchanged || !again.Unchanged || len(again.Articles) != 0 {
		t.Errorf("nothing new is told as %+v", again)
	}
}

// S13: the address is checked when connecting: neither a name that points here nor a redirect
// reaches the own network. The control is the same fetcher as the operator may allow it.
func TestNoWayIntoTheOwnNetwork(t *testing.T) {
	t.Parallel()
	asked := 0
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked++; fmt.Fprint(w, rss) }))
	t.Cleanup(inside.Close)
	port := inside.Listener.Addr().(*net.TCPAddr).Port
	addresses := []string{inside.URL, fmt.Sprintf("http://localhost:%d/", port), fmt.Sprintf("http://127.1.1.1:%d/", port), "http://[::1]/", "http://169.254.169.254/latest/meta-data"}
	for _, address := range addresses {
		if got := NewWeb(false).Fetch(t.Context(), desk.Feed{Address: address}); got.Trouble != "private" && got.Trouble != "unreachable" || got.Articles != nil {
			t.Errorf("%s: %+v", address, got)
		}
	}
	// A medium outside that redirects inside: the first hop is let through by hand.
	outside := httptest.NewServer(http.RedirectHandler(inside.URL, http.StatusFound))
	t.Cleanup(outside.Close)
	w := NewWeb(false)
	w.client.Transport = &firstHop{host: outside.Listener.Addr().String(), first: http.DefaultTransport, rest: w.client.Transport}
	if got := w.Fetch(t.Context(), desk.Feed{Address: outside.URL}); got.Trouble != "private" {
		t.Errorf("redirected inside: %+v", got)
	}
	if asked != 0 {
		t.Fatalf("the own network was asked %d times", asked)
	}
	if got := NewWeb(true).Fetch(t.Context(), desk.Feed{Address: outside.URL}); got.Trouble != "" || asked != 1 {
		t.Errorf("control: allowed, and %+v after %d questions", got, asked)
	}
}

// firstHop lets one host through unchecked.
type firstHop struct {
	host        string
	first, rest http.RoundTripper
}

func (f *firstHop) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == f.host {
		return f.first.RoundTrip(r)
	}
	return f.rest.RoundTrip(r)
}

// A proxy of the environment would look names up itself, behind the check.
func TestNoProxyBehindTheCheck(t *testing.T) {
	asked := 0
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(proxy.Close)
	for _, name := range []string{"HTTP_PROXY", "http_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	w := NewWeb(false)
	w.client.Timeout = 300 * time.Millisecond
	w.Fetch(t.Context(), desk.Feed{Address: "http://192.0.2.1/"})
	if asked != 0 || os.Getenv("HTTP_PROXY") == "" {
		t.Error("the proxy was asked")
	}
}

// newsroom keeps what the monitor tells.
type newsroom struct {
	desk.Tx
	due    []desk.Feed
	told   []desk.FetchedFeed
	forgot int
}

func (n *newsroom) Write(_ context.Context, fn func(desk.Tx) error) error { return fn(n) }
func (n *newsroom) Read(_ context.Context, fn func(desk.Tx) error) error  { return fn(n) }
func (n *newsroom) LeaseFeeds(_ context.Context, _, _ time.Time, limit int) ([]desk.Feed, error) {
	taken := n.due[:min(limit, len(n.due))]
	n.due = n.due[len(taken):]
	return taken, nil
}
func (n *newsroom) FeedFetched(_ context.Context, _ desk.Feed, got desk.FetchedFeed) error {
	n.told = append(n.told, got)
	return nil
}
func (n *newsroom) ForgetMedia(context.Context) error { n.forgot++; return nil }

// R-I-22: every feed that is due is looked at once, and one that fails stops no other.
func TestMonitorLooksAtWhatIsDue(t *testing.T) {
	t.Parallel()
	s, n := press(t), &newsroom{}
	for _, path := range []string{"/feed", "/gone", "/feed", "/page", "/feed", "/feed"} {
		n.due = append(n.due, desk.Feed{Address: s.URL + path})
	}
	m := NewMonitor(MonitorOptions{Store: n, Fetch: NewWeb(true), Desk: n, Clock: &hands{at: time.Date(2026, 5, 13, 12, 0, 0, 0, time.UTC)}})
	looked, err := m.Step(t.Context())
	troubles := 0
	for _, got := range n.told {
		if got.Trouble != "" {
			troubles++
		}
	}
	if err != nil || looked != 6 || len(n.told) != 6 || troubles != 2 || n.forgot != 1 {
		t.Errorf("looked at %d, %d told, %d troubles, forgot %d times: %v", looked, len(n.told), troubles, n.forgot, err)
	}
}
