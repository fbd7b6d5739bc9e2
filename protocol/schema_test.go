package protocol_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/template"
)

var update = flag.Bool("update", false, "write the golden files and the published schema")

// golden compares with a file, or writes it.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run go test ./protocol -update")
	require.Equal(t, string(want), string(got), "run go test ./protocol -update, and read what changed")
}

func publishedSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	raw, err := protocol.JSONSchema()
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("protocol.schema.json", doc))
	s, err := c.Compile("protocol.schema.json")
	require.NoError(t, err)
	return s
}

func TestThePublishedSchemaIsUpToDate(t *testing.T) {
	t.Parallel()
	raw, err := protocol.JSONSchema()
	require.NoError(t, err)
	golden(t, "../docs/protocol.schema.json", raw)
}

func TestTheTemplatesFitThePublishedSchema(t *testing.T) {
	t.Parallel()
	s := publishedSchema(t)
	for _, tpl := range template.All() {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(tpl.Document))
		require.NoError(t, err)
		require.NoError(t, s.Validate(doc), tpl.Name)
	}
}

// Two validators read one description: ours for people, a library's for
// everybody else. They have to agree on every file of the tests.
func TestThePublishedSchemaAndTheCheckerAgree(t *testing.T) {
	t.Parallel()
	s := publishedSchema(t)
	files, err := filepath.Glob("testdata/rejected/*.json")
	require.NoError(t, err)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		agrees(t, s, raw)
	}
}

// agrees compares the two validators: of a document that can be parsed at all
// they say the same.
func agrees(t *testing.T, s *jsonschema.Schema, raw []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	err = s.Validate(doc)
	g, refused := protocol.Parse(raw)
	if refused != nil {
		require.Error(t, err, "Parse says: %v", refused)
		return
	}
	require.Equal(t, protocol.FitsSchema(g), err == nil, "%v", err)
}
