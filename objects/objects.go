// Package objects keeps files in an S3 object store: the gateway of `lics up`,
// or any other. It imports lab and minio-go. Its errors are lab.Errors without
// keys, secrets or signatures in them, so that they may be shown and logged.
package objects

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/lics-lab/lics/lab"
)

// Config says where the object store is.
type Config struct {
	URL            string // http://host:9000, without a path
	Access, Secret string
	Bucket         string // is made when it is missing
}

// Store is safe for use by many goroutines.
type Store struct {
	client *minio.Client
	host   string
	bucket string
}

// retries is how often a request is tried before its error is told. Whoever
// asks has a plan of his own for longer absences.
const retries = 3

// New makes a Store; it does not connect.
func New(cfg Config) (*Store, error) {
	u, err := url.Parse(cfg.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" {
		return nil, lab.Errorf(lab.Invalid, "The address of the object store is not a URL like http://host:9000.") // it may hold a secret
	}
	if u.User != nil {
		return nil, lab.Errorf(lab.Invalid, "The address of the object store holds a user name; give the keys by --s3-access and LICS_S3_SECRET.")
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(cfg.Access, cfg.Secret, ""), Secure: u.Scheme == "https", MaxRetries: retries,
	})
	if err != nil {
		return nil, lab.Errorf(lab.Invalid, "The object store at %s cannot be used: %s.", u.Host, err)
	}
	return &Store{client: client, host: u.Host, bucket: cfg.Bucket}, nil
}

// Ping asks whether the object store answers and takes our key.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.client.BucketExists(ctx, s.bucket)
	return s.explain(ctx, err, "")
}

// Put stores a file as a whole: whoever reads the key meanwhile gets the old
// file or the new one. The same bytes again change nothing.
func (s *Store) Put(ctx context.Context, key, contentType string, size int64, r io.ReadSeeker) error {
	put := func() error {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := s.client.PutObject(ctx, s.bucket, key, r, size, minio.PutObjectOptions{ContentType: contentType})
		return err
	}
	err := put()
	if minio.ToErrorResponse(err).Code == minio.NoSuchBucket {
		// Two at once: the other one's bucket is as good as ours.
		err = s.client.MakeBucket(ctx, s.bucket, minio.MakeBucketOptions{})
		if code := minio.ToErrorResponse(err).Code; err == nil || code == minio.BucketAlreadyOwnedByYou || code == minio.BucketAlreadyExists {
			err = put()
		}
	}
	return s.explain(ctx, err, key)
}

// Open reads a file, from any place in it.
func (s *Store) Open(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	o, err := s.client.GetObject(ctx, s.bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, s.explain(ctx, err, key)
	}
	if _, err := o.Stat(); err != nil {
		_ = o.Close()
		return nil, s.explain(ctx, err, key)
	}
	return o, nil
}

// explain says what went wrong to a person.
func (s *Store) explain(ctx context.Context, err error, key string) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	switch r := minio.ToErrorResponse(err); {
	case r.Code == minio.NoSuchKey || r.Code == minio.NoSuchBucket:
		return lab.Errorf(lab.NotFound, "The object store at %s has no file %s in its bucket %s.", s.host, key, s.bucket)
	case r.StatusCode == http.StatusForbidden || r.Code == "XAdminUserNotFound": // the gateway's word for an unknown key
		return lab.Errorf(lab.Unavailable, "The object store at %s refuses our key (%s). Compare --s3-access and LICS_S3_SECRET of the server and of the workers with it.", s.host, r.Code)
	case r.StatusCode != 0:
		return lab.Errorf(lab.Unavailable, "The object store at %s answers %q (status %d).", s.host, r.Code, r.StatusCode)
	}
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err // without the address
	}
	return lab.Errorf(lab.Unavailable, "The object store at %s does not answer: %s.", s.host, fmt.Sprint(err))
}
