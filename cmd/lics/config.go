package main

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/lics-lab/lics/objects"
)

// backends says where the parts are that server and worker stand on. It is
// filled from flags, environment and file, or, under `lics up`, arrives as JSON
// on standard input.
type backends struct {
	Database string `json:"database" help:"PostgreSQL, as a URL." env:"LICS_DATABASE" placeholder:"URL"`

	Temporal          string `json:"temporal" help:"Frontend of the Temporal server, host:port." env:"LICS_TEMPORAL" default:"127.0.0.1:7233"`
	TemporalNamespace string `json:"temporal_namespace" help:"Temporal namespace of the runs." env:"LICS_TEMPORAL_NAMESPACE" default:"lics"`

	Broker         string `json:"broker" help:"MQTT broker, as a URL (mqtt://host:1883)." env:"LICS_BROKER" default:"mqtt://127.0.0.1:1883"`
	BrokerUser     string `json:"broker_user" help:"User name for the broker." env:"LICS_BROKER_USER"`
	BrokerPassword string `json:"broker_password" help:"Password for the broker; better given as LICS_BROKER_PASSWORD." env:"LICS_BROKER_PASSWORD"`
}

func (b backends) validate() error {
	if b.Database == "" {
		return errors.New("no database: give --database or LICS_DATABASE, e.g. postgres://lics@localhost/lics; `lics up` needs none")
	}
	if _, err := url.Parse(b.Database); err != nil {
		return errors.New("--database is not a URL like postgres://user@host/lics") // the text of err may hold the password
	}
	if u, err := url.Parse(b.Broker); err != nil || u.Host == "" {
		return fmt.Errorf("--broker %q is not a URL like mqtt://host:1883", b.Broker)
	}
	return nil
}

// objectStore says where the files of runs are kept. The server and the workers
// need the same.
type objectStore struct {
	S3       string `json:"s3" name:"s3" help:"Object store for the files of runs, as a URL (http://host:9000); without one none are kept." env:"LICS_S3" placeholder:"URL"`
	S3Access string `json:"s3_access" name:"s3-access" help:"Access key of the object store." env:"LICS_S3_ACCESS"`
	S3Secret string `json:"s3_secret" name:"s3-secret" help:"Secret of the object store; better given as LICS_S3_SECRET." env:"LICS_S3_SECRET"`
	S3Bucket string `json:"s3_bucket" name:"s3-bucket" help:"Bucket of the files; it is made when it is missing." env:"LICS_S3_BUCKET" default:"lics"`
}

// open is nil when no object store is configured.
func (o objectStore) open() (*objects.Store, error) {
	if o.S3 == "" {
		return nil, nil //nolint:nilnil // none is a choice
	}
	return objects.New(objects.Config{URL: o.S3, Access: o.S3Access, Secret: o.S3Secret, Bucket: o.S3Bucket})
}

// serverConfig is everything `lics server` needs.
type serverConfig struct {
	backends `embed:""`

	Listen      string `json:"listen" help:"Address to serve on." env:"LICS_LISTEN" default:"127.0.0.1:8400"`
	objectStore `embed:""`

	TemporalUI string `json:"temporal_ui" help:"Base address of the Temporal web UI, for links." env:"LICS_TEMPORAL_UI" placeholder:"URL"`
	// AdministratorToken is set at every start of a server that has one, so
	// that the token of `lics up` stays valid on a restored database.
	AdministratorToken string `json:"administrator_token" help:"Token of the administrator; made and printed at the first start when not given." env:"LICS_ADMINISTRATOR_TOKEN"`
	// What a start warns of; see graph.Resolver.
	CalibrationMaxAge time.Duration `json:"calibration_max_age" help:"How old a calibration may be before a start warns, such as 720h." env:"LICS_CALIBRATION_MAX_AGE" default:"720h"`
	WeightMaxAge      time.Duration `json:"weight_max_age" help:"How old the last weight of a subject may be before a start warns." env:"LICS_WEIGHT_MAX_AGE" default:"24h"`
	// SessionKey signs cookies; hex of 32 bytes.
	SessionKey string `json:"session_key" help:"Seed of the key that signs sessions, 64 hex digits." env:"LICS_SESSION_KEY"`
}

// workerConfig is everything `lics worker` needs.
type workerConfig struct {
	backends    `embed:""`
	objectStore `embed:""`
	Outside     string `json:"outside" help:"YAML file with the web services, webhooks, credentials and the mail server that runs may reach; none reaches nothing." env:"LICS_OUTSIDE" placeholder:"FILE"`
}

// partReady is the line a part writes when it is ready.
type partReady struct {
	URL string `json:"url,omitempty"`
	// Login logs a browser in, once.
	Login string `json:"login,omitempty"`
}
