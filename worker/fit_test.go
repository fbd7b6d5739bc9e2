package worker_test

import (
	"github.com/lics-lab/lics/activities"
	"github.com/lics-lab/lics/mqtt"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/worker"
)

// The real parts fit.
var (
	_ activities.Store = (*store.Store)(nil)
	_ worker.Devices   = (*mqtt.Commander)(nil)
	_ worker.Publisher = (*mqtt.Client)(nil)
)
