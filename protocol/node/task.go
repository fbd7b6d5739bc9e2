package node

import (
	"encoding/json"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/schema"
	"github.com/lics-lab/lics/task"
	"github.com/lics-lab/lics/wire"
)

// TaskData is the data of a task.
type TaskData struct {
	common
	Name       string            `json:"name"`
	Role       string            `json:"role"`
	Initial    string            `json:"initial"`
	Parameters map[string]string `json:"parameters"`
	Variables  []struct {
		common
		Name    string `json:"name"`
		Type    string `json:"type"`
		Initial string `json:"initial"`
		Silent  bool   `json:"silent"`
	} `json:"variables"`
	Streams []Stream `json:"streams"`
	Timers  []struct {
		common
		Name     string `json:"name"`
		Duration string `json:"duration"`
	} `json:"timers"`
	Limits struct {
		Duration string `json:"duration"`
		Trials   string `json:"trials"`
		Volume   string `json:"volume"`
	} `json:"limits"`
	Results     map[string]string `json:"results"`
	OnInterrupt wire.OnInterrupt  `json:"on_interrupt"`
}

// Stream is a stream of random draws as it is drawn.
type Stream struct {
	common
	Name    string          `json:"name"`
	Kind    task.StreamKind `json:"kind"`
	Values  string          `json:"values"`
	Weights string          `json:"weights"`
	Low     string          `json:"low"`
	High    string          `json:"high"`
	Mean    string          `json:"mean"`
	SD      string          `json:"sd"`
	P       string          `json:"p"`
	Run     string          `json:"run"`
}

var noteField = text("note", "Note", "For the people who read the protocol.", maxText)

var variableSchema = &schema.Schema{Name: "task_variable", Type: schema.Object, Title: "Variable", Fields: []schema.Field{
	must(named("Name", "What expressions call it.")),
	must(typeField("bool, int, float, string, duration or list<…> of one of these.")),
	expression("initial", "", "At first", "A constant; empty is false, 0 or empty.", "0"),
	flag("silent", "Silent", "Changes are not recorded."),
	noteField,
}}

var streamSchema = &schema.Schema{Name: "stream", Type: schema.Object, Title: "Stream", Fields: []schema.Field{
	must(named("Name", "What draws call it.")),
	must(choice("kind", "Kind", "The distribution.",
		string(task.Choice), string(task.Uniform), string(task.UniformInt), string(task.Normal), string(task.Exponential),
		string(task.TruncatedExponential), string(task.Bernoulli), string(task.ShuffleBag), string(task.MaxRun))),
	expression("values", "list", "Values", "What is chosen from, a list: choice, shuffle_bag, max_run.", `["left", "right"]`),
	expression("weights", "list<float>", "Weights", "How often each value: choice, max_run; empty is equally.", "[1, 1]"),
	expression("low", "", "Low", "The lowest: uniform, uniform_int, truncated_exponential; the clip of normal.", "1"),
	expression("high", "", "High", "The highest.", "5"),
	expression("mean", "", "Mean", "Of normal, exponential, truncated_exponential.", "350ms"),
	expression("sd", "", "SD", "Standard deviation of normal.", "50ms"),
	expression("p", "float", "P", "Probability of true: bernoulli.", "0.5"),
	expression("run", "int", "Run", "The most equal values in a row: max_run.", "3"),
	noteField,
}}

var timerSchema = &schema.Schema{Name: "timer", Type: schema.Object, Title: "Timer", Fields: []schema.Field{
	must(named("Name", "The timer and the event that it raises.")),
	must(expression("duration", "duration", "Duration", "Computed when it is started.", "2s")),
	noteField,
}}

var taskKind = &Kind{
	Type: "task", Level: Session, Container: true, Occupies: true, Label: "Task", Icon: "topology-star-3", Group: "Device",
	Help:     "A state machine that runs on a device, in milliseconds and without the network. Its states are drawn inside it.",
	Standard: Standard{"task", "pyControl; Bpod: state machine"},
	Ports: []PortRule{
		inPort,
		{Port: Port{Direction: Out}, Each: eachExit},
		{Port: Port{Name: task.ExitLimit, Direction: Out, Label: "limit reached"}, When: "limits"},
		failedPort,
	},
	Schema: data(
		text("name", "Name", "The name of its random draws; empty: the id of the node. A new name gives new draws for the same seed.", maxName),
		roleField,
		reference("initial", "state", "Begins in", "The name of its first state."),
		mapping("parameters", "Parameters", "Values that the session computes when the task begins, by the name the task uses. Parameters of the protocol need no entry.",
			expression("", "", "Value", "An expression on parameters and variables of the run.", "delays[block - 1]").Schema),
		list("variables", "Variables", "Values the task changes.", variableSchema),
		list("streams", "Random streams", "Sources of random draws.", streamSchema),
		atMost(64, list("timers", "Global timers", "Timers that live across states.", timerSchema)),
		schema.Field{Name: "limits", Schema: &schema.Schema{Type: schema.Object, Title: "Limits", Help: "What ends the task by itself, on parameters.", Fields: []schema.Field{
			expression("duration", "duration", "Time", "Ends the task at once.", "30min"),
			expression("trials", "int", "Trials", "Ends it at the trial boundary.", "100"),
			expression("volume", "float", "Volume", "Microlitres; ends it at the next trial boundary.", "1000"),
		}}},
		mapping("results", "Results", "Variables of the task, or trials, microlitres, outcome.<name>, to keep in variables of the run.",
			reference("", "variable", "Variable", "A variable of the run.").Schema),
		choice("on_interrupt", "When interrupted", "After the device was restarted in the middle; resume goes on with the next trial.",
			string(wire.InterruptResume), string(wire.InterruptRestart), string(wire.InterruptFail), string(wire.InterruptAsk)),
	),
	// The program is compiled from the children, by package protocol.
	Step: func(s Site, raw json.RawMessage, n *plan.Node) {
		if d, ok := Decode[TaskData](s, raw); ok {
			n.Task = &plan.Task{Role: s.Role("role", d.Role), OnInterrupt: d.OnInterrupt, Results: d.Results}
		}
	},
}
