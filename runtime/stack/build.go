package stack

import (
	"errors"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const (
	before = middleware.Before
	after  = middleware.After
)

// build adds the steps of the operation to a stack, in the order in which the official
// clients do. Where they stand follows from it.
func (r *run) build(stack *middleware.Stack) error {
	return errors.Join(
		r.addProtocol(stack),
		r.addInitialize(stack),
		r.addBuild(stack),
		r.addFinalize(stack),
		r.addDeserialize(stack),
		r.addInterceptors(stack),
	)
}

// addProtocol adds what reads and writes messages, and what finds out who signs them and
// where they go. Everything else is placed by it.
func (r *run) addProtocol(stack *middleware.Stack) error {
	s, f := stack.Serialize, stack.Finalize
	return errors.Join(
		s.Add(inputStep{}, after),
		s.Add(serializeStep{r}, after),
		s.Insert(r.LegacyEndpoint, "OperationSerializer", before),
		stack.Deserialize.Add(deserializeStep{r}, after),
		f.Add(schemeStep{r}, before),
		f.Insert(identityStep{r}, "ResolveAuthScheme", after),
		f.Insert(endpointStep{r}, "GetIdentity", after),
		f.Insert(signStep{r}, "ResolveEndpointV2", after),
	)
}

func (r *run) addInitialize(stack *middleware.Stack) error {
	s := stack.Initialize
	service := &awsmiddleware.RegisterServiceMetadata{
		ServiceID: r.Settings.ServiceID, Region: r.Settings.Region, OperationName: r.Info.Name,
	}
	err := errors.Join(s.Add(legacyStep{r}, before), middleware.AddSetLoggerMiddleware(stack, r.Settings.Logger))
	if r.Fills {
		err = errors.Join(err, s.Add(fillStep{r}, before))
	}
	err = errors.Join(err, s.Add(validateStep{r}, after), s.Add(service, before))
	if r.Checks {
		err = errors.Join(err, s.Add(checkStep{r}, before))
	}
	return err
}

func (r *run) addBuild(stack *middleware.Stack) error {
	s := stack.Build
	r.agent = r.userAgent()
	err := s.Add(&awsmiddleware.ClientRequestID{}, after)
	if !r.Info.EventInput { // which has no length
		err = errors.Join(err, s.Add(&smithyhttp.ComputeContentLength{}, after))
	}
	return errors.Join(
		err,
		s.Add(r.agent, after),
		s.Add(&awsmiddleware.RecursionDetection{}, after),
	)
}

func (r *run) addFinalize(stack *middleware.Stack) error {
	s := stack.Finalize
	err := errors.Join(r.addPayloadHash(stack), s.Insert(r.attempt(), "ResolveAuthScheme", before))
	if r.Info.EventInput {
		err = errors.Join(err, s.Insert(middleware.FinalizeMiddlewareFunc("EventStreamBody", openEvents), "Retry", after))
	}
	return errors.Join(
		err,
		r.addChecksum(stack),
		s.Insert(skewStep{r}, "Retry", after),
		s.Insert(new(countStep), "Retry", after),
		s.Insert(causeStep{r}, "Retry", before),
		r.addOlder(s),
		s.Insert(overrideStep{}, "Signing", before),
		s.Insert(prefixStep{}, "ResolveEndpointV2", after),
		s.Insert(plainStep{r}, "ResolveEndpointV2", after),
		r.addEncoding(s),
	)
}

// addEncoding adds what asks for responses in the only encoding that the client reads.
func (r *run) addEncoding(s *middleware.FinalizeStep) error {
	encoding := encodingStep(r.Settings.AcceptEncoding)
	if encoding == "" || r.Presigning != nil {
		return nil
	}
	return s.Add(encoding, before)
}

// addPayloadHash adds what hashes the body, or leaves its hash out of the signature.
func (r *run) addPayloadHash(stack *middleware.Stack) error {
	if r.Info.EventInput {
		return errors.Join(v4.AddStreamingEventsPayload(stack), v4.AddContentSHA256HeaderMiddleware(stack))
	}
	hash := v4.AddComputePayloadSHA256Middleware
	if r.Info.UnsignedPayload {
		hash = v4.AddUnsignedPayloadMiddleware
	}
	err := hash(stack)
	if r.Info.UnsignedPayload || r.Settings.SendPayloadHash {
		err = errors.Join(err, v4.AddContentSHA256HeaderMiddleware(stack))
	}
	if r.Info.UnsignedOverTLS {
		err = errors.Join(err, v4.UseDynamicPayloadSigningMiddleware(stack))
	}
	return err
}

func (r *run) addDeserialize(stack *middleware.Stack) error {
	s := stack.Deserialize
	closing := smithyhttp.AddErrorCloseResponseBodyMiddleware(stack)
	if !r.Info.StreamOutput {
		closing = errors.Join(closing, smithyhttp.AddCloseResponseBodyMiddleware(stack))
	}
	return errors.Join(
		s.Add(&awsmiddleware.AddRawResponse{}, before),
		s.Add(r.timing(), after),
		closing,
		r.addIDs(s),
		s.Add(logStep{}, after),
	)
}

// addIDs adds what finds the id of a request and puts it into errors.
func (r *run) addIDs(s *middleware.DeserializeStep) error {
	retriever, wrapper := middleware.DeserializeMiddleware(&awsmiddleware.RequestIDRetriever{}),
		middleware.DeserializeMiddleware(&awshttp.ResponseErrorWrapper{})
	if r.Settings.WrapError != nil {
		retriever = middleware.DeserializeMiddlewareFunc("S3MetadataRetriever", passOn) // Deserialize has found them
		wrapper = middleware.DeserializeMiddlewareFunc(wrapper.ID(), r.wrapError)
	}
	return errors.Join(s.Insert(retriever, "OperationDeserializer", before), s.Insert(wrapper, retriever.ID(), before))
}

// addInterceptors adds what calls interceptors: most of it only if there are any, as in
// the official clients, because each middleware takes time.
func (r *run) addInterceptors(stack *middleware.Stack) error {
	all := &r.Interceptors
	err := errors.Join(
		stack.Finalize.Insert(&smithyhttp.InterceptBeforeRetryLoop{Interceptors: all.BeforeRetryLoop}, "Retry", before),
		stack.Finalize.Insert(&smithyhttp.InterceptAttempt{
			BeforeAttempt: all.BeforeAttempt, AfterAttempt: all.AfterAttempt,
		}, "Retry", after),
	)
	if !HasInterceptors(all) {
		return err
	}
	s, d := stack.Serialize, stack.Deserialize
	return errors.Join(
		err,
		stack.Initialize.Add(&smithyhttp.InterceptExecution{
			BeforeExecution: all.BeforeExecution, AfterExecution: all.AfterExecution,
		}, before),
		s.Insert(&smithyhttp.InterceptBeforeSerialization{Interceptors: all.BeforeSerialization},
			"OperationSerializer", before),
		s.Insert(&smithyhttp.InterceptAfterSerialization{Interceptors: all.AfterSerialization}, "OperationSerializer", after),
		stack.Finalize.Insert(&smithyhttp.InterceptBeforeSigning{Interceptors: all.BeforeSigning}, "Signing", before),
		stack.Finalize.Insert(&smithyhttp.InterceptAfterSigning{Interceptors: all.AfterSigning}, "Signing", after),
		d.Add(&smithyhttp.InterceptTransmit{BeforeTransmit: all.BeforeTransmit, AfterTransmit: all.AfterTransmit}, after),
		// Of this step the last runs first on the way back.
		d.Insert(&smithyhttp.InterceptBeforeDeserialization{Interceptors: all.BeforeDeserialization},
			"OperationDeserializer", after),
		d.Insert(&smithyhttp.InterceptAfterDeserialization{Interceptors: all.AfterDeserialization},
			"OperationDeserializer", before),
	)
}

// HasInterceptors reports whether there are any interceptors.
func HasInterceptors(r *smithyhttp.InterceptorRegistry) bool {
	return len(r.BeforeExecution)+len(r.BeforeSerialization)+len(r.AfterSerialization)+len(r.BeforeRetryLoop)+
		len(r.BeforeAttempt)+len(r.BeforeSigning)+len(r.AfterSigning)+len(r.BeforeTransmit)+len(r.AfterTransmit)+
		len(r.BeforeDeserialization)+len(r.AfterDeserialization)+len(r.AfterAttempt)+len(r.AfterExecution) > 0
}
