package task

// Pulsed lists the channels of a program that are driven for a time by an
// action, as a feeder or a valve is, in the order of Channels. What a state
// holds on, as a light, is not among them.
func Pulsed(p *Program) []string {
	used := map[string]bool{}
	p.actions(func(a Action) {
		if a.Do == DoPulse {
			used[a.Channel] = true
		}
	})
	var out []string
	for _, c := range p.Channels {
		if used[c.Name] {
			out = append(out, c.Name)
		}
	}
	return out
}
