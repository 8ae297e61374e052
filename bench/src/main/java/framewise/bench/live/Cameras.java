package framewise.bench.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * The service's peers: cameras that send MPEG-TS over HTTP in real time, each from its own program,
 * and a model that answers at once. Video is encoded beforehand, so that sending costs little CPU.
 */
final class Cameras implements AutoCloseable {
  private static final byte[] ANSWER =
      """
      {"id":"1","object":"chat.completion","created":1,"model":"instant","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Nothing of note."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"""
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer web;
  private final Path film;
  private final Set<Process> senders = ConcurrentHashMap.newKeySet();

  private Cameras(HttpServer web, Path film) {
    this.web = web;
    this.film = film;
  }

  /**
   * Encodes the film and starts to serve it.
   *
   * @param size such as {@code 640x360}; ten pictures per second, a key frame each second
   */
  static Cameras open(Path folder, String size) throws IOException, InterruptedException {
    Path film = folder.resolve("camera-%s.ts".formatted(size));
    Process ffmpeg =
        ffmpeg(
            List.of(
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=%s:rate=10".formatted(size),
                "-t",
                "20",
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-tune",
                "zerolatency",
                "-g",
                "10",
                film.toString()));
    if (ffmpeg.waitFor() != 0) {
      throw new IOException("ffmpeg cannot make the film");
    }
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var cameras = new Cameras(web, film);
    web.createContext("/camera", cameras::send);
    web.createContext("/v1", Cameras::answer);
    web.start();
    return cameras;
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(web.getAddress().getPort(), path);
  }

  @Override
  public void close() {
    senders.forEach(Process::destroyForcibly);
    web.stop(0);
  }

  private void send(HttpExchange exchange) throws IOException {
    Process ffmpeg =
        ffmpeg(
            List.of(
                "-re",
                "-stream_loop",
                "-1",
                "-i",
                film.toString(),
                "-c",
                "copy",
                "-f",
                "mpegts",
                "-flush_packets",
                "1",
                "-"));
    senders.add(ffmpeg);
    try (exchange;
        var video = ffmpeg.getInputStream()) {
      exchange.sendResponseHeaders(200, 0);
      byte[] bytes = new byte[16 << 10];
      for (int count = video.read(bytes); count > 0; count = video.read(bytes)) {
        exchange.getResponseBody().write(bytes, 0, count);
        exchange.getResponseBody().flush();
      }
    } finally {
      ffmpeg.destroyForcibly();
      senders.remove(ffmpeg);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    }
  }

  private static Process ffmpeg(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error"));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
