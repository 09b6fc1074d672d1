package redact

import (
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"time"
)

// attributes are the members of a structure.
func attributes(v reflect.Value, secret []string) []slog.Attr {
	var all []slog.Attr
	for name, field := range fields(v) {
		value := slog.StringValue(withheld)
		if !slices.Contains(secret, name) {
			value = logged(field)
		}
		all = append(all, slog.Attr{Key: name, Value: value})
	}
	return all
}

// isLogged reports whether a value has methods that write it. A structure with a member
// called LogValue has those for fmt alone.
func isLogged(v any) bool {
	switch v.(type) {
	case time.Time, *time.Time:
		return false
	case slog.LogValuer:
		return true
	default:
		return isPrinter(v)
	}
}

// logged is a value as slog writes it. Handlers do not look for LogValue within lists and
// maps, so it is called here.
func logged(v reflect.Value) slog.Value {
	switch v, form := open(v, isLogged); form {
	case none:
		return slog.AnyValue(nil)
	case own:
		return logOwn(v.Interface())
	case structure:
		return slog.GroupValue(attributes(v, nil)...)
	case list:
		elements := make([]any, v.Len())
		for i := range elements {
			elements[i] = plain(logged(v.Index(i)))
		}
		return slog.AnyValue(elements)
	case entries:
		byKey := map[string]any{}
		for _, key := range v.MapKeys() {
			byKey[key.String()] = plain(logged(v.MapIndex(key)))
		}
		return slog.AnyValue(byKey)
	case foreign:
		return slog.StringValue(typeName(v))
	default:
		return logScalar(v)
	}
}

func logOwn(v any) slog.Value {
	if own, is := v.(slog.LogValuer); is {
		return own.LogValue()
	}
	return slog.StringValue(fmt.Sprint(v))
}

// logScalar is a value without its own type, which handlers need not look at.
func logScalar(v reflect.Value) slog.Value {
	switch {
	case v.Kind() == reflect.String:
		return slog.StringValue(v.String())
	case v.CanInt():
		return slog.Int64Value(v.Int())
	default:
		return slog.AnyValue(v.Interface())
	}
}

// plain is a value as encoding/json and fmt take it: groups are maps.
func plain(v slog.Value) any {
	if v.Kind() != slog.KindGroup {
		return v.Any()
	}
	members := map[string]any{}
	for _, a := range v.Group() {
		members[a.Key] = plain(a.Value)
	}
	return members
}
