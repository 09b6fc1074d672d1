// The oldest versions that clients work with: see runtime/runtime.go.
module example.com/golden

go 1.23

require (
	github.com/aws/aws-sdk-go-v2 v1.38.0
	github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream v1.6.10
	github.com/aws/smithy-go v1.22.5
)
