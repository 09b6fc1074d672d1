package clienttest

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"example.com/lathe/generated/datazone"
)

// network is an HTTP server and the way to it, in memory and with a clock that
// package synctest can turn. It belongs to one bubble, and everything that it
// starts has ended when close returns.
type network struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
	client *http.Transport
	server *http.Server
	served chan struct{}
	// lost keeps connections from being made.
	lost bool
}

func newNetwork(h http.HandlerFunc) *network {
	n := &network{
		conns: make(chan net.Conn), closed: make(chan struct{}), served: make(chan struct{}),
		server: &http.Server{Handler: h},
	}
	n.client = &http.Transport{DialContext: n.dial}
	go func() {
		defer close(n.served)
		_ = n.server.Serve(n)
	}()
	return n
}

func (n *network) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	conns := n.conns
	if n.lost {
		conns = nil
	}
	select {
	case conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Accept waits for a connection; the three methods make a listener of the network.
func (n *network) Accept() (net.Conn, error) {
	select {
	case c := <-n.conns:
		return c, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close ends the listener.
func (n *network) Close() error {
	n.once.Do(func() { close(n.closed) })
	return nil
}

// Addr is never asked for.
func (n *network) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "pipe"} }

// shut closes all connections and waits for the server's end.
func (n *network) shut(t *testing.T) {
	t.Helper()
	n.client.CloseIdleConnections()
	if err := n.server.Close(); err != nil {
		t.Error(err)
	}
	<-n.served
	time.Sleep(time.Minute) // on the bubble's clock: handlers wake up and see that they are alone
}

// through makes a client send through the network.
func through(n *network) func(*datazone.Options) {
	return func(o *datazone.Options) {
		o.HTTPClient = &http.Client{Transport: n.client}
		o.EndpointOptions.DisableHTTPS = true
	}
}
