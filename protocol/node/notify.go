package node

import (
	"fmt"
	"net/mail"
	"strconv"

	"github.com/lics-lab/lics/plan"
	"github.com/lics-lab/lics/protocol/diagnostic"
	"github.com/lics-lab/lics/protocol/schema"
)

// NotifyData is the data of a message to people.
type NotifyData struct {
	common
	Title   string   `json:"title"`
	Text    string   `json:"text"`
	Webhook string   `json:"webhook"`
	Mail    []string `json:"mail"`
}

var notifyKind = &Kind{
	Type: "notify", Level: Session, Label: "Notify", Icon: "send", Group: "People",
	Help: "Tells people who are elsewhere, by a webhook of a chat service or by mail, and goes on when the message is on its way. " +
		"It is tried for five minutes. When that fails and the port failed is not wired, a note is written and the run goes on.",
	Standard: Standard{"send task", "BPMN 2.0"},
	Ports:    []PortRule{inPort, outPort, failedPort},
	Schema: data(
		must(text("title", "Title", "What has happened, in a few words; {expressions} in braces are filled in.", maxLabel)),
		template("text", "Text", "More about it; {expressions} in braces are filled in."),
		text("webhook", "Webhook", "The name of a webhook in the settings of the worker; its address stays there.", maxName),
		atMost(50, list("mail", "Mail to", "Mail addresses.", &schema.Schema{Type: schema.String, MinLength: 3, MaxLength: maxLabel})),
	),
	Step: step(func(s Site, d NotifyData, n *plan.Node) {
		n.Notify = &plan.Notify{Webhook: d.Webhook, Mail: d.Mail, Title: d.Title, Text: d.Text}
		if required(s, "title", d.Title, "the message has no title", "say what has happened") {
			s.Text("title", d.Title)
		}
		s.Text("text", d.Text)
		if d.Webhook == "" && len(d.Mail) == 0 {
			s.Report(diagnostic.BadData, "webhook", "nobody is told", "name a webhook of the worker, or mail addresses")
		}
		for i, a := range d.Mail {
			if parsed, err := mail.ParseAddress(a); err != nil || parsed.Name != "" {
				s.Report(diagnostic.BadValue, "mail["+strconv.Itoa(i)+"]", fmt.Sprintf("%q is no mail address", a), "write one like ada@example.org")
			}
		}
	}),
}
