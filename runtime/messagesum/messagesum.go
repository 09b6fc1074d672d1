// Package messagesum compares messages of a queue with the checksums that the service
// returns for them, which are MD5 in hexadecimal digits. They are there against damage
// and not against attackers.
package messagesum

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"strings"
)

// One returns an error if a message's body does not have the checksum. There is nothing
// to compare where one of them is nil. The id is the service's name for the message; it
// may be nil.
func One(body, sum, id *string) error {
	if e := compare(body, sum, id); e != nil {
		return invalid(e)
	}
	return nil
}

// Batch compares the messages of one call. The zero Batch is ready.
type Batch struct {
	returned map[string]result
	errors   []*messageError
}

// result is what the service returned for a message.
type result struct{ sum, id *string }

// Add compares a message as [One] does.
func (b *Batch) Add(body, sum, id *string) {
	if e := compare(body, sum, id); e != nil {
		b.errors = append(b.errors, e)
	}
}

// Returned notes what the service returned for the message with a key of the caller's.
// It comes before [Batch.Sent].
func (b *Batch) Returned(key, sum, id *string) {
	if key == nil {
		return
	}
	if b.returned == nil {
		b.returned = map[string]result{}
	}
	b.returned[*key] = result{sum, id}
}

// Sent compares the message that was sent with a key. There is nothing to compare where
// nothing was returned for the key.
func (b *Batch) Sent(key, body *string) {
	if key != nil {
		got := b.returned[*key]
		b.Add(body, got.sum, got.id)
	}
}

// Err returns an error that names all messages without their checksum, or nil.
func (b *Batch) Err() error {
	if len(b.errors) == 0 {
		return nil
	}
	return invalid(&batchError{b.errors})
}

func compare(body, sum, id *string) *messageError {
	if body == nil || sum == nil {
		return nil
	}
	digest := md5.Sum([]byte(*body))
	got := hex.EncodeToString(digest[:])
	if got == *sum {
		return nil
	}
	e := &messageError{want: *sum, got: got}
	if id != nil {
		e.id = *id
	}
	return e
}

func invalid(err error) error { return fmt.Errorf("message checksum validation failed, %w", err) }

// messageError is the error of a message that does not have its checksum.
type messageError struct{ id, want, got string }

func (e *messageError) Error() string {
	name := "message"
	if e.id != "" {
		name += " " + e.id
	}
	return fmt.Sprintf("%s has invalid checksum, expected MD5 checksum %s, got %s", name, e.want, e.got)
}

// batchError is the error of a batch with messages that do not have theirs.
type batchError struct{ errors []*messageError }

func (e *batchError) Error() string {
	var text strings.Builder
	text.WriteString("message checksum errors")
	for _, one := range e.errors {
		text.WriteString("\n\t" + one.Error())
	}
	return text.String()
}
