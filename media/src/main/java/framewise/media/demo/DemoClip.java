package framewise.media.demo;

import framewise.media.MediaFault;
import framewise.media.MediaTime;
import framewise.media.file.VideoCodec;
import framewise.media.file.VideoWriter;
import framewise.media.file.WriterSettings;
import framewise.media.picture.Frame;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the sample video of photos: an empty room, two people in a corridor, one in a warehouse,
 * four in a classroom and two in a shop, under a sign whose text changes every six seconds and a
 * clock that shows the video's time. The bytes are always the same on the same kind of machine.
 * Needs no fonts and no screen.
 */
public final class DemoClip {
  /** Length in seconds. */
  public static final int DURATION = 24;

  /** Pictures per second. */
  public static final int FPS = 10;

  public static final int WIDTH = Scene.WIDTH;
  public static final int HEIGHT = Scene.HEIGHT;

  private static final int BITS_PER_SECOND = 2_500_000;

  private DemoClip() {}

  /**
   * Writes an mp4 (H.264, 1280x720, a key frame for each photo) that browsers play while it
   * downloads. Takes some seconds; the file appears only when complete.
   *
   * @param file its name must end in {@code .mp4}
   * @throws framewise.media.MediaFault when it cannot be written
   */
  public static void write(Path file) {
    Scene scene = new Scene();
    WriterSettings settings =
        new WriterSettings(
            VideoCodec.H264, WIDTH, HEIGHT, FPS, Scene.SECONDS_PER_PHOTO, BITS_PER_SECOND);
    // One picture is drawn while the previous one is encoded.
    try (VideoWriter writer = VideoWriter.create(file, settings);
        ExecutorService painter = Executors.newSingleThreadExecutor(DemoClip::painter)) {
      BufferedImage front = scene.blank();
      BufferedImage back = scene.blank();
      scene.draw(front, 0);
      for (int i = 0; i < DURATION * FPS; i++) {
        double next = (double) (i + 1) / FPS;
        BufferedImage drawn = back;
        Future<?> painted = painter.submit(() -> scene.draw(drawn, next));
        try (Frame frame = Frame.of(front, MediaTime.ofSeconds((double) i / FPS))) {
          writer.write(frame);
        }
        painted.get();
        back = front;
        front = drawn;
      }
      writer.finish();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Failed to draw the sample clip", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MediaFault("Preparing the sample clip was interrupted");
    }
  }

  private static Thread painter(Runnable work) {
    return Thread.ofPlatform().name("demo-clip-painter").daemon().unstarted(work);
  }
}
