package framewise.engine.money;

import framewise.vision.Usage;
import java.util.Optional;

/**
 * One question to one back end, as the books need it. A clip may take two of them.
 *
 * @param asked the model that was wanted
 * @param model who answered, by the service's own name for it; the one asked where nobody did
 * @param usage tokens as the service counts them; empty where it does not tell
 * @param mayCost whether a service worked for it, or may have
 * @param size of the request; empty where it is not known
 */
public record Attempt(
    String backend,
    String asked,
    String model,
    Optional<Usage> usage,
    boolean mayCost,
    Optional<RequestSize> size) {
  /** An answer from the midst of a stream, whose request nobody here has seen. */
  public static Attempt ofStream(String backend, String asked, String model, RequestSize size) {
    return new Attempt(backend, asked, model, Optional.empty(), true, Optional.of(size));
  }
}
