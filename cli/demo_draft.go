// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"embed"
	"io/fs"
	"sync"

	"example.org/loket/desk"
	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// drafts hold a next version of the protocols of the demo, as changes: something to ask
// opinions on and to adopt.
//
//go:embed demo/drafts
var drafts embed.FS

// readDrafts reads the drafts of the protocols that came with the program, side by side.
func readDrafts() (out []*protocol.Protocol, err error) {
	entries, err := drafts.ReadDir("demo/drafts")
	if err != nil {
		return nil, err
	}
	out = make([]*protocol.Protocol, len(entries))
	faults := make([]error, len(entries))
	var wg sync.WaitGroup
	for i, e := range entries {
		wg.Go(func() { out[i], faults[i] = readDraft(e.Name()) })
	}
	wg.Wait()
	for _, fault := range faults {
		if fault != nil {
			return nil, fault
		}
	}
	return out, nil
}

func readDraft(id string) (*protocol.Protocol, error) {
	base, err := protocols.FS(id)
	if err != nil {
		return nil, err
	}
	changes, err := fs.Sub(drafts, "demo/drafts/"+id)
	if err != nil {
		return nil, err
	}
	return protocol.LoadOver(base, changes)
}

// withDrafts lays the drafts beside the versions in force, of which they take no place.
func withDrafts(known desk.Protocols) error {
	all, err := readDrafts()
	for _, p := range all {
		if base := known[p.About.ID]; base != nil && base.About.Version == p.Overlay.Version {
			known[p.About.ID+"@"+p.About.Version] = p
		}
	}
	return err
}
