// The oldest versions of the SDK that clients work with, and the official package that
// was made for them. Lathe itself requires newer ones, hence the replacements.
module example.com/lathe/interop

go 1.26.0

require (
	example.com/lathe v0.0.0-00010101000000-000000000000
	github.com/aws/aws-sdk-go-v2 v1.48.0
	github.com/aws/aws-sdk-go-v2/credentials v1.18.4
	github.com/aws/aws-sdk-go-v2/service/datazone v1.38.0
	github.com/aws/smithy-go v1.28.9
	golang.org/x/mod v0.42.0
	golang.org/x/tools v0.52.0
)

require (
	github.com/aws/aws-sdk-go-v2/internal/configsources v1.4.3 // indirect
	github.com/aws/aws-sdk-go-v2/internal/endpoints/v2 v2.7.3 // indirect
	golang.org/x/sync v0.24.0 // indirect
)

replace (
	example.com/lathe => ../
	github.com/aws/aws-sdk-go-v2 => github.com/aws/aws-sdk-go-v2 v1.38.0
	github.com/aws/smithy-go => github.com/aws/smithy-go v1.22.5
)
