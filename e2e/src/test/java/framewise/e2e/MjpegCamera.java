package framewise.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/**
 * Network camera that streams JPEGs to clients that know its password, as many real cameras do. Its
 * pictures show a sign and a moving dot. It can be switched off and on.
 */
public final class MjpegCamera implements AutoCloseable {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final String LOGIN = "me:hidden-word";

  private final String sign;
  private final int fps;
  private final AtomicInteger shown = new AtomicInteger();
  private final int port;
  private volatile HttpServer server;
  private volatile boolean on;

  private MjpegCamera(String sign, int fps) {
    this.sign = sign;
    this.fps = fps;
    this.server = start(0);
    this.port = server.getAddress().getPort();
  }

  /**
   * Creates a camera that films a sign.
   *
   * @param fps pictures a second
   */
  public static MjpegCamera lookingAt(String sign, int fps) {
    return new MjpegCamera(sign, fps);
  }

  /** Its URL, with user and password. */
  public String url() {
    return "http://%s@127.0.0.1:%d/camera".formatted(LOGIN, port);
  }

  /** Its URL for display, without secrets. */
  public String shownUrl() {
    return "http://***@127.0.0.1:%d/camera".formatted(port);
  }

  public void off() {
    on = false;
    server.stop(0);
  }

  public void switchOn() {
    server = start(port);
  }

  @Override
  public void close() {
    off();
  }

  private HttpServer start(int at) {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
      made.setExecutor(task -> Thread.ofVirtual().start(task));
      made.createContext("/camera", this::serve);
      made.start();
      on = true;
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String expected =
          "Basic " + Base64.getEncoder().encodeToString(LOGIN.getBytes(StandardCharsets.US_ASCII));
      if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"camera\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace; boundary=jpg");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      while (on) {
        byte[] jpeg = picture(shown.getAndIncrement());
        out.write(
            "--jpg\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                .formatted(jpeg.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(jpeg);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        LockSupport.parkNanos(1_000_000_000L / fps);
      }
    }
  }

  private byte[] picture(int number) throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(new Color(0x203050));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.setColor(new Color(0xE8A33D));
    pen.fillOval(number * 16 % (WIDTH - 40), 40, 40, 40);
    pen.setColor(Color.WHITE);
    pen.setFont(new Font("DejaVu Sans", Font.BOLD, 64));
    int width = pen.getFontMetrics().stringWidth(sign);
    pen.drawString(sign, (WIDTH - width) / 2, HEIGHT / 2 + 24);
    pen.dispose();
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }
}
