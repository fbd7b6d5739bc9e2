package main

import (
	"fmt"
	"math/rand/v2"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/postgresql"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/temporal"
)

const (
	loopback    = "127.0.0.1"
	clusterName = "active"

	mainDatabase       = "temporal"
	visibilityDatabase = "temporal_visibility"
	mainStore          = "default"
	visibilityStore    = "visibility"
)

// The number of history shards is fixed when a database is created and can
// never change, so it is chosen for the largest machine a single server will
// stand on. A shard writes one transaction at a time: with one shard, all runs
// of a lab queue behind one commit; with four, PostgreSQL can flush them
// together. On two cores this makes no difference yet, the processors are busy
// before the disk is. Every shard costs a handful of goroutines and a few idle
// queries a minute, so dozens would only warm a small server. In memory there is
// a single writer anyway.
const (
	shardsOnDisk   = 4
	shardsInMemory = 1
)

// Each of the four services opens its own pools: this bounds the whole server
// to 4 × (12 + 4) of the 200 connections the private PostgreSQL gives.
const (
	mainConnections       = 12
	visibilityConnections = 4
)

// serverConfig is the static configuration of a server that talks only to itself.
func serverConfig(cfg temporalConfig, frontend string) (*config.Config, error) {
	_, port, err := splitPort(frontend)
	if err != nil {
		return nil, err
	}
	services := map[string]config.Service{}
	for _, name := range temporal.DefaultServices {
		rpc := config.RPC{GRPCPort: port, BindOnIP: loopback}
		if name != "frontend" {
			addr, err := resolve(loopback + ":0")
			if err != nil {
				return nil, err
			}
			if _, rpc.GRPCPort, err = splitPort(addr); err != nil {
				return nil, err
			}
		}
		services[name] = config.Service{RPC: rpc}
	}
	off := config.ArchivalNamespaceDefaults{
		History:    config.HistoryArchivalNamespaceDefaults{State: "disabled"},
		Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"},
	}
	return &config.Config{
		Services:    services,
		Persistence: persistence(cfg),
		Global: config.Global{
			// Not used with static hosts, but asked for.
			Membership: config.Membership{BroadcastAddress: loopback},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: frontend},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Archival: config.Archival{
			History:    config.HistoryArchival{State: "disabled"},
			Visibility: config.VisibilityArchival{State: "disabled"},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: off},
		PublicClient:      config.PublicClient{HostPort: frontend},
	}, nil
}

func persistence(cfg temporalConfig) config.Persistence {
	if cfg.Ephemeral {
		memory := config.SQL{
			PluginName: sqlite.PluginName,
			// The plugin shares databases of one name within the process.
			DatabaseName:      fmt.Sprintf("ephemeral-%d", rand.Uint64()),
			ConnectAttributes: map[string]string{"mode": "memory", "cache": "shared"},
		}
		return config.Persistence{
			DefaultStore:     mainStore,
			VisibilityStore:  mainStore,
			NumHistoryShards: shardsInMemory,
			DataStores:       map[string]config.DataStore{mainStore: {SQL: &memory}},
		}
	}
	return config.Persistence{
		DefaultStore:     mainStore,
		VisibilityStore:  visibilityStore,
		NumHistoryShards: shardsOnDisk,
		DataStores: map[string]config.DataStore{
			mainStore:       {SQL: cfg.Postgres.sql(mainDatabase, mainConnections)},
			visibilityStore: {SQL: cfg.Postgres.sql(visibilityDatabase, visibilityConnections)},
		},
	}
}

func (p postgresConfig) sql(database string, connections int) *config.SQL {
	return &config.SQL{
		PluginName: postgresql.PluginNamePGX,
		// The plugin builds a URL, and a URL has no place for the directory of a
		// Unix socket but the query, which wins over this address.
		ConnectAddr: fmt.Sprintf("localhost:%d", p.Port),
		ConnectAttributes: map[string]string{
			"host":             p.Host,
			"port":             fmt.Sprint(p.Port),
			"application_name": "temporal",
		},
		User:         p.User,
		Password:     p.Password,
		DatabaseName: database,
		MaxConns:     connections,
		MaxIdleConns: connections,
	}
}
