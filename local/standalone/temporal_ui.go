package main

import (
	"context"
	"fmt"

	"github.com/temporalio/ui-server/v2/server"
	"github.com/temporalio/ui-server/v2/server/config"
	"github.com/temporalio/ui-server/v2/server/server_options"
)

// startUI serves Temporal's web UI and returns its URL. It ends with the process.
func startUI(ctx context.Context, cfg temporalConfig, frontend string) (string, error) {
	addr, err := resolve(cfg.UI)
	if err != nil {
		return "", err
	}
	host, port, err := splitPort(addr)
	if err != nil {
		return "", err
	}
	ui := &config.Config{
		Host:                host,
		Port:                port,
		TemporalGRPCAddress: frontend,
		EnableUI:            true,
		DefaultNamespace:    cfg.Namespace,
		HideLogs:            true,
		// Nothing leaves this machine: no news, no question for newer versions.
		DisableNewsFetch:   true,
		NotifyOnNewVersion: false,
		// Plain HTTP on loopback: a Secure cookie would never come back.
		CORS: config.CORS{CookieInsecure: true},
	}
	if err := ui.Validate(); err != nil {
		return "", fmt.Errorf("temporal UI: %w", err)
	}
	srv := server.NewServer(server_options.WithConfigProvider(ui))
	ended := make(chan error, 1)
	go func() { ended <- srv.Start() }()
	url := "http://" + addr
	if err := awaitHTTP(ctx, url+"/healthz", ended); err != nil {
		return "", fmt.Errorf("temporal UI: %w", err)
	}
	return url, nil
}
