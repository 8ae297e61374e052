package framewise.engine.pipeline;

import framewise.engine.source.Ending;
import framewise.engine.source.PictureForm;
import framewise.engine.source.TimedClip;
import java.time.Duration;
import java.util.Optional;

/** One question of a run on its way from pictures to results. */
interface Lane {
  /** What becomes of lanes. Any thread may call. */
  interface Keeper {
    /** Everything is asked and written. */
    void done(Lane lane);

    /** The run cannot go on. */
    void failed(Ending how);

    /** A lane wants pictures from now on, or wants none any more. */
    void wantsChanged();
  }

  /** What a lane is for: a prompt, asked in one of the ways there are. */
  record Key(Optional<String> prompt, Kind kind) {}

  /** The ways in which a prompt is asked. */
  enum Kind {
    ASK(PictureForm.CLIP),
    STREAM(PictureForm.STREAM),
    /** As {@link #ASK}, while the stream of the same prompt is down. */
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

  /** Whether it wants pictures now. */
  boolean isWanted();

  /** Takes a share of the clip once there is room for it. */
  void put(TimedClip clip) throws InterruptedException;

  /** Takes a share of the clip, in the place of one that still waits. */
  void replace(TimedClip clip);

  /** So many clips were never made, because newer ones were due already. */
  void skipped(long clips);

  /** No clip follows; what waits and what is under way is still answered. */
  void end();

  /** Ends now. When this returns nothing is asked or reported any more. */
  void stop(Duration patience);
}
