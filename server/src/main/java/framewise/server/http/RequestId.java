package framewise.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * Gives every request an id, which its answer and the lines that it leaves in the log carry. A
 * client or a proxy may bring one in {@code X-Request-Id}; one that cannot stand in a log is
 * replaced.
 */
public final class RequestId implements Handler {
  public static final String HEADER = "X-Request-Id";

  /** The name under which log lines carry it. */
  public static final String KEY = "request";

  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  @Override
  public void handle(Context context) {
    String id =
        Optional.ofNullable(context.header(HEADER))
            .filter(given -> SOUND.matcher(given).matches())
            .orElseGet(() -> UUID.randomUUID().toString());
    context.header(HEADER, id);
    MDC.put(KEY, id);
  }

  /** The id of the request that this thread answers; a new one where it answers none. */
  public static String current() {
    return Optional.ofNullable(MDC.get(KEY)).orElseGet(() -> UUID.randomUUID().toString());
  }

  /** The request is answered. */
  public static void forget() {
    MDC.remove(KEY);
  }
}
