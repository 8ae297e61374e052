package framewise.vision.builtin;

import framewise.media.MediaTime;
import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Real video from a folder next to the repository, if there is one; it is never part of the
 * repository.
 */
public final class SampleClip {
  private static final Path FOLDER =
      Path.of(System.getProperty("framewise.root", "..")).resolve("../shared/media");

  private SampleClip() {}

  public static boolean present() {
    return Files.isDirectory(FOLDER);
  }

  /**
   * A frame of a clip, or a still. The caller closes it.
   *
   * @param seconds position in the clip
   */
  public static Frame frame(String name, double seconds) throws Exception {
    if (name.endsWith(".jpg")) {
      return Frame.of(ImageIO.read(FOLDER.resolve(name).toFile()), MediaTime.ZERO);
    }
    try (VideoReader reader =
        VideoReader.open(FOLDER.resolve(name), new FrameSize(1280), PixelFormat.BGR24)) {
      return reader.at(MediaTime.ofSeconds(seconds)).orElseThrow();
    }
  }
}
