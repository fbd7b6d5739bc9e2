package node

import (
	"slices"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// ExportData is the data of a request for files of the run.
type ExportData struct {
	common
	Formats []string `json:"formats"`
}

var exportKind = &Kind{
	Type: "export", Level: Session, Label: "Export", Icon: "file-export", Group: "Flow",
	Help: "Asks for files of the run in some formats, and goes on. A run's rows are complete only when it is over: the files are made then, however the run " +
		"ends, and kept in the object store. The run shows what became of them. csv and parquet are two files each: everything recorded, and the trials.",
	Standard: Standard{"data output; NWB export", "BPMN 2.0; Neurodata Without Borders"},
	Ports:    []PortRule{inPort, outPort, failedPort},
	Schema: data(must(atLeast(1, list("formats", "Formats", "The files that are wanted.",
		&schema.Schema{Type: schema.String, Enum: []string{"csv", "tsv", "json", "parquet", "folder", "nwb"}})))),
	Step: step(func(s Site, d ExportData, n *plan.Node) {
		n.Export = &plan.Export{Formats: d.Formats}
		if len(slices.Compact(slices.Sorted(slices.Values(d.Formats)))) < len(d.Formats) {
			s.Report(diagnostic.BadData, "formats", "a format stands twice", "remove one of them")
		}
	}),
}
