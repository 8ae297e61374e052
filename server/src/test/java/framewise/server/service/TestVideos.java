package framewise.server.service;

import framewise.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Test videos, made by the ffmpeg program. */
public final class TestVideos {
  private static final String FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";

  private TestVideos() {}

  /** Moving test pictures, 160x120, ten a second, a key frame every second, in an mp4. */
  public static Path moving(Path folder, int seconds) throws IOException, InterruptedException {
    return ffmpeg(
        folder.resolve("moving.mp4"),
        "testsrc2=size=160x120:rate=10:duration=" + seconds,
        List.of("-g", "10"));
  }

  /** Black text on white, 640x360, in the container of the given extension. */
  public static Path words(Path folder, String text, String extension)
      throws IOException, InterruptedException {
    String drawing =
        "drawtext=fontfile=%s:text='%s':fontsize=72:x=(w-tw)/2:y=(h-th)/2".formatted(FONT, text);
    return ffmpeg(
        folder.resolve("words." + extension),
        "color=c=white:s=640x360:r=10:d=4",
        List.of("-vf", drawing, "-g", "10"));
  }

  /** Like {@link #words}, with the text shown for two seconds and hidden for two, in turn. */
  public static Path blinking(Path folder, String text, int seconds)
      throws IOException, InterruptedException {
    String drawing =
        "drawtext=fontfile=%s:text='%s':fontsize=72:x=(w-tw)/2:y=(h-th)/2:enable='lt(mod(t,4),2)'"
            .formatted(FONT, text);
    return ffmpeg(
        folder.resolve("blinking.mp4"),
        "color=c=white:s=640x360:r=10:d=" + seconds,
        List.of("-vf", drawing, "-g", "10"));
  }

  /** Noise, 1280x720, ten a second, which JPEG hardly compresses. */
  public static Path noise(Path folder, int seconds) throws IOException, InterruptedException {
    return ffmpeg(
        folder.resolve("noise.mp4"),
        "nullsrc=s=160x90:r=10:d=%d,geq=random(1)*255:128:128,scale=1280:720:flags=neighbor"
            .formatted(seconds),
        List.of("-preset", "ultrafast", "-g", "10"));
  }

  private static Path ffmpeg(Path file, String input, List<String> options)
      throws IOException, InterruptedException {
    TestMachine.needs("ffmpeg");
    if (Files.exists(file)) {
      return file;
    }
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi"));
    command.addAll(List.of("-i", input));
    command.addAll(options);
    command.addAll(List.of("-pix_fmt", "yuv420p", file.toString()));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("ffmpeg could not make " + file);
    }
    return file;
  }

  /** A picture of one colour. */
  public static byte[] jpeg(int width, int height) throws IOException {
    var image =
        new java.awt.image.BufferedImage(width, height, java.awt.image.BufferedImage.TYPE_INT_RGB);
    var out = new java.io.ByteArrayOutputStream();
    javax.imageio.ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }
}
