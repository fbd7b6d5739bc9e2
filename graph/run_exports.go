package graph

import (
	"net/url"

	"github.com/lics-lab/lics/export"
	"github.com/lics-lab/lics/graph/gen"
	"github.com/lics-lab/lics/lab"
)

// exports are the ways to download a run.
func exports(run *lab.Run) []gen.RunExport {
	var out []gen.RunExport
	for _, f := range export.Formats() {
		for _, t := range []export.Table{export.Events, export.Trials} {
			if _, err := export.ParseTable(string(t), f); err != nil {
				continue // the format has no such table
			}
			out = append(out, gen.RunExport{
				Format: exportFormats[f], Table: exportTables[t], ContentType: f.ContentType(),
				URL: "/api/v1/runs/" + run.ID + "/export?" + url.Values{"format": {string(f)}, "table": {string(t)}}.Encode(),
			})
		}
	}
	return out
}

var exportFormats = map[export.Format]gen.RunExportFormat{
	export.CSV: gen.RunExportFormatCSV, export.TSV: gen.RunExportFormatTsv, export.JSON: gen.RunExportFormatJSON,
	export.Parquet: gen.RunExportFormatParquet, export.Folder: gen.RunExportFormatFolder, export.NWB: gen.RunExportFormatNwb,
}

var exportTables = map[export.Table]gen.RunExportTable{
	export.Events: gen.RunExportTableEvents, export.Trials: gen.RunExportTableTrials,
}
