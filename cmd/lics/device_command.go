package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
)

type deviceCommandCmd struct {
	ID      string   `arg:"" name:"device" help:"The device's id."`
	Verb    string   `arg:"" enum:"ping,set,pulse,read,safe" help:"ping: is anybody there? set: drive an output. pulse: drive it for a time. read: read a channel. safe: everything that was set by hand into its safe state."`
	Channel string   `arg:"" optional:"" help:"Channel of the rig, for set, pulse and read."`
	Level   *float64 `arg:"" optional:"" help:"Level of set and pulse; 1 when absent."`
	For     span     `placeholder:"TIME" help:"How long a pulse lasts, or a set at most: 30ms, 2s."`
	Volume  float64  `placeholder:"µl" help:"Volume that a pulse delivers by the channel's calibration."`
	Key     string   `help:"Makes a retry safe: a command with the same key is done once."`
	outputFlag
}

const sendDeviceCommand = `mutation Command($input: SendDeviceCommandInput!) {
  sendDeviceCommand(input: $input) { state result reasonCode reason }
}`

func (c *deviceCommandCmd) Run(a *app) error {
	if err := c.validate(); err != nil {
		return err
	}
	if c.Key == "" {
		c.Key = uuid.NewString()
	}
	input := map[string]any{"device": c.ID, "verb": strings.ToUpper(c.Verb), "key": c.Key}
	if c.Channel != "" {
		input["channel"] = c.Channel
	}
	if c.Level != nil {
		input["level"] = *c.Level
	}
	if c.For > 0 {
		input["durationMs"] = float64(c.For) / float64(time.Millisecond)
	}
	if c.Volume > 0 {
		input["microlitres"] = c.Volume
	}
	got, err := query[struct {
		SendDeviceCommand commandResult `json:"sendDeviceCommand"`
	}](a, sendDeviceCommand, map[string]any{"input": input})
	if err != nil {
		return err
	}
	r := got.SendDeviceCommand
	err = printOne(a, c.Output, r, func() error {
		text := r.State
		if v := valueText(r.Result); v != "" {
			text += "  " + v
		}
		if r.Reason != nil && *r.Reason != "" {
			text += "  " + oneLine(*r.Reason)
		}
		_, err := fmt.Fprintln(a.stdout, text)
		return err
	})
	if err == nil && r.State != "DONE" {
		err = errSaid
	}
	return err
}

func (c *deviceCommandCmd) validate() error {
	needs := c.Verb == "set" || c.Verb == "pulse" || c.Verb == "read"
	switch {
	case needs && c.Channel == "":
		return usagef("%s needs a channel: lics device command %s %s CHANNEL; `lics device describe %s` lists them", c.Verb, c.ID, c.Verb, c.ID)
	case !needs && c.Channel != "":
		return usagef("%s takes no channel", c.Verb)
	case c.Verb == "read" && c.Level != nil:
		return usagef("read takes no level")
	case c.Verb == "pulse" && (c.For > 0) == (c.Volume > 0):
		return usagef("pulse needs how much: either --for 30ms or --volume 3")
	case c.Verb != "pulse" && c.Volume != 0:
		return usagef("--volume is for pulse")
	case c.For > 0 && c.Verb != "pulse" && c.Verb != "set":
		return usagef("--for is for pulse and set")
	case c.Volume < 0:
		return usagef("--volume must be more than 0")
	}
	return nil
}
