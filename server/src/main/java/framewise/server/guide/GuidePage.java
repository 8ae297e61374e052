package framewise.server.guide;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A guide in Markdown as an HTML page. HTML in it is shown as text; headings get the ids that links
 * to them use; links to other guides lead to their pages, and links to other files of the
 * repository become text.
 */
final class GuidePage {
  private static final Pattern GUIDE = Pattern.compile("([A-Za-z0-9-]+)\\.md(#.*)?");
  private static final Pattern KEPT = Pattern.compile("#.*|https?://.*");
  private static final String OVERVIEW = "README";

  /** Empty header cell of a table: it labels nothing, and becomes an ordinary cell. */
  private static final Pattern EMPTY_HEAD = Pattern.compile("<th[^>]*></th>");

  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();
  private static final TextContentRenderer TEXT = TextContentRenderer.builder().build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder()
          .extensions(List.of(TablesExtension.create()))
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(context -> new HeadingIds())
          .build();

  private GuidePage() {}

  /**
   * Renders a guide.
   *
   * @param overview whether it is the list of guides
   */
  static String of(String markdown, boolean overview) {
    Node guide = PARSER.parse(markdown);
    guide.accept(new Links());
    String title = guide.getFirstChild() instanceof Heading h ? TEXT.render(h) : "Guide";
    String here = overview ? " aria-current=\"page\"" : "";
    return """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>%s – Framewise</title>
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <link rel="icon" href="../console/icon.svg" type="image/svg+xml" />
            <link rel="stylesheet" href="../console/console.css" />
            <link rel="stylesheet" href="guide.css" />
            <script src="../console/look/theme.js"></script>
          </head>
          <body>
            <header>
              <a class="mark" href="../console/">Framewise</a>
              <nav aria-label="Documentation">%s<a href="../docs">API reference</a></nav>
            </header>
            <main>
        %s    </main>
          </body>
        </html>
        """
        .formatted(
            title.replace("&", "&amp;").replace("<", "&lt;"),
            "<a href=\"./\"%s>Guides</a>".formatted(here),
            EMPTY_HEAD.matcher(HTML.render(guide)).replaceAll("<td></td>"));
  }

  /** Points links to pages of the service. */
  private static final class Links extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      visitChildren(link);
      String destination = link.getDestination();
      Matcher guide = GUIDE.matcher(destination);
      if (guide.matches() && Guides.exists(guide.group(1))) {
        String page = guide.group(1).equals(OVERVIEW) ? "./" : guide.group(1) + ".html";
        link.setDestination(page + (guide.group(2) == null ? "" : guide.group(2)));
      } else if (!KEPT.matcher(destination).matches()) {
        unwrap(link);
      }
    }

    private static void unwrap(Link link) {
      for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
        link.insertBefore(child);
      }
      link.unlink();
    }
  }

  /** Ids of headings, in GitHub's format. */
  private static final class HeadingIds implements AttributeProvider {
    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
      if (node instanceof Heading heading) {
        attributes.put(
            "id",
            TEXT.render(heading)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'));
      } else if (tag.equals("pre")) {
        // Long lines scroll sideways: this lets the keyboard do it as well.
        attributes.put("tabindex", "0");
      }
    }
  }
}
