package workflows_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/lics-lab/lics/activities/activitiestest"
	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/plan/plantest"
	"github.com/lics-lab/lics/workflows"
)

// over is a run that is over and wanted in some formats.
func over(t *testing.T, objects *activitiestest.Objects, formats ...string) *bench {
	t.Helper()
	b := newBench(t)
	require.NoError(t, b.store.MarkExports(t.Context(), runID, "export", formats))
	require.NoError(t, b.store.AppendRunEvents(t.Context(), []lab.RunEvent{{Run: runID, Seq: 1, At: b.env.Now(), Kind: "note"}}))
	if objects != nil {
		b.acts.Objects = objects
	}
	return b
}

func (b *bench) export() workflows.ExportResult {
	b.t.Helper()
	b.env.ExecuteWorkflow(workflows.Export, workflows.ExportInput{Run: runID, Organisation: "lab"})
	require.True(b.t, b.env.IsWorkflowCompleted())
	require.NoError(b.t, b.env.GetWorkflowError())
	var out workflows.ExportResult
	require.NoError(b.t, b.env.GetWorkflowResult(&out))
	return out
}

func TestEveryTableOfAWantedFormatIsAFile(t *testing.T) {
	t.Parallel()
	o := &activitiestest.Objects{}
	b := over(t, o, "csv", "nwb")
	require.Equal(t, workflows.ExportResult{Stored: 3}, b.export())
	kept := o.Kept()
	const folder = "runs/" + runID + "/2026-01-01-000000"
	require.Len(t, kept, 3)
	require.Contains(t, kept[folder+".csv"], "note")
	require.Contains(t, kept, folder+"-trials.csv")
	f := b.store.Files()["csv events"]
	require.Equal(t, lab.RunFileStored, f.State)
	require.Equal(t, folder+".csv", f.Key)
	require.Equal(t, int64(len(kept[f.Key])), f.Size)
	require.EqualValues(t, 1, f.Rows)
	require.EqualValues(t, 1, b.store.Files()["nwb events"].Rows, "a format that reads the run twice does not count it twice")
	require.Empty(t, f.Missing+f.Error)
}

func TestARunThatNobodyWantsHasNoFiles(t *testing.T) {
	t.Parallel()
	b := over(t, &activitiestest.Objects{})
	b.store.Missing = func() []lab.MissingRows { return []lab.MissingRows{{Device: "box-1", Rows: 3}} }
	begin := b.env.Now()
	require.Zero(t, b.export().Stored)
	require.Less(t, b.env.Now().Sub(begin), time.Minute)
}

func TestFilesAreMadeWithoutMissingRowsAndAgainWithThem(t *testing.T) {
	t.Parallel()
	o := &activitiestest.Objects{}
	b := over(t, o, "json")
	begin := b.env.Now()
	back := begin.Add(5 * time.Hour)
	b.store.Missing = func() []lab.MissingRows {
		if b.env.Now().Before(back) {
			return []lab.MissingRows{{Device: "box-1", Node: "task1", Rows: 3}}
		}
		return nil
	}
	var first lab.RunFile
	b.env.RegisterDelayedCallback(func() {
		first = b.store.Files()["json events"]
		_ = b.store.AppendRunEvents(t.Context(), []lab.RunEvent{{Run: runID, Seq: 2, At: b.env.Now(), Kind: "late"}})
	}, time.Hour)
	require.Equal(t, workflows.ExportResult{Stored: 1}, b.export())
	require.Equal(t, "3 rows of device box-1 had not come in.", first.Missing)
	require.EqualValues(t, 1, first.Rows)
	again := b.store.Files()["json events"]
	require.Equal(t, first.Key, again.Key)
	require.Empty(t, again.Missing)
	require.EqualValues(t, 2, again.Rows)
	require.Contains(t, o.Kept()[again.Key], "late")
	require.Equal(t, 2, o.Puts())
}

func TestADeviceThatNeverComesBackIsGivenUp(t *testing.T) {
	t.Parallel()
	o := &activitiestest.Objects{}
	b := over(t, o, "json")
	b.store.Missing = func() []lab.MissingRows { return []lab.MissingRows{{Device: "box-1", Node: "task1"}} }
	begin := b.env.Now()
	out := b.export()
	require.Equal(t, []string{"Device box-1 has not said how its task task1 ended."}, out.Missing)
	require.Equal(t, 1, o.Puts())
	require.Equal(t, out.Missing[0], b.store.Files()["json events"].Missing)
	require.InDelta(t, 30*24, b.env.Now().Sub(begin).Hours(), 7)
}

func TestWithoutAnObjectStoreTheFileSaysSoAndTheRunIsCompleted(t *testing.T) {
	t.Parallel()
	b := over(t, nil, "tsv")
	require.Equal(t, workflows.ExportResult{Failed: 1}, b.export())
	f := b.store.Files()["tsv events"]
	require.Equal(t, lab.RunFileFailed, f.State)
	require.Contains(t, f.Error, "No object store is configured.")
}

func TestAnObjectStoreThatIsAwayIsWaitedForAndSoSaid(t *testing.T) {
	t.Parallel()
	o := &activitiestest.Objects{}
	b := over(t, o, "tsv", "csv")
	begin := b.env.Now()
	o.Before = func(key string) error {
		if b.env.Now().Sub(begin) < 4*time.Minute { // the test's server tries ten times
			return lab.Errorf(lab.Unavailable, "The object store does not answer.")
		}
		return nil
	}
	var meanwhile lab.RunFile
	b.env.RegisterDelayedCallback(func() { meanwhile = b.store.Files()["csv events"] }, 2*time.Minute)
	require.Equal(t, workflows.ExportResult{Stored: 3}, b.export())
	require.Equal(t, lab.RunFilePending, meanwhile.State)
	require.Equal(t, "The object store does not answer.", meanwhile.Error)
	require.Empty(t, b.store.Files()["csv events"].Error)

	o = &activitiestest.Objects{Before: func(string) error { return errors.New("dial postgres://lics:secret@db") }}
	b = over(t, o, "tsv")
	require.Equal(t, workflows.ExportResult{Failed: 1}, b.export())
	f := b.store.Files()["tsv events"]
	require.Equal(t, lab.RunFileFailed, f.State)
	require.NotContains(t, f.Error, "secret")
}

func TestARunThatEndsLetsItsFilesBeMadeHoweverItEnds(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]lab.RunStatus{
		"": lab.RunCompleted, workflows.UpdateStop: lab.RunStopped, workflows.UpdateAbort: lab.RunAborted, workflows.UpdateHalt: lab.RunHalted,
	} {
		b := newBench(t)
		var begun []string
		b.env.SetOnChildWorkflowStartedListener(func(info *workflow.Info, _ workflow.Context, args converter.EncodedValues) {
			var in workflows.ExportInput
			require.NoError(t, args.Get(&in))
			begun = append(begun, info.WorkflowExecution.ID+" of "+in.Organisation)
			require.True(t, finalOf(b.store), "only when the run is over")
		})
		if name != "" {
			b.update(30*time.Second, name, alice)
		}
		p := plantest.Draw(t, "start -> export\nexport -> wait1\nwait1 -> end")
		p.Node("wait1").Wait.Duration = "1min"
		require.Equal(t, want, b.run(input(p)).Status)
		require.Equal(t, []string{"export-" + runID + " of lab"}, begun, name)
		require.Equal(t, []string{"csv"}, b.store.Exports())
		require.NotContains(t, strings.Join(b.store.Told(), "|"), "error")
	}
}

func finalOf(s *activitiestest.Store) bool {
	all := s.Statuses()
	return all[len(all)-1].Final()
}
