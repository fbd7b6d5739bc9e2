package main

import dc "go.temporal.io/server/common/dynamicconfig"

// plenty is a rate that nothing on one machine reaches.
const plenty = 50_000

// settings is the dynamic configuration.
func settings(cfg temporalConfig) dc.StaticClient {
	s := dc.StaticClient{
		// Asks version-info.temporal.io every hour, with facts about this server.
		dc.EnableServerVersionCheck.Key(): false,
	}
	if cfg.Ephemeral {
		// Tests register a namespace and use its search attributes at once; the
		// cache would know them ten seconds later.
		s[dc.ForceSearchAttributesCacheRefreshOnRead.Key()] = true
		// And they do so by the dozen.
		s[dc.FrontendNamespaceReplicationInducingAPIsRPS.Key()] = plenty
		s[dc.FrontendMaxNamespaceNamespaceReplicationInducingAPIsRPSPerInstance.Key()] = plenty
		s[dc.FrontendGlobalNamespaceNamespaceReplicationInducingAPIsRPS.Key()] = 0
	}
	if cfg.StockSettings {
		return s
	}

	// A shard looks for new tasks at most this often a second. At the stock 20,
	// every step of a workflow waits for the next look: 51 ms.
	s[dc.TransferProcessorMaxPollRPS.Key()] = 5000
	s[dc.TimerProcessorMaxPollRPS.Key()] = 500
	s[dc.VisibilityProcessorMaxPollRPS.Key()] = 500

	// A task queue has four partitions so that it can be spread over machines. On
	// one machine they only mean that a task and the poller waiting for it are
	// often in different ones, and the task has to be forwarded.
	s[dc.MatchingNumTaskqueueReadPartitions.Key()] = 1
	s[dc.MatchingNumTaskqueueWritePartitions.Key()] = 1

	// Rates that protect a shared cluster from one of its tenants. Here there is
	// one tenant, and being refused for a second is all it would notice.
	s[dc.FrontendRPS.Key()] = plenty
	s[dc.FrontendMaxNamespaceRPSPerInstance.Key()] = plenty
	s[dc.FrontendMaxNamespaceVisibilityRPSPerInstance.Key()] = 500
	s[dc.FrontendMaxConcurrentLongRunningRequestsPerInstance.Key()] = plenty
	s[dc.FrontendPersistenceMaxQPS.Key()] = plenty
	s[dc.HistoryRPS.Key()] = plenty
	s[dc.HistoryPersistenceMaxQPS.Key()] = plenty
	s[dc.MatchingRPS.Key()] = plenty
	s[dc.MatchingPersistenceMaxQPS.Key()] = plenty
	s[dc.WorkerPersistenceMaxQPS.Key()] = plenty
	return s
}
