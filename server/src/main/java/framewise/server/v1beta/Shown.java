package framewise.server.v1beta;

import framewise.engine.session.Session;
import framewise.media.EncodedPicture;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of one part of a message.
 *
 * @param session that they come from; empty for what the client sent
 * @param found how many there were before they were thinned out
 * @param cut whether the stretch began before what is kept
 */
record Shown(List<EncodedPicture> pictures, Optional<Session> session, long found, boolean cut) {
  Shown {
    pictures = List.copyOf(pictures);
  }
}
