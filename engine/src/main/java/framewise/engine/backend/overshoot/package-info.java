/**
 * Back end that streams to Overshoot.ai: pictures go there over a peer connection, results come
 * back over a WebSocket. All sessions share one {@link
 * framewise.engine.backend.overshoot.OvershootService}; {@link
 * framewise.engine.backend.overshoot.PublishedStream} is one stream.
 */
@NullMarked
package framewise.engine.backend.overshoot;

import org.jspecify.annotations.NullMarked;
