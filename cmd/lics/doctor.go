package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime"
	"time"

	"github.com/lics-lab/lics/local"
)

type doctorCmd struct {
	DataDir string `placeholder:"DIR" help:"The data directory to look at, when it is not the usual one."`
	outputFlag
}

// finding is one line of `lics doctor`.
type finding struct {
	Check  string `json:"check"`
	Status string `json:"status"` // ok, warning or missing
	Detail string `json:"detail"`
	Fix    string `json:"fix"` // what to do; empty when nothing is
}

const (
	isOK      = "ok"
	isWarning = "warning"
	isMissing = "missing"
)

func (c *doctorCmd) Run(a *app) error {
	dir := c.DataDir
	if dir == "" {
		var err error
		if dir, err = a.dataDir(); err != nil {
			return err
		}
	}
	findings := []finding{
		system(), postgres(a.ctx), standalone(a.ctx), dataDirectory(dir), disk(dir), loopback(a.ctx),
		descriptors(), memory(), clock(), running(a),
	}
	err := printList(a, c.Output, findings, []column[finding]{
		{"STATUS", func(f finding) string { return f.Status }},
		{"CHECK", func(f finding) string { return f.Check }},
		{"DETAIL", func(f finding) string { return oneLine(f.Detail) }},
	})
	if err != nil {
		return err
	}
	missing := 0
	for _, f := range findings {
		if f.Status == isMissing {
			missing++
		}
		if f.Fix != "" && c.Output == asTable {
			fmt.Fprintf(a.stdout, "\n%s: %s\n", f.Check, f.Fix)
		}
	}
	if missing > 0 {
		a.note("%s missing: `lics up` will not work before", plural(missing, "thing"))
		return errSaid
	}
	return nil
}

func system() finding {
	f := finding{Check: "system", Status: isOK, Detail: fmt.Sprintf("lics %s on %s/%s, %d processors", version, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())}
	if runtime.GOOS != "linux" {
		f.Status = isMissing
		f.Fix = "`lics up` runs on Linux only; here lics can talk to one elsewhere: set LICS_URL and LICS_TOKEN."
	}
	return f
}

// standalone looks for the Temporal server and the S3 gateway without building
// them: being asked to build is where it stops.
func standalone(ctx context.Context) finding {
	f := finding{Check: "lics-standalone", Status: isOK}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	toBuild := false
	path, err := local.FindStandalone(ctx, local.StandaloneConfig{Version: version, Progress: func(string) {
		toBuild = true
		cancel()
	}})
	switch {
	case err == nil:
		f.Detail = path
	case toBuild:
		f.Status, f.Detail = isWarning, "not built from these sources yet"
		f.Fix = "the first `lics up` builds it, which takes about five minutes; `make standalone` does so now."
	default:
		f.Status, f.Detail = isMissing, "not found"
		f.Fix = err.Error()
	}
	return f
}

// loopback tries to listen where the parts of `lics up` find each other.
func loopback(ctx context.Context) finding {
	f := finding{Check: "ports", Status: isOK}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		f.Status, f.Detail = isMissing, err.Error()
		f.Fix = "bring the loopback interface up: ip link set lo up"
		return f
	}
	l.Close()
	l, err = lc.Listen(ctx, "tcp", usualAddress)
	if err != nil {
		f.Status, f.Detail = isWarning, usualAddress+" is taken, by another `lics up` perhaps; the web page will be at another port"
		return f
	}
	l.Close()
	f.Detail = usualAddress + " and others are free"
	return f
}

// usualAddress is where the web page is when nobody says otherwise.
const usualAddress = "127.0.0.1:8400"

// running says whether a LICS answers.
func running(a *app) finding {
	f := finding{Check: "running lics", Status: isOK}
	e, err := a.endpoint()
	if err != nil {
		f.Detail = "none of this user"
		return f
	}
	ctx, cancel := context.WithTimeout(a.ctx, 3*time.Second)
	defer cancel()
	res, err := a.request(ctx, e, http.MethodGet, e.URL+"/api/v1/health/ready", nil)
	if err != nil {
		f.Status, f.Detail = isWarning, fmt.Sprintf("%s names %s, which does not answer", e.found, e.URL)
		f.Fix = "start it again with `lics up`."
		return f
	}
	res.Body.Close()
	f.Detail = fmt.Sprintf("%s answers (%s)", e.URL, e.found)
	if res.StatusCode != http.StatusOK {
		f.Status, f.Detail = isWarning, fmt.Sprintf("%s is not ready (%s)", e.URL, res.Status)
		f.Fix = "look at " + e.URL + "/api/v1/health/ready for the part that is missing."
	}
	return f
}

// dataDirectory tries to write where `lics up` keeps everything.
func dataDirectory(dir string) finding {
	f := finding{Check: "data directory", Status: isOK, Detail: dir}
	at := existing(dir)
	probe, err := os.CreateTemp(at, ".lics-doctor-*")
	if err != nil {
		f.Status, f.Detail = isMissing, fmt.Sprintf("%s cannot be written: %v", at, errors.Unwrap(err))
		f.Fix = fmt.Sprintf("make it yours: sudo install -d -o %d -m 711 %s; or choose another with --data-dir.", os.Getuid(), dir)
		return f
	}
	probe.Close()
	os.Remove(probe.Name())
	if at != dir {
		f.Detail += " (will be made)"
	}
	if closed := closedToOthers(dir); os.Geteuid() == 0 && closed != "" {
		f.Status = isMissing
		f.Detail = fmt.Sprintf("%s: nobody but root may enter %s, and PostgreSQL does not run as root", dir, closed)
		f.Fix = "chmod o+x " + closed + ", or choose another with --data-dir."
	}
	return f
}
