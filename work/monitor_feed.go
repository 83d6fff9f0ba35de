// SPDX-License-Identifier: EUPL-1.2

package work

import (
	"encoding/xml"
	"errors"
	"html"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"

	"example.org/loket/desk"
)

// errFeed is for what cannot be read as a feed.
var errFeed = errors.New("work: this is no RSS or Atom feed that can be read")

// Bounds on what is taken from a feed, whatever it holds.
const (
	feedArticles = 200
	feedDepth    = 32       // of elements in elements
	feedText     = 16 << 10 // bytes of one element; the rest is left out
	feedLink     = 1000
)

// The parser walks over the elements and keeps only the few that count; it builds no tree.
// The decoder expands no entities of the document itself: a document that declares its own
// ends as an error where it uses them, and cannot grow.
//
//	rss/channel/item, rdf:RDF/item   title description link guid pubDate dc:date
//	feed/entry                       title summary content link[href] id updated published
type feedReader struct {
	dec   *xml.Decoder
	base  *url.URL
	found []desk.Article
}

// ReadFeed reads RSS 0.9x, 1.0 and 2.0 and Atom. Texts lose their markup; addresses become
// absolute, and what is no web address is left out. base is where the feed was read.
func ReadFeed(r io.Reader, base *url.URL) ([]desk.Article, error) {
	f := &feedReader{dec: xml.NewDecoder(r), base: base}
	f.dec.CharsetReader = charset
	f.dec.Entity = xml.HTMLEntity
	for {
		t, err := f.dec.Token()
		if err != nil {
			return nil, errFeed
		}
		if start, ok := t.(xml.StartElement); ok {
			switch start.Name.Local {
			case "rss", "RDF", "feed":
				err := f.walk()
				return f.found, err
			}
			return nil, errFeed
		}
	}
}

// walk looks for articles inside the outermost element.
func (f *feedReader) walk() error {
	for depth := 1; depth > 0; {
		t, err := f.dec.Token()
		if err != nil {
			return errFeed
		}
		switch x := t.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if x.Name.Local == "item" || x.Name.Local == "entry" {
				if err := f.article(); err != nil {
					return err
				}
				if len(f.found) == feedArticles {
					return nil
				}
				continue
			}
			if depth++; depth > feedDepth {
				return errFeed
			}
		}
	}
	return nil
}

// article reads one item or entry up to its end.
func (f *feedReader) article() error {
	var a desk.Article
	var published, updated time.Time
	for {
		t, err := f.dec.Token()
		if err != nil {
			return errFeed
		}
		switch x := t.(type) {
		case xml.EndElement:
			if a.At = published; a.At.IsZero() {
				a.At = updated
			}
			if a.Title != "" || a.Link != "" {
				f.found = append(f.found, a)
			}
			return nil
		case xml.StartElement:
			text, err := f.text()
			if err != nil {
				return err
			}
			f.take(&a, x, text, &published, &updated)
		}
	}
}

// take keeps what one element of an article says.
func (f *feedReader) take(a *desk.Article, x xml.StartElement, text string, published, updated *time.Time) {
	foreign := strings.Contains(x.Name.Space, "media") || strings.Contains(x.Name.Space, "itunes") // pictures have titles too
	switch x.Name.Local {
	case "title":
		if a.Title == "" && !foreign {
			a.Title = plain(text)
		}
	case "description", "summary", "content", "encoded":
		if !foreign && len(a.Summary) < feedText {
			a.Summary = strings.TrimSpace(a.Summary + " " + plain(text))
		}
	case "guid", "id":
		a.GUID = strings.TrimSpace(text)
	case "link":
		if rel := attribute(x, "rel"); a.Link == "" && (rel == "" || rel == "alternate") {
			if href := attribute(x, "href"); href != "" {
				text = href
			}
			a.Link = f.absolute(text)
		}
	case "pubDate", "published", "date":
		*published = feedMoment(text)
	case "updated":
		*updated = feedMoment(text)
	}
}

// text gathers the words of an element with what is in it, up to its end.
func (f *feedReader) text() (string, error) {
	var b strings.Builder
	for depth := 1; depth > 0; {
		t, err := f.dec.Token()
		if err != nil {
			return "", errFeed
		}
		switch x := t.(type) {
		case xml.StartElement:
			if depth++; depth > feedDepth {
				return "", errFeed
			}
			b.WriteByte(' ')
		case xml.EndElement:
			depth--
		case xml.CharData:
			if room := feedText - b.Len(); room > 0 {
				b.Write(x[:min(len(x), room)])
			}
		}
	}
	return strings.ToValidUTF8(b.String(), ""), nil
}

func attribute(x xml.StartElement, name string) string {
	for _, a := range x.Attr {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// absolute is a web address, or nothing.
func (f *feedReader) absolute(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || link == "" {
		return ""
	}
	if f.base != nil {
		u = f.base.ResolveReference(u)
	}
	u.Fragment = ""
	if s := u.String(); checkAddress(u) == nil && len(s) <= feedLink {
		return s
	}
	return ""
}

// plain takes the markup out of a text: tags, entities, control characters and those that
// turn the direction of reading.
func plain(s string) string {
	s = untagged(s)
	s = untagged(html.UnescapeString(s)) // markup that was written as entities
	s = html.UnescapeString(s)
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) { // marks of direction, soft hyphens
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// untagged drops what stands between < and >. A < that begins no tag is a letter like others.
func untagged(s string) string {
	var b strings.Builder
	for {
		at := strings.IndexByte(s, '<')
		if at < 0 || at+1 == len(s) {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:at])
		if c := s[at+1]; c != '/' && c != '!' && c != '?' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			b.WriteByte('<')
			s = s[at+1:]
			continue
		}
		end := strings.IndexByte(s[at:], '>')
		if end < 0 {
			return b.String() // a tag that never ends
		}
		b.WriteByte(' ')
		s = s[at+end+1:]
	}
}

// feedMoment reads the dates that feeds write; zero when it is none of them.
func feedMoment(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339, time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700", "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// charset reads the single-byte encodings that old feeds use; others are not read.
func charset(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return in, nil
	case "iso-8859-1", "iso-8859-15", "latin1", "windows-1252":
		return &western{in: in, late: strings.ToLower(label) == "windows-1252"}, nil
	}
	return nil, errFeed
}

// western turns bytes of a western European encoding into UTF-8.
type western struct {
	in   io.Reader
	late bool // windows-1252: quotes and dashes where ISO has control characters
	rest []byte
}

// curls are the characters 0x80 to 0x9f of windows-1252.
var curls = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

// Read implements io.Reader.
func (w *western) Read(p []byte) (int, error) {
	if len(w.rest) == 0 {
		raw := make([]byte, 1024)
		n, err := w.in.Read(raw)
		for _, c := range raw[:n] {
			r := rune(c)
			if w.late && c >= 0x80 && c < 0xa0 {
				r = curls[c-0x80]
			}
			w.rest = append(w.rest, string(r)...)
		}
		if n == 0 {
			return 0, err
		}
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
}
