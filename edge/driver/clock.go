package driver

import (
	"time"

	"golang.org/x/sys/unix"
)

// The kernel stamps input edges with CLOCK_MONOTONIC, which Go measures
// durations with too but does not show. Its reading is taken once and the
// process goes on from there without a system call.
var (
	origin    = time.Now()
	originRaw = raw()
)

func raw() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		return 0
	}
	return time.Duration(ts.Nano())
}

// Now is the time of the kernel's monotonic clock. It only grows, and means
// the same in every process of the machine until it is switched off.
func Now() time.Duration { return originRaw + time.Since(origin) }
