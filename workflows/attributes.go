package workflows

import (
	"fmt"
	"slices"
	"strings"

	"go.temporal.io/sdk/temporal"

	"github.com/lics-lab/lics/lab"
)

// The search attributes of runs; the namespace has to have them.
var (
	AttributeOrganisation = temporal.NewSearchAttributeKeyKeyword("LicsOrganisation")
	AttributeProtocol     = temporal.NewSearchAttributeKeyKeyword("LicsProtocol")
	AttributeDevice       = temporal.NewSearchAttributeKeyKeywordList("LicsDevice")
	AttributeSubject      = temporal.NewSearchAttributeKeyKeyword("LicsSubject")
	AttributeStatus       = temporal.NewSearchAttributeKeyKeyword("LicsStatus")
)

func attributes(in RunInput, status lab.RunStatus) []temporal.SearchAttributeUpdate {
	as := []temporal.SearchAttributeUpdate{
		AttributeOrganisation.ValueSet(in.Organisation),
		AttributeProtocol.ValueSet(in.protocol()),
		AttributeStatus.ValueSet(string(status)),
	}
	if devices := in.devices(); len(devices) > 0 {
		as = append(as, AttributeDevice.ValueSet(devices))
	}
	if in.Subject != "" {
		as = append(as, AttributeSubject.ValueSet(in.Subject))
	}
	return as
}

func (in RunInput) protocol() string {
	if in.Protocol != "" {
		return in.Protocol
	}
	return in.Plan.Name
}

// devices are the bound devices, each once, in alphabetical order.
func (in RunInput) devices() []string {
	var ds []string
	for _, b := range in.Bindings {
		ds = append(ds, b.Device)
	}
	slices.Sort(ds)
	return slices.Compact(ds)
}

// summary is one line: a list of runs shows it.
func summary(in RunInput) string {
	words := []string{in.protocol()}
	if in.Subject != "" {
		words = append(words, "with "+in.Subject)
	}
	if ds := in.devices(); len(ds) > 0 {
		words = append(words, "on "+strings.Join(ds, ", "))
	}
	return limit(strings.Join(words, " "), 200)
}

// details is Markdown: the page of a run shows it.
func details(in RunInput) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Run `%s` of protocol **%s** (`%s`)\n\n", in.Run, in.protocol(), in.Plan.Hash)
	for _, d := range in.Bindings {
		fmt.Fprintf(&b, "- %s: `%s`\n", d.Role, d.Device)
	}
	return limit(b.String(), 10_000)
}

// limit cuts a text at a rune's border; Temporal refuses longer ones.
func limit(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
