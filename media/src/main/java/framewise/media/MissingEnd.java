package framewise.media;

import java.util.Optional;

/**
 * A video whose end is missing.
 *
 * @param after when the existing part ends, on the video's clock
 * @param of when the video should end by its header; empty when that says nothing
 */
public record MissingEnd(MediaTime after, Optional<MediaTime> of) {
  /** A sentence for users. */
  public String sentence() {
    return "The file is cut off after %s%s."
        .formatted(after.clock(), of.map(end -> " of " + end.clock()).orElse(""));
  }
}
