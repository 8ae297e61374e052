package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Changes a few bytes in files of every container, mostly in the headers. Each file must be refused
 * with a sentence or read; the process must survive, in bounded time.
 */
class BrokenHeadersNeverCrashTest {
  /** Per file; {@code -Dframewise.fuzz=1500} tries more. */
  private static final int MUTATIONS = Integer.getInteger("framewise.fuzz", 60);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "mp4,  1, -c:v libx264 -movflags +faststart",
    "mp4,  2, -c:v libx265 -x265-params log-level=error -movflags +faststart",
    "mov,  3, -c:v mjpeg -movflags +faststart",
    "avi,  4, -c:v mpeg4",
    "mkv,  5, -c:v libx264",
    "webm, 6, -c:v libvpx-vp9 -deadline realtime",
    "webm, 7, -c:v libaom-av1 -usage realtime -cpu-used 8",
  })
  void mutatedHeaders(String container, long seed, String encoding) throws Exception {
    String[] codec = (encoding + " -pix_fmt " + pixels(encoding)).split(" ", -1);
    byte[] whole =
        Files.readAllBytes(Numbered.make("seed-" + seed + "." + container, 64, 48, 30, codec));
    Random random = new Random(seed);
    Path file = folder.resolve("mutated");
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      Files.write(file, mutate(whole.clone(), random));
      read += assertTimeoutPreemptively(PATIENCE, () -> reads(file)) ? 1 : 0;
    }
    assertThat(read).as("files that still showed something").isPositive();
    assertThat(FramePool.inUse()).isZero();
  }

  private static boolean reads(Path file) {
    try (VideoReader reader = VideoReader.open(file, new FrameSize(64), PixelFormat.BGR24)) {
      int pictures = 0;
      for (double time = 0; time < 1; time += 0.3) {
        Optional<Frame> frame = reader.at(MediaTime.ofSeconds(time));
        frame.ifPresent(Frame::close);
        pictures += frame.isPresent() ? 1 : 0;
      }
      return pictures > 0;
    } catch (NotAVideoException refused) {
      assertThat(refused.getMessage()).isNotBlank().endsWith(".");
      return false;
    }
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      int reach = random.nextInt(3) > 0 ? Math.min(1500, bytes.length) : bytes.length;
      int at = random.nextInt(reach);
      bytes[at] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) 0xff;
            case 2 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
            default -> (byte) random.nextInt();
          };
    }
    return bytes;
  }

  private static String pixels(String encoding) {
    return encoding.contains("mjpeg") ? "yuvj420p" : "yuv420p";
  }
}
