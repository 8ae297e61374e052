package framewise.engine.money;

import framewise.vision.Usage;
import java.util.Optional;

/**
 * One request to one back end, for accounting. A clip may take two requests.
 *
 * @param asked the model requested
 * @param model the model that answered, by the service's own name; the requested one where none did
 * @param usage tokens that the service reported; empty where it reports none
 * @param mayCost whether a service processed it, or may have
 * @param size of the request; empty where unknown
 */
public record Attempt(
    String backend,
    String asked,
    String model,
    Optional<Usage> usage,
    boolean mayCost,
    Optional<RequestSize> size) {
  /** Answer from a stream, whose requests this process does not see. */
  public static Attempt ofStream(String backend, String asked, String model, RequestSize size) {
    return new Attempt(backend, asked, model, Optional.empty(), true, Optional.of(size));
  }
}
