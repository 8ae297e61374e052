package framewise.server.watch;

import framewise.engine.ShownText;
import framewise.engine.watch.QuietHours;
import framewise.server.http.Fields;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the quiet hours of a watch from a request. */
final class QuietHoursRequest {
  private QuietHoursRequest() {}

  /** The hours; empty where a field is invalid, which adds a fault to the request. */
  static Optional<QuietHours> read(Fields hours) {
    Optional<LocalTime> from = time(hours, "from");
    Optional<LocalTime> to = time(hours, "to");
    Optional<ZoneId> zone = zone(hours);
    Set<DayOfWeek> days = new HashSet<>();
    for (String name : hours.strings("days", 7, 10)) {
      Optional<DayOfWeek> day =
          Arrays.stream(DayOfWeek.values())
              .filter(one -> one.name().equalsIgnoreCase(name))
              .findFirst();
      day.ifPresent(days::add);
      if (day.isEmpty()) {
        hours.add(
            "days",
            "days has \"%s\" but must have days such as monday".formatted(ShownText.of(name, 20)));
      }
    }
    return from.isEmpty() || to.isEmpty() || zone.isEmpty()
        ? Optional.empty()
        : Optional.of(new QuietHours(from.get(), to.get(), zone.get(), days));
  }

  private static Optional<LocalTime> time(Fields hours, String name) {
    Optional<String> text = hours.requiredString(name);
    try {
      return text.map(LocalTime::parse);
    } catch (DateTimeException bad) {
      hours.add(
          name,
          "%s is \"%s\" but must be a time of day such as 22:00"
              .formatted(name, ShownText.of(text.orElse(""), 20)));
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(Fields hours) {
    Optional<String> text = hours.requiredString("zone");
    try {
      return text.map(ZoneId::of);
    } catch (DateTimeException bad) {
      hours.add(
          "zone",
          "zone is \"%s\" but must be a time zone such as Europe/Berlin"
              .formatted(ShownText.of(text.orElse(""), 40)));
      return Optional.empty();
    }
  }
}
