package framewise.server.service.data;

import static java.util.Collections.nCopies;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Publisher;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Program that runs the service and streams to it, four streams at a time, each until its first
 * result; prints a line after each twentieth: {@code streams rssKilobytes nativeThreads}. Both ends
 * run in this process, so that leaks of either are visible.
 */
public final class ManyStreams {
  private static final int AT_A_TIME = 4;
  private static final int COUNTED_EVERY = 20;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private ManyStreams() {}

  /** Arguments: the number of streams and a data folder. */
  public static void main(String[] args) throws Exception {
    int streams = Integer.parseInt(args[0]);
    try (var service = RunningService.on(Path.of(args[1]), ScriptedBackend.echo());
        var peers = new Peers(PeerOptions.DEFAULTS);
        Frame picture =
            Frame.of(new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR), MediaTime.ZERO);
        ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME)) {
      Callable<Boolean> stream =
          () -> {
            stream(service.client(), peers, picture);
            return true;
          };
      for (int done = COUNTED_EVERY; done <= streams; done += COUNTED_EVERY) {
        for (Future<Boolean> ended : senders.invokeAll(nCopies(COUNTED_EVERY, stream))) {
          ended.get();
        }
        System.gc();
        System.out.println(done + " " + residentKilobytes() + " " + threads());
      }
    }
    System.out.println("closed " + residentKilobytes() + " " + threads());
  }

  private static void stream(TestClient client, Peers peers, Frame picture) throws Exception {
    try (Publisher publisher = peers.publisher(PeerListener.NONE)) {
      var body = TestClient.JSON.createObjectNode();
      body.putObject("webrtc").put("type", "offer").put("sdp", publisher.offer());
      body.putObject("processing").put("clip_length_seconds", 0.1).put("delay_seconds", 1);
      body.putObject("inference").put("prompt", "?").put("model", "any");
      var created =
          client.send(
              client
                  .to("/v0.2/streams", "Authorization", "Bearer k")
                  .POST(BodyPublishers.ofString(body.toString())));
      if (created.statusCode() != 201) {
        throw new IllegalStateException(created.body());
      }
      JsonNode stream = TestClient.json(created);
      publisher.accept(stream.path("webrtc").path("sdp").asText());
      publisher.send(picture);
      String id = stream.path("stream_id").asText();
      awaitResult(client, id);
      client.send(client.to("/v0.2/streams/" + id, "Authorization", "Bearer k").DELETE());
    }
  }

  private static void awaitResult(TestClient client, String id)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      JsonNode session = TestClient.json(client.get("/sessions/" + id));
      if (session.path("counters").path("results").asInt() > 0) {
        return;
      }
      Thread.sleep(10);
    }
    throw new IllegalStateException("no result of stream " + id);
  }

  private static String residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .findFirst()
        .orElseThrow();
  }

  private static long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    }
  }
}
