// Package hdf5 writes HDF5 files: groups, attributes and datasets of numbers,
// texts, truth values and object references. It writes the subset that a table
// of recorded facts needs, in one pass and without seeking, so that a file can
// be sent while it is made. It does not read.
//
// What it uses of the format (HDF5 File Format Specification, version 3): the
// superblock version 2, object headers version 2, links kept in the header of
// their group, contiguous and compact layout, and global heaps for texts. Any
// library since HDF5 1.8 reads that. Numbers are little-endian. Texts are
// UTF-8 of variable length, as h5py and MATLAB write them.
//
// Equal content gives equal bytes. It imports the standard library and
// export/spool.
package hdf5

import "fmt"

// Object is what a file is made of: a group or a dataset.
type Object interface {
	// Attribute adds an attribute. A name may be given once.
	Attribute(name string, v Value)
	common() *object
}

type object struct {
	attributes []attribute
	address    uint64
	size       int // of the header
}

type attribute struct {
	name  string
	value Value
}

func (o *object) common() *object { return o }

// Attribute adds an attribute.
func (o *object) Attribute(name string, v Value) {
	o.attributes = append(o.attributes, attribute{name, v})
}

// Group holds other objects by name, in the order in which they were added.
type Group struct {
	object
	links []link
}

type link struct {
	name string
	to   Object
}

// Group adds an empty group.
func (g *Group) Group(name string) *Group {
	c := &Group{}
	g.add(name, c)
	return c
}

// Value adds a dataset that holds a value.
func (g *Group) Value(name string, v Value) *Dataset {
	d := &Dataset{value: v}
	g.add(name, d)
	return d
}

// Column adds a dataset of one dimension that holds the values of a column.
func (g *Group) Column(name string, c *Column) *Dataset {
	d := &Dataset{column: c}
	g.add(name, d)
	return d
}

func (g *Group) add(name string, o Object) { g.links = append(g.links, link{name, o}) }

// Dataset is data with a type and a shape: a small Value, or a Column.
type Dataset struct {
	object
	value  Value
	column *Column
}

// check finds what the format cannot hold.
func (g *Group) check(path string) error {
	seen := map[string]bool{}
	for _, l := range g.links {
		at := path + "/" + l.name
		if err := checkName(at, l.name, seen); err != nil {
			return err
		}
		if err := l.to.common().check(at); err != nil {
			return err
		}
		if inner, ok := l.to.(*Group); ok {
			if err := inner.check(at); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *object) check(path string) error {
	seen := map[string]bool{}
	for _, a := range o.attributes {
		if err := checkName(path+" attribute "+a.name, a.name, seen); err != nil {
			return err
		}
	}
	return nil
}

// maxName keeps a link or an attribute within one message of a header.
const maxName = 1024

func checkName(path, name string, seen map[string]bool) error {
	switch {
	case name == "" || name == "." || len(name) > maxName:
		return fmt.Errorf("hdf5: %s: a name has 1 to %d bytes and is not a dot", path, maxName)
	case seen[name]:
		return fmt.Errorf("hdf5: %s is there twice", path)
	}
	for _, c := range name {
		if c == '/' || c == 0 {
			return fmt.Errorf("hdf5: %q: a name has no slash and no zero", path)
		}
	}
	seen[name] = true
	return nil
}
