package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/lics-lab/lics/lab"
)

// deviceCmd is `lics device`.
type deviceCmd struct {
	List     deviceListCmd     `cmd:"" help:"List devices."`
	Describe deviceDescribeCmd `cmd:"" help:"Show all about a device."`
	Command  deviceCommandCmd  `cmd:"" help:"Give a single command to a device, to try out a rig."`
}

// deviceInfo is a device as it is printed.
type deviceInfo struct {
	ID            string     `json:"id"`
	Name          string     `json:"name"`
	Online        bool       `json:"online"`
	Simulated     bool       `json:"simulated"`
	Version       string     `json:"version"`
	Boot          string     `json:"boot"`
	StartedAt     *time.Time `json:"startedAt"`
	LastSeen      *time.Time `json:"lastSeen"`
	ClockOffsetMS float64    `json:"clockOffsetMs"`
	Outbox        int64      `json:"outbox"`
	Run           *struct {
		ID string `json:"id"`
	} `json:"run"`
	CreatedAt time.Time `json:"createdAt"`
	Rig       *rigInfo  `json:"rig"`
}

// rigInfo is a device's hardware; the list leaves its channels out.
type rigInfo struct {
	Name     string       `json:"name"`
	Hash     string       `json:"hash"`
	Channels []rigChannel `json:"channels,omitempty"`
}

type rigChannel struct {
	Name        string   `json:"name"`
	Direction   string   `json:"direction"`
	Available   bool     `json:"available"`
	Unavailable *string  `json:"unavailable"`
	Safe        float64  `json:"safe"`
	MaxOnMS     *float64 `json:"maxOnMs"`
	Calibration *struct {
		ID         string    `json:"id"`
		MeasuredAt time.Time `json:"measuredAt"`
	} `json:"calibration"`
	// RigCalibration is the curve of the rig, for where nothing was measured.
	RigCalibration *struct {
		ID string `json:"id"`
	} `json:"rigCalibration"`
}

const deviceFields = `
fragment DeviceFields on Device {
  id name online simulated version boot startedAt lastSeen clockOffsetMs outbox run { id } createdAt
}`

const devicesQuery = `query Devices($filter: DeviceFilter, $first: Int!, $after: Cursor) {
  devices(filter: $filter, first: $first, after: $after) {
    nodes { ...DeviceFields rig { name hash } } pageInfo { hasNextPage endCursor }
  }
}` + deviceFields

const deviceQuery = `query Device($id: ID!) {
  device(id: $id) {
    ...DeviceFields
    rig { name hash channels { name direction available unavailable safe maxOnMs calibration { id measuredAt } rigCalibration { id } } }
  }
}` + deviceFields

type deviceListCmd struct {
	Search string `help:"Only those with this in their id or name."`
	Online bool   `help:"Only those with a link."`
	Limit  int    `short:"n" default:"1000" help:"How many at most."`
	outputFlag
}

func (c *deviceListCmd) Run(a *app) error {
	filter := map[string]any{}
	if c.Search != "" {
		filter["search"] = c.Search
	}
	if c.Online {
		filter["online"] = true
	}
	devices, err := pages(max(1, c.Limit), func(first int, after *string) (connection[deviceInfo], error) {
		got, err := query[struct {
			Devices connection[deviceInfo] `json:"devices"`
		}](a, devicesQuery, map[string]any{"filter": filter, "first": first, "after": after})
		return got.Devices, err
	})
	if err != nil {
		return err
	}
	return printList(a, c.Output, devices, []column[deviceInfo]{
		{"DEVICE", func(d deviceInfo) string { return d.ID }},
		{"LINK", func(d deviceInfo) string { return link(d.Online) }},
		{"RIG", func(d deviceInfo) string { return dash(rigName(d)) }},
		{"KIND", kindOf},
		{"OUTBOX", func(d deviceInfo) string { return strconv.FormatInt(d.Outbox, 10) }},
		{"LAST SEEN", func(d deviceInfo) string { return when(d.LastSeen) }},
		{"RUN", func(d deviceInfo) string { return dash(holding(d)) }},
	})
}

func link(online bool) string {
	if online {
		return "online"
	}
	return "offline"
}

func rigName(d deviceInfo) string {
	if d.Rig == nil {
		return ""
	}
	return d.Rig.Name
}

func kindOf(d deviceInfo) string {
	if d.Simulated {
		return "simulated"
	}
	return "real"
}

func holding(d deviceInfo) string {
	if d.Run == nil {
		return ""
	}
	return d.Run.ID
}

type deviceDescribeCmd struct {
	ID string `arg:"" name:"device" help:"The device's id."`
	outputFlag
}

func (c *deviceDescribeCmd) Run(a *app) error {
	got, err := query[struct {
		Device *deviceInfo `json:"device"`
	}](a, deviceQuery, map[string]any{"id": c.ID})
	if err != nil {
		return err
	}
	if got.Device == nil {
		return lab.Errorf(lab.NotFound, "There is no device %q. `lics device list` shows those there are.", c.ID)
	}
	return printOne(a, c.Output, *got.Device, func() error { return a.describeDevice(*got.Device) })
}

func (a *app) describeDevice(d deviceInfo) error {
	rows := [][]string{
		{"device", d.ID},
		{"name", d.Name},
		{"link", link(d.Online)},
		{"kind", kindOf(d)},
		{"agent", dash(d.Version)},
		{"boot", dash(d.Boot)},
		{"started", when(d.StartedAt)},
		{"last seen", when(d.LastSeen)},
		{"clock ahead", fmt.Sprintf("%.3f ms", d.ClockOffsetMS)},
		{"outbox", plural(int(d.Outbox), "row")},
		{"run", dash(holding(d))},
		{"rig", dash(rigName(d))},
	}
	if err := a.table(rows, false); err != nil || d.Rig == nil || len(d.Rig.Channels) == 0 {
		return err
	}
	fmt.Fprintln(a.stdout)
	channels := [][]string{{"CHANNEL", "DIRECTION", "STATE", "SAFE", "MAX ON", "CALIBRATED"}}
	for _, ch := range d.Rig.Channels {
		state, maxOn, calibrated := "ok", "-", "-"
		if !ch.Available {
			state = "missing"
			if ch.Unavailable != nil {
				state += ": " + oneLine(*ch.Unavailable)
			}
		}
		if ch.MaxOnMS != nil {
			maxOn = strconv.FormatFloat(*ch.MaxOnMS, 'f', -1, 64) + " ms"
		}
		switch {
		case ch.Calibration != nil:
			calibrated = when(&ch.Calibration.MeasuredAt)
		case ch.RigCalibration != nil:
			calibrated = "in the rig"
		}
		channels = append(channels, []string{ch.Name, ch.Direction, state, strconv.FormatFloat(ch.Safe, 'f', -1, 64), maxOn, calibrated})
	}
	return a.table(channels, true)
}

// commandResult is the JSON of `lics device command`.
type commandResult struct {
	State      string          `json:"state"`
	Result     json.RawMessage `json:"result"`
	ReasonCode *string         `json:"reasonCode"`
	Reason     *string         `json:"reason"`
}
