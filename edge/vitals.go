package edge

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/lics-lab/lics/wire"
)

// metricAgent is the metric under which the agent tells how its machine is.
const metricAgent = "agent"

// vitals tells how the machine is, while there is a connection. What nobody
// hears is not kept: the next one comes soon.
func (a *agent) vitals(ctx context.Context) {
	tick := time.NewTicker(a.VitalsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if !a.client.Connected() {
			continue
		}
		b, err := json.Marshal(map[string]any{"ts": time.Unix(0, a.clock.wall()).UnixMilli(), "values": a.measure()})
		if err != nil {
			continue
		}
		once, cancel := context.WithTimeout(ctx, a.VitalsEvery)
		_ = a.client.Publish(once, wire.Topic(a.Device, metricAgent), 0, false, b)
		cancel()
	}
}

// measure asks the machine; what it does not tell is left out.
func (a *agent) measure() map[string]float64 {
	m := map[string]float64{
		"outbox_rows":    float64(a.outbox.depth()),
		"uptime_seconds": time.Since(a.started).Seconds(),
	}
	if offset, known := a.clock.heardOffset(); known {
		m["clock_offset_ms"] = float64(offset) / float64(time.Millisecond)
	}
	if b, err := os.ReadFile("/sys/class/thermal/thermal_zone0/temp"); err == nil {
		if milli, err := strconv.ParseFloat(strings.TrimSpace(string(b)), 64); err == nil {
			m["cpu_celsius"] = milli / 1000
		}
	}
	if kb, ok := memoryAvailable(); ok {
		m["memory_available_bytes"] = kb * 1024
	}
	var disk unix.Statfs_t
	if err := unix.Statfs(a.StateDir, &disk); err == nil {
		m["disk_free_bytes"] = float64(disk.Bavail) * float64(disk.Bsize)
	}
	return m
}

// memoryAvailable is what the kernel could give to programs, in KiB.
func memoryAvailable() (kib float64, ok bool) {
	f, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, found := strings.CutPrefix(lines.Text(), "MemAvailable:"); found {
			kib, err = strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64)
			return kib, err == nil
		}
	}
	return 0, false
}
