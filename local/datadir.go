package local

import (
	"os"
	"path/filepath"
)

// rootDataDir is where data go when root starts lics and root's home is closed
// to others, as it should be: PostgreSQL could not get there.
const rootDataDir = "/var/lib/lics"

// DefaultDataDir is ~/.local/share/lics, or /var/lib/lics for a root whose home
// nobody else may enter.
func DefaultDataDir() (string, error) {
	home, err := os.UserHomeDir()
	if os.Geteuid() == 0 {
		if info, statErr := os.Stat(home); err != nil || statErr != nil || info.Mode()&0o001 == 0 {
			return rootDataDir, nil //nolint:nilerr // without a home there is still this
		}
	}
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share", "lics"), nil
}
