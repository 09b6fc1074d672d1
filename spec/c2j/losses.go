package c2j

import (
	"slices"

	"example.com/lathe/spec"
)

// losses are what single services have lost in this format, and have in the models that their
// official packages are made of.
type losses struct {
	// unions are structures that are unions: they are older than the mark.
	unions []string
	// kinds are the members that have another kind, by their names.
	kinds map[string]otherKind
	// errors are errors of operations.
	errors map[string]string
	// waiters are waiters of operations.
	waiters map[string][]spec.Waiter
}

// otherKind is the kind that members have in this format, and the one that is meant.
type otherKind struct{ is, want spec.Kind }

// lostBy are the losses by the service's id. Of services that are published in both formats
// there are no others.
var lostBy = map[string]losses{
	"Auto Scaling": {waiters: map[string][]spec.Waiter{"DescribeAutoScalingGroups": {
		until("GroupExists", 5, "length(AutoScalingGroups) > `0`", "true", "false"),
		until("GroupInService", 15,
			"contains(AutoScalingGroups[].[length(Instances[?LifecycleState=='InService']) >= MinSize][], `false`)",
			"false", "true"),
		until("GroupNotExists", 15, "length(AutoScalingGroups) > `0`", "false", "true"),
	}}},
	"CloudDirectory":   {unions: []string{"TypedAttributeValue"}},
	"CloudFront":       {kinds: map[string]otherKind{"MaxItems": {spec.String, spec.Integer}}},
	"DynamoDB":         {unions: []string{"AttributeValue"}},
	"DynamoDB Streams": {unions: []string{"AttributeValue"}},
	"Glacier":          {kinds: map[string]otherKind{"limit": {spec.String, spec.Integer}}},
	"IoT":              {unions: []string{"AssetPropertyVariant"}},
	"QuickSight":       {unions: []string{"DataSourceParameters", "PhysicalTable", "TransformOperation"}},
	"Route 53": {kinds: map[string]otherKind{
		"MaxItems": {spec.String, spec.Integer}, "MaxResults": {spec.String, spec.Integer},
	}},
	"S3": {
		unions: []string{"AnalyticsFilter", "MetricsFilter"},
		kinds: map[string]otherKind{
			"PartNumberMarker": {spec.Integer, spec.String}, "NextPartNumberMarker": {spec.Integer, spec.String},
		},
		errors: map[string]string{"HeadBucket": "NotFound", "HeadObject": "NotFound"},
	},
	"SageMaker": {unions: []string{"TrialComponentParameterValue"}},
	"XRay":      {unions: []string{"AnnotationValue"}},
}

// until is a waiter that is done when a condition is the one value, and waits while it is the
// other.
func until(name string, delay int, path, done, again string) spec.Waiter {
	a := spec.Acceptor{Matcher: "output", Path: path, Comparator: "booleanEquals"}
	success, retry := a, a
	success.State, success.Expected = "success", done
	retry.State, retry.Expected = "retry", again
	return spec.Waiter{Name: name, MinDelay: delay, Acceptors: []spec.Acceptor{success, retry}}
}

// addLostWaiters adds the waiters that the format has lost to an operation.
func (l *loader) addLostWaiters(op *spec.Operation) {
	for _, w := range lostBy[l.service].waiters[op.Name] {
		if !slices.ContainsFunc(op.Waiters, func(known spec.Waiter) bool { return known.Name == w.Name }) {
			w.Pos = op.Pos
			op.Waiters = append(op.Waiters, w)
		}
	}
}

// endpointError is the error of an operation whose endpoint has to be discovered again. Smithy
// models name it, this format may leave it out.
const endpointError = "InvalidEndpointException"

// lostErrors returns the errors that the format has lost of an operation.
func (l *loader) lostErrors(op *spec.Operation) (errors []*spec.Shape) {
	if name := lostBy[l.service].errors[op.Name]; name != "" {
		errors = append(errors, l.lostError(name, spec.ErrorTraits{}))
	}
	if op.EndpointDiscovery != spec.NoDiscovery {
		errors = append(errors, l.lostError(endpointError, spec.ErrorTraits{Status: 421}))
	}
	return errors
}

// lostError returns the shape of such an error: that of the document, if it has one.
func (l *loader) lostError(name string, traits spec.ErrorTraits) *spec.Shape {
	if d := l.shapes[name]; d != nil {
		return d.shape
	}
	if l.extra[name] == nil {
		l.extra[name] = &spec.Shape{Name: name, Kind: spec.Structure, Error: &traits}
	}
	return l.extra[name]
}
