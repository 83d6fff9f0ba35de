// SPDX-License-Identifier: EUPL-1.2

package protocol

import (
	"reflect"
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// openList is a list of which not every element is certain: criterion 1 is met, 2 is
// not, of 3 nobody knows. Whether it contains "1" or "2" is settled all the same; only
// what depends on "3" is not. Conditions see it when they are asked what is settled.
type openList struct {
	certain  []string
	possible map[string]*types.Unknown // element → what would settle it
	rest     *types.Unknown            // what would settle the whole list
}

func (o *openList) Contains(element ref.Val) ref.Val {
	text, ok := element.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(element)
	}
	if slices.Contains(o.certain, string(text)) {
		return types.True
	}
	if unknown, ok := o.possible[string(text)]; ok {
		return unknown
	}
	return types.False
}

// Iterator gives the certain elements, and an unknown for the rest of them.
func (o *openList) Iterator() traits.Iterator {
	elements := make([]ref.Val, 0, len(o.certain)+1)
	for _, text := range o.certain {
		elements = append(elements, types.String(text))
	}
	return types.NewRefValList(types.DefaultTypeAdapter, append(elements, o.rest)).Iterator()
}

// Fold lets exists and all walk over the certain elements and the unknown rest.
func (o *openList) Fold(f traits.Folder) {
	for i, text := range o.certain {
		if !f.FoldEntry(types.Int(i), types.String(text)) {
			return
		}
	}
	f.FoldEntry(types.Int(len(o.certain)), o.rest)
}

func (o *openList) Size() ref.Val                             { return o.rest }
func (o *openList) Get(ref.Val) ref.Val                       { return o.rest }
func (o *openList) Add(ref.Val) ref.Val                       { return o.rest }
func (o *openList) Equal(ref.Val) ref.Val                     { return o.rest }
func (o *openList) ConvertToType(ref.Type) ref.Val            { return o.rest }
func (o *openList) ConvertToNative(reflect.Type) (any, error) { return slices.Clone(o.certain), nil }
func (o *openList) Type() ref.Type                            { return types.ListType }
func (o *openList) Value() any                                { return o.certain }

// anyIn tells whether two lists share an element.
func anyIn(a, b ref.Val) ref.Val {
	if open, ok := a.(*openList); ok {
		if other, both := b.(*openList); both {
			return open.shares(other)
		}
		a, b = b, a
	}
	other, ok := b.(traits.Lister)
	if !ok {
		return types.MaybeNoSuchOverloadErr(b)
	}
	var unknown *types.Unknown
	for it := a.(traits.Lister).Iterator(); it.HasNext() == types.True; {
		switch found := other.Contains(it.Next()).(type) {
		case types.Bool:
			if found {
				return types.True
			}
		case *types.Unknown:
			unknown = mergeUnknown(unknown, found)
		}
	}
	if unknown != nil {
		return unknown
	}
	return types.False
}

// shares compares two open lists: true when both certainly have an element.
func (o *openList) shares(other *openList) ref.Val {
	for _, text := range o.certain {
		if slices.Contains(other.certain, text) {
			return types.True
		}
	}
	return types.MergeUnknowns(o.rest, other.rest)
}

func mergeUnknown(a, b *types.Unknown) *types.Unknown {
	if a == nil {
		return b
	}
	return types.MergeUnknowns(a, b)
}

// unknownOf is CEL's unknown for facts; the fact itself stands in when there are none.
func (a *activation) unknownOf(facts []int, self int) *types.Unknown {
	var u *types.Unknown
	for _, at := range facts {
		u = mergeUnknown(u, a.c.lang.unknowns[at])
	}
	if u == nil {
		u = a.c.lang.unknowns[self]
	}
	return u
}

// element is one thing that may be in a list, with what would settle that.
type element struct {
	id      string
	certain bool
	missing []int
}

// open remembers which elements of a provisional list are certain.
func (a *activation) open(at int, elements []element, missing []int) {
	list := &openList{possible: map[string]*types.Unknown{}, rest: a.unknownOf(missing, at)}
	for _, e := range elements {
		if e.certain {
			list.certain = append(list.certain, e.id)
		}
	}
	for _, e := range elements {
		if e.certain || slices.Contains(list.certain, e.id) {
			continue
		}
		more := a.unknownOf(e.missing, at)
		if before := list.possible[e.id]; before != nil {
			more = types.MergeUnknowns(before, more)
		}
		list.possible[e.id] = more
	}
	if a.rest.opened == nil {
		a.rest.opened = map[int]*openList{}
	}
	a.rest.opened[at] = list
}
