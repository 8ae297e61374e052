package framewise.engine.files.s3;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One multipart upload, whose parts are read from the file as they are sent. Used once, by one
 * thread.
 */
final class PartedUpload {
  /**
   * Files larger than this are sent in several parts, in bytes. Parts have this size, or more for
   * very large files.
   */
  static final long MAX_PART_BYTES = 16L << 20;

  /**
   * S3 allows at most 10,000: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html.
   */
  private static final long MAX_PARTS = 9_000;

  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(PartedUpload.class);

  private final S3Client client;
  private final BoundedCalls calls;
  private final String bucket;
  private final String key;
  private final Path file;
  private final long size;

  PartedUpload(
      S3Client client, BoundedCalls calls, String bucket, String key, Path file, long size) {
    this.client = client;
    this.calls = calls;
    this.bucket = bucket;
    this.key = key;
    this.file = file;
    this.size = size;
  }

  /** Sends the file; after a failure, nothing of it remains in the store. */
  void run() throws IOException {
    String upload =
        calls
            .makeWhole(SHORT, () -> client.createMultipartUpload(r -> r.bucket(bucket).key(key)))
            .uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = send(upload);
      calls.make(
          BoundedCalls.timeFor(0),
          () ->
              client.completeMultipartUpload(
                  r ->
                      r.bucket(bucket)
                          .key(key)
                          .uploadId(upload)
                          .multipartUpload(m -> m.parts(parts))));
      complete = true;
    } finally {
      if (!complete) {
        abort(upload);
      }
    }
  }

  private List<CompletedPart> send(String upload) throws IOException {
    long each = Math.max(MAX_PART_BYTES, size / MAX_PARTS + 1);
    List<CompletedPart> parts = new ArrayList<>();
    for (long start = 0; start < size; start += each) {
      long from = start;
      long length = Math.min(each, size - start);
      int number = parts.size() + 1;
      String tag =
          calls
              .make(
                  BoundedCalls.timeFor(length),
                  () ->
                      client.uploadPart(
                          r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                          RequestBody.fromContentProvider(
                              () -> part(from), length, "application/octet-stream")))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    return parts;
  }

  /**
   * Input for a part. It need not end with the part: the SDK reads exactly the declared number of
   * bytes.
   */
  private InputStream part(long from) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      channel.position(from);
      return new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void abort(String upload) {
    boolean interrupted = Thread.interrupted();
    try {
      calls.make(
          SHORT,
          () -> client.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(upload)));
    } catch (IOException | RuntimeException e) {
      LOG.warn("the unfinished parts of {} will be deleted after a day: {}", key, e.toString());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
