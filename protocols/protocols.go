// SPDX-License-Identifier: EUPL-1.2

// Package protocols holds the incident protocols that come with Loket. A protocol is a
// folder of text: this package only carries the folders inside the program.
//
//	rotterdam/ ijsselland/  the rules, the questions, the messages (*.yaml)
//	*/cases/                examples that prove the rules; `loket protocol test` runs them
//
// A further protocol is a further folder, named in the embed line below; no other Go
// changes. An installation may also read a protocol from its own disk instead.
package protocols

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed all:rotterdam all:ijsselland
var folders embed.FS

// FS gives the folder of one protocol by its id, such as "rotterdam". It fails when no
// such protocol came with the program.
func FS(id string) (fs.FS, error) {
	if !slices.Contains(IDs(), id) {
		return nil, fmt.Errorf("protocols: er is geen protocol %q; wel: %v", id, IDs())
	}
	return fs.Sub(folders, id)
}

// IDs lists the protocols in the program, in order of name.
func IDs() []string {
	entries, err := folders.ReadDir(".")
	if err != nil {
		return nil // an embedded folder is always readable
	}
	var ids []string
	for _, e := range entries {
		if e.IsDir() {
			ids = append(ids, e.Name())
		}
	}
	return ids
}
