package outgoing_test

import (
	"io"
	"net"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/lab"
	"github.com/lics-lab/lics/outgoing"
)

// sink is a mail server that keeps the last mail; it refuses those to nobody@.
type sink struct {
	to   []string
	text chan string
}

func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return s, nil }
func (s *sink) Mail(string, *smtp.MailOptions) error        { s.to = nil; return nil }
func (s *sink) Reset()                                      {}
func (s *sink) Logout() error                               { return nil }

func (s *sink) Rcpt(to string, _ *smtp.RcptOptions) error {
	if to == "nobody@example.org" {
		return &smtp.SMTPError{Code: 550, Message: "no such mailbox"}
	}
	s.to = append(s.to, to)
	return nil
}

func (s *sink) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.text <- string(b)
	return err
}

func TestMailIsHandedOverOnceWithItsKey(t *testing.T) {
	t.Parallel()
	s := &sink{text: make(chan string, 1)}
	server := smtp.NewServer(s)
	server.Domain = "localhost"
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	settings := outgoing.Settings{SMTP: outgoing.SMTP{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, From: "lics@example.org", TLS: "none"}}
	c := client(t, settings)
	require.NoError(t, c.Send(t.Context(), lab.Mail{To: []string{"ada@example.org"}, Subject: "Trial 3", Text: "It is left.", Key: "run/n/1"}))
	text := <-s.text
	for _, part := range []string{"Subject: Trial 3", "From: <lics@example.org>", "run/n/1@lics", "It is left."} {
		require.Contains(t, text, part)
	}
	require.Equal(t, []string{"ada@example.org"}, s.to)
	err = c.Send(t.Context(), lab.Mail{To: []string{"nobody@example.org"}, Subject: "x", Text: "x", Key: "k"})
	require.Equal(t, lab.State, lab.CodeOf(err), "%v", err)
	settings.SMTP.TLS = "starttls" // which this server does not have
	err = client(t, settings).Send(t.Context(), lab.Mail{To: []string{"ada@example.org"}, Subject: "x", Text: "x", Key: "k"})
	require.Error(t, err)
}
