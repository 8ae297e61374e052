package framewise.server.command;

import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** Thrown when the service can't listen on its address. The message is one line for a person. */
final class CannotListenException extends RuntimeException {
  CannotListenException(String host, int port, Throwable cause) {
    super(sentence(host, port, cause), cause);
  }

  private static String sentence(String host, int port, Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      String message = String.valueOf(at.getMessage());
      if (at instanceof BindException && message.contains("in use")) {
        return "Another program uses port %d. Stop it, or choose another port with --port or BACKEND_PORT."
            .formatted(port);
      }
      if (at instanceof BindException && message.contains("Permission denied")) {
        return "This user isn't allowed to use port %d. Choose one above 1023 with --port or BACKEND_PORT."
            .formatted(port);
      }
      if (at instanceof BindException || at instanceof UnresolvedAddressException) {
        return "This machine has no address %s. Set --host or BACKEND_HOST to one that it has, or to 0.0.0.0."
            .formatted(host);
      }
    }
    return "Can't listen on %s port %d: %s".formatted(host, port, root(cause));
  }

  private static @Nullable String root(Throwable cause) {
    Throwable at = cause;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at.toString();
  }
}
