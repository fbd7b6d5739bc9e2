package node_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/protocol/schema"
)

func TestEveryKindIsCompleteForAnEditor(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, k := range node.All() {
		require.False(t, seen[k.Type], k.Type)
		seen[k.Type] = true
		require.Same(t, k, node.ByType(k.Type))
		for _, s := range []string{k.Label, k.Icon, k.Group, k.Help, k.Standard.Term, k.Standard.Source} {
			require.NotEmpty(t, s, k.Type)
		}
		require.NotEmpty(t, k.Ports, k.Type)
		require.Equal(t, k.Level == node.Session, k.Step != nil, k.Type)
		titled(t, k.Type, k.Schema)
		raw, err := json.Marshal(k)
		require.NoError(t, err)
		require.Contains(t, string(raw), `"additionalProperties":false`)
	}
}

// titled makes sure that a form can name and explain every field.
func titled(t *testing.T, path string, s *schema.Schema) {
	t.Helper()
	for _, f := range s.Fields {
		at := path + "." + f.Name
		require.NotEmpty(t, f.Title, at)
		if f.Schema.Name == "" {
			require.NotEmpty(t, f.Help, at)
		}
		titled(t, at, f.Schema)
		if f.Items != nil {
			titled(t, at+"[]", f.Items)
		}
	}
}

// The schema and the Go types of the data are two lists of the same fields.
func TestSchemasAndTypesHaveTheSameFields(t *testing.T) {
	t.Parallel()
	for kind, data := range map[string]any{
		"end": node.EndData{}, "task": node.TaskData{}, "set": node.SetData{}, "pulse": node.PulseData{}, "read": node.ReadData{},
		"wait": node.WaitData{}, "branch": node.BranchData{}, "repeat": node.RepeatData{}, "for_each": node.ForEachData{},
		"parallel": node.ParallelData{}, "assign": node.AssignData{}, "human": node.HumanData{},
		"switch": node.SwitchData{}, "trials": node.TrialsData{}, "wait_until": node.WaitUntilData{},
		"weigh": node.WeighData{}, "wait_for_event": node.WaitForEventData{}, "watch": node.WatchData{}, "staircase": node.StaircaseData{}, "sub_protocol": node.SubProtocolData{},
		"notify": node.NotifyData{}, "call_service": node.CallServiceData{}, "stage_gate": node.StageGateData{}, "calibrate": node.CalibrateData{},
		"check_hardware": node.CheckHardwareData{}, "export": node.ExportData{},
		"wait_response": node.WaitResponseData{}, "hold": node.HoldData{}, "time_out": node.TimeOutData{}, "inter_trial_interval": node.IntervalData{},
		"light": node.RisingData{}, "tone": node.ToneData{}, "noise": node.RisingData{}, "deliver_liquid": node.DeliverLiquidData{},
		"outcome": node.OutcomeData{}, "if": node.IfData{}, "set_variable": node.SetVariableData{}, "draw": node.DrawData{},
		"schedule": node.ScheduleData{}, "quiescence": node.QuiescenceData{}, "click_train": node.ClickTrainData{}, "odour": node.OdourData{},
		"air_puff": node.StimulusData{}, "pulse_train": node.PulseTrainData{}, "deliver_pellet": node.DeliverPelletData{}, "counter": node.CounterData{},
		"global_timer": node.GlobalTimerData{}, "condition": node.ConditionData{}, "mark": node.MarkData{}, "sync_pulse": node.SyncPulseData{},
		"lever": node.MoveData{}, "door": node.MoveData{}, "servo": node.ServoData{},
		"state": node.StateData{}, "always": node.AlwaysData{}, "exit": node.ExitData{},
	} {
		same(t, kind, node.ByType(kind).Schema, reflect.TypeOf(data))
	}
	same(t, "transition", node.TransitionSchema, reflect.TypeFor[node.Handler]())
}

func same(t *testing.T, path string, s *schema.Schema, typ reflect.Type) {
	t.Helper()
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(typ) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			fields[name] = f.Type
		}
	}
	for _, f := range s.Fields {
		ft, ok := fields[f.Name]
		require.True(t, ok, "%s: the type has no field %s", path, f.Name)
		at := path + "." + f.Name
		switch f.Type {
		case schema.Object:
			if f.Values == nil {
				same(t, at, f.Schema, ft)
			}
		case schema.Array:
			require.Equal(t, reflect.Slice, ft.Kind(), at)
			if f.Items.Type == schema.Object {
				same(t, at, f.Items, ft.Elem())
			}
		case schema.String:
			require.Equal(t, reflect.String, ft.Kind(), at)
		case schema.Boolean:
			require.Equal(t, reflect.Bool, ft.Kind(), at)
		case schema.Integer:
			require.Equal(t, reflect.Int, ft.Kind(), at)
		}
	}
	for name := range fields {
		if name != "label" && name != "note" { // embedded in all, offered where they make sense
			require.True(t, slices.ContainsFunc(s.Fields, func(f schema.Field) bool { return f.Name == name }), "%s: the schema has no field %s", path, name)
		}
	}
}

func TestPortsFollowTheData(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind, data string
		exits      []string
		want       string
	}{
		{"start", `{}`, nil, "out"},
		{"branch", `{"cases":[{"port":"hot","when":"true"},{"port":"cold","when":"true"}]}`, nil, "hot cold else"},
		{"parallel", `{"branches":["a","b"]}`, nil, "a b"},
		{"parallel", `{"branches":"no list"}`, nil, ""},
		{"human", `{"title":"x"}`, nil, "out"},
		{"human", `{"title":"x","choices":["yes","no"],"timeout":"2h"}`, nil, "yes no timeout"},
		{"task", `{}`, []string{"done"}, "done failed"},
		{"task", `{"limits":{}}`, nil, "failed"},
		{"task", `{"limits":{"trials":""}}`, nil, "failed"},
		{"task", `{"limits":{"trials":"5"}}`, nil, "limit failed"},
		{"repeat", `{}`, nil, "body done"},
		{"state", `{}`, nil, "out"},
	} {
		var data map[string]any
		require.NoError(t, json.Unmarshal([]byte(tt.data), &data))
		var out []string
		for _, p := range node.ByType(tt.kind).PortsOf(data, tt.exits) {
			if p.Direction == node.Out {
				out = append(out, p.Name)
			}
		}
		require.Equal(t, tt.want, strings.Join(out, " "), tt.kind+" "+tt.data)
	}
}
