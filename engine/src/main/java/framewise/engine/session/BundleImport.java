package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.bundle.Bundle;
import framewise.engine.bundle.BundleManifest;
import framewise.engine.bundle.BundleTimes;
import framewise.engine.folder.DataFolder;
import framewise.engine.lookback.Lookback;
import framewise.engine.lookback.LookbackStore;
import framewise.engine.result.EventImport;
import framewise.engine.session.store.SessionRow;
import framewise.engine.session.store.SessionStore;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Creates sessions from bundles. Safe for any number of threads. */
final class BundleImport {
  private final DataFolder folder;
  private final SessionStore store;
  private final SessionContext context;
  private final Arrivals arrivals;
  private final Function<SessionId, Optional<Session>> existing;

  /**
   * @param existing finds the session with an id
   */
  BundleImport(
      DataFolder folder,
      SessionStore store,
      SessionContext context,
      Arrivals arrivals,
      Function<SessionId, Optional<Session>> existing) {
    this.folder = folder;
    this.store = store;
    this.context = context;
    this.arrivals = arrivals;
    this.existing = existing;
  }

  Session open(Bundle bundle, long mostVideo) throws IOException {
    folder.space().requireRoomFor(bundle.size());
    // The whole bundle is read and checked once before anything is stored.
    BundleManifest manifest = bundle.manifest();
    List<Lookback> lookbacks = bundle.lookbacks();
    requireTimes(bundle, lookbacks);
    bundle.evidence(sent -> {});
    bundle.requireReadablePrompts();
    Path file = folder.newUpload();
    try {
      if (bundle.video(file, mostVideo)) {
        requireUpload(manifest);
        VideoInfo info = Arrivals.probed(file);
        SessionRow row = row(manifest, Files.size(file), Optional.of(info));
        return arrivals.withVideo(file, row, stored -> store(bundle, stored, lookbacks));
      }
      requireFormat(manifest);
      return store(bundle, row(manifest, 0, manifest.info()), lookbacks);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Session store(Bundle bundle, SessionRow row, List<Lookback> lookbacks)
      throws IOException {
    folder.space().requireRoom();
    bundle.readAgain();
    boolean stored = false;
    try {
      store.insertImported(row);
      var events = new EventImport(row.id(), context.database());
      bundle.events(events::add);
      events.flush();
      context
          .database()
          .write(
              handle ->
                  lookbacks.forEach(one -> LookbackStore.write(handle, row.id(), ended(one))));
      bundle.evidence(sent -> context.evidence().keepNow(row.id(), sent.seq(), sent.request()));
      bundle.pictures((frame, jpeg) -> context.frames().adopt(row.id(), frame, jpeg));
      Session session = arrivals.adopt(row);
      stored = true;
      return session;
    } finally {
      if (!stored) {
        store.delete(row.id());
        context.evidence().delete(row.id());
        context.frames().delete(row.id());
      }
    }
  }

  private SessionRow row(BundleManifest manifest, long fileSize, Optional<VideoInfo> info) {
    SessionId id =
        existing.apply(manifest.session()).isEmpty() ? manifest.session() : SessionId.random();
    boolean running = manifest.status() == Status.STREAMING || manifest.status() == Status.WAITING;
    boolean lost = manifest.source() == SourceKind.UPLOAD && fileSize == 0;
    return new SessionRow(
        id,
        manifest.source(),
        manifest.filename(),
        manifest.name(),
        Optional.empty(),
        fileSize,
        info,
        manifest.createdAt(),
        running ? Status.STOPPED : manifest.status(),
        running
            ? Optional.of("This copy was made while the session was running.")
            : manifest.reason(),
        manifest.settings(),
        manifest.dropped(),
        manifest.unchanged(),
        manifest.spent(),
        0,
        lost ? Optional.of(context.clock().now()) : Optional.empty(),
        manifest.keep(),
        Optional.of(context.clock().now()),
        false);
  }

  private void requireTimes(Bundle bundle, List<Lookback> lookbacks) throws IOException {
    var times = new BundleTimes(context.clock().now());
    times.require(bundle.manifest().createdAt(), "its session");
    for (Lookback lookback : lookbacks) {
      times.require(lookback.createdAt(), "one of its look-backs");
      lookback.began().ifPresent(at -> times.requirePast(at, "the video of a look-back"));
    }
    bundle.events(event -> times.require(event.at(), "event %d".formatted(event.seq())));
    bundle.pictures((frame, jpeg) -> times.requirePast(frame.at(), "one of its pictures"));
  }

  private static void requireUpload(BundleManifest manifest) {
    if (manifest.source() != SourceKind.UPLOAD) {
      throw Bundle.bad("its session is live video but the bundle has a file");
    }
  }

  private static void requireFormat(BundleManifest manifest) {
    if (manifest.source() == SourceKind.UPLOAD && manifest.info().isEmpty()) {
      throw Bundle.bad("its manifest does not describe the video");
    }
  }

  private static Lookback ended(Lookback lookback) {
    return lookback.isRunning()
        ? lookback.with(
            Lookback.LookbackStatus.INTERRUPTED,
            Optional.of("This copy was made while the look-back was under way."))
        : lookback;
  }
}
