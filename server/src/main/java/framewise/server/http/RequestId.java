package framewise.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * Id of a request, which its response and its log lines carry. A client or a proxy may set it in
 * {@code X-Request-Id}; one that is unsafe for a log is replaced.
 */
public final class RequestId implements Handler {
  public static final String HEADER = "X-Request-Id";

  /** Name of the id in log lines. */
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

  /** Id of the request that this thread handles; a new one where it handles none. */
  public static String current() {
    return Optional.ofNullable(MDC.get(KEY)).orElseGet(() -> UUID.randomUUID().toString());
  }

  /** Clears the id after the request. */
  public static void forget() {
    MDC.remove(KEY);
  }
}
