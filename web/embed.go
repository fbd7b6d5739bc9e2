// Package web is the web app as files inside the program. What Vite builds
// into dist is served when it was built; until then, or in a program built
// without Node, a small page that needs no build takes its place.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist placeholder
var files embed.FS

// Files are index.html and what it needs.
func Files() fs.FS {
	if _, err := fs.Stat(files, "dist/index.html"); err == nil {
		return sub("dist")
	}
	return sub("placeholder")
}

// Placeholder is the page that needs no build.
func Placeholder() fs.FS { return sub("placeholder") }

func sub(dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // the directories are embedded above
	}
	return f
}
