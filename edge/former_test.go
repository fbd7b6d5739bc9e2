package edge

import (
	"database/sql"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/wire"
)

// What an agent wrote when journal and outbox were one file: one command
// answered, a task in the middle, rows of two boots that wait.
const formerContent = `
PRAGMA journal_mode=WAL;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE boot (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE run (id TEXT PRIMARY KEY, epoch INTEGER NOT NULL DEFAULT 0, halted INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE command (
	id TEXT PRIMARY KEY, boot INTEGER NOT NULL REFERENCES boot (n), run TEXT NOT NULL, node TEXT NOT NULL, verb TEXT NOT NULL,
	at INTEGER NOT NULL, progress BLOB, tally BLOB, reply BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX command_open ON command (at) WHERE reply IS NULL;
CREATE TABLE batch (
	boot INTEGER NOT NULL REFERENCES boot (n), first INTEGER NOT NULL CHECK (first > 0), last INTEGER NOT NULL CHECK (last >= first),
	payload BLOB NOT NULL, PRIMARY KEY (boot, first)
) STRICT;
INSERT INTO setting VALUES ('rig', 'name: sent');
INSERT INTO boot (n, id) VALUES (6, 'six'), (7, 'seven');
INSERT INTO run VALUES ('r', 3, 1, 10);
INSERT INTO command VALUES ('answered', 6, 'r', 'n', 'pulse', 10, NULL, NULL, x'7B7D');
INSERT INTO command VALUES ('open', 7, 'r', 'n', 'task', 11, CAST('{"state":"on","trial":4,"boot":"seven","last_seq":5}' AS BLOB),
	CAST('{"trial":5,"outcomes":{"done":4}}' AS BLOB), NULL);
INSERT INTO batch VALUES (6, 9, 10, x'01'), (7, 1, 8, x'02');
`

func TestWhatAnEarlierAgentLeftIsKept(t *testing.T) {
	t.Parallel()
	dir, ctx := t.TempDir(), t.Context()
	old, err := sql.Open("sqlite", "file:"+filepath.Join(dir, former))
	require.NoError(t, err)
	old.SetMaxOpenConns(1)
	_, err = old.ExecContext(ctx, formerContent)
	require.NoError(t, err)
	// As a killed process leaves it: all of it still in the log.
	killed := t.TempDir()
	for _, name := range []string{former, former + "-wal", former + "-shm"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(killed, name), b, 0o600))
	}
	require.NoError(t, old.Close())

	a := &agent{Config: Config{StateDir: killed}, log: slog.New(slog.DiscardHandler), ctx: ctx}
	open := func() (rows *database) {
		rows, err := a.openDisk()
		require.NoError(t, err)
		t.Cleanup(func() { _ = rows.close(); _ = a.journal.close() })
		return rows
	}
	rows := open()
	_, err = os.Stat(filepath.Join(killed, former))
	require.ErrorIs(t, err, os.ErrNotExist)

	rig, err := a.journal.setting(ctx, settingRig)
	require.NoError(t, err)
	require.Equal(t, "name: sent", rig)
	r, err := a.journal.run(ctx, "r")
	require.NoError(t, err)
	require.Equal(t, runState{epoch: 3, halted: true}, r)
	done, err := a.journal.find(ctx, "answered")
	require.NoError(t, err)
	require.Equal(t, &entry{id: "answered", run: "r", node: "n", verb: wire.VerbPulse, boot: "six", reply: []byte("{}")}, done)
	left, err := a.journal.unfinished(ctx)
	require.NoError(t, err)
	require.Len(t, left, 1)
	o, err := newOutbox(ctx, rows, "box", "eight", 1<<30, a.log)
	require.NoError(t, err)
	require.EqualValues(t, 10, o.depth())
	require.EqualValues(t, 8, o.bootN, "after the earlier ones")
	p, err := o.lastKnown(ctx, left[0])
	require.NoError(t, err)
	require.Equal(t, wire.TaskProgress{State: "on", Trial: 5, Outcomes: map[string]int{"done": 4}, Boot: "seven", LastSeq: 8}, p)

	// The file comes back, as after a power failure, when things have moved on.
	require.NoError(t, a.journal.finish(ctx, onDisk, "open", json.RawMessage(`{"done":1}`)))
	require.NoError(t, rows.close())
	require.NoError(t, a.journal.close())
	b, err := os.ReadFile(filepath.Join(dir, former))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(killed, former), b, 0o600))
	open()
	left, err = a.journal.unfinished(ctx)
	require.NoError(t, err)
	require.Empty(t, left, "and what is known is not forgotten")
}
