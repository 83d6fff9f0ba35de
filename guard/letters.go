// SPDX-License-Identifier: EUPL-1.2

package guard

import "math"

// No list holds every name. But names are built of other letters than everyday words are:
// “Wevelsiep” and “Souhaila” look like names, “stofzuigen” and “afwas” do not. How often
// three letters follow each other in the lists of names and in the lists of words tells.

// letterCount is the number of small letters, and one for the ends of a word and for others.
const letterCount = 27

// likeNames holds, per three letters, how much surer they make a name, in hundredths of a
// natural logarithm.
type likeNames [letterCount * letterCount * letterCount]int16

// learnLetters counts the letters of the words on both sides.
func learnLetters(words map[string]trait) *likeNames {
	var names, others likeNames
	sumNames, sumOthers := 0, 0
	for w, t := range words {
		switch {
		case len(w) < 3 || t.is(place):
		case t.is(given|surname) && !t.is(common|known|particle):
			sumNames += count3(&names, w)
		case !t.is(given | surname):
			sumOthers += count3(&others, w)
		}
	}
	most := float64(len(names))
	for i := range names {
		of := math.Log((float64(names[i]) + 0.4) / (float64(sumNames) + 0.4*most))
		against := math.Log((float64(others[i]) + 0.4) / (float64(sumOthers) + 0.4*most))
		names[i] = int16(100 * (of - against))
	}
	return &names
}

func count3(n *likeNames, w string) int {
	return triples(w, func(at int) { n[at]++ })
}

// triples calls use for every three letters in a row, the ends of the word included.
func triples(w string, use func(int)) int {
	a, b := 0, 0
	for i := 0; i <= len(w); i++ {
		c := 0
		if i < len(w) && asciiLetter(w[i]) {
			c = int(w[i]-'a') + 1
		}
		use((a*letterCount+b)*letterCount + c)
		a, b = b, c
	}
	return len(w) + 1
}

// inFavour is what a word gets beforehand: a word that no list holds is a name more often
// than the words of the lists are.
const inFavour = 12

// of gives how much a word looks like a name: above zero more than like another word.
func (n *likeNames) of(w string) int {
	sum := 0
	many := triples(w, func(at int) { sum += int(n[at]) })
	return sum/many + inFavour
}
