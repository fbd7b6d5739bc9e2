package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"strconv"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/task"
)

// TaskSeed is the seed of one visit of a task node. The workflow and the
// dry-run both derive it here, so the same run seed draws the same values.
func TaskSeed(run int64, node, visit string) uint64 {
	sum := sha256.Sum256([]byte(strconv.FormatInt(run, 10) + "\x00" + node + "\x00" + visit))
	return binary.BigEndian.Uint64(sum[:8])
}

// TaskCompletion says how a finished task completes its step: by its exit, with
// its variables and the built-in results trials, microlitres and
// outcome.<name>. A stopped task takes no port: who stopped it ends the run.
// It only fills one map from others, in whatever order.
//
//workflowcheck:ignore
func TaskCompletion(r task.Result) Completion {
	c := Completion{Port: r.Exit, Values: map[string]expr.Value{}}
	maps.Copy(c.Values, r.Variables)
	c.Values["trials"] = expr.IntValue(int64(r.Trials))
	c.Values["microlitres"] = expr.FloatValue(r.Microlitres)
	for name, n := range r.Outcomes {
		c.Values["outcome."+name] = expr.IntValue(int64(n))
	}
	if r.Reason == task.ReasonFailed {
		if c.Err = r.Error; c.Err == "" {
			c.Err = "the device gave no reason"
		}
	}
	return c
}
