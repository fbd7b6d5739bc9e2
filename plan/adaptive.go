package plan

import "math"

// next is the level after the answers so far, the threshold as far as it is
// known, the reversals, and whether there is no need to go on.
//
//workflowcheck:ignore
func (s *stair) next(t *Staircase) (level, result float64, turns int, done bool) {
	switch t.Method {
	case MethodQuest:
		mean, sd := s.posterior(t.Ascending)
		level = s.clamp(mean)
		return level, mean, 0, sd <= s.Settings["until_sd"]
	case MethodWindow:
		level = s.slide(t)
		return level, level, 0, false
	}
	level, result, turns = s.upDown(t)
	most := int(s.Settings["reversals"])
	return level, result, turns, most > 0 && turns >= most
}

func (s *stair) clamp(level float64) float64 {
	return min(max(level, s.Settings["minimum"]), s.Settings["maximum"])
}

// move makes a level harder or easier by a step.
func (s *stair) move(t *Staircase, level, step float64, harder bool) float64 {
	up := harder == t.Ascending
	switch {
	case t.Ratio && up:
		level *= step
	case t.Ratio:
		level /= step
	case up:
		level += step
	default:
		level -= step
	}
	return s.clamp(level)
}

// upDown is Levitt's transformed up-down method: so many right answers in a row
// make it harder, so many wrong ones easier. The threshold is the mean of the
// levels at the reversals with the last step.
func (s *stair) upDown(t *Staircase) (level, result float64, turns int) {
	level = s.Levels[0]
	right, wrong, way := 0, 0, 0
	var all, fine []float64
	for i, ok := range s.Right {
		level = s.Levels[i]
		harder := 0
		if ok {
			right, wrong = right+1, 0
			if right >= int(s.Settings["down"]) {
				harder, right = 1, 0
			}
		} else {
			right, wrong = 0, wrong+1
			if wrong >= int(s.Settings["up"]) {
				harder, wrong = -1, 0
			}
		}
		if harder == 0 {
			continue
		}
		if way != 0 && harder != way {
			if all = append(all, level); len(all) >= len(s.Steps)-1 {
				fine = append(fine, level)
			}
		}
		way = harder
		level = s.move(t, level, s.Steps[min(len(all), len(s.Steps)-1)], harder == 1)
	}
	switch {
	case len(fine) > 0:
		result = mean(fine)
	case len(all) > 0:
		result = mean(all)
	default:
		result = level
	}
	return level, result, len(all)
}

// slide compares the fraction of right answers in a full window; after a
// change the window begins empty.
func (s *stair) slide(t *Staircase) float64 {
	level, step, size := s.Levels[0], s.Steps[0], int(s.Settings["window"])
	from := 0
	for i := range s.Right {
		level = s.Levels[i]
		from = max(from, i+1-size)
		if i+1-from < size {
			continue
		}
		hits := 0
		for _, ok := range s.Right[from : i+1] {
			if ok {
				hits++
			}
		}
		switch fraction := float64(hits) / float64(size); {
		case fraction >= s.Settings["high"]:
			level = s.move(t, level, step, true)
		case fraction <= s.Settings["low"]:
			level = s.move(t, level, step, false)
		default:
			continue
		}
		from = i + 1
	}
	return level
}

// The grid of QUEST, in log10 units around the first level.
const (
	questRange = 5.0
	questGrain = 0.01
)

// posterior is QUEST (Watson & Pelli 1983): a Gaussian prior of the logarithm of
// the threshold, multiplied by the Weibull likelihood of each answer. Its mean
// places the next trial (King-Smith et al. 1994).
func (s *stair) posterior(ascending bool) (threshold, sd float64) {
	n := s.Settings
	sign := 1.0
	if ascending { // of the logarithm: a mirror
		sign = -1
	}
	q := (n["p_threshold"] - n["delta"]*n["gamma"]) / (1 - n["delta"])
	shift := math.Log10(-math.Log((1-q)/(1-n["gamma"]))) / n["beta"]
	start := sign * math.Log10(n["start"])
	sum, first, second := 0.0, 0.0, 0.0
	best := math.Inf(-1)
	size := int(questRange/questGrain) + 1
	logs := make([]float64, size)
	for i := range logs {
		x := -questRange/2 + float64(i)*questGrain
		log := -x * x / (2 * n["sd"] * n["sd"])
		for k, ok := range s.Right {
			strength := sign*math.Log10(s.Levels[k]) - start - x + shift
			p := n["delta"]*n["gamma"] + (1-n["delta"])*(1-(1-n["gamma"])*math.Exp(-math.Pow(10, n["beta"]*strength)))
			if !ok {
				p = 1 - p
			}
			log += math.Log(max(p, 1e-12))
		}
		logs[i] = log
		best = max(best, log)
	}
	for i, log := range logs {
		x := -questRange/2 + float64(i)*questGrain
		w := math.Exp(log - best)
		sum, first, second = sum+w, first+w*x, second+w*x*x
	}
	m := first / sum
	return math.Pow(10, sign*(start+m)), math.Sqrt(max(second/sum-m*m, 0))
}

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}
