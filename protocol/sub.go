package protocol

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/lics-lab/lics/expr"
	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/node"
)

// sub puts another protocol into the plan, below the node that names it. Its
// nodes get ids of their own (sub>inner), its parameters and variables names of
// their own: so the runner, the workflow and a dry-run know nothing of it.
func (c *checker) sub(n *item, site *sessionSite, out *plan.Node) {
	data, ok := node.Decode[node.SubProtocolData](site, n.Data)
	if !ok {
		return
	}
	before := len(c.ds)
	defer func() { c.incomplete = c.incomplete || len(c.ds) > before }()
	inner := c.fetch(site, data.Version)
	if inner == nil {
		return
	}
	c.subs++
	prefix := fmt.Sprintf("p%d__", c.subs)
	own := map[string]expr.Type{}
	declare := func(name, typ string) {
		t, _ := expr.ParseType(typ)
		own[name] = t
		if !c.words.declare(prefix+name, t) {
			site.Report(diagnostic.BadName, "version", fmt.Sprintf("the name %s of the other protocol is too long, or used here as %s%s", clip(name), prefix, clip(name)), "rename it there")
		}
		c.inlined = append(c.inlined, plan.Variable{Name: prefix + name, Type: typ})
	}
	for _, p := range inner.Parameters {
		declare(p.Name, p.Type)
	}
	for _, v := range inner.Variables {
		declare(v.Name, v.Type)
	}
	rename := func(name string) string {
		if _, ok := own[name]; ok {
			return prefix + name
		}
		return name
	}
	out.Sub.Hash = inner.Hash
	c.enterSub(site, &data, inner, out.Sub, own, prefix)
	c.leaveSub(site, &data, out.Sub, own, prefix)
	c.subExits(site, &data, inner)
	roles := c.subRoles(site, &data, inner)
	c.graft(n, inner, out, roles, rename)
}

// fetch reads and compiles the other protocol.
func (c *checker) fetch(site *sessionSite, version string) *plan.Plan {
	refuse := func(message, hint string) *plan.Plan {
		site.Report(diagnostic.UnknownProtocol, "version", message, hint)
		return nil
	}
	switch {
	case c.library == nil:
		return refuse("other protocols are not known here", "save both protocols on a server")
	case slices.Contains(c.inside, version):
		return refuse("the protocol would contain itself", "use a loop, or another version")
	case len(c.inside) >= maxDepth:
		return refuse(fmt.Sprintf("more than %d protocols inside each other", maxDepth), "draw some of it here")
	}
	document, err := c.library(version)
	if err != nil {
		return refuse(err.Error(), "choose a saved version")
	}
	g, err := Parse(document)
	if err != nil {
		return refuse("the other protocol cannot be read: "+err.Error(), "choose another version")
	}
	hash := Hash(g)
	if slices.Contains(c.inside, hash) {
		return refuse("the protocol would contain itself", "use a loop, or another version")
	}
	inner, ds := compileWith(g, c.library, append(slices.Clone(c.inside), version, hash))
	if inner == nil {
		first := slices.IndexFunc(ds, func(d Diagnostic) bool { return d.Severity == diagnostic.Error })
		return refuse(fmt.Sprintf("the other protocol has errors; the first: %s", ds[first]), "correct it, and choose the new version")
	}
	return inner
}

func (c *checker) enterSub(site *sessionSite, data *node.SubProtocolData, inner *plan.Plan, sub *plan.Sub, own map[string]expr.Type, prefix string) {
	for _, name := range slices.Sorted(maps.Keys(data.Parameters)) {
		if !slices.ContainsFunc(inner.Parameters, func(p plan.Parameter) bool { return p.Name == name }) {
			site.Report(diagnostic.UnknownName, "parameters."+name, fmt.Sprintf("the other protocol has no parameter %s", clip(name)), "")
		}
	}
	for _, p := range inner.Parameters {
		value := data.Parameters[p.Name]
		if value != "" {
			site.Expr("parameters."+p.Name, value, own[p.Name])
		} else if v, err := expr.Decode(own[p.Name], p.Default); err == nil {
			value = literal(v)
		} else {
			site.Report(diagnostic.BadData, "parameters."+p.Name, fmt.Sprintf("the parameter %s has no default and no value", p.Name), "give it a value")
			continue
		}
		sub.Enter = append(sub.Enter, plan.Assignment{Variable: prefix + p.Name, Value: value})
	}
	for _, v := range inner.Variables {
		value := literal(expr.Zero(own[v.Name]))
		if v.Initial != "" {
			value = expr.Rename(v.Initial, func(name string) string {
				if _, ok := own[name]; ok {
					return prefix + name
				}
				return name
			})
		}
		sub.Enter = append(sub.Enter, plan.Assignment{Variable: prefix + v.Name, Value: value})
	}
}

