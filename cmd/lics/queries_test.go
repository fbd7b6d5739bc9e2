package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Whatever is asked of the server is in its schema: a renamed field fails here
// and not in somebody's terminal.
func TestEveryQueryFitsTheSchema(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../graph/schema.graphql")
	require.NoError(t, err)
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphql", Input: string(text)})
	require.NoError(t, err)
	queries := []string{
		runQuery, runsQuery, runIDsQuery, runDetailQuery, trialsQuery, startRun, runEventsSubscription, addNote,
		questionsQuery, answerHumanStep, experimentsQuery, subjectsQuery, subjectByName, saveSubject,
		devicesQuery, deviceQuery, sendDeviceCommand,
		saveProtocol, documentQuery, declarationsQuery, versionQuery, protocolsQuery, replayRunQuery, runVersionQuery, setRunParameters, runFilesQuery, makeRunFiles,
	}
	for _, verb := range []string{"pause", "resume", "stop", "abort", "halt"} {
		queries = append(queries, controlMutation(verb))
	}
	for _, q := range queries {
		_, errs := gqlparser.LoadQueryWithRules(schema, q, nil)
		require.Empty(t, errs, q)
	}
}
