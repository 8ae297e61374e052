package framewise.server.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import framewise.engine.Status;
import framewise.engine.session.Session;
import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.media.Sampling;
import framewise.overshoot.wire.Mode;
import framewise.overshoot.wire.StopReason;
import framewise.server.access.secret.KeyHash;
import framewise.server.metrics.Metrics;
import framewise.server.service.ScriptedBackend;
import framewise.testing.ManualClock;
import framewise.time.WallClock;
import framewise.vision.Backends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sessions with a source without pictures; the test moves the leases' clock. */
class StreamsEndWithTheirLeasesTest {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final KeyHash KEY = KeyHash.of("a");
  private static final KeyHash OTHER = KeyHash.of("b");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 1_000_000_000L);
  private final Metrics metrics = new Metrics();
  private final HostedStreams streams =
      new HostedStreams(clock, 2, Optional.empty(), metrics.streams());
  private Sessions sessions;

  @BeforeEach
  void open() {
    sessions =
        Sessions.open(
            new SessionOptions(folder.resolve("data"), false, 100),
            new Backends(List.of(ScriptedBackend.echo())),
            WallClock.system());
  }

  @AfterEach
  void close() {
    sessions.close();
    metrics.close();
  }

  @Test
  void renewedStreamsContinueAndOthersEnd() throws Exception {
    HostedStream renewed = stream(KEY);
    HostedStream left = stream(KEY);
    clock.advance(Duration.ofSeconds(40));
    renewed.lease().renew();
    clock.advance(Duration.ofSeconds(20));
    streams.sweep();

    assertThat(renewed.ended()).isEmpty();
    assertThat(left.ended()).contains(StopReason.LEASE_EXPIRED);
    assertThat(streams.open()).isEqualTo(1);
    await().until(() -> left.session().view().status() == Status.STOPPED);
    assertThat(left.session().view().reason().orElseThrow()).contains("lease");
    assertThat(renewed.session().view().status()).isEqualTo(Status.WAITING);
    assertThat(metrics.scrape())
        .contains("framewise_overshoot_streams_ended_total{reason=\"lease_expired\"} 1.0");
  }

  @Test
  void abandonedStreamsEndEarly() throws Exception {
    HostedStream left = stream(KEY);
    left.joined();
    left.joined();
    left.parted(true);
    HostedStream neverListenedTo = stream(KEY);
    HostedStream comeBackTo = stream(OTHER);
    comeBackTo.joined();
    comeBackTo.parted(true);
    HostedStream cutOff = stream(OTHER);
    cutOff.joined();
    cutOff.parted(false);
    clock.advance(Duration.ofSeconds(20));
    comeBackTo.joined();
    streams.sweep();
    assertThat(left.ended()).as("one is still listening").isEmpty();

    left.parted(true);
    clock.advance(Duration.ofSeconds(5));
    streams.sweep();
    assertThat(left.ended()).as("it may come back").isEmpty();
    clock.advance(Duration.ofMillis(1));
    streams.sweep();
    assertThat(left.ended()).contains(StopReason.WEBRTC_DISCONNECTED);
    await().until(() -> left.session().view().status() == Status.STOPPED);
    assertThat(left.session().view().reason()).contains("The client left.");
    assertThat(neverListenedTo.ended()).isEmpty();
    assertThat(comeBackTo.ended()).isEmpty();
    assertThat(cutOff.ended()).as("its client may be looking for the way back").isEmpty();
  }

  @Test
  void theEndFreesOnePlaceOfItsKey() throws Exception {
    HostedStream first = stream(KEY);
    HostedStream second = stream(KEY);
    assertThatThrownBy(() -> streams.take(KEY)).hasMessageContaining("2 streams open");
    streams.take(OTHER);
    assertThat(streams.end(first, StopReason.CLIENT_REQUESTED)).isTrue();
    assertThat(streams.end(first, StopReason.CLIENT_REQUESTED)).isFalse();
    streams.sweep();
    streams.take(KEY);
    assertThatThrownBy(() -> streams.take(KEY)).hasMessageContaining("2 streams open");
    assertThat(second.ended()).isEmpty();
  }

  @Test
  void theEndOfTheSessionEndsTheStream() throws Exception {
    HostedStream stream = stream(KEY);
    stream.session().stop();
    assertThat(stream.ended()).contains(StopReason.CLIENT_REQUESTED);
    assertThat(streams.end(stream, StopReason.LEASE_EXPIRED)).isFalse();
    assertThat(stream.ended()).contains(StopReason.CLIENT_REQUESTED);
    assertThat(streams.open()).isZero();
  }

  @Test
  void endedStreamsAreRememberedForTenMinutes() throws Exception {
    HostedStream stream = stream(KEY);
    streams.end(stream, StopReason.CLIENT_REQUESTED);
    clock.advance(Duration.ofMinutes(10));
    streams.sweep();
    assertThat(streams.find(stream.id(), KEY)).contains(stream);
    assertThat(streams.find(stream.id(), OTHER)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    streams.sweep();
    assertThat(streams.find(stream.id(), KEY)).isEmpty();
  }

  private HostedStream stream(KeyHash key) throws InterruptedException {
    streams.take(key);
    var source = new MeteredSource(new SilentSource(), clock);
    Session session =
        sessions.stream(SourceKind.WEBRTC, "a stream", source, StreamSettings.of("what"));
    var order =
        new StreamOrder(
            "",
            new Prompt("what"),
            Optional.empty(),
            "overshoot",
            new SamplingRequest(Mode.CLIP, Sampling.DEFAULT, 1),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());
    var stream =
        new HostedStream(key, session, order, source, new StreamExpiry(clock, LEASE), clock);
    streams.add(stream);
    return stream;
  }
}
