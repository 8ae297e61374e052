package framewise.overshoot.v02;

import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers the newest ids, so that a repeated result is not delivered twice. */
final class SeenIds {

  private final int most;
  private final Set<String> ids = new LinkedHashSet<>();

  SeenIds(int most) {
    this.most = most;
  }

  /** Adds an id; whether it was new. */
  synchronized boolean add(String id) {
    if (!ids.add(id)) {
      return false;
    }
    if (ids.size() > most) {
      ids.remove(ids.iterator().next());
    }
    return true;
  }
}
