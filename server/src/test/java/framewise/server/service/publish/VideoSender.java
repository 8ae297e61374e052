package framewise.server.service.publish;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import framewise.testing.TestMachine;
import framewise.webrtc.ConnectionState;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Publisher;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.concurrent.locks.LockSupport;

/** A sender of drawn pictures, ten a second, over a real peer connection. */
public final class VideoSender implements AutoCloseable {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final long STEP_NANOS = 100_000_000;

  private final Peers peers = peers();
  private final Publisher publisher = peers.publisher(PeerListener.NONE);
  private final Thread painter = Thread.ofPlatform().name("painter").unstarted(this::paint);
  private final String offer;
  private volatile boolean paused;

  public VideoSender() throws InterruptedException {
    offer = publisher.offer();
    painter.start();
  }

  private static Peers peers() {
    TestMachine.needs("webrtc");
    return new Peers(PeerOptions.DEFAULTS);
  }

  public String offer() {
    return offer;
  }

  public void accept(String answer) throws Exception {
    publisher.accept(answer);
  }

  public ConnectionState state() {
    return publisher.state();
  }

  /** Stays connected and sends nothing. */
  public void pause() {
    paused = true;
  }

  @Override
  public void close() {
    painter.interrupt();
    try {
      painter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
    peers.close();
  }

  private void paint() {
    for (int step = 0; !Thread.currentThread().isInterrupted(); step++) {
      if (!paused) {
        try (Frame frame = picture(step)) {
          boolean _ = publisher.send(frame);
        }
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private static Frame picture(int step) {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillRect(0, 0, WIDTH, HEIGHT);
    pen.setColor(Color.BLACK);
    pen.fillRect(step * 7 % (WIDTH - 40), HEIGHT / 3, 40, 40);
    pen.dispose();
    try (Frame drawn = Frame.of(image, MediaTime.ZERO)) {
      return drawn.convert(WIDTH, HEIGHT, PixelFormat.I420);
    }
  }
}
