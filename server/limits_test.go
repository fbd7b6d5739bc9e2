package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/server"
)

// soon is how long a refusal may take on a busy machine. What it stands
// against takes minutes, or for ever.
const soon = 5 * time.Second

func TestABodyOfEightMegabytesIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	began := time.Now()
	body, err := json.Marshal(map[string]any{"query": "{viewer{id}}", "variables": map[string]any{"x": strings.Repeat("x", 8<<20)}})
	require.NoError(t, err)
	a := s.post(body, "Bearer "+s.token)
	require.Equal(t, http.StatusRequestEntityTooLarge, a.Status)
	require.Equal(t, "TOO_LARGE", a.code())
	require.Less(t, time.Since(began), soon)
}

func TestHostileQueriesAreRefusedAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	many := func(n int, each func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(each(i))
		}
		return b.String()
	}
	deep := func(n int) string {
		return "{protocols{nodes{" + strings.Repeat("latest{protocol{", n) + "id" + strings.Repeat("}}", n) + "}}}"
	}
	for _, tt := range []struct{ name, query, code, says string }{
		{"aliases", "{" + many(61, func(i int) string { return fmt.Sprintf("a%d:viewer{id} ", i) }) + "}", "TOO_LARGE", "more than 60 aliases"},
		{"aliases by thousands", "{" + many(1500, func(i int) string { return fmt.Sprintf("a%d:viewer{id} ", i) }) + "}", "TOO_LARGE", ""},
		{"depth", deep(8), "TOO_LARGE", "levels deep"},
		{"roots", "{" + many(31, func(i int) string { return "viewer{id} " }) + "}", "TOO_LARGE", "at its root"},
		{"tokens", "{viewer{" + many(9000, func(int) string { return "id " }) + "}}", "TOO_LARGE", "exceeded token limit"},
		{"length", `{protocolByName(name:"` + strings.Repeat("x", 65<<10) + `"){id}}`, "TOO_LARGE", "Send documents as variables"},
		{"pages of pages", "{runs(first:200){nodes{events(first:1000){nodes{kind}}}}}", "TOO_LARGE", "complexity"},
		{"fragments of fragments", "{...f0}" + many(90, func(i int) string {
			return fmt.Sprintf("fragment f%d on Query{...f%d ...f%d ...f%d}", i, i+1, i+1, i+1)
		}) + "fragment f90 on Query{viewer{id}}", "TOO_LARGE", "more than"},
		{"a cycle of fragments", "{...a} fragment a on Query{...b} fragment b on Query{...a}", "INVALID", "Cannot spread fragment"},
		{"the same field", "{viewer{" + many(2500, func(int) string { return "id " }) + "}}", "TOO_LARGE", "2501 fields and fragments"},
		{"the same field in a short query", "{viewer{" + many(650, func(int) string { return "id " }) + "}}", "", ""},
		{"many fragments", "{viewer{" + many(120, func(i int) string { return fmt.Sprintf("...f%d ", i) }) + "}}" +
			many(120, func(i int) string { return fmt.Sprintf("fragment f%d on Viewer{id name role}", i) }), "", ""},
		{"introspection of introspection", "{__schema{types" + strings.Repeat("{fields{type", 8) + "{name}" + strings.Repeat("}}", 8) + "}}", "", ""},
		{"directives", "{viewer{id " + strings.Repeat("@include(if:true)", 2500) + "}}", "", ""},
		{"brackets", strings.Repeat("{", 7000), "INVALID", ""},
		{"a list in a list", "{checkProtocol(input:{document:" + strings.Repeat("[", 3500) + strings.Repeat("]", 3500) + "}){ok}}", "", ""},
		{"a page too large", "{runs(first:201){nodes{id}}}", "INVALID", "Ask for 1 to 200 items."},
		{"a page of none", "{runs(first:0){nodes{id}}}", "INVALID", "Ask for 1 to 200 items."},
		{"a made-up cursor", `{runs(after:"abc"){nodes{id}}}`, "INVALID", "The cursor cannot be read."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			a := s.ask(tt.query, nil)
			require.Less(t, time.Since(began), soon)
			require.Contains(t, append([]string{tt.code}, "TOO_LARGE", "INVALID")[:or3(tt.code == "", 3, 1)], a.code(), a.Errors)
			if len(a.Errors) > 0 {
				require.Contains(t, a.Errors[0].Message, tt.says)
				require.LessOrEqual(t, len(a.Errors[0].Message), 600)
			}
		})
	}
}

func or3(is bool, a, b int) int {
	if is {
		return a
	}
	return b
}

func TestWhatOurClientsAskIsWithinTheLimits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, query := range []string{
		introspection,
		`{runs(first:50){nodes{id status protocolName subject{name} protocolVersion{number} devices{role deviceId} startedAt endedAt} pageInfo{hasNextPage endCursor}}}`,
		`{devices(first:200){nodes{id name online rig{channels{name direction available calibration{id measuredAt}}}}}}`,
		`{protocols(first:200){nodes{id name latest{number hash createdAt} updatedAt}}}`,
		`{nodeKinds{type level label icon group help schema ports{name label direction each}}}`,
	} {
		require.Empty(t, s.ask(query, nil).Errors, query)
	}
}

func TestWhatCannotBeReadIsAnswered(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	secret := `{"query": "{viewer{id}}", "secret-text": `
	for name, body := range map[string]string{
		"half a body": secret, "no JSON": "hello", "nothing": "", "a list": `[{"query":"{viewer{id}}"}]`,
		"deep JSON": strings.Repeat("[", 100_000), "no query": "{}", "a number": "1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := s.post([]byte(body), "Bearer "+s.token)
			require.Equal(t, "INVALID", a.code(), a.Errors)
			require.NotContains(t, a.Errors[0].Message, "secret-text")
		})
	}
	res, body := s.get("/graphql")
	require.Equal(t, http.StatusMethodNotAllowed, res.StatusCode)
	require.Contains(t, body, "INVALID")
}

func TestASubscriptionNeedsAWebSocket(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.ask(`subscription { runs { id } }`, nil)
	require.Equal(t, "INVALID", a.code())
	require.Contains(t, a.Errors[0].Message, "graphql-transport-ws")
}

func TestAPanicIsAnErrorWithTheIdOfTheRequest(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(c *server.Config) { c.Resolver.TemporalRun = func(string) string { panic("boom") } })
	s.box("rig-1", true)
	s.calibrate("rig-1", "valve")
	a := s.ask(startRun, start(t))
	require.Equal(t, "INTERNAL", a.code())
	require.NotContains(t, a.Errors[0].Message, "boom")
	id := a.Errors[0].Message[strings.LastIndex(a.Errors[0].Message, " ")+1:]
	require.Contains(t, s.log.String(), strings.TrimSuffix(id, "."))
	require.Contains(t, s.log.String(), "boom")
}

func TestALargeAnswerIsPacked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/graphql",
		bytes.NewBufferString(`{"query":"{nodeKinds{type help schema}}"}`))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := http.DefaultTransport.RoundTrip(req)
	require.NoError(t, err)
	defer res.Body.Close()
	require.Equal(t, "gzip", res.Header.Get("Content-Encoding"))
}

const introspection = `query IntrospectionQuery { __schema { description queryType { name } mutationType { name } subscriptionType { name }
	types { ...FullType } directives { name description locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description fields(includeDeprecated: true) { name description args { ...InputValue }
	type { ...TypeRef } isDeprecated deprecationReason } inputFields { ...InputValue } interfaces { ...TypeRef }
	enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
	ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }`
