package edge

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// former is the file in which earlier agents kept journal and outbox together.
const former = "agent.db"

// takeFormer brings what an earlier agent left into the files of today. Ended
// in the middle, or with the file back after a power failure, it does it again:
// what is there already stays as it is, and rows that were acknowledged
// meanwhile are only sent once more.
func takeFormer(ctx context.Context, dir string, journal, outbox *database) error {
	path := filepath.Join(dir, former)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	err := journal.adopt(ctx, path,
		"INSERT OR IGNORE INTO setting (key, value) SELECT key, value FROM old.setting",
		"INSERT OR IGNORE INTO run (id, epoch, halted, at) SELECT id, epoch, halted, at FROM old.run",
		`INSERT OR IGNORE INTO command (id, boot, run, node, verb, at, reply)
			SELECT c.id, b.id, c.run, c.node, c.verb, c.at, c.reply FROM old.command c JOIN old.boot b ON b.n = c.boot`,
	)
	if err == nil {
		err = outbox.adopt(ctx, path,
			"INSERT OR IGNORE INTO boot (n, id) SELECT n, id FROM old.boot",
			"INSERT OR IGNORE INTO batch (boot, first, last, payload) SELECT boot, first, last, payload FROM old.batch",
			`INSERT OR IGNORE INTO task (command, progress, tally)
				SELECT id, progress, tally FROM old.command WHERE reply IS NULL AND verb = 'task'`,
		)
	}
	if err != nil {
		return fmt.Errorf("%s, which an earlier agent left: %w", path, err)
	}
	// The log and its index first: without them the file says less, not wrong.
	for _, name := range []string{path + "-shm", path + "-wal", path} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
