package server_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/store"
)

type weight struct {
	ID, Note, By       string
	Grams              float64
	Replaces           *string
	Withdrawn, Current bool
}

const weightFields = `id grams note by replaces withdrawn current`

func (s *site) weigh(in map[string]any) (weight, answer) {
	s.t.Helper()
	a := s.ask(`mutation($in: RecordWeightInput!) { recordWeight(input: $in) { weight { `+weightFields+` } } }`, map[string]any{"in": in})
	var got struct{ RecordWeight struct{ Weight weight } }
	if len(a.Errors) == 0 {
		a.into(s.t, &got)
	}
	return got.RecordWeight.Weight, a
}

func (s *site) weights(subject string, history bool) []weight {
	s.t.Helper()
	var got struct {
		Subject struct {
			Weights      struct{ Nodes []weight }
			LatestWeight *weight
		}
	}
	s.ask(`query($id: ID!, $h: Boolean!) { subject(id: $id) { weights(history: $h) { nodes { `+weightFields+` } } latestWeight { `+weightFields+` } } }`,
		map[string]any{"id": subject, "h": history}).into(s.t, &got)
	nodes := got.Subject.Weights.Nodes
	if !history && len(nodes) > 0 {
		require.Equal(s.t, nodes[0], *got.Subject.LatestWeight)
	}
	return nodes
}

func TestAWeightIsEnteredOnceAndASlipIsAskedAbout(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m1 := s.subject("m1")
	yesterday := time.Now().Add(-24 * time.Hour).Format(time.RFC3339)
	first, _ := s.weigh(map[string]any{"subject": m1, "grams": 25.1, "at": yesterday, "key": "k"})
	again, _ := s.weigh(map[string]any{"subject": m1, "grams": 25.1, "at": yesterday, "key": "k"})
	require.Equal(t, first, again)
	require.Equal(t, "administrator", first.By)

	_, a := s.weigh(map[string]any{"subject": m1, "grams": 2.52})
	require.Equal(t, "grams", a.Errors[0].Extensions["field"])
	require.Contains(t, a.Errors[0].Message, "2.52 g is -90 % from the 25.1 g that m1 weighed 24 hours ago. Look again; if it is right, confirm it.")
	_, a = s.weigh(map[string]any{"subject": m1, "grams": 18, "confirm": true})
	require.Empty(t, a.Errors)
	require.Len(t, s.weights(m1, false), 2)

	for field, in := range map[string]map[string]any{
		"grams": {"subject": m1, "grams": -1, "confirm": true},
		"at":    {"subject": m1, "grams": 18, "at": time.Now().Add(time.Hour).Format(time.RFC3339), "confirm": true},
	} {
		_, a := s.weigh(in)
		require.Equal(t, field, a.Errors[0].Extensions["field"])
	}
	_, a = s.weigh(map[string]any{"subject": "x", "grams": 18})
	require.Equal(t, "NOT_FOUND", a.code())
	audit, _, err := s.store.AuditEntries(t.Context(), s.user.Organisation, store.Page{First: 1})
	require.NoError(t, err)
	require.Equal(t, "record_weight", audit[0].Action)
}

func TestACorrectedWeightStaysToBeSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m1 := s.subject("m1")
	wrong, _ := s.weigh(map[string]any{"subject": m1, "grams": 52})
	correct := func(in map[string]any) (weight, answer) {
		a := s.ask(`mutation($in: CorrectWeightInput!) { correctWeight(input: $in) { weight { `+weightFields+` } } }`, map[string]any{"in": in})
		var got struct{ CorrectWeight struct{ Weight weight } }
		if len(a.Errors) == 0 {
			a.into(t, &got)
		}
		return got.CorrectWeight.Weight, a
	}
	_, a := correct(map[string]any{"weight": wrong.ID, "grams": 25, "note": ""})
	require.Equal(t, "note", a.Errors[0].Extensions["field"])
	right, _ := correct(map[string]any{"weight": wrong.ID, "grams": 25, "note": "digits swapped"})
	require.Equal(t, wrong.ID, *right.Replaces)
	now := s.weights(m1, false)
	require.Len(t, now, 1)
	require.InDelta(t, 25, now[0].Grams, 0)
	_, a = correct(map[string]any{"weight": wrong.ID, "grams": 24, "note": "again"})
	require.Equal(t, "CONFLICT", a.code())

	gone, a := correct(map[string]any{"weight": right.ID, "withdraw": true, "note": "it was m2"})
	require.Empty(t, a.Errors)
	require.True(t, gone.Withdrawn)
	require.Empty(t, s.weights(m1, false))
	all := s.weights(m1, true)
	require.Len(t, all, 3)
	for _, w := range all {
		require.False(t, w.Current, w.Note)
	}
}

