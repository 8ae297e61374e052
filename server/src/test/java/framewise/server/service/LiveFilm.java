package framewise.server.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.media.picture.Frame;
import framewise.testing.TestMachine;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Live video on a web server, made by FFmpeg as it plays. Each picture encodes its time as
 * brightness: the left half counts the seconds, the right half gets brighter within each second.
 */
public final class LiveFilm implements AutoCloseable {
  private static final String CLOCK =
      "color=c=black:s=320x240:r=10,format=yuv420p,"
          + "geq=lum='if(lt(X,W/2),20+3*floor(T),20+200*(T-floor(T)))':cb=128:cr=128";
  private static final int STEP = 3;
  private static final int DARKEST = 20;
  private static final double SPREAD = 200;

  /** BT.601: a decoder maps 16..235 to 0..255. */
  private static final double FULL_RANGE = 219.0 / 255;

  private final HttpServer web;
  private final Set<Process> senders = ConcurrentHashMap.newKeySet();

  private LiveFilm(HttpServer web) {
    this.web = web;
  }

  public static LiveFilm start() throws IOException {
    TestMachine.needs("ffmpeg");
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var film = new LiveFilm(web);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext("/live.ts", film::send);
    web.start();
    return film;
  }

  public String url() {
    return "http://127.0.0.1:%d/live.ts".formatted(web.getAddress().getPort());
  }

  /** Time of the picture in the film, in seconds; limited to 75 of them. */
  public static double madeAt(Frame picture) {
    double seconds = Math.round((luma(picture, 0.25) - DARKEST) / STEP);
    return seconds + Math.clamp((luma(picture, 0.75) - DARKEST) / SPREAD, 0, 1);
  }

  /** Ends all connections, as when a camera loses its power for a moment. */
  public void cut() {
    senders.forEach(Process::destroyForcibly);
  }

  @Override
  public void close() {
    senders.forEach(Process::destroyForcibly);
    web.stop(0);
  }

  private void send(HttpExchange exchange) throws IOException {
    List<String> command =
        List.of(
            "ffmpeg",
            "-v",
            "error",
            "-re",
            "-f",
            "lavfi",
            "-i",
            CLOCK,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-tune",
            "zerolatency",
            "-qp",
            "10",
            "-g",
            "10",
            "-f",
            "mpegts",
            "-flush_packets",
            "1",
            "-");
    Process ffmpeg =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    senders.add(ffmpeg);
    try (exchange;
        var pictures = ffmpeg.getInputStream()) {
      exchange.getResponseHeaders().add("Content-Type", "video/mp2t");
      exchange.sendResponseHeaders(200, 0);
      byte[] bytes = new byte[4096];
      for (int count = pictures.read(bytes); count > 0; count = pictures.read(bytes)) {
        exchange.getResponseBody().write(bytes, 0, count);
        exchange.getResponseBody().flush();
      }
    } finally {
      ffmpeg.destroyForcibly();
    }
  }

  /** Brightness as FFmpeg wrote it, in the middle of the area around {@code across}. */
  private static double luma(Frame picture, double across) {
    MemorySegment pixels = picture.pixels();
    int x = (int) (picture.width() * across);
    double sum = 0;
    int count = 0;
    for (int y = picture.height() / 3; y < picture.height() * 2 / 3; y += 4) {
      for (int dx = -20; dx <= 20; dx += 4) {
        long at = 3L * (y * picture.width() + x + dx);
        sum += pixels.get(ValueLayout.JAVA_BYTE, at) & 0xff;
        count++;
      }
    }
    return 16 + sum / count * FULL_RANGE;
  }
}
