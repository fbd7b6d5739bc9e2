package main

type protocolImportCmd struct {
	Documents []string `arg:"" name:"document" help:"Files, - for standard input, or template:NAME."`
	Name      string   `help:"Name of the protocol, instead of the one in the document."`
	Note      string   `placeholder:"TEXT" help:"What has changed, for people."`
	From      string   `enum:"lics,bpod" default:"lics" help:"What the documents are: lics, or state machines of bpod-core (JSON)."`
	outputFlag
}

// savedProtocol is one line of `lics protocol import`.
type savedProtocol struct {
	Document string `json:"document"` // as it was named
	Name     string `json:"name"`
	Number   int    `json:"number"`
	ID       string `json:"id"` // of the version
	Hash     string `json:"hash"`
	OK       bool   `json:"ok"` // it can be run
}

const saveProtocol = `mutation SaveProtocol($input: SaveProtocolInput!) {
  saveProtocol(input: $input) { protocol { name } version { id number hash } check { ok } }
}`

func (c *protocolImportCmd) Run(a *app) error {
	if c.Name != "" && len(c.Documents) > 1 {
		return usagef("--name is for one document")
	}
	var saved []savedProtocol
	for _, name := range c.Documents {
		one, err := c.save(a, name)
		if err != nil {
			if len(saved) > 0 {
				a.note("Saved before: %d of %d.", len(saved), len(c.Documents))
			}
			return err
		}
		saved = append(saved, one)
	}
	return printList(a, c.Output, saved, []column[savedProtocol]{
		{"PROTOCOL", func(s savedProtocol) string { return s.Name + "@" + itoa(s.Number) }},
		{"HASH", func(s savedProtocol) string { return s.Hash[:min(12, len(s.Hash))] }},
		{"CHECK", func(s savedProtocol) string { return map[bool]string{true: "ok", false: "error"}[s.OK] }},
		{"FROM", func(s savedProtocol) string { return s.Document }},
	})
}

func (c *protocolImportCmd) save(a *app, name string) (savedProtocol, error) {
	s, err := a.readAs(c.From, name)
	if err != nil {
		return savedProtocol{}, err
	}
	document, err := s.document()
	if err != nil {
		return savedProtocol{}, err
	}
	_, ds := s.check()
	a.complain(s.name, ds)
	input := map[string]any{"document": document}
	if c.Name != "" {
		input["name"] = c.Name
	}
	if c.Note != "" {
		input["note"] = c.Note
	}
	got, err := query[struct {
		SaveProtocol struct {
			Protocol struct {
				Name string `json:"name"`
			} `json:"protocol"`
			Version struct {
				ID     string `json:"id"`
				Number int    `json:"number"`
				Hash   string `json:"hash"`
			} `json:"version"`
			Check struct {
				OK bool `json:"ok"`
			} `json:"check"`
		} `json:"saveProtocol"`
	}](a, saveProtocol, map[string]any{"input": input})
	if err != nil {
		return savedProtocol{}, err
	}
	p := got.SaveProtocol
	if !p.Check.OK {
		a.note("%s is saved, but cannot be run before its errors are mended.", p.Protocol.Name)
	}
	return savedProtocol{s.name, p.Protocol.Name, p.Version.Number, p.Version.ID, p.Version.Hash, p.Check.OK}, nil
}
