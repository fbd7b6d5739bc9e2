package sim

import (
	"slices"
	"strings"
)

// world is what the animal makes of the names of the lines around it.
type world struct {
	cue      map[string]string // output → input
	reward   map[string]string // output → input
	site     map[string]bool   // inputs where it consumes and does nothing else
	initiate []string          // inputs it visits by itself
	response []string          // inputs it answers at
}

// sites are the names of a place to consume, best first.
var sites = []string{"magazine", "tray", "spout", "poke_6", "food", "lick"}

// starters are the inputs that begin trials in the tasks people publish.
var starters = []string{"port_2", "poke_6", "magazine", "lever_1", "init", "poke_center", "center"}

func newWorld(cfg AnimalConfig, inputs, outputs []string) world {
	w := world{cue: map[string]string{}, reward: map[string]string{}, site: map[string]bool{}}
	for _, out := range outputs {
		if in, ok := rewardSite(cfg, out, inputs); ok {
			w.reward[out] = in
			// A side port that gives water is also a place to answer; a
			// magazine is not.
			if slices.Contains(sites, in) {
				w.site[in] = true
			}
		} else if in, ok := cueTarget(cfg, out, inputs); ok {
			w.cue[out] = in
		}
	}
	w.initiate = cfg.Initiate
	if w.initiate == nil {
		for _, in := range starters {
			if slices.Contains(inputs, in) {
				w.initiate = append(w.initiate, in)
			}
		}
		// Only a magazine, or nothing known: then anything may begin a trial.
		if !slices.ContainsFunc(w.initiate, func(in string) bool { return !w.site[in] }) && len(w.cue) == 0 {
			w.initiate = slices.Clone(inputs)
		}
	}
	for _, in := range inputs {
		if !w.site[in] && !w.begins(in) {
			w.response = append(w.response, in)
		}
	}
	return w
}

func (w world) begins(input string) bool { return slices.Contains(w.initiate, input) }

// othersThan are the places to answer wrongly at.
func (w world) othersThan(target string) []string {
	var others []string
	for _, in := range w.response {
		if in != target && kind(in) == kind(target) {
			others = append(others, in)
		}
	}
	return others
}

// Delivers reports whether an output, by its name, gives an animal something to
// consume: valve_1, pump, pellet.
func Delivers(output string) bool {
	switch kind(output) {
	case "valve", "pump", "pellet", "water", "reward", "feeder", "dispenser", "solenoid":
		return true
	}
	return false
}

func rewardSite(cfg AnimalConfig, out string, inputs []string) (string, bool) {
	if in, ok := cfg.Rewards[out]; ok {
		return in, slices.Contains(inputs, in)
	}
	if !Delivers(out) {
		return "", false
	}
	if n := number(out); n != "" {
		for _, k := range []string{"port_", "poke_", "spout_", "lick_"} {
			if slices.Contains(inputs, k+n) {
				return k + n, true
			}
		}
	}
	for _, in := range sites {
		if slices.Contains(inputs, in) {
			return in, true
		}
	}
	return "", false
}

func cueTarget(cfg AnimalConfig, out string, inputs []string) (string, bool) {
	if in, ok := cfg.Cues[out]; ok {
		return in, slices.Contains(inputs, in)
	}
	for _, in := range inputs { // poke_3_led, magazine_light, led_magazine
		if strings.HasPrefix(out, in+"_") || strings.HasSuffix(out, "_"+in) {
			return in, true
		}
	}
	k, n := kind(out), number(out)
	switch {
	case k == "stimulus" || k == "grating":
		for _, in := range inputs { // stimulus_left is answered at wheel_left
			if n != "" && number(in) == n {
				return in, true
			}
		}
	case n != "" && (k == "led" || k == "light" || k == "cue" || k == "lever_light"):
		for _, k := range []string{"poke_", "port_", "lever_"} {
			if k == "lever_" || !strings.HasPrefix(out, "lever") {
				if slices.Contains(inputs, k+n) {
					return k + n, true
				}
			}
		}
	case out == "tray_light" && slices.Contains(inputs, "magazine"):
		return "magazine", true
	}
	return "", false
}

// kind is a name without its number or side: poke of poke_3, wheel of
// wheel_left.
func kind(name string) string {
	if n := number(name); n != "" {
		return strings.TrimSuffix(name, "_"+n)
	}
	return name
}

// number is what follows the last underscore when it is digits or a side.
func number(name string) string {
	i := strings.LastIndexByte(name, '_')
	if i < 0 || i == len(name)-1 {
		return ""
	}
	n := name[i+1:]
	if n == "left" || n == "right" || strings.Trim(n, "0123456789") == "" {
		return n
	}
	return ""
}
