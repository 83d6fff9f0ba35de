// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"example.org/loket"
	"example.org/loket/protocol"
)

// protocolReplayCmd runs past cases under another version of a protocol.
type protocolReplayCmd struct {
	Cases     []string `arg:"" help:"Data folders of a desk; protocol folders or ids, for their example cases; or case files."`
	Under     string   `required:"" placeholder:"NEW" help:"Folder or id of the version to try."`
	From      string   `placeholder:"OLD" help:"Protocol of loose case files; by default the folder above their own."`
	Protocols []string `env:"LOKET_PROTOCOLS" placeholder:"DIR" help:"Further protocol folders, for the cases of a desk."`
}

// Run implements the command: every case that would have gone differently, and in what. The
// exit status is 1 when some would.
func (p protocolReplayCmd) Run(c *console) error {
	under, err := readProtocol(p.Under)
	if err != nil {
		return err
	}
	total, differ := 0, 0
	for _, name := range p.Cases {
		n, d, err := p.replay(c, name, under)
		if err != nil {
			return err
		}
		total, differ = total+n, differ+d
	}
	c.say("%d zaken, %d waren anders gegaan.", "%d cases, %d would have gone differently.", total, differ)
	if differ > 0 {
		return errDifferent
	}
	return nil
}

func (p protocolReplayCmd) replay(c *console, name string, under *protocol.Protocol) (total, differ int, err error) {
	switch info, err := os.Stat(name); {
	case err == nil && !info.IsDir():
		return p.file(c, name, under)
	case err == nil && isDesk(name):
		return p.desk(c, name, under)
	}
	old, err := readProtocol(name)
	if err != nil {
		return 0, 0, err
	}
	folder, err := protocolFolder(name)
	if err != nil {
		return 0, 0, err
	}
	replayed, err := old.ReplayCases(folder, under)
	if err != nil {
		return 0, 0, refuse(err, "De voorbeelden van %s kunnen niet gelezen worden:", "The examples of %s cannot be read:", name)
	}
	return c.replayed(replayed)
}

// isDesk: the folder holds the data of a desk, not a protocol.
func isDesk(folder string) bool {
	protocols, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	return err == nil && len(protocols) == 0
}

// file runs one case file; the protocol it was written for lies above its folder.
func (p protocolReplayCmd) file(c *console, name string, under *protocol.Protocol) (total, differ int, err error) {
	from := p.From
	if from == "" {
		from = filepath.Dir(filepath.Dir(filepath.Clean(name)))
	}
	old, err := readProtocol(from)
	if err != nil {
		return 0, 0, err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return 0, 0, refuse(err, "%s kan niet gelezen worden:", "%s cannot be read:", name)
	}
	replayed, err := old.ReplayFile(filepath.Base(name), data, under)
	if err != nil {
		return 0, 0, refuse(err, "%s kan niet gelezen worden:", "%s cannot be read:", name)
	}
	return c.replayed(replayed)
}

func (c *console) replayed(all []protocol.Replayed) (total, differ int, err error) {
	for _, r := range all {
		for _, fault := range r.Unread {
			c.say("%s: niet te lezen: %s", "%s: cannot be read: %s", caseAt(r), fault)
		}
		if len(r.Outcomes) > 0 || len(r.Unread) > 0 {
			differ++
		}
		c.outcomes(caseAt(r)+" "+r.Name, r.Outcomes)
	}
	return len(all), differ, nil
}

func caseAt(r protocol.Replayed) string { return fmt.Sprintf("%s:%d", r.File, r.Line) }

// outcomes prints what is different for one case.
func (c *console) outcomes(name string, found []protocol.Outcome) {
	if len(found) == 0 {
		return
	}
	c.say("%s", "%s", name)
	for _, o := range found {
		c.say("    %s %s (%s): %s → %s", "    %s %s (%s): %s → %s", o.List, o.ID, o.Title.NL, orNothing(o.Was.NL), orNothing(o.Is.NL))
	}
}

func orNothing(words string) string {
	if words == "" {
		return "–"
	}
	return strings.ReplaceAll(words, "\n", " ")
}

// desk runs the cases of a desk, all tenants that follow this protocol.
func (p protocolReplayCmd) desk(c *console, folder string, under *protocol.Protocol) (total, differ int, err error) {
	at := place{Data: folder}
	h, _, err := at.openPlain(c, p.Protocols...)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	err = h.store.EachCase(c.ctx, "", func(id loket.CaseID) error {
		r, err := h.desk.Under(c.ctx, loket.System(""), id, under)
		switch {
		case err != nil:
			return err
		case r.Other:
			return nil
		}
		total++
		if len(r.Outcomes) > 0 {
			differ++
		}
		c.outcomes(r.Number, r.Outcomes)
		return nil
	})
	if err != nil {
		return total, differ, refuse(err, "De zaken in %s kunnen niet gelezen worden:", "The cases in %s cannot be read:", folder)
	}
	return total, differ, nil
}
