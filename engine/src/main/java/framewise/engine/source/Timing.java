package framewise.engine.source;

import framewise.media.MediaTime;

/** The video's clock while one clip is read. Used by the reading thread. */
public interface Timing {
  /** When a position of the video is on show, on the steady clock. */
  long nanosOf(MediaTime time);

  /** The present position. */
  MediaTime now();

  /** The steady clock. */
  long nanos();

  /** Waits until a position of the video; false where the clip is not wanted any more. */
  boolean await(MediaTime time) throws InterruptedException;

  /** Whether the clip is still wanted, by the same schedule. */
  boolean isWanted();
}
