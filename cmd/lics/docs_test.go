package main

import (
	"encoding/json"
	"io"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/require"
)

// sections are those of docs/cli.md, by the command they are about.
func sections(t *testing.T) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("../../docs/cli.md")
	require.NoError(t, err)
	found := map[string]string{}
	for _, part := range regexp.MustCompile(`(?m)^#+ `).Split(string(raw), -1) {
		title, text, _ := strings.Cut(part, "\n")
		if strings.HasPrefix(title, "lics ") {
			require.NotContains(t, found, title)
			found[title] = text
		}
	}
	return found
}

func commands(t *testing.T) map[string]*kong.Node {
	t.Helper()
	parser, err := newParser(&cli{}, io.Discard, io.Discard)
	require.NoError(t, err)
	found := map[string]*kong.Node{}
	for _, leaf := range parser.Model.Leaves(true) {
		found["lics "+strings.Join(path(leaf), " ")] = leaf
	}
	return found
}

func path(n *kong.Node) []string {
	if n.Parent == nil {
		return nil
	}
	return append(path(n.Parent), n.Name)
}

func TestEveryCommandAndFlagIsInTheManualAndNothingElse(t *testing.T) {
	t.Parallel()
	manual := sections(t)
	for name, node := range commands(t) {
		text, ok := manual[name]
		require.True(t, ok, "docs/cli.md has no section ### %s", name)
		_, example, ok := strings.Cut(text, "```sh\n")
		require.True(t, ok && strings.Contains(example, name), "the section of %s has no example", name)
		for _, flag := range node.Flags {
			if !flag.Hidden && flag.Name != "help" && flag.Name != "version" {
				require.Contains(t, text, "`--"+flag.Name, "the section of %s does not tell of --%s", name, flag.Name)
			}
		}
		for _, told := range regexp.MustCompile("`--([a-z][a-z0-9-]*)").FindAllStringSubmatch(text, -1) {
			known := func(f *kong.Flag) bool { return f.Name == told[1] }
			require.True(t, slices.ContainsFunc(node.Flags, known), "the section of %s tells of --%s, which it has not", name, told[1])
		}
	}
	for name := range manual {
		require.Contains(t, commands(t), name, "docs/cli.md tells of a command that is not there")
	}
}

// The JSON in the manual is what the commands print, field by field.
func TestTheManualsJSONIsTheCommandsJSON(t *testing.T) {
	t.Parallel()
	details := struct {
		Steps      []runStep   `json:"steps"`
		Trials     trialCounts `json:"trials"`
		Expected   []expected  `json:"expected"`
		Notes      []noteInfo  `json:"notes"`
		HumanSteps []humanStep `json:"humanSteps"`
	}{}
	manual := sections(t)
	for name, shape := range map[string]any{
		"lics protocol check": checked{}, "lics protocol dry-run": simulatedRun{}, "lics protocol import": savedProtocol{},
		"lics protocol list": protocolInfo{}, "lics protocol diff": change{},
		"lics run start": runInfo{}, "lics run describe": details, "lics run watch": runEvent{}, "lics run note": noteInfo{}, "lics run set": parameterChange{},
		"lics run answer": humanStep{}, "lics run files": fileInfo{}, "lics run replay": replayed{},
		"lics device list": deviceInfo{}, "lics device describe": deviceInfo{}, "lics device command": commandResult{},
		"lics subject add": subjectInfo{}, "lics doctor": finding{},
	} {
		_, after, ok := strings.Cut(manual[name], "```json\n")
		require.True(t, ok, name)
		example, _, _ := strings.Cut(after, "```")
		d := json.NewDecoder(strings.NewReader(example))
		d.DisallowUnknownFields()
		require.NoError(t, d.Decode(reflect.New(reflect.TypeOf(shape)).Interface()), name)
		var shown any
		require.NoError(t, json.Unmarshal([]byte(example), &shown), name)
		complete(t, name, reflect.TypeOf(shape), shown, name == "lics device list")
	}
}

// complete requires that an example shows every field of a type.
func complete(t *testing.T, at string, typ reflect.Type, shown any, brief bool) {
	t.Helper()
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch list, isList := shown.([]any); {
	case isList && typ.Kind() == reflect.Slice:
		for _, one := range list {
			complete(t, at+"[]", typ.Elem(), one, brief)
		}
		return
	case typ.Kind() != reflect.Struct || shown == nil:
		return
	}
	object, ok := shown.(map[string]any)
	if !ok {
		return // a struct that writes itself as a text, such as a time
	}
	for field := range typ.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" || brief && strings.Contains(options, "omitempty") {
			continue
		}
		require.Contains(t, object, name, "the example of %s", at)
		complete(t, at+"."+name, field.Type, object[name], brief)
	}
}
