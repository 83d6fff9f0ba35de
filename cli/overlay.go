// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"example.org/loket/protocol"
	"example.org/loket/protocols"
)

// loadProtocol reads a protocol folder. One that holds only changes is laid over its base:
// the folder beside it with the name of the base, or a protocol that comes with the program.
func loadProtocol(name string, folder fs.FS) (*protocol.Protocol, error) {
	changes, err := protocol.OverlayOf(folder)
	if err != nil || changes.Of == "" {
		return protocol.Load(folder)
	}
	base, err := protocolFolder(filepath.Join(filepath.Dir(filepath.Clean(name)), changes.Of))
	if err != nil {
		base, err = protocolFolder(changes.Of)
	}
	if err != nil {
		return nil, protocol.Problems{{Pos: changes.Pos, Message: fmt.Sprintf("Het protocol %q, waarop dit de wijzigingen zijn, is er niet.", changes.Of),
			Cure: "Zet de map ervan ernaast, of noem een protocol dat meekomt: " + strings.Join(protocols.IDs(), ", ") + "."}}
	}
	return protocol.LoadOver(base, folder)
}
