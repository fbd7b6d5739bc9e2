// Package outgoing is how runs reach what does not belong to the lab's system:
// web services and mail. Who operates a worker says in a file what may be
// reached and with which secrets; a protocol only has names for them. So no
// secret is ever in a protocol, in a history, or in a log.
package outgoing

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/lics-lab/lics/lab"
)

// Settings are what may be reached. The zero value allows nothing.
type Settings struct {
	// Hosts may be called: a name, a name and port, or *.suffix. Without a port
	// the usual ones are meant. Only public addresses behind them are reached.
	Hosts []string `yaml:"hosts"`
	// Networks may be reached although they are not public, in CIDR notation.
	Networks []string `yaml:"networks"`
	// Webhooks are URLs by name; they need not stand among the hosts.
	Webhooks map[string]string `yaml:"webhooks"`
	// Credentials are values of the header Authorization by name.
	Credentials map[string]string `yaml:"credentials"`
	SMTP        SMTP              `yaml:"smtp"`
}

// SMTP is the server that takes mail.
type SMTP struct {
	Host     string `yaml:"host"` // empty: no mail
	Port     int    `yaml:"port"` // 0: 587
	User     string `yaml:"user"`
	Password string `yaml:"password"`
	From     string `yaml:"from"`
	// TLS is starttls (also when empty), tls, or none: only on a network of
	// your own.
	TLS string `yaml:"tls"`
}

// Read reads settings from a YAML file and refuses unknown keys. An empty name
// allows nothing.
func Read(file string) (Settings, error) {
	var s Settings
	if file == "" {
		return s, nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return s, fmt.Errorf("settings of what may be reached: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(raw, &s, yaml.DisallowUnknownField()); err != nil {
		return s, fmt.Errorf("%s: %w", file, err)
	}
	return s, nil
}

// Client reaches what the settings allow.
type Client struct {
	settings Settings
	networks []netip.Prefix
	http     *http.Client
}

// New checks the settings.
func New(s Settings) (*Client, error) {
	c := &Client{settings: s}
	for _, text := range s.Networks {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("networks: %q is no network; write one like 10.0.0.0/8", text)
		}
		c.networks = append(c.networks, p)
	}
	for name, text := range s.Webhooks {
		if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return nil, fmt.Errorf("webhooks: %s is no URL", name) // without the URL, which is a secret
		}
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: c.control}
	c.http = &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, Proxy: nil, ForceAttemptHTTP2: true,
			TLSHandshakeTimeout: 10 * time.Second, MaxIdleConns: 20, IdleConnTimeout: time.Minute,
		},
		// Where a service sends us is not where the operator has allowed us to go.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// control looks at the address itself, after names were resolved: a name that
// is allowed must not lead into the lab's own network.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	ip := a.Addr().Unmap()
	if slices.ContainsFunc(c.networks, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return nil
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || shared.Contains(ip) {
		return lab.Errorf(lab.Forbidden, "%s is not a public address. Whoever operates the worker can allow it among the networks.", ip)
	}
	return nil
}

// shared is the address space of carriers (RFC 6598), which is not public.
var shared = netip.MustParsePrefix("100.64.0.0/10")

// allowed says whether a URL may be called.
func (c *Client) allowed(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return nil, lab.Errorf(lab.Invalid, "%.200q is no URL that can be called. Write one like https://ledger.example.org/trials, without a password.", text)
	}
	usual := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	port := u.Port()
	if port == "" {
		port = usual
	}
	host := strings.ToLower(u.Hostname())
	for _, rule := range c.settings.Hosts {
		name, want := strings.ToLower(rule), usual
		if h, p, err := net.SplitHostPort(rule); err == nil {
			name, want = strings.ToLower(h), p
		}
		suffix, wild := strings.CutPrefix(name, "*")
		if want == port && (host == name || wild && strings.HasSuffix(host, suffix) && suffix != "") {
			return u, nil
		}
	}
	return nil, lab.Errorf(lab.Forbidden, "The host %s is not among those that may be called. Whoever operates the worker can allow it.", net.JoinHostPort(host, port))
}

// within bounds a call that has no time-out of its own.
func within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 || d > time.Minute {
		d = time.Minute
	}
	return context.WithTimeout(ctx, d)
}

func status(code int) string { return strconv.Itoa(code) + " " + http.StatusText(code) }
