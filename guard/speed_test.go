// SPDX-License-Identifier: EUPL-1.2

package guard_test

import (
	"strings"
	"testing"
	"time"

	"example.org/loket/guard"
)

// BenchmarkCheck reads a letter of some size with the facts of a case beside it.
func BenchmarkCheck(b *testing.B) {
	k := guard.Known{
		Names: []string{"Mila Verzonnen", "Bram van der Nepnaam"}, BirthDates: []time.Time{time.Date(2010, 2, 3, 0, 0, 0, 0, time.UTC)},
		Dossiers: []string{"D-4711"}, Addresses: []string{"Fluweelstraat 12, 3099 ZZ Ergens"}, Phones: []string{"0100000000"}, Emails: []string{"mila@example.org"}, Places: []string{"Ommoord"}, Ages: []int{16},
	}
	for name, text := range map[string]string{
		"letter": strings.Repeat("Met deze brief informeert het college de raad over een zaak die onder het protocol valt. De inspectie kreeg op 3 maart 2026 bericht van Stichting De Linde, die aan de Anne Frankstraat zorg geeft. Mevrouw Jansen belde naar 06-12345678.\n", 40),
		"line":   "Op 28 maart sprak de begeleider met Mila Verzonnen van 16 jaar uit Ommoord.",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				guard.Check(text, k)
			}
		})
	}
}
