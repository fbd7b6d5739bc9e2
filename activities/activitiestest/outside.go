package activitiestest

import (
	"context"
	"sync"

	"github.com/lics-lab/lics/lab"
)

// Outside is a world in memory that takes every message.
type Outside struct {
	// Err, when set, is the error of everything.
	Err error
	// Refuse, when set, is asked about everything; its error comes before Err.
	Refuse func() error
	// Body answers calls.
	Body string

	mu    sync.Mutex
	calls []lab.ServiceRequest
	said  []string
}

func (o *Outside) err() error {
	if o.Refuse != nil {
		if err := o.Refuse(); err != nil {
			return err
		}
	}
	return o.Err
}

// Call implements activities.Outside.
func (o *Outside) Call(_ context.Context, r lab.ServiceRequest) (lab.ServiceResponse, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.calls = append(o.calls, r)
	return lab.ServiceResponse{Status: 201, Body: o.Body}, o.err()
}

// Webhook implements activities.Outside.
func (o *Outside) Webhook(_ context.Context, name string, notice map[string]string, key string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.said = append(o.said, name+": "+notice["text"]+" "+key)
	return o.err()
}

// Send implements activities.Outside.
func (o *Outside) Send(_ context.Context, m lab.Mail) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.said = append(o.said, "mail: "+m.Subject+" "+m.Key)
	return o.err()
}

// Calls are the calls of services.
func (o *Outside) Calls() []lab.ServiceRequest {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]lab.ServiceRequest(nil), o.calls...)
}

// Said are the messages to people.
func (o *Outside) Said() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.said...)
}
