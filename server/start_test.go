package server_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

func TestARunStartsOnABoundDevice(t *testing.T) {
	t.Parallel()
	s := ready(t)
	var got struct {
		StartRun struct {
			Created bool
			Run     struct {
				ID, Status, ProtocolName, TemporalURL string
				Seed                                  int64
				Parameters                            map[string]any
				Devices                               []struct {
					Role, DeviceID string
					Calibrations   []struct {
						Channel string
						Points  []struct{ Microlitres, OpenMs float64 }
					}
				}
			}
		}
	}
	s.ask(startRun, start(t, func(in map[string]any) {
		in["parameters"] = map[string]any{"trials": 2}
		in["seed"] = 7
	})).into(t, &got)
	run := got.StartRun.Run
	require.True(t, got.StartRun.Created)
	require.Equal(t, "STARTING", run.Status)
	require.Equal(t, "lever", run.ProtocolName)
	require.Equal(t, int64(7), run.Seed)
	require.Equal(t, "http://ui/namespaces/lab/workflows/run-"+run.ID, run.TemporalURL)
	require.Equal(t, "valve", run.Devices[0].Calibrations[0].Channel)
	require.InDelta(t, 42.5, run.Devices[0].Calibrations[0].Points[1].OpenMs, 0)

	require.Len(t, s.runner.started, 1)
	require.Equal(t, run.ID, s.runner.started[0].ID)
	require.JSONEq(t, `{"trials":2}`, string(s.runner.started[0].Parameters))
	require.Equal(t, "lever", s.runner.plans[0].Name)
	var bindings []lab.Binding
	require.NoError(t, json.Unmarshal(s.runner.started[0].Bindings, &bindings))
	var c task.Calibration
	require.NoError(t, json.Unmarshal(bindings[0].Calibrations["valve"], &c))
	require.Len(t, c.Points, 2)

	audit, _, err := s.store.AuditEntries(t.Context(), s.user.Organisation, store.Page{})
	require.NoError(t, err)
	require.Equal(t, "start_run", audit[0].Action)
	require.Equal(t, run.ID, audit[0].Object)
}

func TestTheSameKeyGivesTheSameRun(t *testing.T) {
	t.Parallel()
	s := ready(t)
	in := start(t, func(in map[string]any) { in["key"] = "k1" })
	var first, second struct {
		StartRun struct {
			Created bool
			Run     struct{ ID string }
		}
	}
	s.ask(startRun, in).into(t, &first)
	s.ask(startRun, in).into(t, &second)
	require.Equal(t, first.StartRun.Run.ID, second.StartRun.Run.ID)
	require.False(t, second.StartRun.Created)
	require.Equal(t, s.runner.started[0].ID, s.runner.started[1].ID)
}

func TestTheSameKeyGivesTheSameRunWhateverBecameOfItsDevice(t *testing.T) {
	t.Parallel()
	s := ready(t)
	in := start(t, func(in map[string]any) { in["key"] = "k1" })
	require.Empty(t, s.ask(startRun, in).Errors)
	s.box("rig-1", false)
	require.Empty(t, s.ask(startRun, in).Errors)
	in["in"].(map[string]any)["key"] = "k2"
	require.Equal(t, "WRONG_STATE", s.ask(startRun, in).code())
}

func TestAKeyRetriesAStartThatTemporalMissed(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.runner.fail(lab.Errorf(lab.Unavailable, "Temporal could not start the run."))
	in := start(t, func(in map[string]any) { in["key"] = "k1" })
	require.Equal(t, "UNAVAILABLE", s.ask(startRun, in).code())
	runs, _, err := s.store.Runs(t.Context(), s.user.Organisation, store.RunFilter{}, store.Page{})
	require.NoError(t, err)
	require.Equal(t, lab.RunStarting, runs[0].Status)

	s.runner.fail(nil)
	require.Empty(t, s.ask(startRun, in).Errors)
	require.Equal(t, runs[0].ID, s.runner.started[0].ID)
}

