package framewise.engine.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One notice on its way to one endpoint.
 *
 * @param number from 1, growing
 * @param endpoint id of the endpoint
 * @param notice number of the notice
 * @param id of the notice; the receiver sees it as the message's id
 * @param subject what the notice is about
 * @param type of the notice
 * @param attempts number of attempts so far
 * @param step position in the schedule of retries, 0 before the first attempt
 * @param createdAt when it was queued
 * @param nextAt when the next attempt is due, while it waits
 * @param changedAt when its state or its number of attempts last changed
 * @param status HTTP status of the last attempt
 * @param answer start of the body that came with it, at most 1,024 characters
 * @param error why the last attempt failed, or why it was given up
 */
public record Delivery(
    long number,
    String endpoint,
    long notice,
    String id,
    String subject,
    String type,
    DeliveryState state,
    int attempts,
    int step,
    Instant createdAt,
    Instant nextAt,
    Instant changedAt,
    OptionalInt status,
    Optional<String> answer,
    Optional<String> error) {
  /**
   * Whether a newer notice of the same subject replaces one of this type after a failed attempt.
   */
  static boolean isLive(String type) {
    return type.equals("incident.opened") || type.equals("incident.updated");
  }

  /** Whether notices of this type only test an endpoint; they are attempted once. */
  static boolean isTest(String type) {
    return type.startsWith("test.");
  }
}
