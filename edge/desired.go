package edge

import (
	"github.com/lics-lab/lics/wire"
)

const settingRig = "rig"

// config takes the rig that the server wants the device to have.
func (a *agent) config(payload []byte) {
	c, err := wire.DecodeConfig(payload)
	if err == nil && c.Rig == "" {
		return
	}
	var rig *Rig
	if err == nil {
		rig, err = ParseRig([]byte(c.Rig))
	}
	a.mu.Lock()
	a.wanted, a.wantedText, a.rigRefused = nil, "", ""
	switch {
	case err != nil:
		a.rigRefused = shorten(err.Error())
		a.log.Warn("the desired rig is refused", "error", err)
	case rig.Hash() != a.hw.rig.Hash():
		a.wanted, a.wantedText = rig, c.Rig
		a.rigRefused = "waiting until nothing runs"
	}
	a.mu.Unlock()
	a.applyWanted()
	nudge(a.status.touched)
}

// applyWanted changes to the desired rig when nothing runs. It does not wait
// for a command that is being taken: the end of what that starts comes here
// again.
func (a *agent) applyWanted() {
	a.mu.Lock()
	waiting := a.wanted != nil
	a.mu.Unlock()
	if !waiting || !a.acting.TryLock() {
		if waiting { // look again when the command is taken
			go func() {
				a.acting.Lock()
				defer a.acting.Unlock()
				a.change()
			}()
		}
		return
	}
	defer a.acting.Unlock()
	a.change()
}

// change needs a.acting.
func (a *agent) change() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.wanted == nil || a.closing || len(a.running)+len(a.pulses)+len(a.session) > 0 {
		return
	}
	rig, text := a.wanted, a.wantedText
	a.wanted, a.wantedText, a.rigRefused = nil, "", ""
	if err := a.journal.remember(a.ctx, settingRig, text); err != nil {
		a.rigRefused = shorten("it cannot be stored: " + err.Error())
		return
	}
	if err := a.hw.close(); err != nil {
		a.log.Error("the old rig is not closed well", "error", err)
	}
	a.hw, a.rigText = a.openRig(rig), text
	if err := a.hw.watch(); err != nil {
		a.log.Error("inputs cannot be watched", "error", err)
	}
	a.newRig(text)
	a.log.Info("rig changed", "rig", rig.Name)
	nudge(a.status.touched)
}
