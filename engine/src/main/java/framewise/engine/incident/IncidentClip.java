package framewise.engine.incident;

import framewise.engine.keep.Footage;
import framewise.media.MediaTime;
import framewise.media.file.VideoCodec;
import framewise.media.file.VideoWriter;
import framewise.media.file.WriterSettings;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Writes the pictures of an interval as MP4 with H.264, which every browser plays. */
final class IncidentClip {
  /**
   * Frame rate of the clip. Pictures are usually kept at a lower rate; each is repeated until the
   * next.
   */
  private static final int FPS = 5;

  private static final int MAX_COUNT = 400;
  private static final int MIN_SIDE = 16;
  private static final double KEY_FRAME_EVERY = 2;
  private static final int MIN_BITS_PER_SECOND = 400_000;
  private static final int MAX_BITS_PER_SECOND = 4_000_000;

  private IncidentClip() {}

  /**
   * Writes a clip; nothing where there are no pictures.
   *
   * @param file appears once it is complete
   */
  static void write(Footage footage, MediaTime start, MediaTime end, Path file)
      throws IOException, InterruptedException {
    List<EncodedPicture> pictures =
        footage.pictures(footage.window(start, end, FPS, MAX_COUNT).frames());
    if (pictures.isEmpty()) {
      return;
    }
    EncodedPicture first = pictures.getFirst();
    int width = even(first.width());
    int height = even(first.height());
    long bits = Math.clamp((long) width * height, MIN_BITS_PER_SECOND, MAX_BITS_PER_SECOND);
    var settings =
        new WriterSettings(VideoCodec.H264, width, height, FPS, KEY_FRAME_EVERY, (int) bits);
    try (VideoWriter writer = VideoWriter.create(file, settings)) {
      long last = -1;
      for (EncodedPicture picture : pictures) {
        MediaTime time = picture.time().minus(first.time());
        long number = Math.round(time.seconds() * FPS);
        if (number > last) {
          last = number;
          add(writer, picture, time);
        }
      }
      writer.finish();
    }
  }

  private static void add(VideoWriter writer, EncodedPicture picture, MediaTime time)
      throws IOException {
    Optional<BufferedImage> image =
        Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(picture.jpeg())));
    if (image.isPresent()) {
      try (Frame frame = Frame.of(image.get(), time)) {
        writer.write(frame);
      }
    }
  }

  private static int even(int side) {
    return Math.max(MIN_SIDE, side - side % 2);
  }
}
