package server_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/server"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

const checkRun = `query($in: StartRunInput!, $zone: String) { checkRun(input: $in, timeZone: $zone) { ok checks {
	code severity message hint role deviceId channel field run { id } } } }`

type startCheck struct {
	Code, Severity, Message, Hint, Role, DeviceID, Channel, Field string
	Run                                                           *struct{ ID string }
}

type runCheck struct {
	CheckRun struct {
		Ok     bool
		Checks []startCheck
	}
}

// of are the results of one check.
func (c runCheck) of(code string) []startCheck {
	return slices.DeleteFunc(slices.Clone(c.CheckRun.Checks), func(s startCheck) bool { return s.Code != code })
}

func (s *site) check(in map[string]any) runCheck {
	s.t.Helper()
	var got runCheck
	s.ask(checkRun, in).into(s.t, &got)
	return got
}

func (s *site) subject(name string) string {
	s.t.Helper()
	v, err := s.store.SaveSubject(s.t.Context(), lab.Subject{Organisation: s.user.Organisation, Name: name})
	require.NoError(s.t, err)
	return v.ID
}

func TestEveryCheckOfAGoodStartIsShownAsGood(t *testing.T) {
	t.Parallel()
	s := ready(t)
	m1 := s.subject("m1")
	got := s.check(start(t, func(in map[string]any) { in["subject"] = m1 }))
	require.True(t, got.CheckRun.Ok)
	var codes []string
	for _, c := range got.CheckRun.Checks {
		require.Equal(t, "OK", c.Severity, c.Message)
		codes = append(codes, c.Code)
	}
	require.Equal(t, []string{
		"PROTOCOL", "PARAMETER", "DEVICE_ONLINE", "DEVICE_FREE", "CHANNEL", "CALIBRATION_AGE", "SEED", "SUBJECT", "SUBJECT_FREE", "SUBJECT_TODAY",
	}, codes)
}

func TestWhatACheckBlocksAStartRefusesAndNothingElse(t *testing.T) { //nolint:tparallel // the cases share the site and what the one before started
	t.Parallel()
	s := ready(t)
	s.box("off", false)
	s.box("bare", true)
	s.box("odd", true, func(r *wire.Rig) {
		r.Channels[0] = wire.RigChannel{Name: "lever", Direction: task.Out}
		r.Channels[1].Unavailable = "no answer at 0x20"
	})
	bind := func(devices ...any) func(map[string]any) {
		return func(in map[string]any) { in["devices"] = append([]any{}, devices...) }
	}
	role := func(device string, channels ...any) any {
		return map[string]any{"role": "box", "device": device, "channels": channels}
	}
	nobody := "01900000-0000-7000-8000-000000000000"
	for _, tt := range []struct {
		name   string
		change func(map[string]any)
		codes  []string // that block
	}{
		{"nothing", func(map[string]any) {}, nil},
		{"no device", bind(), []string{"ROLE"}},
		{"twice", bind(role("rig-1"), role("rig-1")), []string{"ROLE"}},
		{"unknown role", bind(role("rig-1"), map[string]any{"role": "cage", "device": "rig-1"}), []string{"ROLE"}},
		{"unknown device", bind(role("nobody")), []string{"DEVICE"}},
		{"offline", bind(role("off")), []string{"DEVICE_ONLINE", "CALIBRATION"}},
		{"wrong channels", bind(role("odd")), []string{"CHANNEL", "CHANNEL_AVAILABLE", "CALIBRATION"}},
		{"no calibration", bind(role("bare")), []string{"CALIBRATION"}},
		{"mapped together", bind(role("rig-1", map[string]any{"protocol": "lever", "rig": "valve"})), []string{"CHANNEL"}},
		{"parameters", func(in map[string]any) { in["parameters"] = map[string]any{"x": 1, "trials": 101} }, []string{"PARAMETER", "PARAMETER"}},
		{"parameters no object", func(in map[string]any) { in["parameters"] = 5 }, []string{"PARAMETER"}},
		{"seed", func(in map[string]any) { in["seed"] = 1 << 60 }, []string{"SEED"}},
		{"no protocol", func(in map[string]any) { delete(in, "document") }, []string{"PROTOCOL"}},
		{"a document with errors", func(in map[string]any) {
			in["document"] = json.RawMessage(strings.Replace(string(lever(t)), `"initial": "wait"`, `"initial": "nowhere"`, 1))
		}, []string{"PROTOCOL"}},
		{"subject", func(in map[string]any) { in["subject"] = nobody }, []string{"SUBJECT"}},
		{"experiment", func(in map[string]any) { in["experiment"] = nobody }, []string{"EXPERIMENT"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := s.check(start(t, tt.change))
			var codes []string
			for _, c := range got.CheckRun.Checks {
				require.NotEmpty(t, c.Message)
				if c.Severity == "BLOCKS" {
					codes = append(codes, c.Code)
				}
			}
			require.Equal(t, tt.codes, codes, fmt.Sprint(got.CheckRun.Checks))
			require.Equal(t, len(tt.codes) == 0, got.CheckRun.Ok)
			require.Equal(t, got.CheckRun.Ok, len(s.ask(startRun, start(t, tt.change)).Errors) == 0)
		})
	}
}

