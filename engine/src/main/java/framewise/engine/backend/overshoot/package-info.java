/**
 * The back end that streams to Overshoot.ai: pictures go there over a peer connection, results come
 * back over its socket. {@link framewise.engine.backend.overshoot.OvershootService} is what all
 * sessions share, {@link framewise.engine.backend.overshoot.PublishedStream} is one stream.
 */
@NullMarked
package framewise.engine.backend.overshoot;

import org.jspecify.annotations.NullMarked;
