package framewise.engine.files.s3;

import framewise.engine.files.FileEntry;
import framewise.engine.files.ObjectStore;
import framewise.engine.files.S3Address;
import framewise.engine.files.S3Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket of an S3-compatible store, or the part of it below a prefix. Thread-safe. */
public final class S3Store implements ObjectStore {
  private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);

  /** Object written at the start, to check that writing is allowed. */
  private static final String PROBE = "framewise.txt";

  private static final String PROBE_TEXT =
      "Videos, evidence and pictures of incidents of one Framewise installation.\n";

  private static final int NOT_FOUND = 404;

  /** Maximum number of files in a list, some 60 MB of memory. */
  private static final int MAX_LISTED = 200_000;

  /** Maximum number of empty pages of a list, which stores may send. */
  private static final int MAX_EMPTY_PAGES = 1_000;

  /** Time limit for a call without a large body. */
  private static final Duration SHORT = Duration.ofSeconds(30);

  private final S3Address address;
  private final S3Client client;
  private final BoundedCalls calls;

  private S3Store(S3Address address, S3Client client) {
    this.address = address;
    this.client = client;
    this.calls = new BoundedCalls(address);
  }

  /**
   * Opens a store and checks that it can be used.
   *
   * @param credentials empty for the SDK's default chain: AWS_* variables, profiles, container and
   *     instance credentials
   * @throws framewise.engine.files.ObjectStoreException with a sentence that says what to do
   */
  public static S3Store open(S3Address address, Optional<S3Credentials> credentials)
      throws IOException {
    var calls = new BoundedCalls(address);
    var store = new S3Store(address, calls.make(SHORT, () -> S3Clients.of(address, credentials)));
    boolean sound = false;
    try {
      store.check();
      sound = true;
      return store;
    } finally {
      if (!sound) {
        store.close();
      }
    }
  }

  @Override
  public String shown() {
    return address.shown();
  }

  @Override
  public void check() throws IOException {
    calls.make(
        SHORT,
        () ->
            client.listObjectsV2(
                r -> r.bucket(address.bucket()).prefix(key("videos/")).maxKeys(1)));
    calls.make(
        SHORT,
        () ->
            client.putObject(
                r -> r.bucket(address.bucket()).key(key(PROBE)),
                RequestBody.fromString(PROBE_TEXT)));
  }

  @Override
  public void put(String key, Path file) throws IOException {
    long size = Files.size(file);
    if (size > PartedUpload.MAX_PART_BYTES) {
      new PartedUpload(client, calls, address.bucket(), key(key), file, size).run();
      return;
    }
    calls.make(
        BoundedCalls.timeFor(size),
        () ->
            client.putObject(
                r -> r.bucket(address.bucket()).key(key(key)), RequestBody.fromFile(file)));
  }

  @Override
  public Optional<FileEntry> find(String key) throws IOException {
    return calls.make(
        SHORT,
        () -> {
          try {
            HeadObjectResponse head =
                client.headObject(r -> r.bucket(address.bucket()).key(key(key)));
            return Optional.of(new FileEntry(key, head.contentLength(), head.lastModified()));
          } catch (NoSuchKeyException missing) {
            return Optional.empty();
          }
        });
  }

  @Override
  public InputStream read(String key, long first, long length) throws IOException {
    long last = length > Long.MAX_VALUE - first ? Long.MAX_VALUE : first + length - 1;
    String range =
        last == Long.MAX_VALUE
            ? "bytes=%d-".formatted(first)
            : "bytes=%d-%d".formatted(first, last);
    ResponseInputStream<GetObjectResponse> body =
        calls.make(
            SHORT,
            () -> client.getObject(r -> r.bucket(address.bucket()).key(key(key)).range(range)));
    boolean sound = false;
    try {
      requireRange(body.response(), first, length);
      sound = true;
      return new ObjectInput(body, calls);
    } finally {
      if (!sound) {
        body.abort();
      }
    }
  }

  /** Checks that a store sends what it was asked for: another might fill the disk. */
  private void requireRange(GetObjectResponse answer, long first, long length) throws IOException {
    Long announced = answer.contentLength();
    if (announced == null) {
      throw S3Faults.otherContent(address, "an object without its length");
    }
    if (announced > length) {
      throw S3Faults.otherContent(
          address, "%,d bytes but was asked for %,d".formatted(announced, length));
    }
    if (first > 0
        && !Optional.ofNullable(answer.contentRange())
            .orElse("")
            .startsWith("bytes %d-".formatted(first))) {
      throw S3Faults.otherContent(address, "the start of an object but was asked for a later part");
    }
  }

  @Override
  public List<FileEntry> list(String prefix) throws IOException {
    List<FileEntry> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    int empty = 0;
    do {
      Optional<String> from = next;
      var page =
          calls.make(
              SHORT,
              () ->
                  client.listObjectsV2(
                      r ->
                          r.bucket(address.bucket())
                              .prefix(key(prefix))
                              .continuationToken(from.orElse(null))));
      page.contents()
          .forEach(
              object ->
                  found.add(
                      new FileEntry(
                          object.key().substring(address.prefix().length()),
                          object.size(),
                          object.lastModified())));
      empty += page.contents().isEmpty() ? 1 : 0;
      if (found.size() > MAX_LISTED || empty > MAX_EMPTY_PAGES) {
        throw S3Faults.otherContent(address, "a list of more than %,d files".formatted(MAX_LISTED));
      }
      next = Optional.ofNullable(page.nextContinuationToken());
    } while (next.isPresent());
    return found;
  }

  @Override
  public void delete(String key) throws IOException {
    calls.make(SHORT, () -> client.deleteObject(r -> r.bucket(address.bucket()).key(key(key))));
  }

  @Override
  public int deleteUnfinished(Instant before) throws IOException {
    ListMultipartUploadsResponse unfinished;
    try {
      unfinished =
          calls.make(
              SHORT,
              () ->
                  client.listMultipartUploads(
                      r -> r.bucket(address.bucket()).prefix(address.prefix())));
    } catch (IOException notAllowed) {
      LOG.debug("unfinished uploads can't be listed: {}", notAllowed.toString());
      return 0;
    }
    int deleted = 0;
    for (MultipartUpload upload : unfinished.uploads()) {
      if (upload.initiated().isBefore(before)) {
        calls.make(
            SHORT,
            () ->
                client.abortMultipartUpload(
                    r -> r.bucket(address.bucket()).key(upload.key()).uploadId(upload.uploadId())));
        deleted++;
      }
    }
    return deleted;
  }

  @Override
  public void close() {
    client.close();
    calls.close();
  }

  /** Whether the error means that the object is missing, rather than the bucket. */
  static boolean isMissing(S3Exception e) {
    return e instanceof NoSuchKeyException
        || (e.statusCode() == NOT_FOUND && S3Faults.code(e).equals("NoSuchKey"));
  }

  private String key(String key) {
    return address.prefix() + key;
  }
}
