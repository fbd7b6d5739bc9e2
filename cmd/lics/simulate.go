package main

import (
	"context"
	"errors"
	"log/slog"
)

type simulateConfig struct {
	Device   string  `json:"device"`
	Broker   string  `json:"broker"`
	Username string  `json:"username"`
	Password string  `json:"password"`
	StateDir string  `json:"state_dir"`
	Speed    float64 `json:"speed"`
	Verbose  bool    `json:"verbose"`
}

func simulate(ctx context.Context, cfg simulateConfig, log *slog.Logger, ready func(partReady) error) error {
	return errors.New("not yet")
}
