// SPDX-License-Identifier: EUPL-1.2

package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example.org/loket"
	"example.org/loket/desk"
	"example.org/loket/protocol"
)

// knowStates are the steps of a message on its way to a person, in order.
var knowStates = []string{"proposed", "released", "sent", "read", "told", "failed"}

// toldChannels are the ways to tell somebody other than by the desk's own message.
var toldChannels = loket.ToldChannels

// knowState is the state of one cell; an empty cell is somebody it is not meant for.
func knowState(state string) string {
	if slices.Contains(knowStates, state) {
		return state
	}
	return "none"
}

func (c *casePage) columnTitle(column desk.KnowsColumn) string {
	if column.Version == 0 {
		return c.P(column.Title)
	}
	return c.T("case.version", c.P(column.Title), column.Version)
}

func (c *casePage) columnAt(i int) string {
	if i < len(c.view.Knows.Columns) {
		return c.columnTitle(c.view.Knows.Columns[i])
	}
	return ""
}

// message is one version of one product in a choice.
type message struct{ value, title string }

// messages are the versions that somebody can have been told about.
func (c *casePage) messages() []message {
	var messages []message
	for _, column := range c.view.Knows.Columns {
		messages = append(messages, message{columnValue(column.Product, column.Version), c.columnTitle(column)})
	}
	return messages
}

func columnValue(product string, version int) string {
	if product == "" {
		return ""
	}
	return product + "@" + strconv.Itoa(version)
}

// personLine is a person in a choice: name, roles, organisation.
func (v *reader) personLine(person desk.Person) string {
	return sentence(" · ", person.Name, v.rolesOf(person))
}

func (c *casePage) productTitle(line desk.ProductLine) string {
	title := sentence(": ", c.P(line.Title), line.RowTitle)
	if line.Version == 0 {
		return title
	}
	return c.T("case.version", title, line.Version)
}

// otherProducts are the products that are not proposed and not made yet. A person may
// always make one: the protocol guides, it does not prescribe (R-I-05).
func (c *casePage) otherProducts() []*protocol.Product {
	var products []*protocol.Product
	for i := range c.protocol.Products {
		product := &c.protocol.Products[i]
		made := slices.ContainsFunc(c.view.Products, func(line desk.ProductLine) bool { return line.Product == product.ID })
		if !made && product.Each == "" && desk.MaySeeProduct(c.actor, c.protocol, product) && (len(product.MadeBy) == 0 || c.actor.Has(product.MadeBy...)) {
			products = append(products, product)
		}
	}
	return products
}

// readTold records that somebody was told by phone, face to face or by own mail (R-R-20).
func readTold(v *visit) (loket.Payload, error) {
	at, err := v.postedMoment("moment")
	if err != nil {
		return nil, err
	}
	told := loket.Told{Channel: v.text("kanaal"), ToldAt: at, Note: v.text("tekst_toelichting")}
	if !oneOf(told.Channel, toldChannels) {
		return nil, loket.Refuse(loket.Invalid, "Kies hoe u het vertelde.", "Choose how you told it.")
	}
	if at.IsZero() {
		return nil, loket.Refuse(loket.Invalid, "Schrijf wanneer u het vertelde.", "Write when you told it.")
	}
	product, version, found := strings.Cut(v.text("product"), "@")
	if found {
		told.Product = product
		_, _ = fmt.Sscan(version, &told.Version)
	}
	told.Recipient, err = v.toldPerson()
	return told, err
}

// toldPerson is who was told: somebody from the list, or a name that was typed.
func (v *visit) toldPerson() (loket.Recipient, error) {
	if id := v.text("persoon"); id != "" {
		people, err := v.service.People(v.r.Context(), v.desk.ID)
		if err != nil {
			return loket.Recipient{}, err
		}
		for _, person := range people {
			if person.ID == id {
				return recipient(person), nil
			}
		}
	}
	if name := v.text("tekst_naam"); name != "" {
		return loket.Recipient{ID: "other:" + v.rand.ID(), Name: name}, nil
	}
	return loket.Recipient{}, loket.Refuse(loket.Invalid, "Kies aan wie u het vertelde, of schrijf de naam.", "Choose whom you told, or write the name.")
}

// recipient is a person as the file keeps them: with the role in which they were told.
func recipient(person desk.Person) loket.Recipient {
	to := loket.Recipient{ID: person.ID, Name: person.Name, Email: person.Email}
	if len(person.Roles) > 0 {
		to.Role = person.Roles[0]
	}
	return to
}
