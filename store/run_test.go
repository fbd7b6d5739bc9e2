package store_test

import (
	"encoding/json"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
	"github.com/lics-lab/lics/wire"
)

func TestARetriedStartGivesTheSameRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, v := w.protocol(t, "lever")
	in := lab.Run{
		Organisation: w.org, Version: v.ID, Key: new("k1"), Parameters: json.RawMessage(`{"gain": 1.0}`),
		Bindings: json.RawMessage(`[{"role":"box","device":"box-1"}]`), StartedBy: "ada",
	}
	var g errgroup.Group
	runs, made := make([]lab.Run, 4), make([]bool, 4)
	for i := range runs {
		g.Go(func() (err error) { runs[i], made[i], err = w.CreateRun(t.Context(), in); return err })
	}
	require.NoError(t, g.Wait())
	created := 0
	for i := range runs {
		require.Equal(t, runs[0], runs[i])
		if made[i] {
			created++
		}
	}
	require.Equal(t, 1, created)
	require.Equal(t, lab.RunStarting, runs[0].Status)
	require.Equal(t, "lever", runs[0].ProtocolName)
	require.Equal(t, `{"gain": 1.0}`, string(runs[0].Parameters))

	in.Key, in.Version = nil, uuid.NewString()
	_, _, err := w.CreateRun(t.Context(), in)
	requireCode(t, lab.Invalid, err)
	_, err = w.Run(t.Context(), uuid.NewString(), runs[0].ID)
	requireCode(t, lab.NotFound, err)

	rs, _, err := w.Runs(t.Context(), w.org, store.RunFilter{Device: "box-1", Protocol: v.Protocol, Status: []lab.RunStatus{lab.RunStarting}}, store.Page{})
	require.NoError(t, err)
	require.Equal(t, runs[:1], rs)
	for _, none := range []store.RunFilter{{Device: "box-2"}, {Status: []lab.RunStatus{lab.RunFailed}}, {Subject: "x"}, {Since: new(rs[0].CreatedAt.Add(1000))}} {
		rs, _, err := w.Runs(t.Context(), w.org, none, store.Page{})
		require.NoError(t, err)
		require.Empty(t, rs)
	}
}

func TestRunsAreListedNewestFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b, c := w.run(t), w.run(t), w.run(t)
	rs, more, err := w.Runs(t.Context(), w.org, store.RunFilter{}, store.Page{First: 2})
	require.NoError(t, err)
	require.True(t, more)
	require.Equal(t, []lab.Run{c, b}, rs)
	rs, more, err = w.Runs(t.Context(), w.org, store.RunFilter{}, store.Page{First: 2, After: store.RunCursor(rs[1])})
	require.NoError(t, err)
	require.False(t, more)
	require.Equal(t, []lab.Run{a}, rs)
}

func TestAFinalStatusIsNeverOverwritten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	epoch, err := w.BeginRun(t.Context(), r.ID)
	require.NoError(t, err)
	require.EqualValues(t, 1, epoch)
	changed, err := w.SetRunStatus(t.Context(), r.ID, lab.RunPaused)
	require.NoError(t, err)
	require.True(t, changed)
	epoch, err = w.BeginRun(t.Context(), r.ID)
	require.NoError(t, err)
	require.EqualValues(t, 2, epoch)
	changed, err = w.SetRunStatus(t.Context(), r.ID, lab.RunPaused)
	require.NoError(t, err)
	require.False(t, changed, "a new master finds the run as it was")

	finals := []lab.RunStatus{lab.RunFailed, lab.RunStopped, lab.RunAborted, lab.RunCompleted}
	got := make([]lab.Run, len(finals))
	var g errgroup.Group
	for i, status := range finals {
		g.Go(func() (err error) {
			got[i], err = w.FinishRun(t.Context(), r.ID, status, "", "because of "+string(status))
			return err
		})
	}
	require.NoError(t, g.Wait())
	for i := range got {
		require.Equal(t, got[0], got[i], "the first one wins, everybody sees it")
	}
	require.True(t, got[0].Status.Final())
	require.NotNil(t, got[0].EndedAt)

	_, err = w.SetRunStatus(t.Context(), r.ID, lab.RunRunning)
	requireCode(t, lab.State, err)
	_, err = w.BeginRun(t.Context(), r.ID)
	requireCode(t, lab.State, err)
	_, err = w.BeginRun(t.Context(), uuid.NewString())
	requireCode(t, lab.NotFound, err)
	_, err = w.SetRunStatus(t.Context(), r.ID, lab.RunCompleted)
	requireCode(t, lab.Invalid, err)

	c := w.connect(t)
	_, err = c.Exec(t.Context(), `UPDATE run SET status = 'RUNNING', ended_at = NULL WHERE id = $1`, r.ID)
	require.ErrorContains(t, err, "stays so", "also not by hand")
	_, err = c.Exec(t.Context(), `UPDATE run SET ended_at = now() WHERE id = $1`, w.run(t).ID)
	require.ErrorContains(t, err, "run_ended_when_final")
	require.NoError(t, w.AppendRunEvents(t.Context(), runEvents(r.ID, 1, 1)), "a late event is still recorded")
}

