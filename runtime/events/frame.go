package events

import (
	"encoding/binary"
	"hash/crc32"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
)

// A frame is one message as it travels:
// https://smithy.io/2.0/aws/amazon-eventstream.html#message-serialization.
//
//	4 bytes  length of the frame
//	4 bytes  length of the headers
//	4 bytes  checksum of these 8 bytes
//	         headers
//	         payload
//	4 bytes  checksum of all that is before
const (
	preludeLength  = 12
	checksumLength = 4
	minFrame       = preludeLength + checksumLength
	// maxFrame is the longest frame that is read, in bytes. It only keeps a broken service
	// from filling the memory.
	maxFrame = 512 << 20
	// minBuffer is what a buffer starts with. A read may bring several frames.
	minBuffer = 16 << 10
	// maxKept is the largest buffer that is kept for the next frames.
	maxKept = 1 << 20
	// maxIdleReads is how often in a row a body may yield neither bytes nor an error.
	maxIdleReads = 100
)

// frames reads one frame after the other into a buffer that is used again.
type frames struct {
	body       io.Reader
	buf        []byte // of which buf[start:end] was read and not used yet
	start, end int
	err        error // of the body
	// ended: the body has come to its end. One that was cut off fails with another error, which
	// may wrap io.EOF.
	ended bool
}

// next returns the next frame, which is valid until the next call. At the end of the
// stream it returns io.EOF, within a frame io.ErrUnexpectedEOF.
func (f *frames) next() ([]byte, error) {
	if f.start == f.end && cap(f.buf) > maxKept {
		f.buf, f.start, f.end = nil, 0, 0
	}
	if err := f.fill(preludeLength); err != nil {
		return nil, err
	}
	prelude := f.buf[f.start:]
	length, headers := binary.BigEndian.Uint32(prelude), binary.BigEndian.Uint32(prelude[4:])
	if crc32.ChecksumIEEE(prelude[:8]) != binary.BigEndian.Uint32(prelude[8:]) {
		return nil, eventstream.ChecksumError{}
	}
	if length < minFrame || length > maxFrame {
		return nil, eventstream.LengthError{Part: "message prelude", Want: minFrame, Have: int(length)}
	}
	if headers > length-minFrame {
		return nil, eventstream.LengthError{Part: "message headers", Want: int(length) - minFrame, Have: int(headers)}
	}
	if err := f.fill(int(length)); err != nil {
		return nil, err
	}
	frame := f.buf[f.start : f.start+int(length)]
	sum := len(frame) - checksumLength
	if crc32.ChecksumIEEE(frame[:sum]) != binary.BigEndian.Uint32(frame[sum:]) {
		return nil, eventstream.ChecksumError{}
	}
	f.start += len(frame)
	return frame, nil
}

// fill reads until n bytes of the frame are in the buffer.
func (f *frames) fill(n int) error {
	for idle := 0; f.end-f.start < n; idle++ {
		if f.err != nil {
			return f.broken()
		}
		if idle == maxIdleReads {
			return io.ErrNoProgress
		}
		f.makeRoom(n)
		read, err := f.body.Read(f.buf[f.end:])
		f.end += read
		f.err, f.ended = err, err == io.EOF
		if read > 0 {
			idle = -1
		}
	}
	return nil
}

// broken is the error of a body that ends before the frame does.
func (f *frames) broken() error {
	if f.ended && f.start < f.end {
		return io.ErrUnexpectedEOF
	}
	return f.err
}

// isOver reports whether the body has ended behind a frame.
func (f *frames) isOver() bool { return f.ended && f.start == f.end }

// makeRoom makes room for more of a frame of n bytes. The buffer grows with what has
// arrived, for a length alone is no reason to allocate.
func (f *frames) makeRoom(n int) {
	if f.start > 0 {
		f.end = copy(f.buf, f.buf[f.start:f.end])
		f.start = 0
	}
	if f.end < len(f.buf) {
		return
	}
	grown := make([]byte, max(minBuffer, min(n, 4*len(f.buf))))
	copy(grown, f.buf[:f.end])
	f.buf = grown
}
