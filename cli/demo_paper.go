// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v4"

	"example.org/loket/desk"
	"example.org/loket/work"
)

// The practice installation has a newspaper of its own, so that its media monitor has
// something to find without a word from outside. Its feed is read where it is made: nothing
// is fetched, and no other address becomes reachable than without it.

const (
	paperFeed = "https://krant.example.org/feed.xml" // in the demo's list of feeds
	paperPath = "/oefenkrant/"                       // where its articles are read
)

//go:embed demo_paper.yaml
var paperText []byte

// paper is that newspaper.
type paper struct {
	web      work.Fetcher // for every other feed
	articles []paperArticle

	mu   sync.Mutex
	base string            // address of the demo
	host map[string]string // of each desk, by id
}

type paperArticle struct {
	ID    string `yaml:"id"`
	Ago   string `yaml:"ago"` // before now, as Go writes a duration
	Title string `yaml:"title"`
	Text  string `yaml:"text"`
	at    time.Time
}

// newPaper reads the articles, dated back from now.
func newPaper(web work.Fetcher, now time.Time) (*paper, error) {
	p := &paper{web: web, host: map[string]string{}}
	if err := yaml.Unmarshal(paperText, &p.articles); err != nil {
		return nil, fmt.Errorf("the newspaper of the demo: %w", err)
	}
	for i, a := range p.articles {
		ago, err := time.ParseDuration(a.Ago)
		if err != nil {
			return nil, fmt.Errorf("the newspaper of the demo: %q: %w", a.ID, err)
		}
		p.articles[i].at = now.Add(-ago)
	}
	return p, nil
}

// at says where the demo is, so that a link to an article leads there.
func (p *paper) at(base string, desks []*demoDesk) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.base = base
	for _, one := range desks {
		p.host[one.tenant.ID] = one.tenant.Host
	}
}

// Fetch implements work.Fetcher: the own feed as any other is read, after it came in.
func (p *paper) Fetch(ctx context.Context, f desk.Feed) desk.FetchedFeed {
	if f.Address != paperFeed {
		return p.web.Fetch(ctx, f)
	}
	p.mu.Lock()
	base, err := url.Parse(desk.WithHost(p.base, p.host[f.Tenant]))
	p.mu.Unlock()
	if err != nil {
		return desk.FetchedFeed{Trouble: "address"}
	}
	got, err := work.ReadFeed(bytes.NewReader(p.feed()), base)
	if err != nil {
		return desk.FetchedFeed{Trouble: "unreadable"}
	}
	return desk.FetchedFeed{Articles: got}
}

// feed is the newspaper as RSS.
func (p *paper) feed() []byte {
	type item struct {
		Title   string `xml:"title"`
		Link    string `xml:"link"`
		GUID    string `xml:"guid"`
		Summary string `xml:"description"`
		Date    string `xml:"pubDate"`
	}
	var rss struct {
		XMLName xml.Name `xml:"rss"`
		Version string   `xml:"version,attr"`
		Items   []item   `xml:"channel>item"`
	}
	rss.Version = "2.0"
	for _, a := range p.articles {
		rss.Items = append(rss.Items, item{a.Title, paperPath + a.ID, a.ID, a.Text, a.at.Format(time.RFC1123Z)})
	}
	out, _ := xml.Marshal(rss) // plain strings
	return out
}

// paperPage is an article on a page; the two texts of it come from the program itself and
// are escaped all the same.
const paperPage = `<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Oefenkrant</title></head>
<body><main><p>Oefening. Dit bericht is verzonnen.</p><h1>%s</h1><p>%s</p><p><a href="/pers/media">Terug naar de mediamonitor</a></p></main></body>
</html>
`

// beside serves the articles beside the pages of the demo.
func (p *paper) beside(pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, own := strings.CutPrefix(r.URL.Path, paperPath)
		i := slices.IndexFunc(p.articles, func(a paperArticle) bool { return a.ID == id })
		if !own || i < 0 || r.Method != http.MethodGet {
			pages.ServeHTTP(w, r) // its own page, too, for what is not there
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		a := p.articles[i]
		fmt.Fprintf(w, paperPage, html.EscapeString(a.Title), html.EscapeString(a.Text))
	})
}
