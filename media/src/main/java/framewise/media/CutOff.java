package framewise.media;

import java.util.Optional;

/**
 * That the end of a video is missing.
 *
 * @param after when what is there ends, on the video's clock
 * @param of when the video ends by its header; empty where that says nothing
 */
public record CutOff(MediaTime after, Optional<MediaTime> of) {
  /** For a person. */
  public String sentence() {
    return "The file is cut off after %s%s."
        .formatted(after.clock(), of.map(end -> " of " + end.clock()).orElse(""));
  }
}
