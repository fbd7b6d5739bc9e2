package store

// Archived says whether a list has what is archived.
type Archived string

// What a list has. The zero value is WithoutArchived.
const (
	WithoutArchived Archived = ""
	OnlyArchived    Archived = "ONLY"
	WithArchived    Archived = "WITH"
)

// only is the condition on being archived, nil for none.
func (a Archived) only() *bool {
	if a == WithArchived {
		return nil
	}
	return new(a == OnlyArchived)
}
