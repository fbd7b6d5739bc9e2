package server_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

func TestTheCurveThatIsWrittenIntoARigIsShown(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.box("rig-2", true, func(r *wire.Rig) {
		r.Channels[1].Calibration = &task.Calibration{ID: "rig", Points: []task.CalibrationPoint{
			{Microlitres: 1, Open: 10 * time.Millisecond}, {Microlitres: 5, Open: 50 * time.Millisecond},
		}}
	})
	type channel struct {
		Name           string
		RigCalibration *struct {
			ID     string
			Points []struct{ OpenMs float64 }
		}
	}
	var got struct {
		Device struct{ Rig struct{ Channels []channel } }
	}
	s.ask(`{ device(id: "rig-2") { rig { channels { name rigCalibration { id points { openMs } } } } } }`, nil).into(t, &got)
	channels := got.Device.Rig.Channels
	require.Nil(t, channels[0].RigCalibration)
	require.Equal(t, "rig", channels[1].RigCalibration.ID)
	require.InDelta(t, 50, channels[1].RigCalibration.Points[1].OpenMs, 0)
}
