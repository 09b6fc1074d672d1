package client

import (
	"errors"
	//lathe:if named
	"strings"
	//lathe:end
)

// errNeedsRules is the error of calls whose endpoint an EndpointResolver does not know.
var errNeedsRules = errors.New(
	"an EndpointResolver does not know the endpoint of this call: set BaseEndpoint or EndpointResolverV2")

// needsRules reports whether only the service's rules know the endpoint of a call: it goes
// to several regions, to an Outpost or to what is called by an ARN.
func needsRules(in any) bool {
	var params EndpointParameters
	if b, ok := in.(endpointParamsBinder); ok {
		b.bindEndpointParams(&params)
	}
	needs := false
	//lathe:if endpointID
	needs = needs || params.EndpointId != nil && *params.EndpointId != ""
	//lathe:end
	//lathe:if outpostID
	needs = needs || params.OutpostId != nil && *params.OutpostId != ""
	//lathe:end
	//lathe:if accessPointName
	needs = needs || isARN(params.AccessPointName)
	//lathe:end
	//lathe:if bucket
	needs = needs || isARN(params.Bucket)
	//lathe:end
	return needs
}

//lathe:if named

func isARN(name *string) bool { return name != nil && strings.HasPrefix(*name, "arn:") }

//lathe:end
