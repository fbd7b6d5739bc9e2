package graph_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/lics-lab/lics/graph/gen"
)

var update = flag.Bool("update", false, "rewrite the files that tests compare with")

func schema() *ast.Schema {
	return gen.NewExecutableSchema(gen.Config{}).Schema()
}

func TestThePrintedSchemaIsUpToDate(t *testing.T) {
	t.Parallel()
	printed := *schema()
	printed.Directives = map[string]*ast.DirectiveDefinition{}
	for name, d := range schema().Directives {
		if name != "goField" { // of the code generator
			printed.Directives[name] = d
		}
	}
	var b bytes.Buffer
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(&printed)
	got := strings.ReplaceAll(b.String(), " @goField(omittable: true)", "")

	if *update {
		require.NoError(t, os.WriteFile("schema.graphql", []byte(got), 0o644))
	}
	want, err := os.ReadFile("schema.graphql")
	require.NoError(t, err)
	require.Equal(t, string(want), got, "run go test ./graph -update")
}

func TestEverythingInTheSchemaIsDescribed(t *testing.T) {
	t.Parallel()
	for _, def := range schema().Types {
		if def.BuiltIn || strings.HasPrefix(def.Name, "__") {
			continue
		}
		require.NotEmpty(t, def.Description, def.Name)
		for _, v := range def.EnumValues {
			require.NotEmpty(t, v.Description, def.Name+"."+v.Name)
		}
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			require.NotEmpty(t, f.Description, def.Name+"."+f.Name)
			for _, a := range f.Arguments {
				require.NotEmpty(t, a.Description, def.Name+"."+f.Name+"("+a.Name+")")
			}
		}
	}
}

func TestEveryMutationTakesOneInputAndAnswersWithOnePayload(t *testing.T) {
	t.Parallel()
	for _, f := range schema().Mutation.Fields {
		noun := strings.ToUpper(f.Name[:1]) + f.Name[1:]
		require.Len(t, f.Arguments, 1, f.Name)
		require.Equal(t, "input", f.Arguments[0].Name, f.Name)
		require.Equal(t, noun+"Input!", f.Arguments[0].Type.String(), f.Name)
		require.Equal(t, noun+"Payload!", f.Type.String(), f.Name)
	}
}

func TestEveryListThatGrowsIsAPage(t *testing.T) {
	t.Parallel()
	for _, def := range schema().Types {
		for _, f := range def.Fields {
			if f.Arguments.ForName("first") == nil {
				continue
			}
			require.True(t, strings.HasSuffix(f.Type.Name(), "Connection"), def.Name+"."+f.Name)
			require.NotNil(t, f.Arguments.ForName("after"), def.Name+"."+f.Name)
		}
	}
}