func TestASubjectIsInOneRunUnlessSomebodyKnowsBetter(t *testing.T) {
	t.Parallel()
	s := ready(t)
	m1 := s.subject("m1")
	with := func(extra map[string]any) map[string]any {
		return start(t, func(in map[string]any) {
			in["subject"] = m1
			maps.Copy(in, extra)
		})
	}
	require.Empty(t, s.ask(startRun, with(map[string]any{"key": "k1"})).Errors)
	first := s.runner.started[0].ID

	c := s.check(with(nil))
	require.False(t, c.CheckRun.Ok)
	require.Equal(t, first, c.of("SUBJECT_FREE")[0].Run.ID)
	require.Equal(t, "WARNS", c.of("DEVICE_FREE")[0].Severity, "bound, but not held")
	a := s.ask(startRun, with(nil))
	require.Equal(t, "WRONG_STATE", a.code())
	require.Contains(t, a.Errors[0].Message, "Subject m1 is in run "+first)
	require.True(t, s.check(with(map[string]any{"key": "k1"})).CheckRun.Ok, "the run that is asked for again")

	override := map[string]any{"overrides": []string{"SUBJECT_FREE"}}
	require.True(t, s.check(with(override)).CheckRun.Ok)
	require.Empty(t, s.ask(startRun, with(override)).Errors)
	audit, _, err := s.store.AuditEntries(t.Context(), s.user.Organisation, store.Page{First: 1})
	require.NoError(t, err)
	require.Contains(t, string(audit[0].Detail), "SUBJECT_FREE")
	a = s.ask(startRun, with(map[string]any{"overrides": []string{"CALIBRATION"}}))
	require.Equal(t, "overrides", a.Errors[0].Extensions["field"])
}

func TestARunOfTodayIsWarnedOfWithItsRun(t *testing.T) {
	t.Parallel()
	s := ready(t)
	m1 := s.subject("m1")
	in := start(t, func(in map[string]any) { in["subject"] = m1 })
	require.Empty(t, s.ask(startRun, in).Errors)
	id := s.runner.started[0].ID
	require.Equal(t, "OK", s.check(in).of("SUBJECT_TODAY")[0].Severity, "it has not begun")
	_, err := s.store.BeginRun(t.Context(), id)
	require.NoError(t, err)
	_, err = s.store.FinishRun(t.Context(), id, lab.RunCompleted, "", "")
	require.NoError(t, err)

	got := s.check(in)
	require.True(t, got.CheckRun.Ok)
	today := got.of("SUBJECT_TODAY")[0]
	require.Equal(t, "WARNS", today.Severity)
	require.Equal(t, id, today.Run.ID)
	in["zone"] = "Mars/Olympus"
	require.Equal(t, "timeZone", s.ask(checkRun, in).Errors[0].Extensions["field"])
}

