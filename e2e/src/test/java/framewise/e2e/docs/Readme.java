package framewise.e2e.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shell examples of a Markdown page, each with the response that the page shows. */
final class Readme {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern NOT_RUN = Pattern.compile("<!-- not run: .+ -->\\s*$");

  private Readme() {}

  /**
   * @param script content of the block
   * @param answer the JSON after it, before the next example
   */
  record Example(String script, Optional<String> answer) {
    @Override
    public String toString() {
      return script.lines().findFirst().orElse("");
    }
  }

  /** All examples in order, except those marked as not run, with the reason. */
  static List<Example> examples(Path page) throws IOException {
    String text = Files.readString(page);
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    boolean follows = false;
    int end = 0;
    while (block.find()) {
      String before = text.substring(end, block.start());
      end = block.end();
      switch (block.group(1)) {
        case "sh" -> {
          follows = !NOT_RUN.matcher(before).find();
          if (follows) {
            examples.add(new Example(block.group(2), Optional.empty()));
          }
        }
        case "json" -> {
          if (follows) {
            Example last = examples.removeLast();
            examples.add(new Example(last.script(), Optional.of(block.group(2))));
            follows = false;
          }
        }
        default -> throw new IOException("A block is neither sh nor json: " + block.group());
      }
    }
    return examples;
  }
}
