package framewise.e2e.agents;

import static org.awaitility.Awaitility.await;

import framewise.e2e.NpmPackages;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;

/**
 * A program that publishes a picture with words 8 times a second, with the unmodified npm package
 * {@code @livekit/rtc-node}.
 */
final class LiveKitAgent implements AutoCloseable {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int CHANNELS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private LiveKitAgent(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it and waits until it has published. */
  static LiveKitAgent publish(V1betaStream stream, boolean simulcast, String words, Path folder)
      throws IOException {
    // Node.js looks for packages beside the script.
    Path script = NpmPackages.folder().resolve("livekit-agent.mjs");
    try (InputStream in = LiveKitAgent.class.getResourceAsStream("livekit-agent.mjs")) {
      Files.copy(Objects.requireNonNull(in), script, StandardCopyOption.REPLACE_EXISTING);
    }
    Path picture = Files.write(folder.resolve("picture.rgba"), drawn(words));
    Path log = Files.createTempFile(folder, "agent", ".log");
    Process process =
        new ProcessBuilder(
                "node",
                script.toString(),
                stream.url(),
                stream.token(),
                Boolean.toString(simulcast),
                picture.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    var agent = new LiveKitAgent(process, log);
    await("the program has published")
        .atMost(PATIENCE)
        .until(() -> agent.log().contains("published") || !process.isAlive());
    if (!agent.log().contains("published")) {
      throw new AssertionError("it ended: " + agent.log());
    }
    return agent;
  }

  /** Lets it disconnect. */
  void leave() throws IOException {
    try (Writer in = process.outputWriter()) {
      in.write("\n");
    }
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** White words on dark blue, in RGBA. */
  private static byte[] drawn(String words) {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR);
    Graphics2D pen = image.createGraphics();
    pen.setColor(new Color(0x203050));
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.setColor(Color.WHITE);
    pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 144));
    FontMetrics metrics = pen.getFontMetrics();
    pen.drawString(words, (WIDTH - metrics.stringWidth(words)) / 2, HEIGHT / 2 + 50);
    pen.dispose();
    byte[] reversed = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] rgba = new byte[reversed.length];
    for (int i = 0; i < rgba.length; i++) {
      rgba[i] = reversed[i - i % CHANNELS + CHANNELS - 1 - i % CHANNELS];
    }
    return rgba;
  }
}
