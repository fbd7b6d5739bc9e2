package lab

import "time"

// ServiceRequest is a call of a web service outside of the lab's system.
type ServiceRequest struct {
	Method     string
	URL        string
	Headers    map[string]string
	Body       string
	Credential string        // the name of one, or empty
	Key        string        // the same for every attempt: the header Idempotency-Key
	Timeout    time.Duration // of one attempt
}

// ServiceResponse is the answer to a ServiceRequest.
type ServiceResponse struct {
	Status int
	Body   string
}

// Mail is a message to people.
type Mail struct {
	To      []string
	Subject string
	Text    string
	Key     string // the same for every attempt; becomes the Message-ID
}
