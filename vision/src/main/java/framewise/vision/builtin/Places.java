package framewise.vision.builtin;

import framewise.vision.DetectedContent;
import framewise.vision.DetectedContent.DetectedBox;
import framewise.vision.DetectedContent.DetectedObject;
import framewise.vision.DetectedContent.DetectedText;
import framewise.vision.builtin.object.Detection;
import framewise.vision.builtin.picture.Rectangle;
import framewise.vision.builtin.text.Text;
import java.util.List;
import java.util.Optional;

/** Converts places from pixels to fractions of the picture. */
final class Places {
  private Places() {}

  static DetectedContent seen(
      Optional<List<Detection>> things, Optional<Text> text, int width, int height) {
    return new DetectedContent(
        things.map(
            found ->
                found.stream()
                    .map(
                        thing ->
                            new DetectedObject(
                                thing.kind().singular(),
                                hundredths(thing.score()),
                                box(thing.place(), width, height)))
                    .toList()),
        text.map(
            read ->
                read.rows().stream()
                    .flatMap(List::stream)
                    .map(
                        line ->
                            new DetectedText(
                                line.text(),
                                hundredths(line.confidence()),
                                box(line.place(), width, height)))
                    .toList()));
  }

  static DetectedBox box(Rectangle place, int width, int height) {
    Rectangle inside = place.within(width, height);
    double x = tenThousandths(inside.left() / width);
    double y = tenThousandths(inside.top() / height);
    return new DetectedBox(
        x,
        y,
        tenThousandths(inside.right() / width - x),
        tenThousandths(inside.bottom() / height - y));
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static double tenThousandths(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
