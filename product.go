// SPDX-License-Identifier: EUPL-1.2

package loket

// applyProduct follows a product: drafted → aligned → released → withdrawn. A new
// release supersedes what was released before (R-R-20, R-R-99).
func (c *Case) applyProduct(e Event) {
	switch p := e.Payload.(type) {
	case ProductDrafted:
		s := c.product(p.Product, p.Row)
		s.Versions = append(s.Versions, ProductVersion{ProductDrafted: p, DraftedAt: e.At, DraftedBy: e.By})
	case ProductAligned:
		if v := c.ProductVersion(p.Product, p.Row, p.Version); v != nil {
			v.Aligned = append(v.Aligned, p)
		}
	case ProductReleased:
		c.applyReleased(e, p)
	case ProductWithdrawn:
		if v := c.ProductVersion(p.Product, p.Row, p.Version); v != nil {
			v.Withdrawn = p.Reason
		}
		c.supersede(p.Product, p.Row, p.Version)
	}
}

func (c *Case) applyReleased(e Event, p ProductReleased) {
	v := c.ProductVersion(p.Product, p.Row, p.Version)
	if v == nil {
		return
	}
	v.Released, v.ReleasedAt, v.ReleasedBy = &p, e.At, e.By
	c.supersede(p.Product, p.Row, p.Version-1)
	for _, r := range p.Recipients {
		c.Told = append(c.Told, Disclosure{
			Seq: e.Seq, Recipient: r, Product: p.Product, Row: p.Row, Version: p.Version,
			Channel: "notice", State: "released", At: e.At, By: e.By, Purpose: p.Purpose,
		})
	}
	if p.Override != "" {
		c.Deviations = append(c.Deviations, Deviation{Seq: e.Seq, At: e.At, By: e.By, What: p.Product, Motivation: p.Override})
	}
	c.mark("first_informed_at", e.At)
	c.mark(RowKey(p.Product, p.Row)+"_released_at", e.At) // a later version does not make the first one late
}

// supersede marks every disclosure of the product up to version as replaced.
func (c *Case) supersede(product, row string, version int) {
	for i := range c.Told {
		d := &c.Told[i]
		if d.Product == product && d.Row == row && d.Version <= version {
			d.Superseded = true
		}
	}
}

func (c *Case) applyDelivery(e Event, p DeliveryChanged) {
	for i := range c.Told {
		d := &c.Told[i]
		if d.Channel != "notice" || d.Product != p.Product || d.Row != p.Row || d.Version != p.Version || d.Recipient.ID != p.Recipient {
			continue
		}
		if p.State == "read" {
			d.ReadAt = e.At
		}
		if d.State != "read" {
			d.State = p.State
		}
	}
}

func (c *Case) product(id, row string) *ProductState {
	key := RowKey(id, row)
	if c.Products[key] == nil {
		c.Products[key] = &ProductState{Product: id, Row: row}
	}
	return c.Products[key]
}

// ProductVersion finds one version of a product; version 0 is the newest, nil is none.
func (c *Case) ProductVersion(product, row string, version int) *ProductVersion {
	s := c.Products[RowKey(product, row)]
	if s == nil || len(s.Versions) == 0 {
		return nil
	}
	if version == 0 {
		return &s.Versions[len(s.Versions)-1]
	}
	for i := range s.Versions {
		if s.Versions[i].Version == version {
			return &s.Versions[i]
		}
	}
	return nil
}

// Current is the version that holds: the newest of those released and not withdrawn, or the
// newest at all when there is none. What is being written does not replace what people have.
func (s *ProductState) Current() *ProductVersion {
	for i := len(s.Versions) - 1; i >= 0; i-- {
		if v := &s.Versions[i]; v.Released != nil && v.Withdrawn == "" {
			return v
		}
	}
	return &s.Versions[len(s.Versions)-1]
}

// Released reports whether some version of the product is out and not withdrawn.
func (s *ProductState) Released() bool {
	for _, v := range s.Versions {
		if v.Released != nil && v.Withdrawn == "" {
			return true
		}
	}
	return false
}
