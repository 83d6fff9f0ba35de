// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"encoding/json"
	"runtime/debug"
	"strings"
)

// versionCmd prints what this program is, and what is in it.
type versionCmd struct {
	Components bool `help:"List the components that this program is made of, as CycloneDX (JSON)."`
}

// components is a bill of materials as CycloneDX 1.6 has it: what somebody needs to look
// whether a weakness that was found somewhere is in this program (ASVS 15.1.2).
type components struct {
	Format   string         `json:"bomFormat"`
	Spec     string         `json:"specVersion"`
	Version  int            `json:"version"`
	Metadata map[string]any `json:"metadata"`
	Parts    []component    `json:"components"`
}

type component struct {
	Type    string `json:"type"`
	Name    string `json:"name"`
	Version string `json:"version"`
	PURL    string `json:"purl"`
	Sum     []sum  `json:"properties,omitempty"`
}

type sum struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// listed makes the list from what the compiler wrote into the program: it cannot be another
// than what is inside.
func listed(info *debug.BuildInfo) components {
	out := components{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: map[string]any{"component": component{Type: "application", Name: info.Main.Path, Version: Version, PURL: "pkg:golang/" + info.Main.Path}}}
	library := strings.TrimPrefix(info.GoVersion, "go")
	out.Parts = append(out.Parts, component{Type: "platform", Name: "stdlib", Version: library, PURL: "pkg:golang/stdlib@" + library})
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		out.Parts = append(out.Parts, component{Type: "library", Name: m.Path, Version: m.Version, PURL: "pkg:golang/" + m.Path + "@" + m.Version, Sum: []sum{{"go:sum", m.Sum}}})
	}
	return out
}

// list prints the components.
func (c *console) list() error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return refuse(nil, "Dit programma is gebouwd zonder lijst van onderdelen.", "This program was built without a list of components.")
	}
	to := json.NewEncoder(c.out)
	to.SetIndent("", "  ")
	to.SetEscapeHTML(false)
	return to.Encode(listed(info))
}
