package framewise.engine.pipeline;

import framewise.engine.source.Ending;
import framewise.media.Sampling;
import framewise.media.VideoInfo;

/** Hands clips over as they fall due, until there are no more. Used by one thread. */
interface ClipFeed extends AutoCloseable {
  /** Where clips go, and where it is counted that they did not. */
  interface Sink {
    /** Puts the clip in once there is room for it. */
    void put(TimedClip clip) throws InterruptedException;

    /** Puts the clip in, in the place of one that still waits. */
    void replace(TimedClip clip);

    /** So many clips were never made, because they were long over. */
    void skipped(long clips);

    /** The first picture of a live video is here. */
    void began(VideoInfo video);
  }

  /**
   * Plays to the end.
   *
   * @return how the video ended
   */
  Ending play(Sink sink) throws InterruptedException;

  /** From the next clip that starts later than the last, clips are made like this. */
  void change(Sampling sampling);

  /** Frees what it plays. */
  @Override
  void close();
}
