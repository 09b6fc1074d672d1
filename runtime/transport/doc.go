// Package transport carries one call of a generated client from its input to its
// output: validate, serialize, then in the retry loop resolve the identity and
// the endpoint, sign, send and deserialize.
//
// Every step is a function of its own over the state of the call and calls no
// other step, so that the same steps can run flat, as [Call] runs them, or inside a
// smithy middleware stack. The package also holds what a client's constructor
// needs: the defaults of its options, and the settings that are read from the
// shared configuration and the environment.
package transport
