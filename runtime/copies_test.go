package runtime_test

import (
	"reflect"
	"testing"

	"example.com/lathe/runtime/client"
)

// What a client exports may be copied, as official clients: go vet reports copies of what has a
// lock in it.
func TestCopies(t *testing.T) {
	for _, of := range []any{client.Client{}, client.Options{}, client.PresignClient{}} {
		if path := lockIn(reflect.TypeOf(of)); path != "" {
			t.Errorf("%T has a lock in it: %s", of, path)
		}
	}
}

// lockIn returns the path to a value in values of a type that must not be copied; "" for none.
func lockIn(of reflect.Type) string {
	if _, locks := reflect.PointerTo(of).MethodByName("Lock"); locks {
		return of.String()
	}
	switch of.Kind() {
	case reflect.Array:
		return lockIn(of.Elem())
	case reflect.Struct:
		for field := range of.Fields() {
			if path := lockIn(field.Type); path != "" {
				return field.Name + " " + path
			}
		}
	}
	return ""
}
