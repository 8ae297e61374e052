package framewise.server.delivery;

import framewise.engine.Refusal;
import framewise.engine.ShownText;
import framewise.engine.delivery.Deliveries;
import framewise.engine.delivery.Delivery;
import framewise.engine.delivery.DeliveryState;
import framewise.engine.endpoint.Endpoint;
import framewise.server.access.Caller;
import framewise.server.http.Problem;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** Calls that list deliveries and repeat those that were given up. */
final class DeliveriesApi {
  private static final int DEFAULT = 50;
  private static final int MAX_COUNT = 500;

  private final Deliveries deliveries;
  private final OwnEndpoints own;

  DeliveriesApi(Deliveries deliveries, OwnEndpoints own) {
    this.deliveries = deliveries;
    this.own = own;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/deliveries", RouteAccess.OPERATOR, this::list),
        Route.post(
            "/deliveries/{" + OwnEndpoints.DELIVERY + "}/replay",
            RouteAccess.OPERATOR,
            this::replay));
  }

  private void list(Context context) {
    Optional<DeliveryState> state =
        Optional.ofNullable(context.queryParam("state")).map(DeliveriesApi::state);
    int limit =
        (int) Query.number("limit", parameter(context, "limit"), 1, MAX_COUNT).orElse(DEFAULT);
    long before =
        Query.number("before", parameter(context, "before"), 1, Long.MAX_VALUE)
            .orElse(Long.MAX_VALUE);
    List<String> of =
        parameter(context, "endpoint")
            .map(id -> List.of(own.endpoint(context, id).id()))
            .orElseGet(() -> own.all(Caller.of(context)).stream().map(Endpoint::id).toList());
    List<Delivery> page = deliveries.page(of, state, before, limit);
    var json = Reply.object();
    var list = json.putArray("deliveries");
    page.forEach(delivery -> list.add(EndpointView.json(delivery)));
    if (page.size() == limit) {
      json.put("before", page.getLast().number());
    }
    Reply.json(context, json);
  }

  private void replay(Context context) {
    Delivery delivery = own.delivery(context);
    deliveries.endpoint(delivery.endpoint()).ifPresent(EndpointsApi::requireOn);
    if (delivery.state() == DeliveryState.DELIVERED || delivery.state() == DeliveryState.WAITING) {
      throw Problem.of(
              HttpStatus.CONFLICT_409,
              "not_given_up",
              "The delivery is %s: only failed and superseded ones can be repeated."
                  .formatted(delivery.state().wireName()))
          .asException();
    }
    if (!deliveries.isStillShown(delivery)) {
      throw Problem.of(
              HttpStatus.CONFLICT_409,
              "session_not_shown",
              "The delivery is about a session that the endpoint's owner can no longer"
                  + " access: ask the session's owner to share it again.")
          .asException();
    }
    Reply.json(context, EndpointView.json(deliveries.replay(delivery)));
  }

  private static DeliveryState state(String text) {
    return DeliveryState.ofWireName(text)
        .orElseThrow(
            () ->
                Refusal.field(
                        "state",
                        "state is \"%s\" but must be waiting, delivered, failed or superseded"
                            .formatted(ShownText.of(text, 20)))
                    .asException());
  }

  private static Optional<String> parameter(Context context, String name) {
    return Optional.ofNullable(context.queryParam(name));
  }
}
