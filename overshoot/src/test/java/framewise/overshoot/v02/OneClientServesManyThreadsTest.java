package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OneClientServesManyThreadsTest extends StubTest {

  private static final int STREAMS = 20;

  @Test
  void everyStreamHasItsOwnResultsAndEnd() throws Exception {
    AtomicInteger ids = new AtomicInteger();
    stub.always(
        StubService.CREATE,
        context ->
            context
                .status(201)
                .result(
                    "{\"stream_id\":\"s"
                        + ids.incrementAndGet()
                        + "\",\"webrtc\":{\"type\":\"answer\",\"sdp\":\"v=0\"},\"lease\":{\"ttl_seconds\":300}}"));
    Map<String, RecordingStreamListener> ears = new ConcurrentHashMap<>();
    List<Future<?>> opened = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < STREAMS; i++) {
        opened.add(
            threads.submit(
                () -> {
                  RecordingStreamListener own = new RecordingStreamListener();
                  OvershootStream stream = client.open(request(), own);
                  ears.put(stream.id(), own);
                  stream.updatePrompt("q");
                }));
      }
    }
    for (Future<?> each : opened) {
      each.get();
    }
    assertThat(ears).hasSize(STREAMS);
    for (int i = 0; i < STREAMS; i++) {
      SocketPeer peer = stub.socket();
      peer.result("of-" + peer.path().substring(peer.path().lastIndexOf('/') + 1));
    }
    for (Map.Entry<String, RecordingStreamListener> each : ears.entrySet()) {
      assertThat(each.getValue().ids(1)).containsExactly("of-" + each.getKey());
    }
    client.close();
    for (RecordingStreamListener each : ears.values()) {
      assertThat(each.end()).isInstanceOf(V02StreamEnd.Closed.class);
    }
    assertThat(stub.unasked(StubService.DELETE)).isEqualTo(STREAMS);
  }
}