func TestALightSubjectIsWarnedOfBeforeAStart(t *testing.T) {
	t.Parallel()
	s := ready(t)
	m1 := s.subject("m1")
	in := start(t, func(in map[string]any) { in["subject"] = m1 })
	change := func(fields map[string]any) answer {
		fields["id"] = m1
		return s.ask(`mutation($in: SaveSubjectInput!) { saveSubject(input: $in) { subject { baselineGrams targetFraction archivedAt } } }`, map[string]any{"in": fields})
	}
	require.Empty(t, s.check(in).of("WEIGHT"), "nobody weighs it")
	require.Equal(t, "targetFraction", change(map[string]any{"targetFraction": 85}).Errors[0].Extensions["field"])
	require.Equal(t, "baselineGrams", change(map[string]any{"baselineGrams": 0}).Errors[0].Extensions["field"])
	require.Empty(t, change(map[string]any{"baselineGrams": 26}).Errors)
	weight := func() startCheck { return s.check(in).of("WEIGHT")[0] }
	require.Equal(t, "WARNS", weight().Severity)
	require.Contains(t, weight().Message, "never weighed")

	enter := func(grams float64, age time.Duration) {
		_, a := s.weigh(map[string]any{"subject": m1, "grams": grams, "at": time.Now().Add(-age).Format(time.RFC3339), "confirm": true})
		require.Empty(t, a.Errors)
	}
	enter(25, 40*time.Hour)
	require.Equal(t, "Weigh it now.", weight().Hint)
	enter(23, 2*time.Hour)
	require.Equal(t, "OK", weight().Severity, weight().Message)
	enter(21, time.Minute)
	require.Equal(t, "Subject m1 weighed 21 g, within the last hour: 81 % of its baseline of 26 g.", weight().Message)
	require.Equal(t, "WARNS", weight().Severity)
	require.Empty(t, change(map[string]any{"targetFraction": 0.8}).Errors)
	require.Equal(t, "OK", weight().Severity)
	require.True(t, s.check(in).CheckRun.Ok)

	require.Empty(t, change(map[string]any{"archived": true}).Errors)
	require.Equal(t, "INVALID", s.ask(startRun, in).code(), "an archived subject is in no box")
}

func TestWhatIsArchivedIsShownToThoseWhoAsk(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m1 := s.subject("m1")
	s.subject("m2")
	require.Empty(t, s.ask(`mutation($in: SaveSubjectInput!) { saveSubject(input: $in) { subject { id } } }`,
		map[string]any{"in": map[string]any{"id": m1, "archived": true}}).Errors)
	require.Empty(t, s.ask(`mutation { saveExperiment(input: {name: "old", archived: true}) { experiment { id } } }`, nil).Errors)
	for _, tt := range []struct{ filter, want string }{
		{`{}`, `"nodes":[{"name":"m2"}]`}, {`{archived: ONLY}`, `"nodes":[{"name":"m1"}]`}, {`{archived: WITH}`, `"nodes":[{"name":"m1"},{"name":"m2"}]`},
	} {
		require.Contains(t, string(s.ask(`{ subjects(filter: `+tt.filter+`) { nodes { name } } }`, nil).Data), tt.want)
	}
	require.Contains(t, string(s.ask(`{ subjects { nodes { name } } experiments { nodes { name } } }`, nil).Data), `"experiments":{"nodes":[]}`)
	require.Contains(t, string(s.ask(`{ experiments(filter: {archived: ONLY}) { nodes { name } } }`, nil).Data), "old")
}

func TestSubjectsAndProtocolsBelongToExperiments(t *testing.T) {
	t.Parallel()
	s := ready(t)
	s.begun()
	m1 := s.subject("m1")
	p, err := s.store.ProtocolByName(t.Context(), s.user.Organisation, "lever")
	require.NoError(t, err)
	var e struct {
		SaveExperiment struct{ Experiment struct{ ID string } }
	}
	s.ask(`mutation { saveExperiment(input: {name: "pilot"}) { experiment { id } } }`, nil).into(t, &e)
	id := e.SaveExperiment.Experiment.ID
	add := func(subjects ...string) answer {
		return s.ask(`mutation($in: AddToExperimentInput!) { addToExperiment(input: $in) { experiment {
			subjects { nodes { name experiments { name } } } protocols { nodes { name experiments { name } } } } } }`,
			map[string]any{"in": map[string]any{"experiment": id, "subjects": subjects, "protocols": []string{p.ID}}})
	}
	require.Equal(t, "NOT_FOUND", add(m1, "01900000-0000-7000-8000-000000000000").code())
	members := `{"experiment":{"subjects":{"nodes":[{"name":"m1","experiments":[{"name":"pilot"}]}]},"protocols":{"nodes":[{"name":"lever","experiments":[{"name":"pilot"}]}]}}}`
	for range 2 {
		require.JSONEq(t, `{"addToExperiment":`+members+`}`, string(add(m1).Data))
	}
	require.Contains(t, string(s.ask(`query($f: SubjectFilter) { subjects(filter: $f) { nodes { name } } }`,
		map[string]any{"f": map[string]any{"experiment": id}}).Data), "m1")
	a := s.ask(`mutation($in: RemoveFromExperimentInput!) { removeFromExperiment(input: $in) { experiment { subjects { nodes { name } } protocols { nodes { name } } } } }`,
		map[string]any{"in": map[string]any{"experiment": id, "subjects": []string{m1}}})
	require.JSONEq(t, `{"removeFromExperiment":{"experiment":{"subjects":{"nodes":[]},"protocols":{"nodes":[{"name":"lever"}]}}}}`, string(a.Data))
}
