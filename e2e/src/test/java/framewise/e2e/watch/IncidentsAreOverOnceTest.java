package framewise.e2e.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.JarService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The list of answers reports the end of an incident. Seen: with a condition that held again every
 * 24 s, "Incident ended" stood there nine times for one incident.
 */
class IncidentsAreOverOnceTest {
  private static final String NOTES =
      """
      async (incidents) => {
        const { rowsOf } = await import('/console/session/rows.js');
        const events = incidents.map(([type, id, state, length_seconds], i) => ({
          type, seq: i + 1, run: 1, incident: { id, state, length_seconds, watch: 'Crowd' },
        }));
        return rowsOf(events, []).map((row) => row.text);
      }""";

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  @Test
  void atTheLastEnd() {
    Page page = browser.open(service).page();
    Object first = List.of("incident.opened", "a", "open", 0);
    Object firstEnd = List.of("incident.ended", "a", "ended", 4);
    Object again = List.of("incident.updated", "a", "open", 24);
    Object lastEnd = List.of("incident.ended", "a", "ended", 28);
    Object checked = List.of("incident.updated", "a", "ended", 28);
    Object second = List.of("incident.opened", "b", "open", 0);
    Object secondEnd = List.of("incident.ended", "b", "ended", 2);

    assertThat(page.evaluate(NOTES, List.of(first, firstEnd, lastEnd, checked, second, secondEnd)))
        .isEqualTo(
            List.of(
                "Incident: Crowd",
                "Incident ended: Crowd, 28 s",
                "Incident: Crowd",
                "Incident ended: Crowd, 2 s"));
    assertThat(page.evaluate(NOTES, List.of(first, firstEnd, again)))
        .isEqualTo(List.of("Incident: Crowd"));
  }
}
