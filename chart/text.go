// SPDX-License-Identifier: EUPL-1.2

package chart

import (
	"strings"

	"example.org/loket/protocol"
)

// Text tells the chart as sentences, in order of writing, for who cannot see the drawing:
// "Twijfel? ja: Overleg met het loket. nee: Leer ervan."
func Text(c *protocol.Chart, lang func(protocol.Text) string) []string {
	words := map[string]string{}
	for _, n := range c.Nodes {
		words[n.ID] = lang(n.Text)
	}
	var out []string
	for _, n := range c.Nodes {
		out = append(out, sentence(&n, words, lang))
	}
	return out
}

func sentence(n *protocol.ChartNode, words map[string]string, lang func(protocol.Text) string) string {
	var b strings.Builder
	b.WriteString(ended(lang(n.Text)))
	for _, to := range n.To {
		b.WriteString(" ")
		if label := lang(to.Text); label != "" {
			b.WriteString(label + ": ")
		} else {
			b.WriteString("→ ")
		}
		b.WriteString(ended(words[to.Node]))
	}
	return b.String()
}

func ended(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".?!:") {
		return s
	}
	return s + "."
}

// wrap breaks words into lines of at most most letters; a longer word stands alone.
func wrap(text string, most int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > most {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
