package outgoing

import (
	"context"
	"errors"
	"fmt"
	"net/netip"

	"github.com/wneessen/go-mail"

	"github.com/lics-lab/lics/lab"
)

// Send hands a mail over to the server of the settings.
func (c *Client) Send(ctx context.Context, m lab.Mail) error {
	s := c.settings.SMTP
	if s.Host == "" {
		return lab.Errorf(lab.Invalid, "The worker has no mail server. Whoever operates it can set one.")
	}
	msg := mail.NewMsg()
	if err := msg.From(s.From); err != nil {
		return lab.Errorf(lab.Invalid, "The sender %q of the worker's mail is no address.", s.From)
	}
	if err := msg.To(m.To...); err != nil {
		return lab.Errorf(lab.Invalid, "A recipient is no mail address: %v", err)
	}
	msg.Subject(m.Subject)
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	msg.SetMessageIDWithValue(m.Key + "@lics")
	port := s.Port
	if port == 0 {
		port = 587
	}
	options := []mail.Option{mail.WithPort(port)}
	switch s.TLS {
	case "", "starttls":
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return lab.Errorf(lab.Invalid, "The worker's mail server has the setting tls: %q. Write starttls, tls or none.", s.TLS)
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return lab.Errorf(lab.Invalid, "The worker's mail server cannot be used: %v", err)
	}
	ctx, cancel := within(ctx, 0)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, msg)
	if refused, ok := errors.AsType[*mail.SendError](err); ok && !refused.IsTemp() {
		return lab.Errorf(lab.State, "The mail server refused the mail: %v", refused)
	}
	if err != nil {
		return fmt.Errorf("the mail server %s does not take the mail: %w", s.Host, err)
	}
	return nil
}

// near says whether a host is an address of one of the networks.
func (c *Client) near(host string) bool {
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, p := range c.networks {
		if p.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}
