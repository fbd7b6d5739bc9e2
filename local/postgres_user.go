package local

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// clusterUser is who PostgreSQL, which refuses to be root, runs as when we are:
// the owner of the data, else postgres, else nobody. It is nil when we are not
// root: then it runs as we do.
func clusterUser(data string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	var stat syscall.Stat_t
	if err := syscall.Stat(data, &stat); err == nil {
		if stat.Uid == 0 {
			return nil, fmt.Errorf("%s belongs to root, and PostgreSQL does not run as root: give it to another user", data)
		}
		return &syscall.Credential{Uid: stat.Uid, Gid: stat.Gid}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")
}

// reachable refuses a directory that the user of the cluster cannot get to. It
// would be easy to open /root or somebody's home for everybody, and wrong.
func reachable(dir string, as *syscall.Credential) error {
	if as == nil {
		return nil
	}
	for ; ; dir = filepath.Dir(dir) {
		var stat syscall.Stat_t
		if err := syscall.Stat(dir, &stat); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		var search uint32
		switch {
		case stat.Uid == as.Uid:
			search = stat.Mode & 0o100
		case stat.Gid == as.Gid:
			search = stat.Mode & 0o010
		default:
			search = stat.Mode & 0o001
		}
		if search == 0 {
			return fmt.Errorf("PostgreSQL cannot run as root and runs as user %d, who may not enter %s (mode %04o): choose a data directory elsewhere, such as %s, or do not run as root",
				as.Uid, dir, stat.Mode&0o7777, rootDataDir)
		}
		if dir == "/" {
			return nil
		}
	}
}

// makePrivate makes a directory for the user alone. One that exists is left as
// it is: among temporary files it may be somebody's link to something precious.
func makePrivate(dir string, as *syscall.Credential) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil || as == nil {
		return err
	}
	return os.Lchown(dir, int(as.Uid), int(as.Gid))
}

// maxSocketDir leaves room for "/.s.PGSQL.5432.lock" in the 107 bytes that the
// address of a Unix socket may have.
const maxSocketDir = 85

// socketDir makes the directory of the socket: beside the data, or, when that
// name is too long for a socket, in the directory for temporary files.
func socketDir(dir string, as *syscall.Credential) (string, error) {
	socket := filepath.Join(dir, "run")
	if len(socket) > maxSocketDir {
		sum := sha256.Sum256([]byte(dir))
		socket = filepath.Join(os.TempDir(), "lics-"+hex.EncodeToString(sum[:8]))
	}
	if err := makePrivate(socket, as); err != nil {
		return "", err
	}
	// Anybody may have made a directory of that name among the temporary files.
	owner := uint32(os.Geteuid())
	if as != nil {
		owner = as.Uid
	}
	var stat syscall.Stat_t
	if err := syscall.Lstat(socket, &stat); err != nil {
		return "", err
	}
	if stat.Mode&syscall.S_IFMT != syscall.S_IFDIR || stat.Uid != owner || stat.Mode&0o077 != 0 {
		return "", fmt.Errorf("%s is not a private directory of user %d", socket, owner)
	}
	return socket, nil
}
