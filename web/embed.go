// Package web is the web app as files inside the program. What Vite builds
// into dist is served when it was built; a program built without it has a page
// that says how to build it.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist fallback
var files embed.FS

// Files are index.html and what it needs.
func Files() fs.FS {
	dir := "dist"
	if _, err := fs.Stat(files, "dist/index.html"); err != nil {
		dir = "fallback"
	}
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // both directories are embedded above
	}
	return f
}
