package reach

// outside are names of methods that others select than who can be seen here: of interfaces of
// the standard library, of the SDK's core and of clients that exported types of the runtime
// implement. A
// test holds the list to their types. Exported methods of types that are not exported need
// none: all of them are there for some interface.
var outside = []string{
	"Close", "Error", "GetIdentityResolver", "HandleSerialize", "ID", "IdentityResolver", "Len", "Read", "SchemeID",
	"ServiceHostID", "ServiceRequestID", "SignHTTP", "SignRequest", "Signer", "String", "Write",
	// Interfaces without a name, in package errors and where the core looks at errors.
	"As", "CanceledError", "ConnectionError", "Is", "RetryableError", "Temporary", "Timeout", "Unwrap",
}
