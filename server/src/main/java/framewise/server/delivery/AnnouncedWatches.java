package framewise.server.delivery;

import framewise.engine.delivery.mqtt.WatchList;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.files.StoredFile;
import framewise.engine.incident.IncidentPictures;
import framewise.engine.watch.NewestAnswers;
import framewise.engine.watch.Watch;
import framewise.engine.watch.Watches;
import framewise.server.access.AccessControl;
import java.util.List;
import java.util.Optional;

/** An endpoint's watches: those that deliver to it, in sessions that its owner may see. */
final class AnnouncedWatches implements WatchList {
  private final Watches watches;
  private final IncidentPictures pictures;
  private final AccessControl access;

  AnnouncedWatches(Watches watches, IncidentPictures pictures, AccessControl access) {
    this.watches = watches;
    this.pictures = pictures;
    this.access = access;
  }

  @Override
  public Optional<List<WatchEntry>> of(Endpoint endpoint) {
    return Optional.of(
        watches.all().stream()
            .filter(watch -> watch.deliverTo().map(ids -> ids.contains(endpoint.id())).orElse(true))
            .filter(watch -> sees(endpoint.owner(), watch))
            .map(watch -> new WatchEntry(watch.id(), watch.name()))
            .toList());
  }

  @Override
  public Optional<NewestAnswers.SessionAnswer> newest(Endpoint endpoint, String watch) {
    return watches.newest().of(watch, session -> access.sees(endpoint.owner(), session));
  }

  @Override
  public Optional<StoredFile> picture(Endpoint endpoint, String incident) {
    return watches
        .incidents()
        .find(incident)
        .filter(one -> one.deliverTo().map(ids -> ids.contains(endpoint.id())).orElse(true))
        .filter(one -> access.sees(endpoint.owner(), one.session()))
        .flatMap(pictures::picture);
  }

  private boolean sees(String owner, Watch watch) {
    return access.seesAll(owner)
        || watch
            .sessions()
            .filter(ids -> ids.stream().anyMatch(session -> access.sees(owner, session)))
            .isPresent();
  }
}
