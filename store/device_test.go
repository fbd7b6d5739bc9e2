package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
)

func TestALastWillKeepsWhatWasKnownOfADevice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := wire.Status{
		V: 1, Device: "box-1", Online: true, Boot: "b1", Simulated: true,
		Rig: &wire.Rig{Name: "operant", Hash: "r1", Channels: []wire.RigChannel{{Name: "valve", Direction: "out"}}},
	}
	raw, err := json.Marshal(st)
	require.NoError(t, err)
	d, err := w.SaveDeviceStatus(t.Context(), w.org, st, raw)
	require.NoError(t, err)
	require.True(t, d.Online)
	require.JSONEq(t, string(raw), string(d.Status))
	require.Equal(t, "r1", d.RigHash)
	require.NotNil(t, d.LastSeen)

	d, err = w.SaveDeviceStatus(t.Context(), w.org, wire.Status{V: 1, Device: "box-1"}, json.RawMessage(`{"v":1,"device":"box-1","online":false}`))
	require.NoError(t, err)
	require.False(t, d.Online)
	require.True(t, d.Simulated)
	require.Equal(t, "b1", d.Boot)
	require.Equal(t, "r1", d.RigHash)
	rig, err := w.Rig(t.Context(), w.org, "r1")
	require.NoError(t, err)
	require.Equal(t, "operant", rig.Name)

	_, err = w.SaveDeviceStatus(t.Context(), w.org, wire.Status{Device: "no/slash"}, nil)
	requireCode(t, lab.Invalid, err)
	_, err = w.SaveDeviceStatus(t.Context(), uuid.NewString(), wire.Status{Device: "box-1"}, nil)
	requireCode(t, lab.Forbidden, err)

	_, err = w.EnsureDevice(t.Context(), w.org, "box-2")
	require.NoError(t, err)
	d, err = w.RenameDevice(t.Context(), w.org, "box-2", "a left box")
	require.NoError(t, err)
	require.Nil(t, d.Status)
	ds, more, err := w.Devices(t.Context(), w.org, store.DeviceFilter{}, store.Page{First: 1})
	require.NoError(t, err)
	require.True(t, more)
	require.Equal(t, "box-2", ds[0].ID)
	ds, _, err = w.Devices(t.Context(), w.org, store.DeviceFilter{}, store.Page{After: store.DeviceCursor(ds[0])})
	require.NoError(t, err)
	require.Len(t, ds, 1)
	ds, _, err = w.Devices(t.Context(), w.org, store.DeviceFilter{Online: new(true)}, store.Page{})
	require.NoError(t, err)
	require.Empty(t, ds)
}

func TestTheLatestCalibrationOfEachChannelCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.EnsureDevice(t.Context(), w.org, "box-1")
	require.NoError(t, err)
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		channel string
		days    int
	}{{"left", 2}, {"left", 1}, {"right", 1}} {
		_, err := w.SaveCalibration(t.Context(), lab.Calibration{
			Organisation: w.org, Device: "box-1", Channel: c.channel,
			Points: json.RawMessage(`[{"microlitres":4,"open_ns":1000}]`), MeasuredAt: day.AddDate(0, 0, c.days),
		})
		require.NoError(t, err)
	}
	cs, err := w.Calibrations(t.Context(), w.org, "box-1")
	require.NoError(t, err)
	require.Len(t, cs, 2)
	require.True(t, cs[0].MeasuredAt.Equal(day.AddDate(0, 0, 2)))
	require.Equal(t, "right", cs[1].Channel)
	former, more, err := w.CalibrationHistory(t.Context(), w.org, "box-1", "left", store.Page{})
	require.NoError(t, err)
	require.False(t, more)
	require.Len(t, former, 2)
	require.True(t, former[1].MeasuredAt.Equal(day.AddDate(0, 0, 1)), "the latest first")
	var seen []string
	for after := ""; ; after = store.CalibrationCursor(former[0]) {
		former, more, err = w.CalibrationHistory(t.Context(), w.org, "box-1", "", store.Page{First: 1, After: after})
		require.NoError(t, err)
		require.Len(t, former, 1)
		if seen = append(seen, former[0].ID); !more {
			break
		}
	}
	require.Len(t, seen, 3)
	_, err = w.SaveCalibration(t.Context(), lab.Calibration{Organisation: w.org, Device: "nobody", Channel: "x"})
	requireCode(t, lab.Invalid, err)
}

func TestTelemetryIsStoredOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := time.Now().Truncate(time.Microsecond)
	points := []lab.Point{
		{Metric: "temperature", At: now, Value: 21.5},
		{Metric: "temperature", At: now.Add(time.Second), Value: 21.6},
		{Metric: "humidity", At: now, Value: 40},
		{Metric: "temperature", At: now.AddDate(-3, 0, 0), Value: 1},
	}
	for range 2 {
		require.NoError(t, w.StoreTelemetry(t.Context(), w.org, "box-1", points))
	}
	ps, err := w.Telemetry(t.Context(), w.org, "box-1", "temperature", now.Add(-time.Hour), now.Add(time.Hour), 10)
	require.NoError(t, err)
	require.Len(t, ps, 2)
	require.InDelta(t, 21.5, ps[0].Value, 0)
	ps, err = w.Telemetry(t.Context(), w.org, "box-1", "temperature", now.Add(-time.Hour), now.Add(time.Hour), 1)
	require.NoError(t, err)
	require.InDelta(t, 21.6, ps[0].Value, 0, "the newest")
	ms, err := w.Metrics(t.Context(), w.org, "box-1")
	require.NoError(t, err)
	require.Equal(t, []string{"humidity", "temperature"}, ms)
	var other int
	require.NoError(t, w.connect(t).QueryRow(t.Context(), `SELECT count(*) FROM telemetry_other`).Scan(&other))
	require.Equal(t, 1, other, "only the point of a wrong clock is outside of the months")
}
