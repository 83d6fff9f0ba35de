// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"slices"
	"strconv"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
)

// textRows is how tall a box must be to show its text without scrolling, within reason.
func textRows(text string) string {
	const perLine, fewest, most = 70, 3, 18
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		lines += 1 + len(line)/perLine
	}
	return strconv.Itoa(min(most, max(fewest, lines+1)))
}

// warningsTitle asks to look before release; of what was released it says that it stands
// beside the text, for nobody can look before any more.
func (p *productPage) warningsTitle() string {
	if p.view.Released != nil {
		return p.T("product.warnings_after")
	}
	return p.T("product.warnings")
}

// findingStyle: where identifying data may not leave it is an error, else a warning.
func (p *productPage) findingStyle() string {
	if p.blocked() {
		return "utrecht-alert--error"
	}
	return "utrecht-alert--warning"
}

func (p *productPage) findingAdvice() string {
	if p.blocked() {
		return p.T("product.found_blocks")
	}
	return p.T("product.found_warns")
}

func (p *productPage) blocked() bool {
	return slices.ContainsFunc(p.view.Findings, func(finding desk.Finding) bool { return finding.Blocks })
}

func (p *productPage) alignText() string {
	if p.view.Product.AlignAll {
		return p.T("product.align_all")
	}
	return p.T("product.align_one")
}

func agreed(said []loket.ProductAligned) bool {
	return slices.ContainsFunc(said, func(one loket.ProductAligned) bool { return one.Agreed })
}

func (p *productPage) alignedWords(said []loket.ProductAligned) string {
	switch {
	case len(said) == 0:
		return p.T("product.not_aligned")
	case agreed(said):
		return p.T("product.agreed")
	}
	return p.T("product.disagreed")
}

// candidateLine is a person in the choice of recipients, marked when the protocol proposes them.
func (p *productPage) candidateLine(person desk.Person) string {
	line := p.personLine(person)
	if p.tooDeep(person.Roles...) {
		line = p.T("product.too_deep", line)
	}
	if p.proposed(person.ID) {
		return p.T("product.proposed_person", line)
	}
	return line
}

// tooDeep: none of these roles opens as deep as this message goes. Whoever releases it may
// still choose so, but does it knowingly (R-R-62).
func (p *productPage) tooDeep(roles ...string) bool {
	if p.view.Product.Level == "" || len(roles) == 0 {
		return false
	}
	return !slices.ContainsFunc(roles, func(id string) bool {
		role := p.protocol.Role(id)
		return role == nil || max(role.Opens, role.Sees) >= p.view.Product.Level
	})
}
