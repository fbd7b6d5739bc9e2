package plan

// Export marks a run for export in some formats: those of package export. What
// is written is what is stored when the run is complete.
type Export struct {
	Formats []string `json:"formats"`
}
