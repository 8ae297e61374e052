package framewise.engine.files.s3;

import framewise.engine.files.ObjectStoreException;
import framewise.engine.files.ObjectStoreException.Kind;
import framewise.engine.files.S3Address;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Error messages about an S3-compatible store or the connection to it. */
final class S3Faults {
  private static final int SERVER_ERRORS = 500;
  private static final int INSUFFICIENT_STORAGE = 507;
  private static final int TOO_MANY_REQUESTS = 429;

  private S3Faults() {}

  static ObjectStoreException of(S3Address address, SdkException e) {
    return e instanceof S3Exception answered ? answered(address, answered) : unreached(address, e);
  }

  static ObjectStoreException broken(S3Address address, IOException e) {
    return unreached(address, e);
  }

  static ObjectStoreException tooSlow(S3Address address, Duration longest, Exception e) {
    return new ObjectStoreException(
        Kind.UNREACHABLE,
        "The file store %s did not answer within %d s. Check the store and the network."
            .formatted(address.shown(), longest.toSeconds()),
        e);
  }

  static ObjectStoreException tooSlow(S3Address address, long bytes, Duration taken) {
    return new ObjectStoreException(
        Kind.UNREACHABLE,
        "The file store %s sent %,d bytes in %d s, which is too slow. Check the store and the network."
            .formatted(address.shown(), bytes, taken.toSeconds()));
  }

  static ObjectStoreException otherContent(S3Address address, String what) {
    return new ObjectStoreException(
        Kind.UNREACHABLE,
        "The file store %s sent %s. Check that FRAMEWISE_FILES is an S3-compatible store."
            .formatted(address.shown(), what));
  }

  /** The store's error code, such as NoSuchKey; empty where there is none. */
  static String code(S3Exception e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static ObjectStoreException answered(S3Address address, S3Exception e) {
    String code = code(e);
    String where = address.shown();
    if (e.statusCode() == INSUFFICIENT_STORAGE
        || code.equals("QuotaExceeded")
        || code.endsWith("StorageFull")) {
      return new ObjectStoreException(
          Kind.FULL,
          "The file store %s is full. Delete sessions, or give it more space.".formatted(where),
          e);
    }
    String sentence =
        switch (code) {
          case "NoSuchBucket" ->
              "The file store has no bucket %s (%s). Create it, or correct FRAMEWISE_FILES."
                  .formatted(address.bucket(), where);
          case "InvalidAccessKeyId" ->
              ("The file store %s rejected the access key. Check"
                      + " FRAMEWISE_S3_ACCESS_KEY_ID, or AWS_ACCESS_KEY_ID.")
                  .formatted(where);
          case "SignatureDoesNotMatch" ->
              ("The file store %s rejected the secret key. Check"
                      + " FRAMEWISE_S3_SECRET_ACCESS_KEY, or AWS_SECRET_ACCESS_KEY.")
                  .formatted(where);
          case "RequestTimeTooSkewed" ->
              "The clock of this machine differs from that of the file store %s. Set it right."
                  .formatted(where);
          case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint" ->
              "The bucket of the file store %s is in another region. Add ?region=… to FRAMEWISE_FILES."
                  .formatted(where);
          case "ExpiredToken", "InvalidToken" ->
              ("The file store %s rejected the session token because it has expired. Renew"
                      + " the credentials.")
                  .formatted(where);
          default -> unknown(address, e, code);
        };
    boolean passing =
        e.statusCode() >= SERVER_ERRORS
            || e.statusCode() == TOO_MANY_REQUESTS
            || e.statusCode() == 0;
    return new ObjectStoreException(passing ? Kind.UNREACHABLE : Kind.REFUSED, sentence, e);
  }

  private static String unknown(S3Address address, S3Exception e, String code) {
    String where = address.shown();
    if (e.statusCode() >= SERVER_ERRORS || e.statusCode() == TOO_MANY_REQUESTS) {
      return "The file store %s has a server error (HTTP %d). Check the store."
          .formatted(where, e.statusCode());
    }
    return switch (e.statusCode()) {
      case 401, 403 ->
          ("The file store %s denied access. Check the keys, and their permission to list,"
                  + " read, write and delete objects.")
              .formatted(where);
      case 404 ->
          "The file store has no bucket %s (%s). Create it, or correct FRAMEWISE_FILES."
              .formatted(address.bucket(), where);
      default ->
          "The file store %s rejected a request (HTTP %d %s). Check FRAMEWISE_FILES."
              .formatted(where, e.statusCode(), code);
    };
  }

  private static ObjectStoreException unreached(S3Address address, Throwable e) {
    String where = address.shown();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      Optional<String> why =
          switch (cause) {
            case UnknownHostException unknown -> Optional.of("its host name is unknown");
            case ConnectException refused -> Optional.of("nothing accepts connections there");
            case SocketTimeoutException silent -> Optional.of("it doesn't answer");
            case SSLException tls ->
                Optional.of("its certificate can't be verified, or it doesn't speak HTTPS");
            default -> Optional.empty();
          };
      if (why.isPresent()) {
        return new ObjectStoreException(
            Kind.UNREACHABLE,
            "Can't reach the file store %s: %s. Check FRAMEWISE_FILES and the network."
                .formatted(where, why.get()),
            e);
      }
    }
    if (String.valueOf(e.getMessage()).contains("Unable to load credentials")) {
      return new ObjectStoreException(
          Kind.REFUSED,
          "There are no keys for the file store %s. Set FRAMEWISE_S3_ACCESS_KEY_ID and FRAMEWISE_S3_SECRET_ACCESS_KEY, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
              .formatted(where),
          e);
    }
    return new ObjectStoreException(
        Kind.UNREACHABLE,
        "The connection to the file store %s broke (%s). Check the store and the network."
            .formatted(where, e.getClass().getSimpleName()),
        e);
  }
}
