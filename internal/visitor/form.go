// SPDX-License-Identifier: EUPL-1.2

package visitor

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Form is one form of a page.
type Form struct {
	Method string // GET or POST
	Action string // path with query
	Fields []Field
}

// Field is one box of a form.
type Field struct {
	Name    string
	Kind    string // text, hidden, radio, checkbox, select, textarea, submit, …
	Value   string
	Options []string // of a select, a group of radios or of ticks; the others have none
	Chosen  []string // options that stand ticked
}

// Free tells whether somebody may type any words into the field.
func (f Field) Free() bool {
	return slices.Contains([]string{"text", "textarea", "email", "tel", "search", ""}, f.Kind)
}

var (
	formTag  = regexp.MustCompile(`(?s)<form\b([^>]*)>(.*?)</form>`)
	boxTag   = regexp.MustCompile(`(?s)<(input|button)\b([^>]*)>|<textarea\b([^>]*)>(.*?)</textarea>|<select\b([^>]*)>(.*?)</select>`)
	optTag   = regexp.MustCompile(`(?s)<option\b([^>]*)>`)
	attrTag  = regexp.MustCompile(`([a-zA-Z-]+)(?:="([^"]*)")?`)
	linkTag  = regexp.MustCompile(`<a\b[^>]*\bhref="([^"]*)"`)
	attrWord = func(attrs map[string]string, name string) bool { _, ok := attrs[name]; return ok }
)

// Forms are the forms of a page, in order.
func (p Page) Forms() []Form {
	var out []Form
	outside := p.named()
	for _, m := range formTag.FindAllStringSubmatch(p.Body, -1) {
		head := attributes(m[1])
		f := Form{Method: strings.ToUpper(head["method"]), Action: head["action"]}
		f.Action, _, _ = strings.Cut(f.Action, "#")
		if f.Action == "" {
			f.Action = p.At.RequestURI()
		}
		if f.Method == "" {
			f.Method = http.MethodGet
		}
		for _, box := range boxTag.FindAllStringSubmatch(m[2], -1) {
			f.add(box)
		}
		for _, box := range outside[head["id"]] {
			f.add(box)
		}
		out = append(out, f)
	}
	return out
}

// named are the boxes that say themselves which form they belong to, wherever they stand.
func (p Page) named() map[string][][]string {
	out := map[string][][]string{}
	for _, box := range boxTag.FindAllStringSubmatch(p.Body, -1) {
		if id := attributes(box[2] + box[3] + box[5])["form"]; id != "" {
			out[id] = append(out[id], box)
		}
	}
	return out
}

// Links are the addresses that the page leads to, each once.
func (p Page) Links() []string {
	var out []string
	for _, m := range linkTag.FindAllStringSubmatch(p.Body, -1) {
		if to := html.UnescapeString(m[1]); !slices.Contains(out, to) {
			out = append(out, to)
		}
	}
	return out
}

func attributes(text string) map[string]string {
	out := map[string]string{}
	for _, m := range attrTag.FindAllStringSubmatch(text, -1) {
		out[strings.ToLower(m[1])] = html.UnescapeString(m[2])
	}
	return out
}

// add reads one box; radios and ticks of one name are one field.
func (f *Form) add(box []string) {
	field := Field{}
	switch attrs := attributes(box[2] + box[3] + box[5]); {
	case box[1] == "input" || box[1] == "button":
		field = Field{Name: attrs["name"], Kind: attrs["type"], Value: attrs["value"]}
		if box[1] == "button" && field.Kind == "" {
			field.Kind = "submit"
		}
		if field.Kind == "radio" || field.Kind == "checkbox" {
			f.addOption(field, attrWord(attrs, "checked"))
			return
		}
	case strings.HasPrefix(box[0], "<textarea"):
		field = Field{Name: attrs["name"], Kind: "textarea", Value: strings.TrimPrefix(html.UnescapeString(box[4]), "\n")}
	default:
		field = Field{Name: attrs["name"], Kind: "select"}
		for _, o := range optTag.FindAllStringSubmatch(box[6], -1) {
			attrs := attributes(o[1])
			field.Options = append(field.Options, attrs["value"])
			if attrWord(attrs, "selected") {
				field.Chosen = append(field.Chosen, attrs["value"])
			}
		}
	}
	if field.Name != "" {
		f.Fields = append(f.Fields, field)
	}
}

func (f *Form) addOption(field Field, ticked bool) {
	at := slices.IndexFunc(f.Fields, func(x Field) bool { return x.Name == field.Name && x.Kind == field.Kind })
	if at < 0 {
		f.Fields = append(f.Fields, Field{Name: field.Name, Kind: field.Kind})
		at = len(f.Fields) - 1
	}
	f.Fields[at].Options = append(f.Fields[at].Options, field.Value)
	if ticked {
		f.Fields[at].Chosen = append(f.Fields[at].Chosen, field.Value)
	}
}

// Values is what a browser would send when nobody changed a thing. Buttons are not sent.
func (f Form) Values() url.Values {
	out := url.Values{}
	for _, field := range f.Fields {
		switch field.Kind {
		case "submit", "button", "reset":
		case "radio", "checkbox":
			if len(field.Chosen) > 0 {
				out[field.Name] = slices.Clone(field.Chosen)
			}
		case "select":
			if len(field.Chosen) > 0 {
				out[field.Name] = slices.Clone(field.Chosen)
			} else if len(field.Options) > 0 {
				out.Set(field.Name, field.Options[0])
			}
		default:
			out.Add(field.Name, field.Value)
		}
	}
	return out
}

// Send sends the form with these answers.
func (b *Browser) Send(f Form, values url.Values) (Page, error) {
	if f.Method != http.MethodPost {
		path, _, _ := strings.Cut(f.Action, "?")
		return b.Get(path + "?" + values.Encode())
	}
	return b.Post(f.Action, values)
}
