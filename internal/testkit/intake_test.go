// SPDX-License-Identifier: EUPL-1.2

package testkit_test

import (
	"fmt"
	"net/url"
	"testing"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/internal/testkit"
)

// complete is a full report as a provider sends it; no two describe the same person.
func complete(n int) url.Values {
	return url.Values{
		"urgency": {"not_urgent"}, "organisation": {fmt.Sprintf("Aanbieder %d", n%300)}, "reporter_kind": {"contracted"}, "kinds": {"serious_violence"},
		"incident_date": {"27-03-2026"}, "incident_time": {"15:04"}, "relation_to_care": {"care_given"}, "care_started": {"yes"},
		"violence_nature": {"physical", "threat"}, "violence_serious": {"yes"}, "violence_by": {"co_client"}, "violence_against": {"client"},
		"injury": {"physical"}, "injury_serious": {"no"}, "contact_name": {"Sara Fictie"}, "contact_phone": {"010 000 00 00"},
		"contact_email": {"sara.fictie@example.org"}, "location": {"treatment_or_residential"}, "description": {"In de groep ontstond ruzie."},
		"dossier_no": {fmt.Sprintf("D%08d", n)}, "age": {fmt.Sprint(4 + n%80)}, "sex": {"man"}, "residence": {"rotterdam"}, "laws": {"jeugdwet"},
		"setting": {"voluntary"}, "safety": {"yes"}, "parents_informed": {"yes"}, "supervisor_told": {"none"}, "unrest": {"none"}, "media": {"none"},
	}
}

// BenchmarkIntake is one report: read, evaluated, sealed, logged, clocks, notices, durable.
func BenchmarkIntake(b *testing.B) {
	k := testkit.New(b, testkit.Options{})
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		_, err := k.Desk.SendReport(b.Context(), loket.Actor{}, desk.ReportForm{Key: fmt.Sprint(n), Tenant: k.Tenant, Form: "report", Posted: complete(n)})
		if err != nil {
			b.Fatal(err)
		}
	}
}
