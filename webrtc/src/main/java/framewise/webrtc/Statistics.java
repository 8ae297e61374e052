package framewise.webrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Map;
import java.util.Optional;

/** The video entry of one type in a report, read by the W3C's names; missing values count as 0. */
record Statistics(Map<String, Object> entry, Optional<String> codec) {
  static Statistics of(RTCStatsReport report, RTCStatsType type) {
    Map<String, Object> entry =
        report.getStats().values().stream()
            .filter(stats -> stats.getType() == type)
            .map(RTCStats::getAttributes)
            .filter(attributes -> "video".equals(attributes.get("kind")))
            .findFirst()
            .orElse(Map.of());
    Optional<String> codec =
        Optional.ofNullable(entry.get("codecId"))
            .flatMap(id -> Optional.ofNullable(report.getStats().get(id.toString())))
            .map(stats -> stats.getAttributes().get("mimeType"))
            .map(Object::toString);
    return new Statistics(entry, codec);
  }

  long whole(String name) {
    return number(name).map(Double::longValue).orElse(0L);
  }

  Optional<Double> number(String name) {
    return entry.get(name) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }
}
