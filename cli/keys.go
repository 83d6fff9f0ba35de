// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"example.org/loket/desk"
	"example.org/loket/seal"
	"example.org/loket/store"
)

// keysCmd is about the keys above the keys of cases.
type keysCmd struct {
	Rotate keysRotateCmd `cmd:"" help:"Change the root key and the keys of organisations; the desk may go on meanwhile."`
}

// keysRotateCmd changes keys. What was sealed stays as it is: only the keys of cases are
// wrapped anew. Cut off half-way, the same command goes on where it stopped.
type keysRotateCmd struct {
	place
	Root          bool `help:"Only the root key."`
	Organisations bool `help:"Only the keys of organisations."`
}

// Run implements the command.
func (k *keysRotateCmd) Run(c *console) error {
	if err := k.place.prepare(); err != nil {
		return err
	}
	root, err := seal.RootAt(c.ctx, k.RootKey, k.rootToken)
	if err != nil {
		return refuse(err, "De hoofdsleutel kan niet gelezen worden.", "The root key cannot be read.")
	}
	keys, err := store.OpenKeys(c.ctx, k.KeyDB)
	if err != nil {
		return refuse(err, "De sleutelopslag kan niet geopend worden.", "The key store cannot be opened.")
	}
	defer keys.Close()
	ring := seal.NewKeyring(root, keys)
	if !k.Root {
		if err := k.organisations(c, ring); err != nil {
			return err
		}
	}
	if !k.Organisations {
		return k.root(c, ring)
	}
	return nil
}

func (k *keysRotateCmd) root(c *console, ring *seal.Keyring) error {
	n, err := ring.RotateRoot(c.ctx)
	if err != nil {
		return refuse(err, "De hoofdsleutel is nog niet helemaal vervangen. Typ de opdracht nog eens.", "The root key was not changed completely yet. Give the command again.")
	}
	c.say("De hoofdsleutel is vervangen; %d sleutels zijn opnieuw ingepakt. Maak een nieuwe kopie van de hoofdsleutel.", "The root key was changed; %d keys were wrapped anew. Make a new copy of the root key.", n)
	return nil
}

// organisations changes the key of every organisation whose desk is here.
func (k *keysRotateCmd) organisations(c *console, ring *seal.Keyring) error {
	log, err := store.Open(c.ctx, k.DB)
	if err != nil {
		return refuse(err, "De database kan niet geopend worden.", "The database cannot be opened.")
	}
	defer log.Close()
	var all []desk.Tenant
	err = log.Read(c.ctx, func(tx desk.Tx) (err error) {
		all, err = tx.Tenants(c.ctx)
		return err
	})
	if err != nil {
		return refuse(err, "De database kan niet gelezen worden.", "The database cannot be read.")
	}
	for _, t := range all {
		n, err := ring.RotateOrganisation(c.ctx, t.ID)
		if err != nil {
			return refuse(err, "De sleutel van %s is nog niet helemaal vervangen. Typ de opdracht nog eens.", "The key of %s was not changed completely yet. Give the command again.", t.ID)
		}
		c.say("De sleutel van %s is vervangen; %d sleutels van zaken zijn opnieuw ingepakt.", "The key of %s was changed; %d keys of cases were wrapped anew.", t.ID, n)
	}
	return nil
}
