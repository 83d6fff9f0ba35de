// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"fmt"
	"io/fs"
	"net/http"
	"regexp"
	"strings"
)

// themeFile is the address of the token file, the same for every organisation: the host
// decides whose it is, so that nobody can look up who else lives here.
const themeFile = "thema.css"

// loadThemes reads the token files, by name without .css. A file that does more than set
// tokens is left out: CheckThemes says so when the program starts.
func loadThemes(mounted fs.FS) assets {
	found := assets{}
	if mounted == nil {
		return found
	}
	names, _ := fs.Glob(mounted, "*.css")
	for _, name := range names {
		body, err := fs.ReadFile(mounted, name)
		if err == nil && tokensOnly(string(body)) == nil {
			file := pack(themeFile, body)
			found[strings.TrimSuffix(name, ".css")] = file
		}
	}
	return found
}

// CheckThemes reports the first token file that cannot be used, and why.
func CheckThemes(mounted fs.FS) error {
	names, err := fs.Glob(mounted, "*.css")
	if err != nil {
		return err
	}
	for _, name := range names {
		body, err := fs.ReadFile(mounted, name)
		if err == nil {
			err = tokensOnly(string(body))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

var (
	cssComment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSelector = regexp.MustCompile(`^(@media [a-z0-9 ():-]+|[a-zA-Z0-9 .:,_-]+)$`)
)

// tokensOnly refuses a theme that does anything but set custom properties: it cannot move,
// hide or load anything.
func tokensOnly(css string) error {
	rest := cssComment.ReplaceAllString(css, "")
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		i := strings.IndexAny(rest, "{};")
		if i < 0 {
			return fmt.Errorf("web: %.40q is no rule", rest)
		}
		part, end := strings.TrimSpace(rest[:i]), rest[i]
		rest = rest[i+1:]
		switch {
		case end == '{' && !cssSelector.MatchString(part):
			return fmt.Errorf("web: %.40q is no selector that a theme may use", part)
		case end != '{' && part != "" && (!strings.HasPrefix(part, "--") || strings.Contains(strings.ToLower(part), "url(") || strings.ContainsAny(part, "\\@")):
			return fmt.Errorf("web: %.40q sets something other than a token (--name: value)", part)
		}
	}
	return nil
}

// theme is the address of the token file of this desk; empty when it has none.
func (v *visit) theme() string { return v.themes[v.desk.Theme].address }

// themeOf finds the token file of the desk at the host of a request.
func (s *Server) themeOf(r *http.Request) (asset, bool) {
	v := &visit{&reader{Server: s, r: r}}
	if v.choose() != nil {
		return asset{}, false
	}
	t, err := s.service.Tenant(r.Context(), v.tenant)
	file, ok := s.themes[t.Theme]
	return file, ok && err == nil
}
