package framewise.server.access.secret;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import framewise.engine.Refusal;
import framewise.server.http.Problem;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Hashes passwords with Argon2id (RFC 9106), 19 MiB and two passes, as OWASP's Password Storage
 * Cheat Sheet advises. Runs one hash at a time for each pair of cores, with a short queue: a flood
 * of sign-ins takes bounded memory and leaves CPU for videos. Safe for any number of threads.
 */
public final class Passwords implements AutoCloseable {
  static final int MIN_LENGTH = 10;
  static final int MAX_LENGTH = 256;

  private static final int MEMORY_KIB = 19 << 10;
  private static final int PASSES = 2;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int WAITING = 16;
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;

  /** Hash to compare with where there is no account, so that the response takes the same time. */
  private final String nobody;

  public Passwords() {
    int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("password-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
    this.nobody =
        "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
            .formatted(MEMORY_KIB, PASSES, base64(SALT_BYTES), base64(HASH_BYTES));
  }

  /**
   * Hashes a new password.
   *
   * @param field name of the request's field, for errors
   * @throws framewise.engine.RefusedException when it is too short or too long
   * @throws framewise.server.http.ProblemException 503 when the queue is full
   */
  public String hash(String field, String password) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw Refusal.field(
              field,
              "%s has %d characters but must have %d to %d"
                  .formatted(field, length, MIN_LENGTH, MAX_LENGTH))
          .asException();
    }
    return call(
        () ->
            Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, HASH_BYTES, Argon2.ID)
                .hash(bytes(password), RandomText.bytes(SALT_BYTES))
                .getResult());
  }

  /**
   * Whether a password matches a hash. Takes the same time where there is no hash.
   *
   * @throws framewise.server.http.ProblemException 503 when the queue is full
   */
  public boolean matches(String password, Optional<String> hash) {
    if (password.length() > 4 * MAX_LENGTH) {
      return false;
    }
    String known = hash.orElse(nobody);
    boolean same =
        call(
            () ->
                Argon2Function.getInstanceFromHash(known)
                    .check(bytes(password), known.getBytes(StandardCharsets.US_ASCII)));
    return same && hash.isPresent();
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private <T> T call(Callable<T> work) {
    try {
      return threads.submit(work).get();
    } catch (RejectedExecutionException full) {
      throw Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE_503,
              "sign_in_busy",
              "Too many people are signing in. Try again in a few seconds.")
          .retryAfter(Duration.ofSeconds(3))
          .asException();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password could not be hashed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Keyboards encode the same password differently: NFKC normalizes it (NIST SP 800-63B). */
  private static byte[] bytes(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(int bytes) {
    return java.util.Base64.getEncoder().withoutPadding().encodeToString(RandomText.bytes(bytes));
  }
}
