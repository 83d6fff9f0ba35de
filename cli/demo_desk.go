// SPDX-License-Identifier: EUPL-1.2

package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// demoDesk is one organisation of the demo.
type demoDesk struct {
	protocol *protocol.Protocol
	tenant   desk.Tenant
	codes    codes
}

// desks are the organisations of the demo: one per protocol, the one asked for first.
func (d *demoCmd) desks(known desk.Protocols) []*demoDesk {
	out := []*demoDesk{newDemoDesk(known[d.Protocol])}
	for _, id := range slices.Sorted(maps.Keys(known)) {
		if p := known[id]; p.About.ID == id && id != d.Protocol && !d.Alone {
			out = append(out, newDemoDesk(p))
		}
	}
	return out
}

func newDemoDesk(p *protocol.Protocol) *demoDesk {
	name := p.About.ID
	if len(p.About.Territory) == 1 {
		name = p.About.Territory[0]
	} else if p.Desk.Name != "" {
		name = p.Desk.Name
	}
	return &demoDesk{protocol: p, tenant: desk.Tenant{
		ID: p.About.ID, Name: name + " (oefening)", Kind: kindOf(p), Protocol: p.About.ID, Host: p.About.ID + ".localhost", Phone: p.Desk.Phone, Email: p.Desk.Email,
	}}
}

// kindOf: a protocol for several municipalities is a region's.
func kindOf(p *protocol.Protocol) string {
	if len(p.About.Territory) > 1 {
		return "purchasing_region"
	}
	return "municipality"
}

// remembered is what a restart cannot find again: the return codes of each desk.
func (d *demo) remembered() string {
	var b strings.Builder
	for _, one := range d.desks {
		fmt.Fprintf(&b, "%s\n%s\n", one.tenant.ID, one.codes.list())
	}
	return b.String()
}

// remember reads it back: a line that is not indented names the desk of those after it.
func (d *demo) remember(state string) {
	var one *demoDesk
	for line := range strings.Lines(state) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, " ") {
			i := slices.IndexFunc(d.desks, func(x *demoDesk) bool { return x.tenant.ID == line })
			if one = nil; i >= 0 {
				one = d.desks[i]
			}
		} else if one != nil {
			one.codes.lines = append(one.codes.lines, line)
		}
	}
}

// codes remembers the return codes that the story's reporters got.
type codes struct {
	mu    sync.Mutex
	lines []string
}

func (k *codes) add(r desk.Receipt, organisation string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lines = append(k.lines, fmt.Sprintf("  %s: %s (%s)", r.Number, r.Code, organisation))
}

func (k *codes) list() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return strings.Join(k.lines, "\n")
}

// remembering is the desk, with an ear for return codes.
type remembering struct {
	*desk.Desk
	codes *codes
}

// SendReport passes a report on and remembers the code on its receipt.
func (r remembering) SendReport(ctx context.Context, by loket.Actor, form desk.ReportForm) (desk.Receipt, error) {
	receipt, err := r.Desk.SendReport(ctx, by, form)
	if err == nil && receipt.Code != "" && form.Channel == "web" {
		r.codes.add(receipt, form.Posted.Get("organisation"))
	}
	return receipt, err
}
