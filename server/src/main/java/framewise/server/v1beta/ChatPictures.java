package framewise.server.v1beta;

import framewise.engine.session.Session;
import framewise.media.EncodedPicture;
import java.util.List;
import java.util.Optional;

/**
 * What the messages of a chat show, and the words around it.
 *
 * @param pictures in the order of the messages
 * @param text of the question, with a mark where each of several is shown
 * @param system how the model shall behave
 * @param session of the first stream that is shown
 * @param found how many pictures there were before they were thinned out
 * @param cut whether a stretch began before what is kept
 */
record ChatPictures(
    List<EncodedPicture> pictures,
    String text,
    Optional<String> system,
    Optional<Session> session,
    long found,
    boolean cut) {
  ChatPictures {
    pictures = List.copyOf(pictures);
  }
}
