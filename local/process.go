package local

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// command says how to start a process.
type command struct {
	path string
	args []string
	env  []string
	user *syscall.Credential // nil: the one we are
	// onOrphan is the signal the kernel sends the process when we die.
	onOrphan syscall.Signal
	// config, when not nil, goes to the process as one line of JSON on its
	// standard input, which then stays open for as long as we live: the end of
	// its input is a second, portable sign that we are gone.
	config any
	log    *slog.Logger
}

// process is a child that does not outlive us.
type process struct {
	cmd   *exec.Cmd
	stdin io.Closer
	first chan string // the first line of standard output
	last  *tail       // of what it said
	done  chan struct{}
	err   error // after done
}

// childEnv has nothing of ours: a PGHOST or a proxy meant for the person who
// starts lics is not meant for its parts.
func childEnv() []string {
	return []string{"PATH=/usr/bin:/bin", "TMPDIR=" + os.TempDir()}
}

func startProcess(c command) (*process, error) {
	p := &process{first: make(chan string, 1), last: &tail{}, done: make(chan struct{})}
	p.cmd = exec.Command(c.path, c.args...) //nolint:noctx // a part outlives the context that starts it; stop ends it
	p.cmd.Env = c.env
	p.cmd.Dir = "/" // a child that runs as somebody else may not see ours
	p.cmd.SysProcAttr = &syscall.SysProcAttr{
		Pdeathsig:  c.onOrphan,
		Credential: c.user,
		// A Ctrl-C goes to the whole group of the terminal, but parts are stopped
		// one by one, and by us.
		Setpgid: true,
	}
	// A grandchild may hold the pipes open after the child has died; the death is
	// what counts.
	p.cmd.WaitDelay = 100 * time.Millisecond
	p.cmd.Stdout = &lines{to: p.stdout(c.log)}
	p.cmd.Stderr = &lines{to: func(line string) {
		p.last.add(line)
		c.log.Debug("part says", "line", line)
	}}
	var stdin io.WriteCloser
	if c.config != nil {
		var err error
		if stdin, err = p.cmd.StdinPipe(); err != nil {
			return nil, err
		}
		p.stdin = stdin
	}

	started := make(chan error)
	go func() {
		// The kernel takes the end of the thread that started the child for the
		// end of its parent. So this goroutine keeps its thread for as long as the
		// child lives.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := p.cmd.Start()
		started <- err
		if err != nil {
			return
		}
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	if stdin != nil {
		// A child that dies before it has read this is found dead below.
		_ = json.NewEncoder(stdin).Encode(c.config)
	}
	return p, nil
}

// stdout hands over the first line and logs the others.
func (p *process) stdout(log *slog.Logger) func(string) {
	return func(line string) {
		select {
		case p.first <- line:
		default:
			p.last.add(line)
			log.Debug("part says", "line", line)
		}
	}
}

// announced waits for the first line of standard output, the ready line, and
// decodes it.
func (p *process) announced(ctx context.Context, into any) error {
	select {
	case line := <-p.first:
		if err := json.Unmarshal([]byte(line), into); err != nil {
			return fmt.Errorf("said %q instead of where it is: %w", line, err)
		}
		return nil
	case <-p.done:
		return p.death()
	case <-ctx.Done():
		return fmt.Errorf("not ready: %w; last words: %s", ctx.Err(), p.last)
	}
}

// death says how and with what words the process ended.
func (p *process) death() error {
	how := "exit status 0"
	if p.err != nil {
		how = p.err.Error()
	}
	if words := p.last.String(); words != "" {
		how += ": " + words
	}
	return fmt.Errorf("ended with %s", how)
}

// stop asks politely, then not.
func (p *process) stop(sig os.Signal, grace time.Duration) error {
	if p.stdin != nil {
		defer p.stdin.Close()
	}
	_ = p.cmd.Process.Signal(sig) // it may be gone already
	select {
	case <-p.done:
		return nil
	case <-time.After(grace):
	}
	_ = p.cmd.Process.Kill()
	<-p.done
	return fmt.Errorf("did not stop within %s and was killed", grace)
}

// lines cuts what is written to it into lines.
type lines struct {
	to   func(line string)
	rest []byte
}

// maxLine bounds what a child can make us remember.
const maxLine = 64 << 10

func (l *lines) Write(b []byte) (int, error) {
	l.rest = append(l.rest, b...)
	for {
		i := bytes.IndexByte(l.rest, '\n')
		if i < 0 {
			break
		}
		l.to(strings.TrimRight(string(l.rest[:i]), "\r"))
		l.rest = l.rest[i+1:]
	}
	if len(l.rest) > maxLine {
		l.to(string(l.rest))
		l.rest = nil
	}
	return len(b), nil
}
