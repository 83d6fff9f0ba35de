// SPDX-License-Identifier: EUPL-1.2

package guard

import "slices"

// Apart gives the findings as a reader wants to see them: a postcode within an address that is
// told already adds nothing. Check tells both, for whoever counts them by category.
func Apart(found []Finding) []Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f Finding) bool {
		return f.Category == Postcode && slices.ContainsFunc(found, func(a Finding) bool {
			return a.Category == Address && a.Start <= f.Start && f.End <= a.End
		})
	})
}
