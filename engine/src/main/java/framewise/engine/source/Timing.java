package framewise.engine.source;

import framewise.media.MediaTime;

/** The video's clock while one clip is read. Used by the thread that reads. */
public interface Timing {
  /** When a moment of the video is on show, on the steady clock. */
  long nanosOf(MediaTime time);

  /** What is on show now. */
  MediaTime now();

  /** The steady clock. */
  long nanos();

  /** Waits until a moment of the video; false where the clip is not wanted any more. */
  boolean await(MediaTime time) throws InterruptedException;

  /** Whether the clip is still wanted, by the same schedule. */
  boolean isWanted();
}
