package framewise.server.delivery;

import framewise.engine.ShownText;
import framewise.engine.delivery.Deliveries;
import framewise.engine.delivery.Delivery;
import framewise.engine.endpoint.Endpoint;
import framewise.server.access.Caller;
import framewise.server.http.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** The endpoints that a caller may see: administrators see all, operators their own. */
final class OwnEndpoints {
  static final String ENDPOINT = "endpoint_id";
  static final String DELIVERY = "delivery_id";

  private final Deliveries deliveries;

  OwnEndpoints(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  List<Endpoint> all(Caller caller) {
    return deliveries.endpoints().stream().filter(endpoint -> isOwn(caller, endpoint)).toList();
  }

  /**
   * The endpoint in a path.
   *
   * @throws framewise.server.http.ProblemException 404 where it does not exist, or the caller may
   *     not see it
   */
  Endpoint endpoint(Context context) {
    return endpoint(context, context.pathParam(ENDPOINT));
  }

  Endpoint endpoint(Context context, String id) {
    return deliveries
        .endpoint(id)
        .filter(found -> isOwn(Caller.of(context), found))
        .orElseThrow(() -> notFound(id));
  }

  static RuntimeException notFound(String id) {
    return Problem.of(
            HttpStatus.NOT_FOUND_404,
            "endpoint_not_found",
            "There is no endpoint %s.".formatted(ShownText.of(id, 40)))
        .asException();
  }

  /** Whether the caller may see an endpoint, and so have notices sent to it. */
  boolean sees(Caller caller, String id) {
    return deliveries.endpoint(id).filter(found -> isOwn(caller, found)).isPresent();
  }

  /** The delivery in a path; 404 where it does not exist, or the caller may not see it. */
  Delivery delivery(Context context) {
    String text = context.pathParam(DELIVERY);
    return number(text)
        .flatMap(deliveries::delivery)
        .filter(
            found ->
                deliveries
                    .endpoint(found.endpoint())
                    .filter(endpoint -> isOwn(Caller.of(context), endpoint))
                    .isPresent())
        .orElseThrow(
            () ->
                Problem.of(
                        HttpStatus.NOT_FOUND_404,
                        "delivery_not_found",
                        "There is no delivery %s.".formatted(ShownText.of(text, 40)))
                    .asException());
  }

  private static boolean isOwn(Caller caller, Endpoint endpoint) {
    return caller.ownsAll()
        || caller.subject().filter(own -> own.equals(endpoint.owner())).isPresent();
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
