//go:build models

package calls

import (
	"bytes"
	"strconv"

	"example.com/lathe/bench/internal/clients/bedrockruntime"
	"example.com/lathe/bench/internal/clients/bedrockruntime/types"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	official "github.com/aws/aws-sdk-go-v2/service/bedrockruntime"
	officialtypes "github.com/aws/aws-sdk-go-v2/service/bedrockruntime/types"
)

// streamed is how many events a stream has.
const streamed = 10_000

// heard is what a caller made of a stream.
type heard struct{ Events, Bytes int }

func streamCases() []Case {
	model := "anthropic.claude-3-haiku-20240307-v1:0"
	body := converse()
	h := reply(200, "", body)
	theirs := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
	ours := bedrockruntime.New(bedrockruntime.Options{Region: region, Credentials: key(), HTTPClient: h})
	return []Case{{Name: StreamCall, Sides: []Side{
		{Official, func() any {
			out, err := theirs.ConverseStream(ctx, &official.ConverseStreamInput{ModelId: &model})
			expect(out, err)
			var all heard
			for event := range out.GetStream().Events() {
				delta, ok := event.(*officialtypes.ConverseStreamOutputMemberContentBlockDelta)
				if !ok {
					continue
				}
				if text, ok := delta.Value.Delta.(*officialtypes.ContentBlockDeltaMemberText); ok {
					all = heard{all.Events + 1, all.Bytes + len(text.Value)}
				}
			}
			return expect(all, out.GetStream().Close())
		}},
		{Ours, func() any {
			out, err := ours.ConverseStream(ctx, &bedrockruntime.ConverseStreamInput{ModelId: &model})
			expect(out, err)
			var all heard
			for event := range out.GetStream().Events() {
				delta, ok := event.(*types.ConverseStreamOutputMemberContentBlockDelta)
				if !ok {
					continue
				}
				if text, ok := delta.Value.Delta.(*types.ContentBlockDeltaMemberText); ok {
					all = heard{all.Events + 1, all.Bytes + len(text.Value)}
				}
			}
			return expect(all, out.GetStream().Close())
		}},
	}}}
}

// converse is a stream of parts of an answer.
func converse() []byte {
	var b bytes.Buffer
	encoder := eventstream.NewEncoder()
	for i := range streamed {
		m := eventstream.Message{Payload: []byte(
			`{"contentBlockIndex":0,"delta":{"text":" word ` + strconv.Itoa(i) + `"},"p":"abcdefghijklmnop"}`)}
		m.Headers.Set(":event-type", eventstream.StringValue("contentBlockDelta"))
		m.Headers.Set(":content-type", eventstream.StringValue("application/json"))
		m.Headers.Set(":message-type", eventstream.StringValue("event"))
		if err := encoder.Encode(&b, m); err != nil {
			panic(err)
		}
	}
	return b.Bytes()
}
