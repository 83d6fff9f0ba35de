// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"

	"example.org/loket/store"
)

// restoreCmd puts a backup into a new data folder (R13). Database and lists are those of the
// backup that is named; the key store and the erasure register are the newest that lie beside
// it, so that what was destroyed since does not come back (S08).
type restoreCmd struct {
	Copy     string `arg:"" type:"existingdir" help:"One backup: the folder loket-… that 'loket backup' made."`
	Data     string `required:"" env:"LOKET_DATA" placeholder:"DIR" help:"New data folder; it may hold the root key and the erasure register, and no database."`
	Identity string `type:"existingfile" placeholder:"FILE" help:"File with the secret key of age, when the copy is sealed."`
}

// Run implements the command.
func (r *restoreCmd) Run(c *console) error {
	if err := privateFolder(r.Data); err != nil {
		return err
	}
	for _, name := range []string{copyDesk, copyKeys} {
		if _, err := os.Stat(filepath.Join(r.Data, name)); err == nil {
			return refuse(nil, "In %s staat al een loket (%s). Geef met --data een nieuwe map.", "There is a desk in %s already (%s). Give a new folder with --data.", r.Data, name)
		}
	}
	ids, err := r.identities()
	if err != nil {
		return err
	}
	used, err := r.restore(c.ctx, ids)
	if err != nil {
		return err
	}
	c.say("Teruggezet in %s: gegevens van %s, sleutels en wisregister van %s.", "Put back into %s: data of %s, keys and erasure register of %s.", r.Data, filepath.Base(r.Copy), filepath.Base(used))
	c.say("Zet nu de hoofdsleutel erbij (root.key), typ: loket ledger verify --data %[1]s, en dan: loket serve --data %[1]s …", "Now add the root key (root.key), type: loket ledger verify --data %[1]s, and then: loket serve --data %[1]s …", r.Data)
	return nil
}

// identities are the secret keys that open a sealed copy.
func (r *restoreCmd) identities() ([]age.Identity, error) {
	if r.Identity == "" {
		return nil, nil
	}
	f, err := os.Open(r.Identity)
	if err != nil {
		return nil, refuse(err, "Het bestand %s kan niet gelezen worden.", "The file %s cannot be read.", r.Identity)
	}
	defer f.Close()
	ids, err := age.ParseIdentities(f)
	if err != nil {
		return nil, refuse(err, "In %s staat geen geheime sleutel van age.", "There is no secret key of age in %s.", r.Identity)
	}
	return ids, nil
}

// restore copies and checks; used is the backup that the keys are of. What it began is removed
// when it fails, so that the same command can be given again.
func (r *restoreCmd) restore(ctx context.Context, ids []age.Identity) (used string, err error) {
	used, err = r.newestKeys()
	if err != nil {
		return "", err
	}
	made := []string{}
	defer func() {
		if err != nil {
			for _, path := range made {
				_ = os.Remove(path)
			}
		}
	}()
	for name, from := range map[string]string{copyDesk: r.Copy, copyKeys: used, copyErasures: used} {
		to := filepath.Join(r.Data, name)
		if _, there := os.Stat(to); there == nil { // a register that is here is newer than any copy of it
			continue
		}
		made = append(made, to)
		if err := unpack(filepath.Join(from, name), to, ids); err != nil {
			return "", refuse(err, "%s uit %s kan niet teruggezet worden. Is de kopie verzegeld? Geef dan met --identity de juiste geheime sleutel.",
				"%s of %s cannot be put back. Is the copy sealed? Then give the right secret key with --identity.", name, from)
		}
	}
	for _, name := range []string{copyDesk, copyKeys} {
		if err := store.Sound(ctx, filepath.Join(r.Data, name)); err != nil {
			return "", refuse(err, "De kopie van %s is beschadigd. Neem een andere kopie.", "The copy of %s is damaged. Take another copy.", name)
		}
	}
	return used, syncFolder(r.Data)
}

// newestKeys is the newest backup beside this one, or this one, that still has its keys.
func (r *restoreCmd) newestKeys() (string, error) {
	copy, err := filepath.Abs(r.Copy)
	if err != nil {
		return "", refuse(err, "De map %s kan niet gelezen worden.", "The folder %s cannot be read.", r.Copy)
	}
	all, err := copies(filepath.Dir(copy))
	if err != nil {
		return "", refuse(err, "De map %s kan niet gelezen worden.", "The folder %s cannot be read.", filepath.Dir(copy))
	}
	newest := ""
	for _, folder := range append([]string{copy}, all...) {
		if packed(filepath.Join(folder, copyKeys)) != "" && filepath.Base(folder) > filepath.Base(newest) {
			newest = folder
		}
	}
	if newest == "" {
		return "", refuse(nil, "Bij %s is geen kopie van de sleutelopslag (keys.db). Zet er een kopie naast die nog sleutels heeft.", "There is no copy of the key store (keys.db) with %s. Put a copy beside it that still has its keys.", r.Copy)
	}
	return newest, nil
}

// packed is a file of a backup as it lies there, sealed or not; empty when it does not.
func packed(path string) string {
	for _, name := range []string{path, path + sealedCopy} {
		if _, err := os.Stat(name); err == nil {
			return name
		}
	}
	return ""
}

// unpack copies one file out of a backup, and opens it when it is sealed.
func unpack(from, to string, ids []age.Identity) error {
	name := packed(from)
	if name == "" {
		return os.ErrNotExist
	}
	source, err := os.Open(name)
	if err != nil {
		return err
	}
	defer source.Close()
	var plain io.Reader = source
	if name != from {
		if plain, err = age.Decrypt(source, ids...); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, plain)
	return errors.Join(err, f.Sync(), f.Close())
}
