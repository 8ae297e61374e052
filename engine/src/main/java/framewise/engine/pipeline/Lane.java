package framewise.engine.pipeline;

import framewise.engine.source.Ending;
import framewise.engine.source.PictureForm;
import framewise.engine.source.TimedClip;
import java.time.Duration;
import java.util.Optional;

/** Path of one prompt in a run, from pictures to results. */
interface Lane {
  /** Receives a lane's changes. Safe for any number of threads. */
  interface LaneListener {
    /** All clips were asked about, and all results are written. */
    void done(Lane lane);

    /** The run cannot continue. */
    void failed(Ending how);

    /** A lane has started or stopped wanting pictures. */
    void wantsChanged();
  }

  /** Identity of a lane: a prompt, and the way it is asked. */
  record Key(Optional<String> prompt, Kind kind) {}

  /** Ways of asking a prompt. */
  enum Kind {
    ASK(PictureForm.CLIP),
    STREAM(PictureForm.STREAM),
    /** Like {@link #ASK}, while the stream of the same prompt is down. */
    FALLBACK(PictureForm.CLIP);

    private final PictureForm form;

    Kind(PictureForm form) {
      this.form = form;
    }

    PictureForm form() {
      return form;
    }
  }

  Key key();

  void start();

  /** Whether the lane wants pictures now. */
  boolean isWanted();

  /** Takes a share of the clip once there is room for it. */
  void put(TimedClip clip) throws InterruptedException;

  /** Takes a share of the clip, replacing one that still waits. */
  void replace(TimedClip clip);

  /** Reports clips that were skipped before they were made, because newer ones were due already. */
  void skipped(long clips);

  /** Signals that no clip follows. Waiting clips and requests in flight are still answered. */
  void end();

  /** Stops at once. After this returns, the lane sends no requests and reports nothing. */
  void stop(Duration patience);
}
