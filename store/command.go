package store

import (
	"context"
	"encoding/json"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/wire"
)

const commandColumns = `c.id, coalesce(c.run_id::text, '') AS run, c.device_id AS device, c.node, c.verb, c.state,
	c.reply, c.task_token, c.created_at, c.updated_at`

// SaveCommand writes down that somebody waits for the answer to a command. On
// a repeat the newer waiter takes over, and the command comes back as it is
// now, with an answer that has arrived in the meantime.
func (s *Store) SaveCommand(ctx context.Context, c lab.Command) (lab.Command, error) {
	if c.Run != "" && !isUUID(c.Run) {
		return lab.Command{}, lab.Errorf(lab.NotFound, "There is no run %s.", c.Run)
	}
	saved, err := one[lab.Command](ctx, s.db, "command "+c.ID, `
		INSERT INTO command AS c (id, organisation_id, run_id, device_id, node, verb, task_token)
		VALUES ($1, coalesce((SELECT organisation_id FROM run WHERE id = $2),
		                     (SELECT organisation_id FROM device WHERE id = $3),
		                     (SELECT id FROM organisation ORDER BY created_at, id LIMIT 1)),
		        $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE
		SET task_token = coalesce($6, c.task_token), updated_at = now()
		WHERE c.device_id = $3 AND c.verb = $5
		RETURNING `+commandColumns,
		c.ID, uuidOrNil(c.Run), c.Device, c.Node, c.Verb, c.TaskToken)
	if err != nil && lab.CodeOf(err) == lab.NotFound {
		return lab.Command{}, lab.Errorf(lab.Conflict, "Command %s was given before, for another device or verb.", c.ID)
	}
	return saved, err
}

// SaveReply keeps a device's answer and gives the command as it is now. An
// answer never goes back, and a final one is never overwritten, so repeated
// and reordered messages are harmless. An unknown command, or one of another
// device, is lab.NotFound.
func (s *Store) SaveReply(ctx context.Context, device string, r wire.Reply) (lab.Command, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return lab.Command{}, lab.Errorf(lab.Invalid, "The reply to %s cannot be kept: %v", r.Command, err)
	}
	_, err = s.db.Exec(ctx, `
		UPDATE command
		SET state = $3, reply = $4, updated_at = now()
		WHERE id = $1 AND device_id = $2 AND state = ANY ($5)`,
		clean(r.Command), clean(device), string(r.State), string(raw), before(r.State))
	if err != nil {
		return lab.Command{}, fail(err, "command "+r.Command)
	}
	return one[lab.Command](ctx, s.db, "command "+r.Command+" of "+device, `
		SELECT `+commandColumns+` FROM command c WHERE id = $1 AND device_id = $2`, clean(r.Command), clean(device))
}

// before are the states that a reply may follow.
func before(s wire.State) []string {
	switch {
	case s == wire.Received:
		return []string{""}
	case s == wire.Started:
		return []string{"", string(wire.Received)}
	case s == wire.Progress, s.Final():
		return []string{"", string(wire.Received), string(wire.Started), string(wire.Progress)}
	}
	return []string{} // a state of the future: keep what we know
}

// Command finds a command by id.
func (s *Store) Command(ctx context.Context, id string) (lab.Command, error) {
	return one[lab.Command](ctx, s.db, "command "+id, `SELECT `+commandColumns+` FROM command c WHERE id = $1`, clean(id))
}

// Commands lists the commands of a run in the order they were given.
func (s *Store) Commands(ctx context.Context, run string) ([]lab.Command, error) {
	if !isUUID(run) {
		return nil, lab.Errorf(lab.NotFound, "There is no run %s.", run)
	}
	return many[lab.Command](ctx, s.db, "commands", `
		SELECT `+commandColumns+` FROM command c WHERE run_id = $1 ORDER BY created_at, id`, run)
}
