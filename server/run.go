package server

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// stopFor is how long requests may take to finish when the server stops.
const stopFor = 10 * time.Second

// Run serves on an address until ctx ends, then lets requests finish and says
// goodbye to WebSockets.
func Run(ctx context.Context, addr string, handler http.Handler) error {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	return Serve(ctx, l, handler)
}

// Serve is Run on a listener, which it closes.
func Serve(ctx context.Context, l net.Listener, handler http.Handler) error {
	forever := context.WithoutCancel(ctx) // a request may outlive the order to stop
	srv := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second, // exports extend it as they go
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		BaseContext:       func(net.Listener) context.Context { return forever },
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}

	ctx, cancel := context.WithTimeout(forever, stopFor)
	defer cancel()
	if c, ok := handler.(interface{ Close(ctx context.Context) }); ok {
		c.Close(ctx)
	}
	err := srv.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, srv.Close())
	}
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}
