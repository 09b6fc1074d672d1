//go:build models

package calls

import (
	"example.com/lathe/bench/internal/clients/sts"
	official "github.com/aws/aws-sdk-go-v2/service/sts"
)

// identity is the answer to who is calling, in Query's XML.
const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:sts::123456789012:assumed-role/deploy/session</Arn>
    <UserId>AROAEXAMPLEEXAMPLEEXA:session</UserId>
    <Account>123456789012</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
`

func identityCases() []Case {
	h := reply(200, "", []byte(identity))
	theirs := official.New(official.Options{Region: region, Credentials: key(), HTTPClient: h})
	ours := sts.New(sts.Options{Region: region, Credentials: key(), HTTPClient: h})
	return []Case{{Name: IdentityCall, Sides: []Side{
		{Official, func() any { return expect(theirs.GetCallerIdentity(ctx, &official.GetCallerIdentityInput{})) }},
		{Ours, func() any { return expect(ours.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})) }},
	}}}
}
