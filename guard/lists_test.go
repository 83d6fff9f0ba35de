// SPDX-License-Identifier: EUPL-1.2

package guard

import (
	"runtime"
	"strings"
	"testing"

	"example.org/loket/internal/guardcorpus"
)

// rare are the styles whose names were made so that hardly a list holds them.
var rare = []string{"minutes", "shift"}

// unknownShare is how many of the names no list of the detector holds.
func unknownShare(names []string) float64 {
	n := 0
	for _, name := range names {
		words := pieces(name)
		if !vocab().words[words[len(words)-1]].is(given | surname) {
			n++
		}
	}
	return float64(n) / float64(len(names))
}

// DT-25: the corpus and the detector share no list. The styles that say how the guard does on
// names it never heard of must go on doing so.
func TestCorpusHasNamesOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, style := range rare {
		given, last := guardcorpus.Names(style)
		if g, s := unknownShare(given), unknownShare(last); g < 0.35 || s < 0.35 {
			t.Errorf("%s: only %.2f of the given names and %.2f of the last names are on no list of the detector", style, g, s)
		}
	}
	// Control: a list taken from the detector is noticed.
	if got := unknownShare(strings.Fields(strings.Join(file("given")[:3], " "))); got > 0.05 {
		t.Errorf("a list of the detector itself passes for %.2f as one of its own", got)
	}
}

// Letters tell names from words: the names of the corpus that no list holds look like names,
// words of every day do not.
func TestLettersTellNames(t *testing.T) {
	t.Parallel()
	for _, w := range []string{"souhaila", "radjnarain", "esmanur", "wevelsiep", "kwakwa", "merksteijn"} {
		if vocab().letters.of(w) <= 0 {
			t.Errorf("%s does not look like a name: %d", w, vocab().letters.of(w))
		}
	}
	for _, w := range []string{"stofzuigen", "afwasbeurt", "onderzoeksvraag", "expeditie", "bereikbaarheid", "zorgbelang"} {
		if vocab().letters.of(w) >= 0 {
			t.Errorf("%s looks like a name: %d", w, vocab().letters.of(w))
		}
	}
	if n := (&likeNames{}).of("souhaila"); n != inFavour { // control: nothing learned, nothing told
		t.Errorf("without lists the letters still tell %d", n)
	}
}

// The lists of the guard are in memory for as long as the desk runs (design.md §9).
func TestListsAreSmall(t *testing.T) {
	size := func(load func() *vocabulary) uint64 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		v := load()
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(v)
		return max(after.HeapAlloc, before.HeapAlloc) - before.HeapAlloc
	}
	got := size(loadVocabulary)
	t.Logf("%d words take %d KB", len(vocab().words), got/1024)
	if got > 4<<20 {
		t.Errorf("the lists take %d KB of memory, want at most 4096", got/1024)
	}
}
