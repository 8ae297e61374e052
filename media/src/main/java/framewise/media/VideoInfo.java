package framewise.media;

import java.util.Optional;

/**
 * A video's properties, known once its first picture has been decoded.
 *
 * @param container {@code mp4}, {@code mov}, {@code avi}, {@code mkv} or {@code webm}, detected
 *     from the content and never from the file's name; for live video the kind of source, such as
 *     {@code webrtc}
 * @param codec FFmpeg's name of the video codec, such as {@code h264}; empty when unknown
 * @param width pixels of an upright picture, with rotation and sample aspect ratio applied; for a
 *     probed file, of its largest pictures
 * @param height pixels of the same picture
 * @param fps average pictures per second, greater than 0; 0 when the sender may change it at any
 *     time
 * @param duration when the video ends on a player's clock, if the container declares it or the
 *     packets could be counted
 */
public record VideoInfo(
    String container,
    String codec,
    int width,
    int height,
    double fps,
    Optional<MediaTime> duration) {
  /** The same video with pictures of this size, in pixels. */
  public VideoInfo withSize(int width, int height) {
    return new VideoInfo(container, codec, width, height, fps, duration);
  }
}
