package framewise.server.access;

import io.javalin.http.Context;
import java.util.Optional;

/** Identifies the callers of calls that other nodes forward. */
@FunctionalInterface
public interface ForwardedCallers {
  /** For a service that works alone: nobody forwards calls to it. */
  ForwardedCallers NONE = context -> Optional.empty();

  /**
   * The caller of a forwarded call.
   *
   * @return empty where no node forwarded it
   * @throws framewise.server.http.ProblemException when its signature is not accepted
   */
  Optional<Caller> of(Context context);

  /** Whether a call was forwarded, and its signature accepted. */
  static boolean isForwarded(Context context) {
    return Boolean.TRUE.equals(context.attribute("framewise.forwarded"));
  }

  /** Records that the signature was accepted. */
  static void accepted(Context context) {
    context.attribute("framewise.forwarded", true);
  }
}
