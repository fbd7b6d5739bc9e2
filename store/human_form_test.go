package store_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/store"
)

func TestAFormAnEscalationAndASignatureAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run(t)
	ask := lab.HumanStep{
		ID: r.ID + "/h/1", Run: r.ID, Node: "h", Title: "Weigh", Role: "technician", Sign: "I have looked.",
		Form: json.RawMessage(`[{"name":"grams","type":"float"}]`),
	}
	require.NoError(t, w.AskHuman(t.Context(), ask))
	at := time.Now().Truncate(time.Millisecond)
	require.NoError(t, w.RemindHuman(t.Context(), ask.ID, "veterinarian", at))
	_, err := w.AnswerHuman(t.Context(), w.org, ask.ID, "ada", lab.HumanAnswer{Values: json.RawMessage(`{"grams":20}`)})
	requireCode(t, lab.Invalid, err) // not signed
	answer := lab.HumanAnswer{Values: json.RawMessage(`{"grams":20}`), Confirmed: true, Signature: "ada"}
	for range 2 {
		h, err := w.AnswerHuman(t.Context(), w.org, ask.ID, "ada", answer)
		require.NoError(t, err)
		require.Equal(t, "technician veterinarian I have looked. ada", strings.Join([]string{h.Role, h.Also, h.Sign, h.Signature}, " "))
		require.JSONEq(t, `{"grams":20}`, string(h.Values))
		require.JSONEq(t, string(ask.Form), string(h.Form))
		require.True(t, h.Confirmed)
		require.True(t, at.Equal(*h.RemindedAt))
	}
	answer.Values = json.RawMessage(`{"grams":21}`)
	_, err = w.AnswerHuman(t.Context(), w.org, ask.ID, "ada", answer)
	requireCode(t, lab.State, err)
}

func TestWeightsOfASubjectAreKeptOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v, err := w.SaveSubject(t.Context(), lab.Subject{Organisation: w.org, Name: "m1"})
	require.NoError(t, err)
	r, _, err := w.CreateRun(t.Context(), lab.Run{Organisation: w.org, Version: w.run(t).Version, Subject: &v.ID})
	require.NoError(t, err)
	at := time.Now().Truncate(time.Millisecond)
	for i, g := range []float64{20, 20, 19} {
		weight := lab.Weight{ID: fmt.Sprintf("%s/weigh/%d/grams", r.ID, i/2), Run: r.ID, Grams: g, At: at.Add(time.Duration(i/2) * time.Hour), By: "ada"}
		require.NoError(t, w.RecordWeight(t.Context(), weight))
	}
	ws, _, err := w.Weights(t.Context(), w.org, v.ID, store.WeightFilter{}, store.Page{})
	require.NoError(t, err)
	require.Len(t, ws, 2)
	require.InDelta(t, 19, ws[0].Grams, 0)
	ws, _, err = w.Weights(t.Context(), w.org, v.ID, store.WeightFilter{Since: at.Add(time.Minute)}, store.Page{})
	require.NoError(t, err)
	require.Len(t, ws, 1)
	requireCode(t, lab.Invalid, w.RecordWeight(t.Context(), lab.Weight{ID: "x", Run: r.ID, Grams: -1, At: at}))
	requireCode(t, lab.State, w.RecordWeight(t.Context(), lab.Weight{ID: "y", Run: w.run(t).ID, Grams: 1, At: at}))
}
