package framewise.overshoot.v02;

import framewise.overshoot.Backoff;
import framewise.overshoot.Secret;
import framewise.overshoot.Timeouts;
import framewise.overshoot.wire.ClipProcessing;
import framewise.overshoot.wire.CreateStreamRequest;
import framewise.overshoot.wire.Inference;
import framewise.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stub, a client for it, and time controlled by the test. */
abstract class StubTest {

  static final String KEY = "ovs_swordfish";

  final ManualClock time = new ManualClock();
  final RecordingStreamListener heard = new RecordingStreamListener();
  StubService stub = new StubService();
  OvershootV02 client = new OvershootV02(settings());

  ClientSettings settings() {
    return ClientSettings.of(stub.base(), Secret.of(KEY))
        .withTime(time, time)
        .withTimeouts(
            new Timeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2)))
        .withBackoff(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), 8));
  }

  static CreateStreamRequest request() {
    return CreateStreamRequest.ofOffer(
        "v=0 offer", ClipProcessing.ofRatio(30, 0.1, 1, 1), Inference.of("p", "m"));
  }

  OvershootStream open() {
    return client.open(request(), heard);
  }

  @BeforeEach
  void nothingIsLeftFromBefore() {
    stub.requests.clear();
  }

  @AfterEach
  void closeAll() {
    stub.over.countDown();
    client.close();
    stub.close();
  }
}
