package framewise.bench.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A short run of the benchmark against its committed result: a drop in any skill fails the build.
 * Labelled media are used if they are in a folder next to the repository.
 */
class AnswersStayRightTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root", ".."));

  /** Tolerated drop: a short run has fewer characters, which may be harder by chance. */
  private static final double CHARACTERS = 0.01;

  @Test
  void noSkillIsWorseThanItsCommittedResult() throws Exception {
    Map<String, List<String>> committed = committed();
    List<SkillScore> skills = new ArrayList<>();
    AnswersBench.skills(ROOT.resolve("../shared/media"), false, skills::add);
    assertThat(skills).isNotEmpty();
    for (SkillScore skill : skills) {
      assertThat(committed).as("rows of bench/answers.md").containsKey(skill.name());
      List<String> row = committed.getOrDefault(skill.name(), List.of());
      double share = Double.parseDouble(row.get(2).replace(" %", "")) / 100;
      double slack = skill.name().startsWith("characters") ? CHARACTERS : 0.0005;
      assertThat(skill.share()).as(skill.row()).isGreaterThanOrEqualTo(share - slack);
      assertThat(skill.falseAlarms())
          .as(skill.row())
          .isLessThanOrEqualTo(Integer.parseInt(row.get(3)));
    }
  }

  private static Map<String, List<String>> committed() throws Exception {
    Map<String, List<String>> rows = new HashMap<>();
    for (String line : Files.readAllLines(ROOT.resolve("bench/answers.md"))) {
      if (line.startsWith("| ")) {
        List<String> cells =
            Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList();
        rows.put(cells.getFirst(), cells);
      }
    }
    return rows;
  }
}
