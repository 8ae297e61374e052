package framewise.engine.session.plan;

import framewise.engine.money.Forecast;
import framewise.engine.money.RequestSize;
import framewise.engine.money.Spending;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import framewise.media.Sampling;
import framewise.media.VideoInfo;
import framewise.media.picture.FrameSize;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
import java.util.Optional;

/** Estimates what a session will cost per hour. */
public final class Forecasts {
  private static final double SECONDS_PER_HOUR = 3_600;

  /** Size assumed for a live video before its first picture. */
  private static final FrameSize.Dimensions ASSUMED_SIZE = new FrameSize.Dimensions(1280, 720);

  private final Backends backends;
  private final Spending spending;

  public Forecasts(Backends backends, Spending spending) {
    this.backends = backends;
    this.spending = spending;
  }

  /** Forecast for all prompts together, as if no clip were skipped and no fallback answered. */
  public Forecast of(StreamSettings settings, Optional<VideoInfo> video) {
    return settings.prompts().stream()
        .map(prompt -> of(prompt, settings.sampling(), video))
        .reduce(Forecast.free(), Forecast::plus);
  }

  private Forecast of(PromptSettings prompt, Sampling sampling, Optional<VideoInfo> video) {
    double questions = SECONDS_PER_HOUR / sampling.delaySeconds();
    Optional<Backend> backend = prompt.backend().flatMap(backends::named);
    if (backend.isEmpty() || (backend.get() instanceof ClipBackend clips && !clips.isRemote())) {
      return Forecast.free();
    }
    String name = backend.get().name();
    String model = prompt.model().or(() -> backend.get().defaultModel()).orElse("its model");
    if (!(backend.get() instanceof ClipBackend asked)) {
      // Streaming services don't report tokens.
      return Forecast.unknown(name, model, questions);
    }
    FrameSize most = asked.pictureSize(prompt.prompt().text());
    return spending
        .prices()
        .of(name, model)
        .map(price -> Forecast.of(price, questions, size(prompt, sampling, video, most)))
        .orElseGet(() -> Forecast.unknown(name, model, questions));
  }

  private static RequestSize size(
      PromptSettings prompt, Sampling sampling, Optional<VideoInfo> video, FrameSize most) {
    FrameSize.Dimensions shown =
        video
            .map(info -> new FrameSize.Dimensions(info.width(), info.height()))
            .orElse(ASSUMED_SIZE);
    FrameSize.Dimensions sent = most.fit(shown.width(), shown.height());
    return new RequestSize(
        sampling.framesPerClip() * sent.pixels(), prompt.characters(), prompt.maxOutputTokens());
  }
}
