package framewise.engine.session;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.files.StoredFile;
import framewise.engine.folder.DataFolder;
import framewise.engine.keep.KeepSettings;
import framewise.engine.result.Event;
import framewise.engine.session.store.SessionRow;
import framewise.engine.session.store.SessionStore;
import framewise.engine.session.video.NetworkVideo;
import framewise.engine.session.video.PublishedVideo;
import framewise.engine.session.video.UploadedFile;
import framewise.engine.session.video.Video;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.LiveSource;
import framewise.engine.source.SourceKind;
import framewise.media.NotAVideoException;
import framewise.media.VideoInfo;
import framewise.media.file.VideoReader;
import framewise.media.memory.MemoryExhaustedException;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import framewise.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates sessions and stores them with their video. Safe for any number of threads. */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final DataFolder folder;
  private final SessionStore store;
  private final Network network;
  private final Map<SessionId, Session> known;
  private final Function<SessionRow, Session> loader;
  private final WallClock clock;

  /** Sessions whose video is stored but whose record isn't written yet. */
  private final Set<SessionId> arriving = ConcurrentHashMap.newKeySet();

  /**
   * @param known the sessions in memory; new ones are added
   * @param loader creates the session of a record
   */
  Arrivals(
      DataFolder folder,
      SessionStore store,
      Network network,
      Map<SessionId, Session> known,
      Function<SessionRow, Session> loader,
      WallClock clock) {
    this.folder = folder;
    this.store = store;
    this.network = network;
    this.known = known;
    this.loader = loader;
    this.clock = clock;
  }

  /** Creates a session from a video file, which is moved, or deleted when it is refused. */
  Session file(Path file, String filename) throws IOException {
    VideoInfo info = probed(file);
    var row =
        SessionRow.made(
            SourceKind.UPLOAD,
            filename,
            Optional.empty(),
            Files.size(file),
            Optional.of(info),
            clock.now(),
            initial(new UploadedFile(StoredFile.of(file), info)),
            Optional.empty());
    return withVideo(file, row, this::keep);
  }

  /**
   * Reads the properties of a video file. Deletes the file when it is refused.
   *
   * @throws RefusedException when it is not a supported video, or there is not enough memory to
   *     read it
   */
  static VideoInfo probed(Path file) throws IOException {
    try {
      return VideoReader.probe(file);
    } catch (NotAVideoException e) {
      Files.deleteIfExists(file);
      throw Refusal.of(Code.NOT_A_VIDEO, String.valueOf(e.getMessage())).asException();
    } catch (MemoryExhaustedException e) {
      Files.deleteIfExists(file);
      throw Refusal.of(Code.MEMORY_EXHAUSTED, e.sentence()).asException();
    }
  }

  /**
   * Stores a new session together with its video, which is moved.
   *
   * @param storing stores the session; when it fails, the video is deleted
   */
  Session withVideo(Path file, SessionRow row, SessionWriter storing) throws IOException {
    folder.space().requireRoom();
    arriving.add(row.id());
    boolean kept = false;
    try {
      folder.storeVideo(row.id(), file);
      Session session = storing.store(row);
      kept = true;
      return session;
    } finally {
      if (!kept) {
        folder.deleteVideo(row.id());
      }
      arriving.remove(row.id());
    }
  }

  /** Stores a session. */
  interface SessionWriter {
    Session store(SessionRow row) throws IOException;
  }

  /** Adds a session, whose record and events are stored, to the sessions in memory. */
  Session adopt(SessionRow row) {
    Session session = loader.apply(row);
    known.put(row.id(), session);
    SessionLog.made(row);
    return session;
  }

  /** Creates a session for video on the network. */
  Session url(VideoUrl url, String name, Optional<KeepSettings> keep) {
    requireReachable(url);
    var row =
        SessionRow.made(
            SourceKind.URL,
            name,
            Optional.of(url),
            0,
            Optional.empty(),
            clock.now(),
            initial(new NetworkVideo(url)),
            keep);
    return keep(row);
  }

  /** Creates a session that waits for a sender to publish its video. */
  Session published(SourceKind kind, String name, Optional<KeepSettings> keep) {
    if (!kind.isPublished()) {
      throw new IllegalArgumentException("nobody publishes a session of kind " + kind);
    }
    return keep(row(kind, name, keep));
  }

  /** Creates a session for video that is about to arrive, and starts it. */
  Session stream(
      SourceKind kind,
      String name,
      LiveSource source,
      StreamSettings settings,
      Optional<KeepSettings> keep)
      throws InterruptedException {
    SessionRow row = row(kind, name, keep);
    boolean started = false;
    try {
      Session session = register(row);
      session.startLive(source, settings);
      started = true;
      return session;
    } finally {
      if (!started) {
        source.close();
        forget(row.id());
      }
    }
  }

  /** Sessions whose video is stored but whose record isn't yet. */
  Set<SessionId> arriving() {
    return Set.copyOf(arriving);
  }

  /** Refuses a forbidden address early; every connection is checked as well. */
  private void requireReachable(VideoUrl url) {
    if (network.rule() == AllowedAddresses.OFF) {
      throw Refusal.field("url", "url is refused because FRAMEWISE_URL_SOURCES is off")
          .asException();
    }
    try (var outbound = new OutboundConnections(network)) {
      outbound.requirePermitted(url);
    } catch (UrlFault e) {
      if (e.kind() == UrlFault.Kind.FORBIDDEN) {
        throw Refusal.field("url", "url is refused: " + e.sentence()).asException();
      }
    }
  }

  /** Stores a session that has not been started, with the first event of its log. */
  private Session keep(SessionRow row) {
    boolean kept = false;
    try {
      Session session = register(row);
      session.log().append(new Event.StatusChanged(row.status(), Optional.empty()));
      SessionLog.made(row);
      kept = true;
      return session;
    } finally {
      if (!kept) {
        forget(row.id());
      }
    }
  }

  /**
   * Stores a new session. Adds it to the sessions in memory first: a client that finds the stored
   * session in the list must get this object, rather than a second one loaded from the database,
   * whose log would receive no events.
   */
  private Session register(SessionRow row) {
    Session session = loader.apply(row);
    known.put(row.id(), session);
    store.insert(row);
    return session;
  }

  private SessionRow row(SourceKind kind, String name, Optional<KeepSettings> keep) {
    return SessionRow.made(
        kind,
        name,
        Optional.empty(),
        0,
        Optional.empty(),
        clock.now(),
        initial(new PublishedVideo(kind)),
        keep);
  }

  /** Status of a session that was never started. */
  private static Status initial(Video video) {
    return video.initialPhase().status();
  }

  /** Deletes the stored remains of a session that could not be created. */
  private void forget(SessionId id) {
    known.remove(id);
    try {
      store.delete(id);
    } catch (RefusedException e) {
      LOG.warn("failed to delete refused session {}: {}", id, e.getMessage());
    }
  }
}
