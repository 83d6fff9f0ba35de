// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// place is where a desk keeps its things.
type place struct {
	Data    string `env:"LOKET_DATA" default:"data/desk" placeholder:"DIR" help:"Folder of database, keys and root key; only its owner may enter (0700)."`
	DB      string `env:"LOKET_DB" placeholder:"DB" help:"Database instead of the one in the folder: sqlite:FILE or postgres://HOST/NAME."`
	KeyDB   string `env:"LOKET_KEY_DB" placeholder:"DB" help:"Key store; by default beside the database."`
	RootKey string `env:"LOKET_ROOT_KEY" placeholder:"FILE" help:"File of the root key, mode 0600, by default root.key in the folder; or a key in OpenBao or Vault: vault:https://HOST/transit/keys/NAME; or in Google Cloud KMS: gcpkms:projects/P/locations/L/keyRings/R/cryptoKeys/NAME."`

	RootToken string `env:"LOKET_ROOT_KEY_TOKEN_FILE" name:"root-key-token-file" placeholder:"FILE" help:"File that holds the token for OpenBao or Vault; read again for each use."`
	Erasures  string `env:"LOKET_ERASURES" placeholder:"FILE" help:"Erasure register; by default erasures.log in the folder. Never put an older copy of it back."`
}

// prepare makes the folder, or refuses one that others may enter, and fills in what
// follows from it.
func (p *place) prepare() error {
	if err := privateFolder(p.Data); err != nil {
		return err
	}
	if p.DB == "" {
		p.DB = p.Data
	}
	if p.KeyDB == "" {
		p.KeyDB = p.DB
	}
	if p.RootKey == "" {
		p.RootKey = filepath.Join(p.Data, "root.key")
	}
	if p.Erasures == "" {
		p.Erasures = filepath.Join(p.Data, "erasures.log")
	}
	return nil
}

// rootToken is what OpenBao or Vault knows us by. Its agent may change the file at any time.
func (p *place) rootToken() (string, error) {
	if p.RootToken == "" {
		return "", errors.New("--root-key-token-file is not given")
	}
	token, err := os.ReadFile(p.RootToken)
	return strings.TrimSpace(string(token)), err
}

func privateFolder(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(path, 0o700); err != nil {
			return refuse(err, "De map %s kan niet gemaakt worden.", "The folder %s cannot be made.", path)
		}
		return nil
	case err != nil:
		return refuse(err, "De map %s kan niet gelezen worden.", "The folder %s cannot be read.", path)
	case !info.IsDir():
		return refuse(nil, "%s is geen map. Geef met --data een map.", "%s is not a folder. Give a folder with --data.", path)
	case info.Mode().Perm()&0o077 != 0:
		return refuse(nil, "De map %[1]s is ook voor anderen open (%[2]v). Daar komen sleutels in. Typ: chmod 700 %[1]s",
			"The folder %[1]s is open to others (%[2]v). It will hold keys. Type: chmod 700 %[1]s", path, info.Mode().Perm())
	}
	return nil
}
