package framewise.engine.session.video;

import static framewise.engine.session.video.Phase.CONNECTING;
import static framewise.engine.session.video.Phase.FAILED;
import static framewise.engine.session.video.Phase.FINISHED;
import static framewise.engine.session.video.Phase.IDLE;
import static framewise.engine.session.video.Phase.STOPPED;
import static framewise.engine.session.video.Phase.STREAMING;
import static framewise.engine.session.video.Phase.UPLOADED;

import java.util.List;
import java.util.Optional;

/**
 * All transitions of a session from one phase to the next. No other transition is allowed: a
 * request for one is refused, and a late event of an ended run is ignored. {@code
 * docs/lifecycle.md} shows the same table.
 */
public final class Lifecycle {
  /** Events that can change a session's phase. */
  public enum LifecycleEvent {
    /** A person starts a session whose video is a file. */
    START_FILE,
    /** A person starts a session whose video is on the network. */
    START_NETWORK,
    /** A sender publishes the video, or publishes it again. */
    PUBLISH,
    /** After a restart of the process or a full disk, the file resumes where it stopped. */
    RESUME_FILE,
    /** After a restart or a full disk, the network video is connected again. */
    RESUME_NETWORK,
    /** After moving to another node, the session waits for its sender to publish again. */
    RESUME_PUBLISHED,
    /** A person changes the settings or the prompt. */
    CHANGE,
    /** The first picture of live video arrives. */
    FIRST_PICTURE,
    /** A person stops the session, or deletes it. */
    STOP,
    /** The video ends, and every clip is answered. */
    FINISH,
    /** The video or the back end cannot continue. */
    FAIL
  }

  /** One row of the table. */
  record Transition(Phase from, LifecycleEvent on, Phase to) {}

  static final List<Transition> TRANSITIONS =
      List.of(
          new Transition(UPLOADED, LifecycleEvent.START_FILE, STREAMING),
          new Transition(IDLE, LifecycleEvent.START_NETWORK, CONNECTING),
          new Transition(IDLE, LifecycleEvent.PUBLISH, CONNECTING),
          new Transition(IDLE, LifecycleEvent.FAIL, FAILED),
          new Transition(CONNECTING, LifecycleEvent.RESUME_NETWORK, CONNECTING),
          new Transition(CONNECTING, LifecycleEvent.RESUME_PUBLISHED, CONNECTING),
          new Transition(CONNECTING, LifecycleEvent.CHANGE, CONNECTING),
          new Transition(CONNECTING, LifecycleEvent.FIRST_PICTURE, STREAMING),
          new Transition(CONNECTING, LifecycleEvent.STOP, STOPPED),
          new Transition(CONNECTING, LifecycleEvent.FINISH, FINISHED),
          new Transition(CONNECTING, LifecycleEvent.FAIL, FAILED),
          new Transition(STREAMING, LifecycleEvent.RESUME_FILE, STREAMING),
          new Transition(STREAMING, LifecycleEvent.RESUME_NETWORK, CONNECTING),
          new Transition(STREAMING, LifecycleEvent.RESUME_PUBLISHED, CONNECTING),
          new Transition(STREAMING, LifecycleEvent.CHANGE, STREAMING),
          new Transition(STREAMING, LifecycleEvent.FIRST_PICTURE, STREAMING),
          new Transition(STREAMING, LifecycleEvent.STOP, STOPPED),
          new Transition(STREAMING, LifecycleEvent.FINISH, FINISHED),
          new Transition(STREAMING, LifecycleEvent.FAIL, FAILED),
          new Transition(STOPPED, LifecycleEvent.START_FILE, STREAMING),
          new Transition(STOPPED, LifecycleEvent.START_NETWORK, CONNECTING),
          new Transition(FINISHED, LifecycleEvent.START_FILE, STREAMING),
          new Transition(FINISHED, LifecycleEvent.START_NETWORK, CONNECTING),
          new Transition(FINISHED, LifecycleEvent.PUBLISH, CONNECTING),
          new Transition(FAILED, LifecycleEvent.START_FILE, STREAMING),
          new Transition(FAILED, LifecycleEvent.START_NETWORK, CONNECTING),
          new Transition(FAILED, LifecycleEvent.PUBLISH, CONNECTING),
          new Transition(FAILED, LifecycleEvent.RESUME_FILE, STREAMING),
          new Transition(FAILED, LifecycleEvent.RESUME_NETWORK, CONNECTING),
          new Transition(FAILED, LifecycleEvent.RESUME_PUBLISHED, CONNECTING));

  private Lifecycle() {}

  /** The phase after an event; empty where the table has no such row. */
  public static Optional<Phase> next(Phase from, LifecycleEvent on) {
    return TRANSITIONS.stream()
        .filter(row -> row.from() == from && row.on() == on)
        .map(Transition::to)
        .findFirst();
  }
}
