// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"container/list"
	"sync"

	"github.com/tink-crypto/tink-go/v2/tink"
)

// recent keeps the ciphers of the cases used last.
type recent struct {
	mu    sync.Mutex
	most  int
	drops int // how many keys were dropped; see era
	order *list.List
	items map[string]*list.Element
}

type held struct {
	key  string
	aead tink.AEAD
}

func newRecent(most int) *recent {
	return &recent{most: most, order: list.New(), items: map[string]*list.Element{}}
}

func (r *recent) get(key string) tink.AEAD {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.items[key]
	if !ok {
		return nil
	}
	r.order.MoveToFront(e)
	return e.Value.(held).aead
}

// era changes whenever a key is dropped. Who reads a key from the store asks for the era
// first; put then refuses a key that may have been destroyed in between.
func (r *recent) era() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.drops
}

func (r *recent) put(key string, a tink.AEAD, era int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.items[key]; ok || era != r.drops {
		return
	}
	r.items[key] = r.order.PushFront(held{key, a})
	if r.order.Len() > r.most {
		last := r.order.Back()
		delete(r.items, last.Value.(held).key)
		r.order.Remove(last)
	}
}

func (r *recent) drop(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drops++
	if e, ok := r.items[key]; ok {
		r.order.Remove(e)
		delete(r.items, key)
	}
}