func TestWithoutAKeyARunThatCouldNotStartHasFailed(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.runner.fail(lab.Errorf(lab.Unavailable, "Temporal could not start the run."))
	require.Equal(t, "UNAVAILABLE", s.ask(startRun, start(t)).code())
	runs, _, err := s.store.Runs(t.Context(), s.user.Organisation, store.RunFilter{}, store.Page{})
	require.NoError(t, err)
	require.Equal(t, lab.RunFailed, runs[0].Status)
	require.Equal(t, "It could not be started. Temporal could not start the run.", runs[0].Error)
}

func TestAnUnsavedDocumentBecomesAVersionAndAnEqualOneDoesNot(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.begun()
	s.begun()
	p, err := s.store.ProtocolByName(t.Context(), s.user.Organisation, "lever")
	require.NoError(t, err)
	require.Equal(t, 1, p.Latest)
	require.Empty(t, s.ask(startRun, start(t, func(in map[string]any) {
		delete(in, "document")
		in["protocol"] = "lever"
	})).Errors)
}

func TestWhatIsMissingForARunIsSaidByName(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.box("off", false)
	s.box("bare", true)
	s.box("odd", true, func(r *wire.Rig) {
		r.Channels[0] = wire.RigChannel{Name: "lever", Direction: task.Out}
		r.Channels[1].Unavailable = "no answer at 0x20"
	})
	s.box("none", true, func(r *wire.Rig) { r.Channels = nil })
	bind := func(devices ...any) func(map[string]any) {
		return func(in map[string]any) { in["devices"] = append([]any{}, devices...) }
	}
	role := func(device string, channels ...any) any {
		return map[string]any{"role": "box", "device": device, "channels": channels}
	}
	for _, tt := range []struct {
		name              string
		change            func(map[string]any)
		code, field, says string
	}{
		{"no device", bind(), "INVALID", "devices", "Role box has no device. Bind one with these channels: lever, valve."},
		{"twice", bind(role("rig-1"), role("rig-1")), "INVALID", "devices", "Role box is bound twice."},
		{"unknown role", bind(map[string]any{"role": "cage", "device": "rig-1"}), "INVALID", "devices", "The protocol has no role cage; its roles are: box."},
		{"unknown device", bind(role("nobody")), "INVALID", "devices", "There is no device nobody, to which role box is bound."},
		{"offline", bind(role("off")), "WRONG_STATE", "devices", "Device off (role box) is offline"},
		{"no channels", bind(role("none")), "INVALID", "devices", "Device none cannot take the role box. Device none has no channel lever. Device none has no channel valve."},
		{"wrong channels", bind(role("odd")), "INVALID", "devices", "Device odd cannot take the role box. Channel lever of device odd is an output, and an input is needed. Channel valve of device odd is not available: no answer at 0x20."},
		{"no calibration", bind(role("bare")), "INVALID", "devices", "Channel valve of device bare has no calibration. Measure its volumes and add one with saveCalibration."},
		{"mapped away", bind(role("rig-1", map[string]any{"protocol": "lever", "rig": "pedal"})), "INVALID", "devices", "Device rig-1 cannot take the role box. Device rig-1 has no channel pedal (for lever)."},
		{"mapped together", bind(role("rig-1", map[string]any{"protocol": "lever", "rig": "valve"})), "INVALID", "devices", "Channels lever and valve of role box are both mapped to valve."},
		{"mapped from nowhere", bind(role("rig-1", map[string]any{"protocol": "pedal", "rig": "lever"})), "INVALID", "devices", "Role box uses no channel pedal; it uses: lever, valve."},
		{"unknown parameter", func(in map[string]any) { in["parameters"] = map[string]any{"x": 1} }, "INVALID", "parameters.x", "Parameter x: the protocol has no such parameter."},
		{"parameter too large", func(in map[string]any) { in["parameters"] = map[string]any{"trials": 101} }, "INVALID", "parameters.trials", "Parameter trials: 101 is more than 100."},
		{"parameter of another type", func(in map[string]any) { in["parameters"] = map[string]any{"trials": "many"} }, "INVALID", "parameters.trials", "Parameter trials: "},
		{"parameters no object", func(in map[string]any) { in["parameters"] = []any{1} }, "INVALID", "parameters", "Give an object"},
		{"seed", func(in map[string]any) { in["seed"] = 1 << 60 }, "INVALID", "seed", "A seed is a whole number from 0 to"},
		{"no protocol", func(in map[string]any) { delete(in, "document") }, "INVALID", "protocolVersion", "Give one of protocolVersion, protocol and document."},
		{"two protocols", func(in map[string]any) { in["protocol"] = "lever" }, "INVALID", "protocolVersion", "Give one of"},
		{"no such version", func(in map[string]any) { delete(in, "document"); in["protocolVersion"] = "x" }, "NOT_FOUND", "", "There is no protocol version x."},
		{"a document with errors", func(in map[string]any) {
			in["document"] = json.RawMessage(strings.Replace(string(lever(t)), `"initial": "wait"`, `"initial": "nowhere"`, 1))
		}, "INVALID", "document", "The protocol has errors and cannot run. The first: error "},
		{"subject", func(in map[string]any) { in["subject"] = "01900000-0000-7000-8000-000000000000" }, "INVALID", "subject", "There is no subject"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := s.ask(startRun, start(t, tt.change))
			require.Len(t, a.Errors, 1)
			require.Equal(t, tt.code, a.code(), a.Errors[0].Message)
			require.Contains(t, a.Errors[0].Message, tt.says)
			require.Equal(t, tt.field, fmt.Sprint(or(a.Errors[0].Extensions["field"], "")))
			require.Zero(t, s.runner.count())
		})
	}
}

