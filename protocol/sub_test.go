package protocol_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
)

// library are the protocols of testdata/library.
func library(version string) ([]byte, error) {
	raw, err := os.ReadFile("testdata/library/" + version + ".json")
	if err != nil {
		return nil, fmt.Errorf("there is no version %q", version)
	}
	return raw, nil
}

func TestASubProtocolRunsWithNamesOfItsOwn(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/kinds/sub_protocol.json")
	require.NoError(t, err)
	r, err := plan.NewRunner(compiledPlan(t, raw), nil, nil)
	require.NoError(t, err)
	a, err := r.Start()
	require.NoError(t, err)
	var did []string
	for len(a.Start) > 0 {
		s := a.Start[0]
		c := plan.Completion{}
		if s.Kind == plan.KindHuman {
			c.Port = "yes"
			if strings.HasPrefix(s.Visit, "2") {
				c.Port = "no"
			}
			did = append(did, s.ID+" "+s.Text)
		}
		if s.Kind == plan.KindSet {
			require.Equal(t, "box", s.Role)
			did = append(did, s.ID)
		}
		a, err = r.Complete(s.ID, c)
		require.NoError(t, err)
	}
	_, failed, over := r.Over()
	require.True(t, over)
	require.Empty(t, failed)
	require.Equal(t, []string{
		"warm>light/1.1.1", "warm>light/1.1.2", "warm>ask/1.1 2 of 2 done",
		"warm>light/2.1.1", "warm>light/2.1.2", "warm>light/2.1.3", "warm>ask/2.1 3 of 3 done",
		"more>warm>light/1.1.1", "more>warm>ask/1.1 1 of 1 done",
	}, did)
	vars := r.Variables()
	require.Equal(t, "no 3 2", vars["heard"].Str()+" "+vars["count_"].String()+" "+vars["i"].String())
}

func TestASubProtocolThatCannotBeUsedIsRefused(t *testing.T) {
	t.Parallel()
	for want, data := range map[string]string{
		`there is no version "x"`:                  `{"version":"x"}`,
		"the protocol has no start":                `{"version":"broken"}`,
		"the protocol would contain itself":        `{"version":"itself"}`,
		"ends by done and ready":                   `{"version":"warm-up","roles":{"cage":"box"}}`,
		"no device cage":                           `{"version":"warm-up","exits":["ready","done"]}`,
		"has no channel house_light":               `{"version":"warm-up","exits":["ready","done"],"roles":{"cage":"dark"}}`,
		"the other protocol has no parameter m":    `{"version":"warm-up","exits":["ready","done"],"roles":{"cage":"box"},"parameters":{"m":"1"}}`,
		"the result is string, and int is needed":  `{"version":"warm-up","exits":["ready","done"],"roles":{"cage":"box"},"parameters":{"n":"\"x\""}}`,
		"the other protocol has no variable saids": `{"version":"warm-up","exits":["ready","done"],"roles":{"cage":"box"},"results":{"saids":"v"}}`,
		"v is int and cannot hold string":          `{"version":"warm-up","exits":["ready","done"],"roles":{"cage":"box"},"results":{"said":"v"}}`,
	} {
		g, err := protocol.Parse([]byte(`{"kind":"lics.protocol","format":1,"name":"t","variables":[{"name":"v","type":"int"}],
			"roles":[{"name":"box","channels":[{"name":"house_light","direction":"out"}]},{"name":"dark"}],
			"nodes":[{"id":"start","type":"start","position":{"x":0,"y":0}},{"id":"s","type":"sub_protocol","position":{"x":0,"y":0},"data":` + data + `}],
			"edges":[{"id":"e","source":"start","target":"s"}]}`))
		require.NoError(t, err)
		p, ds := protocol.CompileWith(g, library)
		require.Nil(t, p)
		require.Contains(t, report(ds), want)
		require.True(t, diagnostic.HasErrors(protocol.CheckWith(g, library)))
	}
}

func TestASubProtocolOccupiesTheDevicesOfItsTasks(t *testing.T) {
	t.Parallel()
	inner, err := os.ReadFile("testdata/kinds/wait_for_event.json")
	require.NoError(t, err)
	g, err := protocol.Parse([]byte(`{"kind":"lics.protocol","format":1,"name":"t",
		"roles":[{"name":"box","channels":[{"name":"lever_1","direction":"in"},{"name":"weight","direction":"in"}]}],
		"nodes":[{"id":"start","type":"start","position":{"x":0,"y":0}},{"id":"f","type":"parallel","position":{"x":0,"y":0},"data":{"branches":["a","b"]}},
			{"id":"s1","type":"sub_protocol","position":{"x":0,"y":0},"data":{"version":"x"}},{"id":"s2","type":"sub_protocol","position":{"x":0,"y":0},"data":{"version":"x"}},
			{"id":"j","type":"join","position":{"x":0,"y":0}},{"id":"end","type":"end","position":{"x":0,"y":0}}],
		"edges":[{"id":"e1","source":"start","target":"f"},{"id":"e2","source":"f","sourceHandle":"a","target":"s1"},{"id":"e3","source":"f","sourceHandle":"b","target":"s2"},
			{"id":"e4","source":"s1","sourceHandle":"done","target":"j"},{"id":"e5","source":"s2","sourceHandle":"done","target":"j"},{"id":"e6","source":"j","target":"end"}]}`))
	require.NoError(t, err)
	ds := protocol.CheckWith(g, func(string) ([]byte, error) { return inner, nil })
	require.Contains(t, report(ds), "busy-role")
}
