// SPDX-License-Identifier: EUPL-1.2

package identity

import (
	"context"
	"maps"
	"slices"

	"example.org/loket/desk"
)

func (m *memory) AddPasskey(_ context.Context, k desk.Passkey) (bool, error) {
	defer m.lock()()
	key := k.Tenant + "/" + string(k.ID)
	if _, there := m.passkeys[key]; there {
		return false, m.broken
	}
	m.passkeys[key] = k
	return true, m.broken
}

func (m *memory) Passkey(_ context.Context, tenant string, id []byte) (desk.Passkey, bool, error) {
	defer m.lock()()
	k, ok := m.passkeys[tenant+"/"+string(id)]
	return k, ok, m.broken
}

func (m *memory) PasskeysOf(_ context.Context, tenant, person string) (out []desk.Passkey, _ error) {
	defer m.lock()()
	for _, key := range slices.Sorted(maps.Keys(m.passkeys)) {
		if k := m.passkeys[key]; k.Tenant == tenant && k.Person == person {
			out = append(out, k)
		}
	}
	return out, m.broken
}

func (m *memory) UsePasskey(_ context.Context, k desk.Passkey) (bool, error) {
	defer m.lock()()
	key := k.Tenant + "/" + string(k.ID)
	_, there := m.passkeys[key]
	if there {
		m.passkeys[key] = k
	}
	return there, m.broken
}

func (m *memory) EndPasskey(_ context.Context, tenant, person string, id []byte) error {
	defer m.lock()()
	if key := tenant + "/" + string(id); m.passkeys[key].Person == person {
		delete(m.passkeys, key)
	}
	return m.broken
}

func (m *memory) EndPasskeys(_ context.Context, tenant, person string) error {
	defer m.lock()()
	maps.DeleteFunc(m.passkeys, func(_ string, k desk.Passkey) bool { return k.Tenant == tenant && k.Person == person })
	return m.broken
}
