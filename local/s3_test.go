package local_test

import (
	"bytes"
	"io"
	"syscall"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/stretchr/testify/require"

	"github.com/lics-lab/lics/local"
)

func TestS3KeepsWhatWasPutOverKill9(t *testing.T) {
	t.Parallel()
	ctx := within(t)
	s3, err := local.StartS3(ctx, local.S3Config{Standalone: standalone(t), Dir: tempDir(t), Access: "lics", Secret: "s3cret"})
	require.NoError(t, err)
	t.Cleanup(func() { _ = s3.Stop() })
	c := minioClient(t, s3, "s3cret")
	require.NoError(t, c.MakeBucket(ctx, "videos", minio.MakeBucketOptions{Region: local.S3Region}))
	video := bytes.Repeat([]byte("frame "), 2<<20)
	_, err = c.PutObject(ctx, "videos", "run/1.mp4", bytes.NewReader(video), -1, minio.PutObjectOptions{
		ContentType: "video/mp4", UserMetadata: map[string]string{"Run": "1"}, PartSize: 5 << 20,
	})
	require.NoError(t, err)

	pid := s3.PID()
	require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
	require.NoError(t, s3.Restarted(ctx, pid))
	object, err := c.GetObject(ctx, "videos", "run/1.mp4", minio.GetObjectOptions{})
	require.NoError(t, err)
	got, err := io.ReadAll(object)
	require.NoError(t, err)
	require.True(t, bytes.Equal(video, got))
	info, err := c.StatObject(ctx, "videos", "run/1.mp4", minio.StatObjectOptions{})
	require.NoError(t, err)
	require.Equal(t, "video/mp4", info.ContentType)
	require.Equal(t, "1", info.UserMetadata["Run"])

	_, err = minioClient(t, s3, "wrong").ListBuckets(ctx)
	require.Error(t, err)
}

func minioClient(t *testing.T, s3 *local.S3, secret string) *minio.Client {
	t.Helper()
	c, err := minio.New(s3.Addr(), &minio.Options{Creds: credentials.NewStaticV4("lics", secret, ""), Region: local.S3Region})
	require.NoError(t, err)
	return c
}
