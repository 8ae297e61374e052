package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.JpegScans;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DamageIsSkippedTest {
  @ParameterizedTest
  @CsvSource({
    "mp4,  -c:v libx264 -g 30 -movflags +faststart",
    "mkv,  -c:v libx264 -g 30",
    "avi,  -c:v mpeg4 -g 30",
    "webm, -c:v libvpx -g 30 -deadline realtime",
  })
  void garbageInTheMiddle(String container, String encoding) throws Exception {
    Path file = numbered("garbage." + container, encoding);
    byte[] bytes = Files.readAllBytes(file);
    byte[] garbage = new byte[bytes.length / 10];
    new Random(3).nextBytes(garbage);
    System.arraycopy(garbage, 0, bytes, bytes.length / 2, garbage.length);
    Files.write(file, bytes);

    try (VideoReader reader = Numbered.open(file)) {
      for (int i = 0; i < 60; i++) {
        assertThat(Numbered.at(reader, (i + 0.5) / 30)).isEqualTo(i);
      }
      int pictures = 0;
      for (int i = 60; i < 300; i++) {
        pictures += shows(reader, i) ? 1 : 0;
      }
      assertThat(pictures).as("times with some picture").isGreaterThan(200);
      if (!container.equals(
          "webm")) { // any bits form a valid VP8 picture, so the decoder detects no damage
        assertThat(reader.damaged()).isPositive();
      }
      for (int i = 240; i < 290; i++) {
        assertThat(Numbered.at(reader, (i + 0.5) / 30)).isEqualTo(i);
      }
    }
    assertThat(FramePool.inUse()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "mp4,  -c:v libx264 -g 30 -movflags +faststart",
    "mov,  -c:v mjpeg -movflags +faststart",
    "mkv,  -c:v libx264 -g 30",
    "avi,  -c:v mpeg4 -g 30",
    "webm, -c:v libvpx -g 30 -deadline realtime",
  })
  void truncated(String container, String encoding) throws Exception {
    Path file = numbered("cut." + container, encoding);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    try (VideoReader reader = Numbered.open(file)) {
      for (int i = 0; i < 90; i++) {
        assertThat(Numbered.at(reader, (i + 0.5) / 30)).isEqualTo(i);
      }
      assertThat(Numbered.at(reader, 0.51)).isEqualTo(15);
      Optional<Frame> past = reader.at(MediaTime.ofSeconds(9.9));
      past.ifPresent(Frame::close);
      assertThat(Numbered.at(reader, 2.01)).isEqualTo(60);
    }
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void aHeaderWithoutContent() throws Exception {
    Path file = numbered("header.mp4", "-c:v libx264 -g 30 -movflags +faststart");
    byte[] bytes = Files.readAllBytes(file);
    int data = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("mdat");
    Files.write(file, Arrays.copyOf(bytes, data + 4));

    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessageContaining("No picture of this mp4 file can be decoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "mkv", "avi"})
  void onlyGarbageAfterTheHeader(String container) throws Exception {
    Path file = numbered("noise." + container, "-c:v mpeg4 -g 30 -movflags +faststart");
    byte[] bytes = Files.readAllBytes(file);
    byte[] noise = new byte[bytes.length - 8192];
    new Random(5).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, 8192, noise.length);
    Files.write(file, bytes);

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.damaged()).isNotNegative();
    } catch (NotAVideoException refused) {
      assertThat(refused.getMessage()).endsWith(".");
    }
    assertThat(FramePool.inUse()).isZero();
  }

  private static boolean shows(VideoReader reader, int picture) {
    Optional<Frame> frame = reader.at(MediaTime.ofSeconds((picture + 0.5) / 30));
    frame.ifPresent(Frame::close);
    return frame.isPresent();
  }

  /**
   * Seen: an upload of 270 kB, one picture refined by thousands of scans, kept the decoder busy for
   * minutes.
   */
  @Test
  void endlesslyProgressivePicturesAreNotDecoded() throws Exception {
    try (Frame frame =
        Frame.of(new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR), MediaTime.ZERO)) {
      byte[] jpeg = frame.jpeg(new FrameSize(64), 80).jpeg();
      int scan = jpeg.length - 2;
      while (jpeg[scan] != (byte) 0xff || jpeg[scan + 1] != (byte) 0xda) {
        scan--;
      }
      assertThat(VideoReader.probe(motionJpeg(jpeg, scan, 1)).width()).isEqualTo(64);
      Path endless = motionJpeg(jpeg, scan, JpegScans.MAX_SCANS + 1);
      assertThatThrownBy(() -> VideoReader.probe(endless)).isInstanceOf(NotAVideoException.class);
    }
  }

  /** A video of one JPEG in which the scan at this offset is repeated. */
  private static Path motionJpeg(byte[] jpeg, int scan, int times) throws Exception {
    Path picture = FfmpegProgram.clip("scans-" + times + ".jpg");
    try (OutputStream out = Files.newOutputStream(picture)) {
      out.write(jpeg, 0, scan);
      for (int i = 0; i < times; i++) {
        out.write(jpeg, scan, jpeg.length - 2 - scan);
      }
      out.write(jpeg, jpeg.length - 2, 2);
    }
    return FfmpegProgram.make("scans-" + times + ".avi", "-i", picture.toString(), "-c", "copy");
  }

  private static Path numbered(String name, String encoding) {
    String[] codec = encoding.split(" ");
    String[] all = Arrays.copyOf(codec, codec.length + 2);
    all[codec.length] = "-pix_fmt";
    all[codec.length + 1] = codec[1].equals("mjpeg") ? "yuvj420p" : "yuv420p";
    return Numbered.make(name, 300, all);
  }
}
