package framewise.engine.watch.words;

import framewise.engine.Refusal;
import framewise.engine.ShownText;
import framewise.engine.watch.Condition;
import framewise.engine.watch.Watch;
import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.AnswerException;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
import framewise.vision.FailureKind;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether a back end can answer a condition in words at all. The built-in model is tested
 * with a blank picture, because it refuses questions that it doesn't understand. Safe for any
 * number of threads.
 */
public final class WordsCheck {
  private static final int BLANK_SIDE = 64;
  private static final Logger LOG = LoggerFactory.getLogger(WordsCheck.class);

  private final Backends backends;

  public WordsCheck(Backends backends) {
    this.backends = backends;
  }

  /**
   * Checks a condition. May take seconds, for the model to load.
   *
   * @throws framewise.engine.RefusedException when it can't be answered; the message suggests the
   *     form to use instead
   */
  public void require(Condition.Words condition) throws InterruptedException {
    ClipBackend backend = backend(condition);
    if (backend.isRemote()) {
      return; // the models of services understand any words
    }
    var understood = new CompletableFuture<Boolean>();
    // A platform thread, because the model runs native code.
    Thread asking =
        Thread.ofPlatform()
            .daemon()
            .name("watch-words-check")
            .start(() -> understood.complete(understands(backend, condition)));
    try {
      if (understood.get()) {
        return;
      }
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException e) {
      asking.interrupt();
      throw e;
    }
    throw Refusal.field(
            "when.words",
            "the built-in model can't answer when.words: choose another backend, or use an"
                + " expression on its answers, such as people > 3 or text contains \"EXIT\"")
        .asException();
  }

  /**
   * Checks that there is a back end for a second opinion.
   *
   * @throws framewise.engine.RefusedException when there is none that can answer about pictures
   */
  public void require(Watch.SecondLook look) {
    if (named("second_opinion.backend", look.backend()) instanceof ClipBackend) {
      return;
    }
    throw Refusal.field(
            "second_opinion.backend",
            "second_opinion.backend answers about whole streams: choose one that answers"
                + " about single pictures")
        .asException();
  }

  private Backend named(String field, String name) {
    return backends
        .named(name)
        .orElseThrow(
            () ->
                Refusal.field(
                        field,
                        "%s is \"%s\" but there is no such back end"
                            .formatted(field, ShownText.of(name, 64)))
                    .asException());
  }

  private ClipBackend backend(Condition.Words condition) {
    Optional<Backend> named = condition.backend().map(name -> named("when.backend", name));
    return (named.isPresent()
            ? named.filter(ClipBackend.class::isInstance).map(ClipBackend.class::cast)
            : backends.firstReadyForClips())
        .orElseThrow(
            () ->
                Refusal.field(
                        "when.backend",
                        "when.backend answers about whole streams or is not ready: choose"
                            + " one that answers about single pictures")
                    .asException());
  }

  private static boolean understands(ClipBackend backend, Condition.Words condition) {
    var image = new BufferedImage(BLANK_SIDE, BLANK_SIDE, BufferedImage.TYPE_3BYTE_BGR);
    try (var clip =
        new Clip(0, MediaTime.ZERO, new MediaTime(1), List.of(Frame.of(image, MediaTime.ZERO)))) {
      return !backend.ask(clip, WordsQuestion.plain(condition)).text().isEmpty();
    } catch (AnswerException e) {
      return e.kind() != FailureKind.SCHEMA_UNSUPPORTED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (RuntimeException e) {
      LOG.warn("failed to check whether a back end can answer words: {}", e.toString());
      return true;
    }
  }
}
