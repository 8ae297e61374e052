package framewise.vision.builtin.pose;

import framewise.vision.builtin.model.Output;
import framewise.vision.builtin.picture.Letterbox;
import framewise.vision.builtin.picture.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * MoveNet's six output maps, one cell per four by four pixels, and the people derived from them:
 * each peak of the map of centres is a person; that cell has a first guess of each joint, and the
 * joint is the likeliest place near the guess. Steps and numbers are those of the published graph,
 * without its limit of six people.
 */
final class PoseMaps {
  /** Pixels per cell, each way. */
  private static final int STRIDE = 4;

  /** A centre is the maximum within this many cells. */
  private static final int REACH = 2;

  /** Scores below are noise. */
  private static final float MIN_SCORE = 0.2f;

  /** Distance from the guess, in cells, at which a place's weight falls off. */
  private static final double FALLOFF = 1.8;

  private static final int JOINTS = Joint.values().length;

  /** Limit for crowds; lower scores are left out. */
  private static final int MAX_FIGURES = 60;

  private final float[] centres;
  private final float[] boxSizes;
  private final float[] boxOffsets;
  private final float[] jointScores;
  private final float[] jointGuesses;
  private final float[] jointOffsets;
  private final int rows;
  private final int columns;
  private final Letterbox letterbox;

  PoseMaps(List<Output> maps, Letterbox letterbox) {
    this.centres = maps.get(0).values();
    this.boxSizes = maps.get(1).values();
    this.boxOffsets = maps.get(2).values();
    this.jointScores = maps.get(3).values();
    this.jointGuesses = maps.get(4).values();
    this.jointOffsets = maps.get(5).values();
    this.rows = maps.getFirst().length(2);
    this.columns = maps.getFirst().length(3);
    this.letterbox = letterbox;
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        if (figures.size() < MAX_FIGURES
            && centres[y * columns + x] >= MIN_SCORE
            && highest(x, y)) {
          figures.add(figure(x, y));
        }
      }
    }
    return figures;
  }

  private boolean highest(int x, int y) {
    float here = centres[y * columns + x];
    for (int b = Math.max(0, y - REACH); b <= Math.min(rows - 1, y + REACH); b++) {
      for (int a = Math.max(0, x - REACH); a <= Math.min(columns - 1, x + REACH); a++) {
        if (centres[b * columns + a] > here) {
          return false;
        }
      }
    }
    return true;
  }

  private Figure figure(int x, int y) {
    int at = y * columns + x;
    int plane = rows * columns;
    double middleY = y + boxOffsets[at];
    double middleX = x + boxOffsets[plane + at];
    double halfHeight = Math.max(0, boxSizes[at]) / 2;
    double halfWidth = Math.max(0, boxSizes[plane + at]) / 2;
    List<JointPlace> joints = new ArrayList<>();
    for (int joint = 0; joint < JOINTS; joint++) {
      joints.add(
          joint(
              joint,
              x + jointGuesses[(2 * joint + 1) * plane + at],
              y + jointGuesses[2 * joint * plane + at]));
    }
    return new Figure(
        letterbox.toFrame(
            new Rectangle(
                (middleX - halfWidth) * STRIDE,
                (middleY - halfHeight) * STRIDE,
                (middleX + halfWidth) * STRIDE,
                (middleY + halfHeight) * STRIDE)),
        centres[at],
        joints);
  }

  private JointPlace joint(int joint, double guessX, double guessY) {
    int plane = rows * columns;
    double best = -1;
    int bestAt = 0;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double worth =
            jointScores[joint * plane + y * columns + x]
                / (Math.hypot(x - guessX, y - guessY) + FALLOFF);
        if (worth > best) {
          best = worth;
          bestAt = y * columns + x;
        }
      }
    }
    int row = bestAt / columns;
    int column = bestAt % columns;
    double y = row + jointOffsets[2 * joint * plane + bestAt];
    double x = column + jointOffsets[(2 * joint + 1) * plane + bestAt];
    return new JointPlace(
        letterbox.frameX(x * STRIDE),
        letterbox.frameY(y * STRIDE),
        jointScores[joint * plane + bestAt]);
  }
}
