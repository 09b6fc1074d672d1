//go:build models

package calls

import (
	"example.com/lathe/bench/internal/clients/sqs"
	"example.com/lathe/bench/internal/clients/sqs/types"
	official "github.com/aws/aws-sdk-go-v2/service/sqs"
	officialtypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// message is sent to a queue; the answer has its MD5.
const (
	message = `{"event":"created","id":"01234567-89ab-cdef-0123-456789abcdef"}`
	sent    = `{"MessageId":"5fea7756-0ea4-451a-a703-a558b933e274","MD5OfMessageBody":"ea43e64e08109c1a2ba8ffd16a452d3b"}`
)

func messageCases() []Case {
	queue, text, kind, value := "https://sqs.us-east-1.amazonaws.com/123456789012/queue", message, "String", "a"
	h := reply(200, "", []byte(sent))
	theirs := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
	ours := sqs.New(sqs.Options{Region: region, Credentials: key(), HTTPClient: h})
	return []Case{{Name: MessageCall, Sides: []Side{
		{Official, func() any {
			return expect(theirs.SendMessage(ctx, &official.SendMessageInput{
				QueueUrl: &queue, MessageBody: &text,
				MessageAttributes: map[string]officialtypes.MessageAttributeValue{"trace": {DataType: &kind, StringValue: &value}},
			}))
		}},
		{Ours, func() any {
			return expect(ours.SendMessage(ctx, &sqs.SendMessageInput{
				QueueUrl: &queue, MessageBody: &text,
				MessageAttributes: map[string]types.MessageAttributeValue{"trace": {DataType: &kind, StringValue: &value}},
			}))
		}},
	}}}
}
