package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/lics-lab/lics/lab"
)

// runCmd is `lics run`.
type runCmd struct {
	Start    runStartCmd    `cmd:"" help:"Start a protocol on devices."`
	List     runListCmd     `cmd:"" help:"List runs, latest first."`
	Describe runDescribeCmd `cmd:"" help:"Show all about a run."`
	Watch    runWatchCmd    `cmd:"" help:"Show what happens in a run, live."`
	Pause    runPauseCmd    `cmd:"" help:"Pause a run after its present step; a task pauses at its next trial."`
	Resume   runResumeCmd   `cmd:"" help:"Let a paused run go on."`
	Stop     runStopCmd     `cmd:"" help:"End a run well: what it has recorded counts."`
	Abort    runAbortCmd    `cmd:"" help:"End a run as failed, and clean up."`
	Halt     runHaltCmd     `cmd:"" help:"Outputs off now; the run ends without any clean-up."`
	Set      runSetCmd      `cmd:"" help:"Change live parameters of a run that goes on."`
	Note     runNoteCmd     `cmd:"" help:"Write a note into a run's record."`
	Answer   runAnswerCmd   `cmd:"" help:"Answer a question that a run waits for."`
	Export   runExportCmd   `cmd:"" help:"Write a run's data into a file."`
	Files    runFilesCmd    `cmd:"" help:"Show the files that a protocol wants of its run, and download them."`
	Replay   runReplayCmd   `cmd:"" help:"Give a run's inputs to its protocol again, or to an edited one."`
}

type runStartCmd struct {
	Protocol   string   `arg:"" help:"A protocol's NAME or NAME@VERSION, a file, or template:NAME."`
	Device     []string `sep:"none" placeholder:"ROLE=ID" help:"The device for a role."`
	Subject    string   `placeholder:"NAME" help:"The subject in the box."`
	Experiment string   `placeholder:"NAME" help:"The experiment it belongs to."`
	Param      []string `sep:"none" placeholder:"NAME=VALUE" help:"A value for a parameter; others take their defaults."`
	Seed       *int64   `help:"All random draws come from it; made up when absent."`
	Key        string   `help:"Makes a retry safe: the same key gives the same run."`
	Wait       bool     `help:"Wait until the run is over, and show how it goes."`
	outputFlag
}

const startRun = `mutation Start($input: StartRunInput!) {
  startRun(input: $input) { created run { ...RunFields } }
}` + runFields

type startedRun struct {
	StartRun struct {
		Created bool    `json:"created"`
		Run     runInfo `json:"run"`
	} `json:"startRun"`
}

func (c *runStartCmd) Run(a *app) error {
	input, err := c.input(a)
	if err != nil {
		return err
	}
	// With a key a lost answer can be asked for again.
	got, err := insist(a, 30*time.Second, func() (startedRun, error) {
		return query[startedRun](a, startRun, map[string]any{"input": input})
	})
	if err != nil {
		return err
	}
	r := got.StartRun.Run
	if !got.StartRun.Created {
		a.note("The key %s was used before: this is the run of then.", c.Key)
	}
	if c.Wait {
		return a.await(r, c.Output)
	}
	return printOne(a, c.Output, r, func() error {
		a.note("%s is %s. Watch it: lics run watch %s", r.ProtocolName, r.Status, r.ID)
		_, err := fmt.Fprintln(a.stdout, r.ID)
		return err
	})
}

// input makes StartRunInput of the command line.
func (c *runStartCmd) input(a *app) (map[string]any, error) {
	bindings, err := bindings(c.Device)
	if err != nil {
		return nil, err
	}
	if c.Key == "" {
		c.Key = uuid.NewString()
	}
	input := map[string]any{"devices": bindings, "key": c.Key, "seed": c.Seed}
	known, err := c.protocol(a, input)
	if err != nil {
		return nil, err
	}
	values, err := parameters("--param ", c.Param, known)
	if err != nil {
		return nil, err
	}
	input["parameters"] = values
	if c.Subject != "" {
		if input["subject"], err = a.subjectID(c.Subject); err != nil {
			return nil, err
		}
	}
	if c.Experiment != "" {
		if input["experiment"], err = a.experimentID(c.Experiment); err != nil {
			return nil, err
		}
	}
	return input, nil
}

// protocol puts what to run into the input, and gives its parameters.
func (c *runStartCmd) protocol(a *app, input map[string]any) ([]declared, error) {
	if !isDocument(c.Protocol) {
		v, err := a.protocolVersion(c.Protocol)
		if err != nil {
			return nil, err
		}
		input["protocolVersion"] = v.ID
		if len(c.Param) == 0 {
			return nil, nil
		}
		return a.declarations(v.ID)
	}
	s, err := a.read(c.Protocol)
	if err != nil {
		return nil, err
	}
	plan, ds := s.check()
	a.complain(s.name, ds)
	if plan == nil {
		return nil, lab.Errorf(lab.Invalid, "%s cannot be run: %s.", s.name, counted(ds))
	}
	var known []declared
	for _, p := range plan.Parameters {
		known = append(known, declared{p.Name, p.Type})
	}
	document, err := s.document()
	input["document"] = document
	return known, err
}

func bindings(given []string) ([]map[string]string, error) {
	out := []map[string]string{}
	seen := map[string]bool{}
	for _, pair := range given {
		role, device, ok := strings.Cut(pair, "=")
		if !ok || role == "" || device == "" {
			return nil, usagef("--device %s: write ROLE=ID, such as box=box-1", pair)
		}
		if seen[role] {
			return nil, usagef("--device %s: the role %s has a device already", pair, role)
		}
		seen[role] = true
		out = append(out, map[string]string{"role": role, "device": device})
	}
	return out, nil
}
