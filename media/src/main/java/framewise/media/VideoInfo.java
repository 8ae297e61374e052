package framewise.media;

import java.util.Optional;

/**
 * What is known of a video, once its first picture has been decoded.
 *
 * @param container {@code mp4}, {@code mov}, {@code avi}, {@code mkv} or {@code webm}, decided by
 *     the content and never by the file's name; of live video how it arrives, such as {@code
 *     webrtc}
 * @param codec FFmpeg's name of the video codec, such as {@code h264}; empty where it is not known
 * @param width pixels of an upright picture, rotation and sample aspect ratio applied; of a file
 *     that was probed those of its largest pictures
 * @param height pixels of such a picture
 * @param fps average pictures a second, greater than 0; for a variable rate the average, where the
 *     container has one; 0 where the sender may change it at any time
 * @param duration when it ends on a player's clock, where the container tells or the packets could
 *     be counted
 */
public record VideoInfo(
    String container,
    String codec,
    int width,
    int height,
    double fps,
    Optional<MediaTime> duration) {
  VideoInfo withSize(Shape shape) {
    return new VideoInfo(container, codec, shape.width(), shape.height(), fps, duration);
  }
}