// literal is a value as an expression. Inside a list a text is in quotes.
func literal(v expr.Value) string {
	if v.Type() != expr.String {
		return v.String()
	}
	quoted := expr.ListValue(expr.String, v).String()
	return strings.TrimSuffix(strings.TrimPrefix(quoted, "["), "]")
}

func (c *checker) leaveSub(site *sessionSite, data *node.SubProtocolData, sub *plan.Sub, own map[string]expr.Type, prefix string) {
	for _, name := range slices.Sorted(maps.Keys(data.Results)) {
		t, ok := own[name]
		if !ok {
			site.Report(diagnostic.UnknownName, "results."+name, fmt.Sprintf("the other protocol has no variable %s", clip(name)), diagnostic.DidYouMean(name, slices.Sorted(maps.Keys(own))))
			continue
		}
		site.Assign("results."+name, data.Results[name], t)
		sub.Leave = append(sub.Leave, plan.Assignment{Variable: data.Results[name], Value: prefix + name})
	}
}

// subExits compares the ports with the ends of the other protocol.
func (c *checker) subExits(site *sessionSite, data *node.SubProtocolData, inner *plan.Plan) {
	var have []string
	for _, n := range inner.Nodes {
		if n.Kind != plan.KindEnd || n.Parent != "" {
			continue
		}
		outcome := plan.PortDone
		if n.End != nil && n.End.Outcome != "" {
			outcome = n.End.Outcome
		}
		if !slices.Contains(have, outcome) {
			have = append(have, outcome)
		}
	}
	slices.Sort(have)
	want := slices.Sorted(slices.Values(data.Exits))
	if len(want) == 0 {
		want = []string{plan.PortDone}
	}
	if !slices.Equal(have, want) {
		site.Report(diagnostic.BadData, "exits", fmt.Sprintf("the other protocol ends by %s", diagnostic.List(have)), "list exactly these")
	}
}

// subRoles finds the device of each device of the other protocol.
func (c *checker) subRoles(site *sessionSite, data *node.SubProtocolData, inner *plan.Plan) map[string]string {
	roles := map[string]string{}
	for _, r := range inner.Roles {
		name := data.Roles[r.Name]
		if name == "" {
			name = r.Name
		}
		name = site.Role("roles."+r.Name, name)
		roles[r.Name] = name
		for _, ch := range r.Channels {
			site.Channel("roles."+r.Name, name, ch.Name, ch.Direction)
		}
		for _, ch := range r.Volumes {
			site.Volume(name, ch)
		}
		if own := c.roles[name]; own != nil {
			for _, ch := range r.Shaped {
				own.shaped[ch] = true
			}
		}
	}
	return roles
}

// graft adds the nodes of the other protocol.
func (c *checker) graft(n *item, inner *plan.Plan, out *plan.Node, roles map[string]string, rename func(string) string) {
	for i := range inner.Nodes {
		x := inner.Nodes[i]
		wires := make([]plan.Wire, len(x.Out))
		for k, w := range x.Out {
			wires[k] = plan.Wire{Port: w.Port, To: n.ID + ">" + w.To, Edge: w.Edge}
		}
		if x.Kind == plan.KindStart {
			for _, w := range wires {
				w.Port = plan.PortBody
				out.Out = append(out.Out, w)
			}
			continue
		}
		x.ID, x.Out = n.ID+">"+x.ID, wires
		if x.Parent == "" {
			x.Parent = n.ID
		} else {
			x.Parent = n.ID + ">" + x.Parent
		}
		x.Rewrite(
			func(src string) string { return expr.Rename(src, rename) },
			func(src string) string { return expr.RenameTemplate(src, rename) },
			rename)
		x.Rebind(func(role string) string { return roles[role] })
		if x.Task != nil {
			x.Task.Program.Name = x.ID
			if !slices.Contains(n.busy, x.Task.Role) {
				n.busy = append(n.busy, x.Task.Role)
			}
		}
		c.plan.Nodes = append(c.plan.Nodes, x)
	}
}

// macro adds the nodes of a step that is drawn as one and done as several.
func (c *checker) macro(site *sessionSite, out *plan.Node) {
	c.subs++
	prefix := fmt.Sprintf("p%d__", c.subs)
	own := map[string]bool{}
	for _, v := range out.Sub.Own {
		t, _ := expr.ParseType(v.Type)
		own[v.Name] = true
		if !c.words.declare(prefix+v.Name, t) {
			site.Report(diagnostic.BadName, "", fmt.Sprintf("the name %s%s is used already", prefix, v.Name), "rename it")
		}
		c.inlined = append(c.inlined, plan.Variable{Name: prefix + v.Name, Type: v.Type})
	}
	rename := func(name string) string {
		if own[name] {
			return prefix + name
		}
		return name
	}
	for i := range out.Sub.Inner {
		x := out.Sub.Inner[i]
		x.Rewrite(func(src string) string { return expr.Rename(src, rename) }, func(src string) string { return src }, rename)
		c.plan.Nodes = append(c.plan.Nodes, x)
	}
	out.Sub.Inner, out.Sub.Own = nil, nil
}
