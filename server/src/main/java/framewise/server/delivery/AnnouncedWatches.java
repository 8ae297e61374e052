package framewise.server.delivery;

import framewise.engine.delivery.mqtt.WatchList;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.watch.Watch;
import framewise.engine.watch.Watches;
import framewise.server.access.AccessControl;
import java.util.List;
import java.util.Optional;

/** An endpoint's watches: those that deliver to it, on sessions that its owner may see. */
final class AnnouncedWatches implements WatchList {
  private final Watches watches;
  private final AccessControl access;

  AnnouncedWatches(Watches watches, AccessControl access) {
    this.watches = watches;
    this.access = access;
  }

  @Override
  public Optional<List<Watched>> of(Endpoint endpoint) {
    return Optional.of(
        watches.all().stream()
            .filter(watch -> watch.deliverTo().map(ids -> ids.contains(endpoint.id())).orElse(true))
            .filter(watch -> sees(endpoint.owner(), watch))
            .map(watch -> new Watched(watch.id(), watch.name()))
            .toList());
  }

  private boolean sees(String owner, Watch watch) {
    return access.seesAll(owner)
        || watch
            .sessions()
            .filter(ids -> ids.stream().anyMatch(session -> access.sees(owner, session)))
            .isPresent();
  }
}
