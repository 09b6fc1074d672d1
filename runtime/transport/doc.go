// Package transport carries one call of a generated client from its input to its
// output: validate, serialize, then in the retry loop resolve the identity and
// the endpoint, sign, send and deserialize.
//
// Every step is a function of its own over the state of the call and calls no
// other step, so that the same steps can run flat, as [Call] runs them, or inside a
// smithy middleware stack. The package also holds what a client's constructor
// needs: the defaults of its options, and the settings that are read from the
// shared configuration and the environment.
//
// # Where the time of a call goes
//
// A call in memory takes about 4 µs: a third signs, a quarter reads the answer, the rest
// makes the request and the metadata. What is done about it, each measured by itself:
//
//   - The state of a call is pooled with the buffer that its response is read into, and
//     blank between calls. Nothing that a caller gets refers to it.
//   - Bodies are written to memory that calls hand on, see [rest.Request.Memory]. Memory of
//     its own for a body of 13 KB in CBOR takes a fifth of such a call.
//   - The request of an attempt and the values of its headers share memory, see
//     [rest.Attempt]. Signing needs none of its own, see package sigv4.
//   - Endpoints are cached by all that they depend on, see [EndpointCache].
//   - Metadata is stored under the keys of the official accessors, which are found once a
//     program. Running the official middlewares for each response takes 10 to 18 % of a call.
//   - The transport of an *http.Client is called by the call itself where the client would
//     only prepare for redirects, see roundTrip.
//   - A retryer of the client's own recognises most final errors before the official
//     checks run, see [NewRetryer]; any other retryer is asked as it is.
//
// A step that only some operations need stands behind an interface or a nil function, so
// that a program without such operations does not link it: bodies, streams, queries,
// compression, checksums. A kilobyte of code is two of a stripped program, with its
// tables and names.
package transport
