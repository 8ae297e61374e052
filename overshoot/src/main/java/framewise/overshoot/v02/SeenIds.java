package framewise.overshoot.v02;

import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers the newest ids, so that a result that is sent again is not delivered again. */
final class SeenIds {

  private final int most;
  private final Set<String> ids = new LinkedHashSet<>();

  SeenIds(int most) {
    this.most = most;
  }

  /** Whether this id is new; from now on it is not. */
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
