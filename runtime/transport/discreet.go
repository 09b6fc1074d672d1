package transport

import (
	"errors"
	"net"
	"net/textproto"
	"net/url"
	"strings"
)

// Secrets are where an operation has sensitive members. That they are an interface keeps
// what hides them out of programs without any.
type Secrets interface {
	inInput() bool
	inOutput() bool
	inEndpoint() bool
	// discreet returns an error of the HTTP client without what it quotes of them.
	discreet(c *call, err error) error
	// withhold returns an error without its text.
	withhold(err error) error
}

// Sensitive says where the members are.
type Sensitive struct {
	// Input and Output: in the input, in the output or in an error.
	Input, Output bool
	// URL is set besides when such members of the input are in the path, the query or the
	// host: what fails to send a request quotes nothing else of it.
	URL bool
	// Endpoint is set besides when such members of the input are parameters of the
	// endpoint, which may have them in its host and its path.
	Endpoint bool
}

func (s *Sensitive) inInput() bool    { return s.Input }
func (s *Sensitive) inOutput() bool   { return s.Output }
func (s *Sensitive) inEndpoint() bool { return s.Endpoint }

func (*Sensitive) withhold(err error) error { return &withheldError{err} }

func (i *Info) hidesInput() bool  { return i.Secrets != nil && i.Secrets.inInput() }
func (i *Info) hidesOutput() bool { return i.Secrets != nil && i.Secrets.inOutput() }

// HidesEndpoint reports whether there are sensitive members in the endpoint.
func (i *Info) HidesEndpoint() bool { return i.Secrets != nil && i.Secrets.inEndpoint() }

// discreet returns an error of the HTTP client without what it quotes of a request
// with sensitive members in its URL: its path, its query and labels in its host, or all of the
// endpoint if such members are parameters of it; of a response with such members it hides
// malformed headers. The types of the standard library stay in the chain, with a gap where
// the secret was.
func (s *Sensitive) discreet(c *call, err error) error {
	found := &secrets{answer: s.Output}
	if s.URL {
		found.host = c.request.HasHostLabels()
		for _, text := range c.request.Values() {
			found.texts = append(found.texts, strings.ToLower(text))
		}
	}
	if s.Endpoint {
		found.host = true
		base, sent := &c.endpoint.URL, c.http.URL
		for _, text := range []string{base.Hostname(), base.Path, base.EscapedPath(), sent.Path, sent.EscapedPath()} {
			if text = strings.Trim(text, "/"); text != "" {
				found.texts = append(found.texts, strings.ToLower(text))
			}
		}
	}
	return found.hide(err)
}

// secrets are texts that no error may quote.
type secrets struct {
	texts  []string // in lower case
	host   bool     // whether some of them are in the host
	answer bool     // nothing of the response either
}

// areIn reports whether an error quotes any of the secrets.
func (s *secrets) areIn(err error) bool {
	text := strings.ToLower(err.Error())
	for _, secret := range s.texts {
		if strings.Contains(text, secret) {
			return true
		}
	}
	var malformed textproto.ProtocolError
	return s.answer && errors.As(err, &malformed)
}

// hide returns err as it is if it quotes no secret, else a copy without it.
func (s *secrets) hide(err error) error {
	var request *url.Error
	var network *net.OpError
	var lookup *net.DNSError
	switch {
	case err == nil || !s.areIn(err):
		return err
	case errors.As(err, &request):
		return &url.Error{Op: request.Op, URL: withheld, Err: s.hide(request.Err)}
	case errors.As(err, &network) && network.Err != nil && s.areIn(network.Err):
		hidden := *network
		hidden.Err = s.hide(network.Err)
		return &hidden
	case errors.As(err, &lookup) && s.host:
		hidden := *lookup
		hidden.Name = withheld
		hidden.UnwrapErr = nil // the text is in Err
		return &hidden
	default:
		return &withheldError{err}
	}
}

// withheldError stands for an error whose text may quote a secret: what kind of error it
// is can be found out, but not its text.
type withheldError struct{ err error }

func (*withheldError) Error() string {
	return "the text of this error is withheld, for it may quote a sensitive member"
}

// Is reports whether target is in the chain of the error.
func (e *withheldError) Is(target error) bool { return errors.Is(e.err, target) }

// Timeout reports whether the error is a timeout.
func (e *withheldError) Timeout() bool {
	var timeout interface{ Timeout() bool }
	return errors.As(e.err, &timeout) && timeout.Timeout()
}

// Temporary reports whether the error calls itself a passing one.
func (e *withheldError) Temporary() bool {
	var temporary interface{ Temporary() bool }
	return errors.As(e.err, &temporary) && temporary.Temporary()
}
