// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"example.org/loket/protocol"
)

// protocolCmd is about protocol folders.
type protocolCmd struct {
	Check  protocolCheckCmd  `cmd:"" help:"Check a protocol: every fault with file, line and cure."`
	Show   protocolShowCmd   `cmd:"" help:"Print a protocol as a book that people can read."`
	Test   protocolTestCmd   `cmd:"" help:"Play the example cases that come with a protocol."`
	Diff   protocolDiffCmd   `cmd:"" help:"Compare two versions of a protocol."`
	Replay protocolReplayCmd `cmd:"" help:"Run past cases under another version: which would have gone differently, and in what."`
	Schema protocolSchemaCmd `cmd:"" help:"Print the JSON Schema of protocol files, for editors."`
}

// protocolCheckCmd checks protocols.
type protocolCheckCmd struct {
	Protocol []string `arg:"" help:"Folders, or ids of protocols that come with the program."`
}

// Run implements the command.
func (p protocolCheckCmd) Run(c *console) error {
	wrong := false
	for _, name := range p.Protocol {
		good, err := c.check(name)
		if err != nil {
			return err
		}
		wrong = wrong || !good
	}
	if wrong {
		return errDifferent
	}
	return nil
}

// check prints what is wrong or odd in one protocol and reports whether it can be used.
func (c *console) check(name string) (good bool, err error) {
	folder, err := protocolFolder(name)
	if err != nil {
		return false, err
	}
	read, err := loadProtocol(name, folder)
	if problems, ok := errors.AsType[protocol.Problems](err); ok {
		c.problems(name, problems)
		c.say("%s: %s. Dit protocol kan zo niet gebruikt worden.", "%s: %s. This protocol cannot be used like this.", name, c.several(len(problems), "fout", "fouten", "fault", "faults"))
		return false, nil
	}
	if err != nil {
		return false, refuse(err, "Het protocol %s kan niet gelezen worden:", "The protocol %s cannot be read:", name)
	}
	c.problems(name, read.Warnings())
	c.say("%s: in orde. %s, versie %s; %s.", "%s: fine. %s, version %s; %s.",
		name, read.About.Title.NL, read.About.Version, c.several(len(read.Warnings()), "waarschuwing", "waarschuwingen", "warning", "warnings"))
	return true, nil
}

func (c *console) problems(name string, problems []protocol.Problem) {
	for _, p := range problems {
		if p.File != "" {
			p.File = path.Join(filepath.ToSlash(name), p.File)
		}
		c.say("%s", "%s", p)
	}
}

// protocolTestCmd plays the example cases of a protocol.
type protocolTestCmd struct {
	Protocol []string `arg:"" help:"Folders, or ids of protocols that come with the program."`
}

// Run implements the command.
func (p protocolTestCmd) Run(c *console) error {
	different := false
	for _, name := range p.Protocol {
		err := c.test(name)
		different = different || errors.Is(err, errDifferent)
		if err != nil && !errors.Is(err, errDifferent) {
			return err
		}
	}
	if different {
		return errDifferent
	}
	return nil
}

// test runs the cases in the folder cases of a protocol and shows where it says otherwise.
func (c *console) test(name string) error {
	read, err := readProtocol(name)
	if err != nil {
		return err
	}
	folder, err := protocolFolder(name)
	if err != nil {
		return err
	}
	if cases, err := fs.Glob(folder, "cases/*.yaml"); err == nil && len(cases) == 0 {
		return refuse(nil, "Het protocol %[1]s heeft geen voorbeelden. Zet ze in %[1]s/cases/*.yaml; docs/protocol-language.md zegt hoe.",
			"The protocol %[1]s has no examples. Put them in %[1]s/cases/*.yaml; docs/protocol-language.md says how.", name)
	}
	results, err := read.RunCases(folder)
	if err != nil {
		return refuse(err, "De voorbeelden van %s kunnen niet gelezen worden:", "The examples of %s cannot be read:", name)
	}
	failed := 0
	for _, r := range results {
		if r.Passed() {
			continue
		}
		failed++
		c.say("%s:%d %s", "%s:%d %s", r.File, r.Line, r.Name)
		for _, d := range r.Differences {
			c.say("    %s", "    %s", d)
		}
	}
	c.say("%s: %s, %d anders dan verwacht.", "%s: %s, %d other than expected.", name, c.several(len(results), "voorbeeld", "voorbeelden", "example", "examples"), failed)
	if failed > 0 {
		return errDifferent
	}
	return nil
}

// protocolSchemaCmd prints the JSON Schema.
type protocolSchemaCmd struct{}

// Run implements the command.
func (protocolSchemaCmd) Run(c *console) error {
	_, err := c.out.Write(protocol.Schema())
	return err
}
