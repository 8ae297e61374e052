package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.session.store.SessionRow;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.media.VideoInfo;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Log lines about sessions, for operators: one whenever a session is created, starts, ends or is
 * deleted, and whenever its source disconnects or reconnects. Prompts, addresses and filenames
 * belong to the user and are not logged. Every line includes the session's id.
 */
final class SessionLog {
  private static final String KEY = "session";
  private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

  private SessionLog() {}

  static void made(SessionRow row) {
    try (var _ = MDC.putCloseable(KEY, row.id().toString())) {
      LOG.info(
          "Session created: source {}, {} bytes{}",
          row.source().wireName(),
          row.fileSize(),
          row.video().map(video -> ", " + shown(video)).orElse(""));
    }
  }

  static void started(SessionRow row, StreamSettings with) {
    try (var _ = MDC.putCloseable(KEY, row.id().toString())) {
      LOG.info(
          "Session started: source {}, back end {}",
          row.source().wireName(),
          with.prompts().stream()
              .map(PromptSettings::backend)
              .map(backend -> backend.orElse("none"))
              .distinct()
              .collect(Collectors.joining(", ")));
    }
  }

  static void began(SessionRow row, VideoInfo seen) {
    try (var _ = MDC.putCloseable(KEY, row.id().toString())) {
      LOG.info("Session receives pictures: source {}, {}", row.source().wireName(), shown(seen));
    }
  }

  static void noticed(SessionId id, String sentence) {
    try (var _ = MDC.putCloseable(KEY, id.toString())) {
      LOG.info("Session notice: {}", sentence);
    }
  }

  static void ended(SessionId id, Status status, String why) {
    try (var _ = MDC.putCloseable(KEY, id.toString())) {
      LOG.info("Session {}: {}", status.wireName(), why);
    }
  }

  static void deleted(SessionId id) {
    try (var _ = MDC.putCloseable(KEY, id.toString())) {
      LOG.info("Session deleted");
    }
  }

  private static String shown(VideoInfo video) {
    return "%s %dx%d".formatted(video.codec(), video.width(), video.height());
  }
}
