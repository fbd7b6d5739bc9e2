package activities

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/task"
)

// SaveCalibrationInput is a curve that was measured in a run.
type SaveCalibrationInput struct {
	Key          string           `json:"key"` // run/node/visit: kept once
	Run          string           `json:"run"`
	Organisation string           `json:"organisation"`
	Device       string           `json:"device"`
	Channel      string           `json:"channel"` // of the rig
	Curve        task.Calibration `json:"curve"`
	At           time.Time        `json:"at"`
}

// SaveCalibrationResult is the id of the curve.
type SaveCalibrationResult struct {
	ID string `json:"id"`
}

// SaveCalibration keeps a curve as the latest of its channel. A repeat changes
// nothing.
func (a *Activities) SaveCalibration(ctx context.Context, in SaveCalibrationInput) (SaveCalibrationResult, error) {
	points, err := json.Marshal(in.Curve.Points)
	if err != nil {
		return SaveCalibrationResult{}, err
	}
	id := uuid.NewSHA1(uuid.NameSpaceURL, []byte("lics:calibration:"+in.Key)).String()
	_, err = a.Store.SaveCalibration(ctx, lab.Calibration{
		ID: id, Organisation: in.Organisation, Device: in.Device, Channel: in.Channel, Points: points, MeasuredAt: in.At, MeasuredBy: "run " + in.Run,
	})
	if err != nil && lab.CodeOf(err) == lab.Conflict { // an earlier attempt has kept it
		err = nil
	}
	return SaveCalibrationResult{ID: id}, never(err)
}
