// Package bench measures what the emitted code is made of, and the emitted code
// against its peers. It is a module of its own, so that what it is measured
// against stays out of the generator's requirements.
package bench
