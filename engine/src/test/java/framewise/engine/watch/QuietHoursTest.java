package framewise.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests {@link QuietHours}. */
class QuietHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void spanMidnightInTheUsersZone() {
    var night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN, Set.of());
    assertThat(night.contains(Instant.parse("2026-07-01T20:00:00Z"))).isTrue();
    assertThat(night.contains(Instant.parse("2026-07-01T19:59:59Z"))).isFalse();
    assertThat(night.contains(Instant.parse("2026-07-02T03:59:59Z"))).isTrue();
    assertThat(night.contains(Instant.parse("2026-07-02T04:00:00Z"))).isFalse();
  }

  @Test
  void followDaylightSavingTime() {
    var night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN, Set.of());
    assertThat(night.contains(Instant.parse("2026-01-15T20:30:00Z"))).isFalse();
    assertThat(night.contains(Instant.parse("2026-07-15T20:30:00Z"))).isTrue();
  }

  @Test
  void startOnTheirDays() {
    var friday =
        new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0), BERLIN, Set.of(DayOfWeek.FRIDAY));
    assertThat(friday.contains(Instant.parse("2026-07-03T21:00:00Z"))).isTrue(); // Friday, 23:00
    assertThat(friday.contains(Instant.parse("2026-07-04T02:00:00Z"))).isTrue(); // Saturday, 04:00
    assertThat(friday.contains(Instant.parse("2026-07-04T21:00:00Z"))).isFalse();
    assertThat(friday.contains(Instant.parse("2026-07-03T02:00:00Z"))).isFalse();
  }

  @Test
  void coverPartsOfADayAndWholeDays() {
    var noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0), BERLIN, Set.of());
    assertThat(noon.contains(Instant.parse("2026-07-01T10:30:00Z"))).isTrue();
    assertThat(noon.contains(Instant.parse("2026-07-01T11:00:00Z"))).isFalse();
    var always = new QuietHours(LocalTime.of(8, 0), LocalTime.of(8, 0), BERLIN, Set.of());
    assertThat(always.contains(Instant.parse("2026-07-01T00:00:00Z"))).isTrue();
    assertThat(always.contains(Instant.parse("2026-07-01T12:00:00Z"))).isTrue();
  }
}