func TestCommandsKeepTheFirstFinalReply(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	id := wire.CommandID(r.ID, "n1", "1")
	in := lab.Command{ID: id, Run: r.ID, Device: "box-1", Node: "n1", Verb: "task", TaskToken: []byte("one")}
	c, err := w.SaveCommand(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, c.State)
	require.Nil(t, c.Reply)

	reply := func(state wire.State) lab.Command {
		c, err := w.SaveReply(t.Context(), "box-1", wire.Reply{V: 1, Command: id, Device: "box-1", State: state})
		require.NoError(t, err)
		return c
	}
	require.Equal(t, "started", reply(wire.Started).State)
	require.Equal(t, "started", reply(wire.Received).State, "an answer does not go back")
	require.Equal(t, "progress", reply(wire.Progress).State)
	done := reply(wire.Done)
	require.Equal(t, "done", done.State)
	require.Equal(t, done, reply(wire.Interrupted), "a final reply stays")
	require.Equal(t, done, reply("from the future"))

	in.TaskToken = []byte("two")
	c, err = w.SaveCommand(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, []byte("two"), c.TaskToken)
	require.Equal(t, "done", c.State, "the retry finds the answer")
	require.Equal(t, done.Reply, c.Reply)

	_, err = w.SaveReply(t.Context(), "box-2", wire.Reply{Command: id, State: wire.Done})
	requireCode(t, lab.NotFound, err)
	_, err = w.SaveReply(t.Context(), "box-1", wire.Reply{Command: "nobody's", State: wire.Done})
	requireCode(t, lab.NotFound, err)
	in.Device = "box-2"
	_, err = w.SaveCommand(t.Context(), in)
	requireCode(t, lab.Conflict, err)
	_, err = w.SaveCommand(t.Context(), lab.Command{ID: "by hand", Device: "box-9", Verb: "ping"})
	require.NoError(t, err)
	cs, err := w.Commands(t.Context(), r.ID)
	require.NoError(t, err)
	require.Len(t, cs, 1)
}

func TestAQuestionIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	ask := lab.HumanStep{ID: r.ID + "/h/1", Run: r.ID, Node: "h", Title: "Which arm?", Choices: []string{"left", "right"}}
	for range 2 {
		require.NoError(t, w.AskHuman(t.Context(), ask))
	}
	hs, _, err := w.HumanSteps(t.Context(), w.org, store.HumanFilter{Open: true}, store.Page{})
	require.NoError(t, err)
	require.Len(t, hs, 1)

	_, err = w.AnswerHuman(t.Context(), w.org, ask.ID, "ada", lab.HumanAnswer{Answer: "up"})
	requireCode(t, lab.Invalid, err)
	_, err = w.AnswerHuman(t.Context(), uuid.NewString(), ask.ID, "ada", lab.HumanAnswer{Answer: "left"})
	requireCode(t, lab.NotFound, err)
	for range 2 {
		h, err := w.AnswerHuman(t.Context(), w.org, ask.ID, "ada", lab.HumanAnswer{Answer: "left"})
		require.NoError(t, err)
		require.Equal(t, "left", h.Answer)
	}
	_, err = w.AnswerHuman(t.Context(), w.org, ask.ID, "bob", lab.HumanAnswer{Answer: "right"})
	requireCode(t, lab.State, err)

	ask.ID += "2"
	ask.Choices = nil
	require.NoError(t, w.AskHuman(t.Context(), ask))
	require.NoError(t, w.CloseHuman(t.Context(), ask.ID))
	_, err = w.AnswerHuman(t.Context(), w.org, ask.ID, "ada", lab.HumanAnswer{Answer: "late"})
	requireCode(t, lab.State, err)
	hs, _, err = w.HumanSteps(t.Context(), w.org, store.HumanFilter{Open: true}, store.Page{})
	require.NoError(t, err)
	require.Empty(t, hs)
	hs, more, err := w.HumanSteps(t.Context(), w.org, store.HumanFilter{}, store.Page{First: 1})
	require.NoError(t, err)
	require.True(t, more)
	hs, more, err = w.HumanSteps(t.Context(), w.org, store.HumanFilter{}, store.Page{After: store.HumanCursor(hs[0])})
	require.NoError(t, err)
	require.False(t, more)
	require.Equal(t, ask.ID, hs[0].ID)
	hs, err = w.RunHumanSteps(t.Context(), r.ID)
	require.NoError(t, err)
	require.Len(t, hs, 2)
}

