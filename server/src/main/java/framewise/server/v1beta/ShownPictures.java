package framewise.server.v1beta;

import framewise.engine.session.Session;
import framewise.media.picture.EncodedPicture;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of one part of a message.
 *
 * @param session the session that they come from; empty for media from the client
 * @param found number of pictures before they were thinned out
 * @param cut whether the segment began before the oldest kept picture
 */
record ShownPictures(
    List<EncodedPicture> pictures, Optional<Session> session, long found, boolean cut) {
  ShownPictures {
    pictures = List.copyOf(pictures);
  }
}
