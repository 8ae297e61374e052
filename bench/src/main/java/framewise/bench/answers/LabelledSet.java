package framewise.bench.answers;

import framewise.media.MediaTime;
import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import framewise.vision.builtin.BuiltinBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Real pictures and clips with their content, counted by eye. */
final class LabelledSet {
  private static final String PEOPLE = "How many people are there?";

  /** Stills and the number of people in them. */
  private static final Map<String, Integer> STILLS =
      Map.of(
          "classroom-01", 4,
          "classroom-03", 4,
          "face-demographics-walking-01", 2,
          "face-demographics-walking-03", 2,
          "store-aisle-detection-01", 2,
          "store-aisle-detection-03", 2,
          "worker-zone-detection-01", 1,
          "worker-zone-detection-03", 1,
          "people-detection-01", 1);

  /** Webcam clips with one person in every frame. */
  private static final List<String> WEBCAMS =
      List.of("sign-again", "sign-book", "sign-eat", "sign-hungry", "sign-learn", "sign-no");

  /** The number of whole bottles on the table, by position in seconds. */
  private static final Map<Double, Integer> BOTTLES =
      Map.of(1.0, 3, 3.0, 3, 5.0, 3, 11.0, 2, 15.0, 3, 20.0, 1, 21.0, 1, 25.0, 2, 27.0, 2, 39.0, 3);

  /** The number of cars that are at least almost completely visible, by position in seconds. */
  private static final Map<Double, Integer> CARS =
      Map.of(6.0, 1, 6.5, 1, 7.0, 1, 16.5, 2, 18.0, 1, 18.5, 1, 26.0, 1, 26.5, 1);

  /** Positions in seconds at which the parking lot is empty. */
  private static final List<Double> EMPTY_LOT =
      List.of(0.5, 1.0, 10.0, 13.0, 20.0, 22.0, 24.0, 29.0);

  private final BuiltinBackend backend;
  private final Path media;

  LabelledSet(BuiltinBackend backend, Path media) {
    this.backend = backend;
    this.media = media;
  }

  List<SkillScore> skills() throws Exception {
    Scorer people = new Scorer(backend, "people, counted");
    for (Map.Entry<String, Integer> still : STILLS.entrySet()) {
      people.count(still(still.getKey()), PEOPLE, still.getValue());
    }
    people.count(still("people-detection-03"), PEOPLE, 0);
    for (String webcam : WEBCAMS) {
      people.count(at("labelled/" + webcam + ".mkv", 0.5), PEOPLE, 1);
    }
    Scorer nobody = new Scorer(backend, "nobody, real");
    Scorer noCars = new Scorer(backend, "no cars");
    Scorer noThings = new Scorer(backend, "no things");
    for (double seconds : EMPTY_LOT) {
      nobody.count(at("car-detection.mp4", seconds), PEOPLE, 0);
      noCars.count(at("car-detection.mp4", seconds), "How many cars are there?", 0);
      noThings.count(at("car-detection.mp4", seconds), "Count all objects", 0);
    }
    nobody.count(at("bottle-detection.mp4", 5), PEOPLE, 0);
    nobody.count(at("bottle-detection.mp4", 20), PEOPLE, 0);
    Scorer bottles = new Scorer(backend, "bottles, counted");
    for (Map.Entry<Double, Integer> bottle : BOTTLES.entrySet()) {
      Frame frame = at("bottle-detection.mp4", bottle.getKey());
      bottles.count(frame, "How many bottles are there?", bottle.getValue());
    }
    Scorer cars = new Scorer(backend, "cars from above, counted");
    for (Map.Entry<Double, Integer> car : CARS.entrySet()) {
      Frame frame = at("car-detection.mp4", car.getKey());
      cars.count(frame, "How many vehicles are there?", car.getValue());
    }
    Scorer text = new Scorer(backend, "no text, real");
    for (double seconds : BOTTLES.keySet()) {
      String read = text.ask(at("bottle-detection.mp4", seconds), "Read any visible text");
      boolean none = read.equals("No readable text.");
      text.score(none ? 1 : 0, 1);
      if (!none) {
        text.falseAlarm();
      }
    }
    return List.of(
        people.skill(),
        nobody.skill(),
        bottles.skill(),
        cars.skill(),
        noCars.skill(),
        noThings.skill(),
        text.skill());
  }

  private Frame still(String name) throws Exception {
    return Frame.of(
        ImageIO.read(media.resolve("labelled/" + name + ".jpg").toFile()), MediaTime.ZERO);
  }

  private Frame at(String clip, double seconds) throws Exception {
    try (VideoReader reader =
        VideoReader.open(media.resolve(clip), new FrameSize(1280), PixelFormat.BGR24)) {
      return reader.at(MediaTime.ofSeconds(seconds)).orElseThrow();
    }
  }
}
