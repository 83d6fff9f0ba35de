// SPDX-License-Identifier: EUPL-1.2

package api

import (
	"strings"

	"example.org/loket/protocol"
)

// answersSchema is the report form of the protocol in force, as JSON Schema. Whether an
// answer is needed may follow from others; what is always needed is said here, the rest by
// the desk when it reads the answers.
func (c *call) answersSchema() object {
	properties, required := object{}, []string{}
	form := c.protocol.PublicReport()
	if form == nil {
		return closed(properties, required...)
	}
	for s := range form.Sections {
		for i := range form.Sections[s].Fields {
			field := &form.Sections[s].Fields[i]
			properties[field.ID] = c.fieldSchema(field)
			for _, option := range field.Options {
				if option.Text {
					properties[field.ID+"_"+option.ID] = object{"type": "string", "title": c.P(field.Label) + ": " + c.P(option.Label)}
				}
			}
			if field.Need == "required" && field.Show == "" && field.ID != organisationField {
				required = append(required, field.ID)
			}
		}
	}
	return closed(properties, required...)
}

// fieldSchema says of one question what it asks and what it takes.
func (c *call) fieldSchema(f *protocol.Field) object {
	out := object{"title": c.P(f.Label)}
	var says []string
	if help := c.P(f.Help); help != "" {
		says = append(says, help)
	}
	if f.Show != "" {
		says = append(says, c.T("api.doc.shown"))
	}
	if f.ID == organisationField {
		says = append(says, c.T("api.doc.organisation"))
	}
	for _, option := range f.Options {
		says = append(says, option.ID+": "+c.P(option.Label))
	}
	if len(says) > 0 {
		out["description"] = strings.Join(says, "\n")
	}
	c.shape(f, out)
	return out
}

// shape adds the type to the schema of a question.
func (c *call) shape(f *protocol.Field, out object) {
	switch f.Type {
	case protocol.TypeChoice:
		out["type"], out["enum"] = "string", optionIDs(f)
	case protocol.TypeChoices:
		out["type"], out["items"], out["uniqueItems"] = "array", object{"type": "string", "enum": optionIDs(f)}, true
	case protocol.TypeYesNo:
		out["type"] = "boolean"
	case protocol.TypeNumber:
		out["type"], out["minimum"] = "integer", 0
		if f.Max > 0 {
			out["maximum"] = f.Max
		}
	case protocol.TypeDate:
		out["type"], out["format"] = "string", "date"
	case protocol.TypeMoment:
		out["type"], out["format"] = "string", "date-time"
	case protocol.TypeOccurrence:
		out["$ref"] = "#/components/schemas/Voorval"
	default:
		out["type"] = "string"
		if f.Max > 0 {
			out["maxLength"] = f.Max
		}
	}
}

func optionIDs(f *protocol.Field) []string {
	ids := make([]string, len(f.Options))
	for i, o := range f.Options {
		ids[i] = o.ID
	}
	return ids
}

// occurrenceSchema is when something happened: a moment, a day, a period, or unknown.
func (c *call) occurrenceSchema() object {
	found := object{"ontdektOp": aMoment, "ontdektDag": aDay}
	with := func(own object, required ...string) object {
		for name, schema := range found {
			own[name] = schema
		}
		return closed(own, required...)
	}
	return object{"description": c.T("api.doc.occurrence"), "oneOf": []object{
		with(object{"op": aMoment}, "op"), with(object{"dag": aDay}, "dag"), with(object{"van": aMoment, "tot": aMoment}, "van", "tot"),
		with(object{"onbekend": object{"type": "boolean", "const": true}}, "onbekend"),
	}}
}
