package sim

import (
	"math"
	"math/rand/v2"
	"time"
)

// AnimalConfig is the character of a simulated animal. The zero value of the
// numbers together means DefaultAnimal's; what is not mapped by name in Cues,
// Rewards and Initiate is guessed from the names of the channels.
type AnimalConfig struct {
	// Accuracy is the probability to go where a cue says.
	Accuracy float64 `yaml:"accuracy"`
	// Reaction is the median, ReactionSigma the log-normal spread of the time
	// from a cue to the response.
	Reaction      time.Duration `yaml:"reaction"`
	ReactionSigma float64       `yaml:"reaction_sigma"`
	// Laziness is the probability to let a cue pass.
	Laziness float64 `yaml:"laziness"`
	// Impulsivity is the rate of responses nobody asked for, per minute.
	Impulsivity float64 `yaml:"impulsivity"`
	// Poke is the median time at an input; Hold at one that begins a trial.
	Poke time.Duration `yaml:"poke"`
	Hold time.Duration `yaml:"hold"`
	// Initiation is the rate of visits to each initiating input, per minute.
	Initiation float64 `yaml:"initiation"`

	Cues     map[string]string `yaml:"cues,omitempty"`     // output → where it sends the animal
	Rewards  map[string]string `yaml:"rewards,omitempty"`  // output → where the animal consumes
	Initiate []string          `yaml:"initiate,omitempty"` // inputs it visits by itself
}

// DefaultAnimal is a well trained mouse in a good mood.
func DefaultAnimal() AnimalConfig {
	return AnimalConfig{
		Accuracy: 0.85, Reaction: 600 * time.Millisecond, ReactionSigma: 0.35, Laziness: 0.06,
		Impulsivity: 1.5, Poke: 250 * time.Millisecond, Hold: 450 * time.Millisecond, Initiation: 20,
	}
}

// WithDefaults is DefaultAnimal where all numbers are zero, else c as it is.
func (c AnimalConfig) WithDefaults() AnimalConfig {
	if c.Accuracy == 0 && c.Reaction == 0 && c.ReactionSigma == 0 && c.Laziness == 0 &&
		c.Impulsivity == 0 && c.Poke == 0 && c.Hold == 0 && c.Initiation == 0 {
		d := DefaultAnimal()
		d.Cues, d.Rewards, d.Initiate = c.Cues, c.Rewards, c.Initiate
		return d
	}
	return c
}

// Animal answers lights with pokes, in virtual time and without a clock: the
// same seed and the same outputs give the same inputs. It has one body, so it
// is at one input at a time. It is not safe for concurrent use.
type Animal struct {
	cfg    AnimalConfig
	rng    *rand.Rand
	world  world
	level  map[string]float64
	value  map[string]float64 // what it has learned to expect of an input
	chosen string             // the input it chose last and has not seen the outcome of

	now   time.Duration
	at    string        // the input it is at; empty when between them
	leave time.Duration // when it goes away from at
	visit plan          // what it is going to do, because of a cue or a reward
	urge  plan          // what it will do by itself
	rest  []plan        // lit alternatives of the same instant as visit
}

// plan is a visit to come.
type plan struct {
	ok     bool
	at     time.Duration
	input  string
	hold   time.Duration
	cued   time.Duration // when the cue came
	reward bool
	choice bool
}

// NewAnimal puts an animal into a box with the named lines.
func NewAnimal(cfg AnimalConfig, seed uint64, inputs, outputs []string) *Animal {
	a := &Animal{
		cfg:   cfg.WithDefaults(),
		rng:   rand.New(rand.NewPCG(seed, 0x616e696d616c)), //nolint:gosec // not a secret
		level: map[string]float64{},
		value: map[string]float64{},
	}
	a.Attend(0, inputs, outputs)
	return a
}

// Attend changes the box around the animal; what it has learned stays.
func (a *Animal) Attend(at time.Duration, inputs, outputs []string) {
	a.now = max(a.now, at)
	a.world = newWorld(a.cfg, inputs, outputs)
	a.visit, a.rest = plan{}, nil
	a.nextUrge(a.now)
}

// Output tells the animal what an output does.
func (a *Animal) Output(at time.Duration, channel string, level float64) {
	a.now = max(a.now, at)
	was := a.level[channel]
	a.level[channel] = level
	if was > 0 || level <= 0 {
		return // only what begins moves it; a light that goes out does not
	}
	if site, ok := a.world.reward[channel]; ok {
		a.rewarded(site)
		return
	}
	if target, ok := a.world.cue[channel]; ok {
		a.cued(target)
	}
}

