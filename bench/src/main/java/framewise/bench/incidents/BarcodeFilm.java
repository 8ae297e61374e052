package framewise.bench.incidents;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Live video on a web server: pictures numbered from 0, encoded by FFmpeg in real time as MPEG-TS,
 * with the encoder's lowest latency.
 */
final class BarcodeFilm implements AutoCloseable {
  private final HttpServer web;
  private final int pictures;
  private final int fps;
  private final Map<Integer, Long> shown = new ConcurrentHashMap<>();

  BarcodeFilm(int pictures, int fps) throws IOException {
    this.pictures = pictures;
    this.fps = fps;
    this.web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    web.createContext("/film.ts", this::send);
    web.start();
  }

  String url() {
    return "http://127.0.0.1:%d/film.ts".formatted(web.getAddress().getPort());
  }

  /** When each picture was given to the encoder, {@link System#nanoTime}. */
  Map<Integer, Long> shown() {
    return Map.copyOf(shown);
  }

  @Override
  public void close() {
    web.stop(0);
  }

  private void send(HttpExchange exchange) throws IOException {
    Process ffmpeg =
        new ProcessBuilder(
                List.of(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-probesize",
                    "32",
                    "-analyzeduration",
                    "0",
                    "-f",
                    "rawvideo",
                    "-pix_fmt",
                    "bgr24",
                    "-s",
                    "%dx%d".formatted(Barcode.WIDTH, Barcode.HEIGHT),
                    "-r",
                    Integer.toString(fps),
                    "-i",
                    "-",
                    "-c:v",
                    "libx264",
                    "-preset",
                    "ultrafast",
                    "-tune",
                    "zerolatency",
                    "-pix_fmt",
                    "yuv420p",
                    "-g",
                    Integer.toString(fps),
                    "-muxdelay",
                    "0",
                    "-muxpreload",
                    "0",
                    "-f",
                    "mpegts",
                    "-flush_packets",
                    "1",
                    "-"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (exchange;
        var video = ffmpeg.getInputStream()) {
      exchange.sendResponseHeaders(200, 0);
      Thread.ofVirtual().start(() -> show(ffmpeg.getOutputStream()));
      byte[] bytes = new byte[16 << 10];
      for (int count = video.read(bytes); count > 0; count = video.read(bytes)) {
        exchange.getResponseBody().write(bytes, 0, count);
        exchange.getResponseBody().flush();
      }
    } finally {
      ffmpeg.destroyForcibly();
    }
  }

  private void show(OutputStream encoder) {
    long start = System.nanoTime();
    try (encoder) {
      for (int number = 0; number < pictures; number++) {
        BufferedImage picture = Barcode.draw(number);
        long due = start + number * 1_000_000_000L / fps;
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        shown.put(number, System.nanoTime());
        encoder.write(((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
        encoder.flush();
      }
    } catch (IOException gone) {
      // the reader has disconnected
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
