package framewise.server.guide;

import framewise.server.http.file.Site;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The guides as pages: {@code index.html} is the overview, and {@code NAME.html} is {@code
 * docs/NAME.md}. They load nothing from other hosts.
 */
public final class Guides {
  private static final String FOLDER = "guides/";
  private static final Pattern PAGE = Pattern.compile("([a-z0-9][a-z0-9-]*)\\.html");

  private Guides() {}

  /** The pages and their style sheet. */
  public static Site site() {
    return Site.of(Guides::page).or(Site.ofClassPath("guide"));
  }

  /** Answers {@code /guides}, whose links are relative to {@code /guides/}. */
  public static void toOverview(Context context) {
    context.redirect("/guides/", HttpStatus.FOUND);
  }

  /** Whether there is a guide with this name. */
  static boolean exists(String name) {
    return Guides.class.getClassLoader().getResource(FOLDER + name + ".md") != null;
  }

  private static Optional<byte[]> page(String path) throws IOException {
    Matcher page = PAGE.matcher(path);
    if (!page.matches()) {
      return Optional.empty();
    }
    boolean overview = page.group(1).equals("index");
    Optional<String> guide = read(overview ? "README" : page.group(1));
    return guide.map(markdown -> GuidePage.of(markdown, overview).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> read(String name) throws IOException {
    try (InputStream in =
        Guides.class.getClassLoader().getResourceAsStream(FOLDER + name + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