// rewarded sends the animal to drink, or lets it stay where it drinks.
func (a *Animal) rewarded(site string) {
	if a.chosen != "" {
		a.value[a.chosen] += 0.3 * (1 - a.value[a.chosen])
		a.chosen = ""
	}
	drinking := a.lognormal(3*a.cfg.Poke, 0.3)
	if a.at == site {
		a.leave = a.now + drinking
		return
	}
	a.goTo(plan{input: site, hold: drinking, reward: true})
}

// cued decides whether and where a light sends the animal.
func (a *Animal) cued(target string) {
	if a.world.site[target] { // the magazine's light: nothing to get wrong there
		if !a.visit.reward {
			a.goTo(plan{input: target, hold: a.lognormal(2*a.cfg.Poke, 0.3), reward: true})
		}
		return
	}
	if a.visit.ok && a.visit.choice && a.visit.cued == a.now {
		a.choose(target)
		return
	}
	if a.rng.Float64() < a.cfg.Laziness {
		return
	}
	input := target
	if others := a.world.othersThan(target); len(others) > 0 && a.rng.Float64() >= a.cfg.Accuracy {
		input = others[a.rng.IntN(len(others))]
	}
	a.goTo(plan{input: input, hold: a.hold(input), choice: true})
	a.rest = append(a.rest[:0], plan{input: target})
}

// choose decides between the lights that came on in the same instant, by what
// they have given lately.
func (a *Animal) choose(target string) {
	a.rest = append(a.rest, plan{input: target})
	total := 0.0
	for _, p := range a.rest {
		total += math.Exp(4 * a.value[p.input])
	}
	x := a.rng.Float64() * total
	for _, p := range a.rest {
		if x -= math.Exp(4 * a.value[p.input]); x < 0 {
			a.visit.input, a.visit.hold = p.input, a.hold(p.input)
			return
		}
	}
}

// goTo plans a visit after a reaction time. Whoever is at another input leaves
// it soon, and arrives after that.
func (a *Animal) goTo(p plan) {
	p.ok, p.cued = true, a.now
	p.at = a.now + a.lognormal(a.cfg.Reaction, a.cfg.ReactionSigma)
	if a.at != "" {
		a.leave = min(a.leave, a.now+a.lognormal(a.cfg.Poke/2, 0.2))
		p.at = max(p.at, a.leave+a.cfg.Reaction/4)
	}
	a.visit = p
}

// Next is the next edge the animal will make, if nothing happens before.
func (a *Animal) Next() (at time.Duration, channel string, high, ok bool) {
	if a.at != "" {
		return a.leave, a.at, false, true
	}
	p := a.visit
	if !p.ok {
		p = a.urge
	}
	if !p.ok {
		return 0, "", false, false
	}
	return max(p.at, a.now), p.input, true, true
}

// Pop makes the edge that Next shows.
func (a *Animal) Pop() {
	at, channel, high, ok := a.Next()
	if !ok {
		return
	}
	a.now = at
	if !high {
		a.at = ""
		if a.urge.at < at {
			a.nextUrge(at)
		}
		return
	}
	p := a.urge
	if a.visit.ok {
		p = a.visit
		a.visit = plan{}
	} else {
		a.nextUrge(at + p.hold)
	}
	if p.choice {
		if a.chosen != "" { // the last choice gave nothing
			a.value[a.chosen] -= 0.3 * a.value[a.chosen]
		}
		a.chosen = channel
	}
	a.at, a.leave = channel, at+max(p.hold, 20*time.Millisecond)
}

// nextUrge draws when and where the animal goes by itself.
func (a *Animal) nextUrge(from time.Duration) {
	starts, others := a.world.initiate, a.world.response
	begin := float64(len(starts)) * a.cfg.Initiation
	total := begin
	if len(others) > 0 {
		total += a.cfg.Impulsivity
	}
	if total <= 0 {
		a.urge = plan{}
		return
	}
	wait := time.Duration(-math.Log(1-a.rng.Float64()) / total * float64(time.Minute))
	from += max(wait, 30*time.Millisecond)
	var input string
	if x := a.rng.Float64() * total; x < begin {
		input = starts[min(int(x/a.cfg.Initiation), len(starts)-1)]
	} else {
		input = others[a.rng.IntN(len(others))]
	}
	a.urge = plan{ok: true, at: from, input: input, hold: a.hold(input)}
}

func (a *Animal) hold(input string) time.Duration {
	if a.world.begins(input) {
		return a.lognormal(a.cfg.Hold, 0.35)
	}
	return a.lognormal(a.cfg.Poke, 0.35)
}

func (a *Animal) lognormal(median time.Duration, sigma float64) time.Duration {
	return time.Duration(float64(median) * math.Exp(sigma*a.rng.NormFloat64()))
}
