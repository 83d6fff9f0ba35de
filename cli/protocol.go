// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// protocolCmd is about protocol folders.
type protocolCmd struct {
	Check  protocolCheckCmd  `cmd:"" help:"Check a protocol: every fault with file, line and cure."`
	Show   protocolShowCmd   `cmd:"" help:"Print a protocol as a book that people can read."`
	Test   protocolTestCmd   `cmd:"" help:"Play the example cases that come with a protocol."`
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
	read, err := protocol.Load(folder)
	if problems, ok := errors.AsType[protocol.Problems](err); ok {
		c.problems(name, problems)
		c.say("%s: %d fouten. Dit protocol kan zo niet gebruikt worden.", "%s: %d faults. This protocol cannot be used like this.", name, len(problems))
		return false, nil
	}
	if err != nil {
		return false, refuse(err, "Het protocol %s kan niet gelezen worden:", "The protocol %s cannot be read:", name)
	}
	c.problems(name, read.Warnings())
	c.say("%s: in orde. %s, versie %s; %d waarschuwingen.", "%s: fine. %s, version %s; %d warnings.",
		name, read.About.Title.NL, read.About.Version, len(read.Warnings()))
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

// test plays the stories in the folder cases of a protocol, under that very protocol.
func (c *console) test(name string) error {
	read, err := readProtocol(name)
	if err != nil {
		return err
	}
	folder, err := protocolFolder(name)
	if err != nil {
		return err
	}
	known := desk.Protocols{}
	known.Add(read)
	files, remove, err := onDisk(folder, "cases")
	if err != nil {
		return refuse(err, "De voorbeelden van %s kunnen niet gelezen worden.", "The examples of %s cannot be read.", name)
	}
	defer remove()
	if len(files) == 0 {
		c.say("%s: geen voorbeelden in de map cases.", "%s: no examples in the folder cases.", name)
		return nil
	}
	return c.play(known, files)
}

// onDisk copies the stories of a folder to where the player can read them: those of a
// built-in protocol lie inside the program.
func onDisk(folder fs.FS, under string) (files []string, remove func(), err error) {
	names, err := fs.Glob(folder, under+"/*.yaml")
	if err != nil || len(names) == 0 {
		return nil, func() {}, err
	}
	dir, err := os.MkdirTemp("", "loket-cases-*")
	if err != nil {
		return nil, func() {}, err
	}
	remove = func() { _ = os.RemoveAll(dir) }
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, remove, err
		}
		file := filepath.Join(dir, path.Base(name))
		if err := os.WriteFile(file, data, 0o600); err != nil {
			return nil, remove, err
		}
		files = append(files, file)
	}
	return files, remove, nil
}

// protocolSchemaCmd prints the JSON Schema.
type protocolSchemaCmd struct{}

// Run implements the command.
func (protocolSchemaCmd) Run(c *console) error {
	_, err := c.out.Write(protocol.Schema())
	return err
}
