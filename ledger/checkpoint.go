// SPDX-License-Identifier: EUPL-1.2

package ledger

import (
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// NewKey makes a pair to sign and check checkpoints with. name is the origin of the log,
// such as "loket.example.org/ledger".
func NewKey(rand io.Reader, name string) (secret, public string, err error) {
	return note.GenerateKey(rand, name)
}

// Sign makes a checkpoint: a short text with origin, size and root, signed. Kept outside
// the desk it shows later whether the log is still the same.
func Sign(head Head, secret string) (string, error) {
	signer, err := note.NewSigner(secret)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", signer.Name(), head.Size, base64.StdEncoding.EncodeToString(head.Root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	return string(signed), err
}

// OpenCheckpoint checks the signature and reads the head.
func OpenCheckpoint(signed, public string) (Head, error) {
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return Head{}, err
	}
	n, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return Head{}, err
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return Head{}, fmt.Errorf("ledger: this is no checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Head{}, fmt.Errorf("ledger: a checkpoint says its size is %q", lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != 32 {
		return Head{}, fmt.Errorf("ledger: the root of a checkpoint has %d bytes", len(root))
	}
	return Head{Size: size, Root: [32]byte(root)}, nil
}
