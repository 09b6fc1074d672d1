package smithy

import "example.com/lathe/spec"

// amendment is what the generator of the official Go packages does to the traits of a
// published member, so that its Go type stays what it was or its zero can be sent.
type amendment struct{ zero, noDefault, required bool }

// amendments are those that decide which Go type a number or boolean has, or whether
// its zero is sent. All members are compared with the official packages in
// interop/services/optional.
var amendments = map[string]amendment{
	"com.amazonaws.emrserverless#InitialCapacityConfig$workerCount":                {noDefault: true},
	"com.amazonaws.evidently#GetExperimentResultsRequest$period":                   {noDefault: true},
	"com.amazonaws.imagebuilder#LaunchTemplateConfiguration$setDefaultVersion":     {noDefault: true},
	"com.amazonaws.paymentcryptographydata#GeneratePinDataInput$PinDataLength":     {noDefault: true},
	"com.amazonaws.paymentcryptographydata#VerifyPinDataInput$PinDataLength":       {noDefault: true},
	"com.amazonaws.s3control#PublicAccessBlockConfiguration$BlockPublicAcls":       {noDefault: true},
	"com.amazonaws.s3control#PublicAccessBlockConfiguration$BlockPublicPolicy":     {noDefault: true},
	"com.amazonaws.s3control#PublicAccessBlockConfiguration$IgnorePublicAcls":      {noDefault: true},
	"com.amazonaws.s3control#PublicAccessBlockConfiguration$RestrictPublicBuckets": {noDefault: true},
	"com.amazonaws.sqs#ChangeMessageVisibilityBatchRequestEntry$VisibilityTimeout": {zero: true, required: true},
	"com.amazonaws.sqs#ChangeMessageVisibilityRequest$VisibilityTimeout":           {zero: true},
	"com.amazonaws.sqs#ReceiveMessageRequest$MaxNumberOfMessages":                  {zero: true},
	"com.amazonaws.sqs#ReceiveMessageRequest$VisibilityTimeout":                    {zero: true},
	"com.amazonaws.sqs#ReceiveMessageRequest$WaitTimeSeconds":                      {zero: true},
	"com.amazonaws.sqs#SendMessageBatchRequestEntry$DelaySeconds":                  {zero: true},
	"com.amazonaws.sqs#SendMessageRequest$DelaySeconds":                            {zero: true},
}

// amend applies the amendment of a member, if there is one.
func amend(id string, m *spec.Member) {
	switch a := amendments[id]; {
	case a.noDefault:
		m.Default = nil
	case a.zero && m.Default == nil:
		m.Default, m.Required = zero(m.Target.Kind), m.Required || a.required
	}
}
