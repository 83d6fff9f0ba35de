// SPDX-License-Identifier: EUPL-1.2

package seal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
)

// laid seals a text at 120 places: two organisations, five cases, two tables, two columns, three
// rows. Half of them after the keys above the cases were changed.
func laid(t *testing.T, k *Keyring) []sealedAt {
	t.Helper()
	var out []sealedAt
	for _, tenant := range []string{"alfa", "bravo"} {
		for c := range 5 {
			if c == 2 {
				for _, change := range changes {
					if err := change.run(k); err != nil {
						t.Fatal(err)
					}
				}
			}
			key := must[string](t)(k.NewKey(ctx, tenant))
			for _, at := range []string{"events|body", "events|vault", "cases|body", "cases|vault"} {
				for seq := 1; seq <= 3; seq++ {
					place := fmt.Sprintf("%s|c%d|%d", at, c, seq)
					out = append(out, sealedAt{key, place, must[[]byte](t)(k.Seal(ctx, key, place, []byte(canary)))})
				}
			}
		}
	}
	return out
}

// S06: of any two sealed texts of 120, neither opens in the place of the other: 14,280 swaps of
// field, row, table, case and organisation, and of age of the key above. Of each text every bit
// is turned. Control: at its own place each opens.
func TestTenThousandSwaps(t *testing.T) {
	t.Parallel()
	k, _, _ := ring(t)
	texts, swaps, bits := laid(t, k), 0, 0
	for i, here := range texts {
		if plain, err := k.Open(ctx, here.key, here.place, here.text); err != nil || string(plain) != canary {
			t.Fatalf("control: %s does not open at its own place: %v", here.place, err)
		}
		for j, there := range texts {
			if i == j || here.key == there.key && here.place == there.place {
				continue
			}
			swaps++
			if _, err := k.Open(ctx, there.key, there.place, here.text); !errors.Is(err, ErrRejected) {
				t.Fatalf("a text of %s opened at %s: %v", here.place, there.place, err)
			}
		}
		for bit := range 8 * len(here.text) {
			bits++
			forged := bytes.Clone(here.text)
			forged[bit/8] ^= 1 << (bit % 8)
			if _, err := k.Open(ctx, here.key, here.place, forged); !errors.Is(err, ErrRejected) {
				t.Fatalf("bit %d of %s may differ", bit, here.place)
			}
		}
	}
	if swaps < 10_000 {
		t.Errorf("only %d swaps", swaps)
	}
	t.Logf("%d swaps and %d bits rejected", swaps, bits)
}

// nonces are the first eight bytes of the nonce of each of n texts under one key.
func nonces(t *testing.T, n int, seal func() ([]byte, error)) []uint64 {
	t.Helper()
	const prefix = 5 // of Tink: which key it is
	out := make([]uint64, n)
	for i := range out {
		text, err := seal()
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range text[prefix : prefix+8] {
			out[i] = out[i]<<8 | uint64(b)
		}
	}
	return out
}

func repeats(list []uint64) int {
	slices.Sort(list)
	return len(list) - len(slices.Compact(list))
}

// S07: no nonce comes twice under one key: not in the first eight of its twelve bytes even, of
// 200,000 texts, or ten million with LOKET_FULL=1. Control: a counter that begins anew is found.
func TestNoncesDoNotRepeat(t *testing.T) {
	t.Parallel()
	n := 200_000
	if os.Getenv("LOKET_FULL") != "" {
		n = 10_000_000
	}
	k, _, _ := ring(t)
	key := must[string](t)(k.NewKey(ctx, "alfa"))
	if twice := repeats(nonces(t, n, func() ([]byte, error) { return k.Seal(ctx, key, "x", nil) })); twice != 0 {
		t.Errorf("%d of %d nonces came before", twice, n)
	}
	at := byte(0)
	counted := func() ([]byte, error) { at++; return []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, at}, nil }
	if repeats(nonces(t, 300, counted)) != 300-256 {
		t.Error("control: a counter of one byte does not repeat")
	}
	t.Logf("%d nonces", n)
}