func TestAnArchivedProtocolAndAnOldVersionAreWarnedOf(t *testing.T) {
	t.Parallel()
	s := ready(t)
	v := s.saved(lever(t))
	in := start(t, func(in map[string]any) {
		delete(in, "document")
		in["protocolVersion"] = v.Version.ID
	})
	require.Len(t, s.check(in).of("PROTOCOL"), 1)
	s.saved(json.RawMessage(strings.Replace(string(lever(t)), `"1s"`, `"2s"`, 1)))
	require.Empty(t, s.ask(`mutation($in: UpdateProtocolInput!) { updateProtocol(input: $in) { protocol { id } } }`,
		map[string]any{"in": map[string]any{"id": v.Protocol.ID, "archived": true}}).Errors)
	got := s.check(in)
	require.True(t, got.CheckRun.Ok)
	found := got.of("PROTOCOL")
	require.Len(t, found, 3)
	require.Contains(t, found[1].Message, "The protocol lever is archived since ")
	require.Equal(t, "Version 1 of the protocol lever is not the latest, which is 2.", found[2].Message)
}

func TestAnOldCalibrationIsWarnedOf(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *server.Config) { c.Resolver.CalibrationAge = 48 * time.Hour })
	s.box("rig-1", true)
	save := func(age time.Duration) {
		_, err := s.store.SaveCalibration(t.Context(), lab.Calibration{
			Organisation: s.user.Organisation, Device: "rig-1", Channel: "valve", MeasuredAt: time.Now().Add(-age),
			Points: json.RawMessage(`[{"microlitres":1,"open_ns":10000000},{"microlitres":5,"open_ns":42500000}]`),
		})
		require.NoError(t, err)
	}
	save(72 * time.Hour)
	c := s.check(start(t)).of("CALIBRATION_AGE")[0]
	require.Equal(t, "WARNS", c.Severity)
	require.Equal(t, "Channel valve of device rig-1 was calibrated 3 days ago.", c.Message)
	require.Equal(t, "Measure again: a calibration older than 2 days may be wrong.", c.Hint)
	save(24 * time.Hour)
	require.Equal(t, "OK", s.check(start(t)).of("CALIBRATION_AGE")[0].Severity)
}

func TestCandidatesForARoleSayWhyNot(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.box("off", false)
	s.box("bare", true)
	s.box("named", true, func(r *wire.Rig) {
		r.Channels = []wire.RigChannel{
			{Name: "lever_2", Direction: task.Out},
			{Name: "main_lever", Direction: task.In},
			{Name: "water", Direction: task.Out},
			{Name: "valve_left", Direction: task.Out, Calibration: &task.Calibration{ID: "rig", Points: []task.CalibrationPoint{
				{Microlitres: 1, Open: time.Millisecond}, {Microlitres: 5, Open: 5 * time.Millisecond},
			}}},
		}
	})
	type candidates struct {
		BindingCandidates []struct {
			Device   struct{ ID string }
			Fits     bool
			Checks   []startCheck
			Channels []struct {
				Protocol string
				Rig      *string
			}
		}
	}
	query := `query($in: BindingCandidatesInput!) { bindingCandidates(input: $in) { device { id } fits
		checks { code severity message channel run { id } } channels { protocol rig } } }`
	ask := func(in map[string]any) answer {
		in["document"] = lever(t)
		return s.ask(query, map[string]any{"in": in})
	}
	var got candidates
	ask(map[string]any{"role": "box"}).into(t, &got)
	var ids []string
	for _, c := range got.BindingCandidates {
		ids = append(ids, fmt.Sprint(c.Device.ID, " ", c.Fits))
	}
	require.Equal(t, []string{"named true", "rig-1 true", "bare false", "off false"}, ids)
	require.Equal(t, "main_lever", *got.BindingCandidates[0].Channels[0].Rig)
	require.Equal(t, "valve_left", *got.BindingCandidates[0].Channels[1].Rig)
	require.Equal(t, "valve", *got.BindingCandidates[1].Channels[1].Rig)
	require.Equal(t, "CALIBRATION", got.BindingCandidates[2].Checks[3].Code)
	require.Equal(t, "BLOCKS", got.BindingCandidates[2].Checks[3].Severity)
	require.Equal(t, "DEVICE_ONLINE", got.BindingCandidates[3].Checks[0].Code)

	ask(map[string]any{"role": "box", "search": "rig-"}).into(t, &got)
	require.Len(t, got.BindingCandidates, 1)
	require.Equal(t, "role", ask(map[string]any{"role": "cage"}).Errors[0].Extensions["field"])
}
