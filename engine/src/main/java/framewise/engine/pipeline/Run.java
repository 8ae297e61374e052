package framewise.engine.pipeline;

import framewise.engine.RefusedException;

/** One playing of a session's video, from its start to its end. Any thread may call. */
public interface Run {
  /**
   * Makes ready what somebody else may refuse. Asked at most once, before {@link #start}; a run
   * that is started without it goes through the same by itself, and again and again until it
   * succeeds.
   *
   * @throws RefusedException when the run cannot begin; it is over then
   */
  void prepare() throws InterruptedException;

  /** Begins; from here on the listener is told. */
  void start();

  /** From the next clip that is asked about, the prompts have these words; nothing else differs. */
  void updatePrompt(StreamSettings settings);

  StreamSettings settings();

  /**
   * Ends the run now. When this returns its threads are gone, save one that a native call holds for
   * longer than five seconds, the source is closed or will be with that thread, and the listener is
   * told nothing more.
   */
  void stop();
}
