package protocol_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/protocol"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
	"github.com/lics-lab/lics/protocol/schema"
)

const formatPage = "../docs/protocol-format.md"

func TestTheExampleOfTheDocumentationCompiles(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(formatPage)
	require.NoError(t, err)
	examples := regexp.MustCompile("(?s)```json protocol\n(.*?)```").FindAllSubmatch(page, -1)
	require.NotEmpty(t, examples)
	for _, e := range examples {
		runs(t, compiledPlan(t, e[1]))
	}
}

func TestTheFormatPageNamesEveryActionAndStream(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(formatPage)
	require.NoError(t, err)
	for _, do := range node.ActionSchema.Field("do").Enum {
		require.Contains(t, string(page), "\n| `"+do+"` |")
	}
	for _, kind := range node.ByType("task").Schema.Field("streams").Items.Field("kind").Enum {
		require.Contains(t, string(page), "\n| `"+kind+"` |")
	}
}

func TestTheCatalogueOfTheDocumentationIsUpToDate(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(formatPage)
	require.NoError(t, err)
	const marker = "from the catalogue. -->\n"
	head, _, ok := strings.Cut(string(page), marker)
	require.True(t, ok)
	golden(t, formatPage, []byte(head+marker+catalogue()))
}

func catalogue() string {
	var b strings.Builder
	for _, k := range node.All() {
		fmt.Fprintf(&b, "\n### `%s`: %s\n\n%s\n\nElsewhere: %s (%s). ", k.Type, k.Label, k.Help, k.Standard.Term, k.Standard.Source)
		b.WriteString("Ports: " + ports(k) + ".\n")
		rows := fields("", k.Schema)
		if rows == "" {
			continue
		}
		b.WriteString("\n| Field | Type | Meaning |\n|---|---|---|\n" + rows)
	}
	return b.String()
}

func ports(k *node.Kind) string {
	var all []string
	for _, r := range k.Ports {
		s := "`" + r.Name + "`"
		switch {
		case r.Each == "children:exit":
			s = "one for each exit in it"
		case r.Each != "":
			s = "one for each of `" + r.Each + "`"
		case r.When != "":
			s += " with `" + r.When + "`"
		case r.Unless != "":
			s += " without `" + r.Unless + "`"
		}
		if r.Optional && r.Direction == node.Out && !r.Many {
			s += " (may stay open)"
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

func fields(path string, s *schema.Schema) string {
	var b strings.Builder
	for _, f := range s.Fields {
		if f.Name == "label" || f.Name == "note" {
			continue
		}
		kind := string(f.Type)
		if f.Form != nil {
			kind = f.Form.Kind
			if f.Form.Type != "" {
				kind += " `" + f.Form.Type + "`"
			}
		}
		if len(f.Enum) > 0 {
			kind = "`" + strings.Join(f.Enum, "`, `") + "`"
		}
		if f.Items != nil && f.Items.Name != "" {
			kind = "list of " + f.Items.Name
		}
		need := ""
		if f.Required {
			need = " **Must be given.**"
		}
		fmt.Fprintf(&b, "| `%s%s` | %s | %s%s |\n", path, f.Name, kind, strings.NewReplacer("|", "\\|", "<", "&lt;").Replace(f.Help), need)
		if f.Items != nil && (f.Items.Name == "" || f.Items.Name != "action" && f.Items.Name != "handler") {
			b.WriteString(fields(path+f.Name+"[].", f.Items))
		}
		b.WriteString(fields(path+f.Name+".", f.Schema))
	}
	return b.String()
}

func TestEveryCodeIsExplainedAndNothingElse(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/diagnostics.md")
	require.NoError(t, err)
	explained := map[string]string{}
	for _, section := range strings.Split(string(page), "\n### ")[1:] {
		m := regexp.MustCompile("^`([a-z-]+)` \\((error|warning)\\)\n").FindStringSubmatch(section)
		require.NotNil(t, m, section)
		require.NotContains(t, explained, m[1])
		explained[m[1]] = m[2]
		require.Contains(t, section, "\n- Example: ", m[1])
		require.Contains(t, section, "\n- Fix: ", m[1])
	}
	for _, c := range diagnostic.Codes() {
		require.Equal(t, string(c.Severity()), explained[string(c)], "docs/diagnostics.md: %s", c)
		delete(explained, string(c))
	}
	require.Empty(t, explained, "no code of the checker")
}

func TestDiagnosticsComeWithTheErrorsFirst(t *testing.T) {
	t.Parallel()
	ds := protocol.Check(&protocol.Graph{Name: "x", Parameters: []protocol.Parameter{{Name: "a", Type: "int"}}})
	require.Len(t, ds, 3)
	require.Equal(t, diagnostic.Error, ds[0].Severity)
	require.Equal(t, diagnostic.Warning, ds[2].Severity)
}
