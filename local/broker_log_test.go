package local

import (
	"bytes"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheBrokersLogCarriesNoPacket(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(withoutPackets{slog.NewTextHandler(&out, nil)}).With("part", "broker")

	log.Warn("error processing packet", "error", "EOF", "pk", struct{ Password string }{"hunter2"})

	require.Contains(t, out.String(), "error=EOF")
	require.Contains(t, out.String(), "part=broker")
	require.NotContains(t, out.String(), "hunter2")
}
