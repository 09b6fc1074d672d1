// Package spec is the model of an API: its operations, the shapes they exchange
// and how both are bound to HTTP.
//
// The model follows Smithy 2.0 (https://smithy.io/2.0/spec/), which every source
// format can be mapped onto. One loader a format (the packages below this one)
// builds an [API]; after that nothing knows where it came from. The package also
// holds what is true of a model in any format: positions and problems, the
// validation that all loaders share, the selection of operations with the shapes
// they reach, and a text dump for goldens and comparisons.
//
// The folder is also the home of specs written by hand, such as datazone.yaml.
package spec
