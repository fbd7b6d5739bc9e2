package local

import (
	"context"
	"log/slog"
)

// withoutPackets leaves the packets out of what the broker logs: they carry
// the passwords of clients and the data of runs.
type withoutPackets struct{ slog.Handler }

// The names the broker's library gives to whole packets.
var packetAttrs = map[string]bool{"pk": true, "packet": true}

func (h withoutPackets) Handle(ctx context.Context, r slog.Record) error {
	kept := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	r.Attrs(func(a slog.Attr) bool {
		if !packetAttrs[a.Key] {
			kept.AddAttrs(a)
		}
		return true
	})
	return h.Handler.Handle(ctx, kept)
}

func (h withoutPackets) WithAttrs(as []slog.Attr) slog.Handler {
	return withoutPackets{h.Handler.WithAttrs(as)}
}

func (h withoutPackets) WithGroup(name string) slog.Handler {
	return withoutPackets{h.Handler.WithGroup(name)}
}
