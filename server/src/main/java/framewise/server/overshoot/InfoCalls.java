package framewise.server.overshoot;

import com.fasterxml.jackson.core.JsonProcessingException;
import framewise.engine.result.LoggedEvent;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.Counters;
import framewise.engine.session.view.SessionView;
import framewise.overshoot.wire.WireJson;
import framewise.overshoot.wire.answer.ModelStatus;
import framewise.overshoot.wire.answer.StatusResponse;
import framewise.overshoot.wire.answer.StreamInfo;
import framewise.server.access.secret.KeyHash;
import framewise.time.WallClock;
import framewise.vision.Backend;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls for the state of a stream and of the service. */
final class InfoCalls {
  /** Maximum long side of the models' pictures, in pixels. */
  private static final double MAX_SIDE = 1280;

  private static final int RECENT_EVENTS = 50;

  private final Sessions sessions;
  private final HostedStreams streams;
  private final int maxStreams;
  private final WallClock clock;

  /**
   * @param maxStreams maximum number of streaming sessions of all kinds
   */
  InfoCalls(Sessions sessions, HostedStreams streams, int maxStreams, WallClock clock) {
    this.sessions = sessions;
    this.streams = streams;
    this.maxStreams = maxStreams;
    this.clock = clock;
  }

  void health(Context context) {
    WireReply.send(context, StatusResponse.OK);
  }

  void info(Context context, KeyHash key) {
    HostedStream stream = StreamPath.open(streams, context, key);
    var arrivals = stream.source().arrivals();
    SessionView view = stream.session().view();
    Counters counters = view.counters();
    int longest = Math.max(arrivals.width(), arrivals.height());
    double scale = longest > MAX_SIDE ? MAX_SIDE / longest : 1;
    WireReply.send(
        context,
        new StreamInfo(
            stream.id(),
            "webrtc",
            stream.state(),
            Duration.between(stream.createdAt(), clock.now()).toMillis() / 1e3,
            Math.round(arrivals.fps() * 10) / 10.0,
            arrivals.width(),
            arrivals.height(),
            (int) Math.round(arrivals.width() * scale),
            (int) Math.round(arrivals.height() * scale),
            counters.results() - counters.failed(),
            counters.failed(),
            lastLatencySeconds(stream, view)));
  }

  /** All models that requests can name, and the back ends by name. */
  void models(Context context) {
    Map<String, ModelStatus> models = new LinkedHashMap<>();
    boolean full = sessions.active() >= maxStreams;
    for (Backend backend : sessions.backends().all()) {
      boolean ready = backend.readiness().ready();
      var load =
          full
              ? ModelStatus.ModelLoad.SATURATED
              : ready ? ModelStatus.ModelLoad.READY : ModelStatus.ModelLoad.UNAVAILABLE;
      models.putIfAbsent(backend.name(), ModelStatus.of(backend.name(), load));
      for (String model : ready ? backend.models() : List.<String>of()) {
        models.putIfAbsent(model, ModelStatus.of(model, load));
      }
    }
    WireReply.send(context, models.values());
  }

  private static double lastLatencySeconds(HostedStream stream, SessionView view) {
    long since = Math.max(0, view.lastSeq() - RECENT_EVENTS);
    Optional<LoggedEvent> newest = Optional.empty();
    for (List<LoggedEvent> page = stream.session().log().resultsAfter(since, RECENT_EVENTS);
        !page.isEmpty();
        page = stream.session().log().resultsAfter(page.getLast().seq(), RECENT_EVENTS)) {
      newest = Optional.of(page.getLast());
    }
    if (newest.isEmpty()) {
      return 0;
    }
    try {
      return WireJson.mapper().readTree(newest.get().json()).path("inference_latency_ms").asDouble()
          / 1e3;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
