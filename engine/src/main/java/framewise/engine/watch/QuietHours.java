package framewise.engine.watch;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * Hours in which a watch opens no incident.
 *
 * @param from first minute
 * @param to end, exclusive; earlier than {@code from} if they pass midnight, equal to it for the
 *     whole day
 * @param zone time zone of these times
 * @param days days on which they start; empty for every day
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone, Set<DayOfWeek> days) {
  public QuietHours {
    days = Set.copyOf(days);
  }

  /** Whether a time is within the quiet hours. */
  public boolean contains(Instant time) {
    ZonedDateTime local = time.atZone(zone);
    LocalTime now = local.toLocalTime();
    DayOfWeek today = local.getDayOfWeek();
    if (from.isBefore(to)) {
      return begins(today) && !now.isBefore(from) && now.isBefore(to);
    }
    return (begins(today) && !now.isBefore(from)) || (begins(today.minus(1)) && now.isBefore(to));
  }

  private boolean begins(DayOfWeek day) {
    return days.isEmpty() || days.contains(day);
  }
}
