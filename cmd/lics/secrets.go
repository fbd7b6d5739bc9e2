package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// secrets are made at the first start of `lics up` and kept in its data
// directory, readable by its owner alone.
type secrets struct {
	Administrator string            `json:"administrator"` // the token
	Broker        string            `json:"broker"`
	Session       string            `json:"session"`
	S3Access      string            `json:"s3_access"`
	S3Secret      string            `json:"s3_secret"`
	Devices       map[string]string `json:"devices"`
}

// loadSecrets reads the secrets of a data directory, making those that are
// missing. first tells whether there were none.
func loadSecrets(dir string, devices []string) (s secrets, first bool, err error) {
	path := filepath.Join(dir, "secrets.json")
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		first = true
	case err != nil:
		return s, false, err
	default:
		if err := json.Unmarshal(raw, &s); err != nil {
			return s, false, fmt.Errorf("%s is damaged; restore it, or remove it to get new secrets", path)
		}
	}
	for _, missing := range []*string{&s.Administrator, &s.Broker, &s.Session, &s.S3Secret} {
		if *missing == "" {
			*missing = randomHex(32)
		}
	}
	if s.S3Access == "" {
		s.S3Access = "lics" + randomHex(8)
	}
	if s.Devices == nil {
		s.Devices = map[string]string{}
	}
	for _, d := range devices {
		if s.Devices[d] == "" {
			s.Devices[d] = randomHex(32)
		}
	}
	return s, first, writePrivate(path, s)
}

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// writePrivate writes JSON that only the owner may read, whole or not at all.
func writePrivate(path string, v any) error {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	temporary := path + ".new"
	if err := os.WriteFile(temporary, append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(temporary, path)
}