func TestSubjectsExperimentsAndNotes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m, err := w.SaveSubject(t.Context(), lab.Subject{Organisation: w.org, Name: "m42", Cohort: "c1"})
	require.NoError(t, err)
	m.Sex = "f"
	m, err = w.SaveSubject(t.Context(), m)
	require.NoError(t, err)
	got, err := w.SubjectByName(t.Context(), w.org, "m42")
	require.NoError(t, err)
	require.Equal(t, m, got)
	_, err = w.SaveSubject(t.Context(), lab.Subject{Organisation: w.org, Name: "m42"})
	requireCode(t, lab.Conflict, err)
	vs, _, err := w.Subjects(t.Context(), w.org, store.SubjectFilter{Cohort: "c1"}, store.Page{})
	require.NoError(t, err)
	require.Equal(t, []lab.Subject{m}, vs)

	e, err := w.SaveExperiment(t.Context(), lab.Experiment{Organisation: w.org, Name: "learning"})
	require.NoError(t, err)
	es, _, err := w.Experiments(t.Context(), w.org, store.ExperimentFilter{Search: "EARN"}, store.Page{})
	require.NoError(t, err)
	require.Equal(t, []lab.Experiment{e}, es)

	_, v := w.protocol(t, "lever")
	r, _, err := w.CreateRun(t.Context(), lab.Run{Organisation: w.org, Version: v.ID, Subject: &m.ID, Experiment: &e.ID})
	require.NoError(t, err)
	rs, _, err := w.Runs(t.Context(), w.org, store.RunFilter{Subject: m.ID, Experiment: e.ID}, store.Page{})
	require.NoError(t, err)
	require.Equal(t, []lab.Run{r}, rs)

	_, err = w.AddNote(t.Context(), w.org, r.ID, "ada", "it sneezed")
	require.NoError(t, err)
	_, err = w.AddNote(t.Context(), w.org, uuid.NewString(), "ada", "nowhere")
	requireCode(t, lab.NotFound, err)
	ns, err := w.Notes(t.Context(), w.org, r.ID)
	require.NoError(t, err)
	require.Equal(t, "it sneezed", ns[0].Text)
}

func TestOfTwoRunsThatWantASubjectAtOnceOneIsMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m, err := w.SaveSubject(t.Context(), lab.Subject{Organisation: w.org, Name: "m1"})
	require.NoError(t, err)
	version := w.run(t).Version
	const n = 8
	errs := make(chan error, n)
	for range n {
		go func() {
			_, _, err := w.CreateRunAlone(t.Context(), lab.Run{Organisation: w.org, Version: version, Subject: &m.ID})
			errs <- err
		}()
	}
	made := 0
	for range n {
		if err := <-errs; err == nil {
			made++
		} else {
			requireCode(t, lab.State, err)
		}
	}
	require.Equal(t, 1, made)
	runs, _, err := w.Runs(t.Context(), w.org, store.RunFilter{Subject: m.ID}, store.Page{})
	require.NoError(t, err)
	require.Len(t, runs, 1)
	_, _, err = w.CreateRun(t.Context(), lab.Run{Organisation: w.org, Version: version, Subject: &m.ID})
	require.NoError(t, err, "who knows better")

	_, err = w.FinishRun(t.Context(), runs[0].ID, lab.RunStopped, "", "")
	require.NoError(t, err)
	key := "k"
	again := lab.Run{Organisation: w.org, Version: version, Subject: &m.ID, Key: &key}
	_, _, err = w.CreateRunAlone(t.Context(), again)
	requireCode(t, lab.State, err) // the one of who knows better is still under way
	runs, _, err = w.Runs(t.Context(), w.org, store.RunFilter{Subject: m.ID, Status: []lab.RunStatus{lab.RunStarting}}, store.Page{})
	require.NoError(t, err)
	_, err = w.FinishRun(t.Context(), runs[0].ID, lab.RunStopped, "", "")
	require.NoError(t, err)
	for i := range 2 {
		_, created, err := w.CreateRunAlone(t.Context(), again)
		require.NoError(t, err, "a retry is no other run")
		require.Equal(t, i == 0, created)
	}
}
