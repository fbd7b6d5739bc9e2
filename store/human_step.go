package store

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"github.com/lics-lab/lics/lab"
)

const humanColumns = `h.id, r.organisation_id AS organisation, h.run_id AS run, h.node, h.title, h.text, h.choices, h.asked_at, h.answered_at,
	h.answered_by, h.answer, h.closed_at, h.role, h.also, h.sign, h.form, h.filled AS values, h.confirmed, h.signature, h.reminded_at`

// AskHuman puts a question to people. A repeat changes nothing.
func (s *Store) AskHuman(ctx context.Context, h lab.HumanStep) error {
	if !isUUID(h.Run) {
		return lab.Errorf(lab.NotFound, "There is no run %s.", h.Run)
	}
	choices := h.Choices
	if choices == nil {
		choices = []string{}
	}
	_, err := s.db.Exec(ctx, `
		INSERT INTO human_step (id, run_id, node, title, text, choices, asked_at, role, sign, form)
		VALUES ($1, $2, $3, $4, $5, $6, coalesce($7, now()), $8, $9, $10)
		ON CONFLICT (id) DO NOTHING`,
		h.ID, h.Run, h.Node, clean(h.Title), clean(h.Text), choices, timeOrNil(h.AskedAt), clean(h.Role), clean(h.Sign), jsonOrNil(h.Form))
	return fail(err, "question "+h.ID)
}

// AnswerHuman answers a question, once. The same answer by the same person
// again is fine; any other is lab.State. A question without choices takes any
// text, also none. Whether the form is filled in as it should be is the
// caller's to know.
func (s *Store) AnswerHuman(ctx context.Context, org, id, by string, a lab.HumanAnswer) (lab.HumanStep, error) {
	h, err := s.HumanStep(ctx, org, id)
	if err != nil {
		return h, err
	}
	if len(h.Choices) > 0 && !slices.Contains(h.Choices, a.Answer) {
		return h, lab.FieldErrorf("answer", "%q is not one of the choices: %q.", a.Answer, h.Choices)
	}
	_, err = s.db.Exec(ctx, `
		UPDATE human_step
		SET answered_at = now(), closed_at = now(), answered_by = $2, answer = $3, filled = $4, confirmed = $5, signature = $6
		WHERE id = $1 AND closed_at IS NULL`, id, by, clean(a.Answer), jsonOrNil(a.Values), a.Confirmed, clean(a.Signature))
	if err != nil {
		return h, fail(err, "question "+id)
	}
	if h, err = s.HumanStep(ctx, org, id); err != nil {
		return h, err
	}
	switch {
	case h.AnsweredAt == nil:
		return h, lab.Errorf(lab.State, "The run no longer waits for an answer to this question.")
	case h.AnsweredBy != by || h.Answer != clean(a.Answer) || !sameJSON(h.Values, a.Values):
		return h, lab.Errorf(lab.State, "The question has been answered by %s: %s.", h.AnsweredBy, h.Answer)
	}
	return h, nil
}

// CloseHuman takes a question back that nobody has answered.
func (s *Store) CloseHuman(ctx context.Context, id string) error {
	_, err := s.db.Exec(ctx, `UPDATE human_step SET closed_at = now() WHERE id = $1 AND closed_at IS NULL`, id)
	return fail(err, "question "+id)
}

// RemindHuman notes that a question needs attention, and who may answer it
// besides.
func (s *Store) RemindHuman(ctx context.Context, id, also string, at time.Time) error {
	_, err := s.db.Exec(ctx, `
		UPDATE human_step SET reminded_at = $3, also = $2 WHERE id = $1 AND closed_at IS NULL`, id, clean(also), at)
	return fail(err, "question "+id)
}

// sameJSON compares what was kept with what is said again.
func sameJSON(a, b json.RawMessage) bool {
	var x, y any
	if jsonOrNil(a) == nil || jsonOrNil(b) == nil {
		return jsonOrNil(a) == nil && jsonOrNil(b) == nil
	}
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// HumanStep finds a question by id.
func (s *Store) HumanStep(ctx context.Context, org, id string) (lab.HumanStep, error) {
	return one[lab.HumanStep](ctx, s.db, "question "+id, `
		SELECT `+humanColumns+`
		FROM human_step h
		JOIN run r ON r.id = h.run_id
		WHERE r.organisation_id = $1 AND h.id = $2`, org, clean(id))
}

// HumanFilter narrows a list of questions. Empty fields do not.
type HumanFilter struct {
	Open       bool   // only those that wait for an answer
	Role       string // only those that this role may answer
	Run        string
	Protocol   string
	Subject    string
	Experiment string
	Device     string
	Search     string // a part of the question, or of the name of the protocol or the subject, in any case
}

// HumanSteps lists questions in the order they were asked.
func (s *Store) HumanSteps(ctx context.Context, org string, f HumanFilter, p Page) ([]lab.HumanStep, bool, error) {
	at, id, err := p.timeKey("human")
	if err != nil {
		return nil, false, err
	}
	for _, id := range []string{f.Run, f.Protocol, f.Subject, f.Experiment} {
		if id != "" && !isUUID(id) {
			return nil, false, nil // nothing has such an id
		}
	}
	hs, err := many[lab.HumanStep](ctx, s.db, "questions", `
		SELECT `+humanColumns+`
		FROM human_step h
		JOIN run r ON r.id = h.run_id
		JOIN protocol_version v ON v.id = r.version_id
		JOIN protocol p ON p.id = v.protocol_id
		LEFT JOIN subject s ON s.id = r.subject_id
		WHERE r.organisation_id = $1
		  AND (NOT $2 OR h.closed_at IS NULL)
		  AND ($3::timestamptz IS NULL OR (h.asked_at, h.id) > ($3, $4))
		  AND ($6 = '' OR h.role IN ('', $6) OR h.also = $6)
		  AND ($7::uuid IS NULL OR r.id = $7)
		  AND ($8::uuid IS NULL OR p.id = $8)
		  AND ($9::uuid IS NULL OR r.subject_id = $9)
		  AND ($10::uuid IS NULL OR r.experiment_id = $10)
		  AND ($11 = '' OR r.bindings @> jsonb_build_array(jsonb_build_object('device', $11)))
		  AND ($12 = '' OR h.title ILIKE $12 OR h.text ILIKE $12 OR p.name ILIKE $12 OR s.name ILIKE $12)
		ORDER BY h.asked_at, h.id
		LIMIT $5`, org, f.Open, at, id, p.limit(), clean(f.Role), uuidOrNil(f.Run), uuidOrNil(f.Protocol),
		uuidOrNil(f.Subject), uuidOrNil(f.Experiment), clean(f.Device), pattern(clean(f.Search)))
	hs, more := cut(p, hs)
	return hs, more, err
}

// HumanCursor is the cursor of a question.
func HumanCursor(h lab.HumanStep) string { return cursor("human", timeText(h.AskedAt), h.ID) }

// RunHumanSteps lists the questions of a run in the order they were asked.
func (s *Store) RunHumanSteps(ctx context.Context, run string) ([]lab.HumanStep, error) {
	if !isUUID(run) {
		return nil, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	return many[lab.HumanStep](ctx, s.db, "questions", `
		SELECT `+humanColumns+`
		FROM human_step h
		JOIN run r ON r.id = h.run_id
		WHERE h.run_id = $1
		ORDER BY h.asked_at, h.id`, run)
}
