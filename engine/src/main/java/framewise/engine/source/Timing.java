package framewise.engine.source;

import framewise.media.MediaTime;

/** The video's clock while one clip is read. Used by the reading thread. */
public interface Timing {
  /** Time at which a position of the video is on show, in nanoseconds of the steady clock. */
  long nanosOf(MediaTime time);

  /** The present position in the video. */
  MediaTime now();

  /** Present time in nanoseconds of the steady clock. */
  long nanos();

  /** Waits until a position of the video is on show; false if the clip is no longer wanted. */
  boolean await(MediaTime time) throws InterruptedException;

  /** Whether the clip is still wanted, by the same schedule. */
  boolean isWanted();
}
