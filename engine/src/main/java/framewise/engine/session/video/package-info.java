/** A session's video by kind: how it is opened, and the phases of a session with such a video. */
@NullMarked
package framewise.engine.session.video;

import org.jspecify.annotations.NullMarked;