func TestADeviceThatAnotherRunHoldsIsRefused(t *testing.T) {
	t.Parallel()
	s := ready(t)
	in := start(t, func(in map[string]any) { in["key"] = "k1" })
	require.Empty(t, s.ask(startRun, in).Errors)
	holder := s.runner.started[0].ID
	st := wire.Status{
		V: 1, Device: "rig-1", Online: true, Boot: "b1", Run: holder,
		Rig: &wire.Rig{Name: "box", Hash: "hash-rig-1", Channels: []wire.RigChannel{{Name: "lever", Direction: task.In}, {Name: "valve", Direction: task.Out}}},
	}
	_, err := s.store.SaveDeviceStatus(t.Context(), s.user.Organisation, st, raw(st))
	require.NoError(t, err)

	a := s.ask(startRun, start(t))
	require.Equal(t, "WRONG_STATE", a.code())
	require.Contains(t, a.Errors[0].Message, "Device rig-1 (role box) is busy with run "+holder)
	require.Empty(t, s.ask(startRun, in).Errors, "the same start again")

	_, err = s.store.FinishRun(t.Context(), holder, lab.RunAborted, "", "")
	require.NoError(t, err)
	require.Empty(t, s.ask(startRun, start(t)).Errors, "the device has not said yet that it is free")
}

func or(v, otherwise any) any {
	if v == nil {
		return otherwise
	}
	return v
}

func TestARunIsControlledAndAFinalOneIsNot(t *testing.T) {
	t.Parallel()
	s := ready(t)
	id := s.begun()
	for _, c := range []string{"pause", "resume", "stop", "abort", "halt"} {
		noun := strings.ToUpper(c[:1]) + c[1:] + "RunInput!"
		a := s.ask(fmt.Sprintf(`mutation($in: %s) { %sRun(input: $in) { run { id } } }`, noun, c),
			map[string]any{"in": map[string]any{"run": id, "reason": "thirsty"}})
		require.Empty(t, a.Errors)
	}
	require.Len(t, s.runner.controls, 5)
	require.Equal(t, "thirsty", s.runner.controls[0].Reason)

	_, err := s.store.FinishRun(t.Context(), id, lab.RunStopped, "", "")
	require.NoError(t, err)
	a := s.ask(`mutation($in: PauseRunInput!) { pauseRun(input: $in) { run { id } } }`, map[string]any{"in": map[string]any{"run": id}})
	require.Equal(t, "WRONG_STATE", a.code())
	require.Len(t, s.runner.controls, 5)
}
