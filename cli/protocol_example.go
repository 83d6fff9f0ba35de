// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// example is the text of an example document of a protocol that comes with the program, when
// it was made by the version that is asked for.
func example(p *protocol.Protocol, file string) string {
	folder, err := protocols.FS(p.About.ID)
	if err != nil {
		return ""
	}
	text, err := fs.ReadFile(folder, "specimens/"+file)
	if err != nil || !strings.Contains(string(text), protocol.SpecimenVersion(p)) {
		return ""
	}
	return string(text)
}

// writeExamples makes every document of a protocol from the invented cases in its folder.
func writeExamples(p *protocol.Protocol, name, to string) error {
	folder, err := protocolFolder(name)
	if err != nil {
		return err
	}
	files, err := p.SpecimenFiles(folder)
	if err != nil {
		return refuse(err, "De voorbeelden kunnen niet gemaakt worden:", "The examples cannot be made:")
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return refuse(err, "De map %s kan niet gemaakt worden.", "The folder %s cannot be made.", to)
	}
	for file, text := range files {
		if err := os.WriteFile(filepath.Join(to, file), []byte(text), 0o644); err != nil {
			return refuse(err, "%s kan niet geschreven worden.", "%s cannot be written.", filepath.Join(to, file))
		}
	}
	return nil
}
