/**
 * Overshoot's v1beta, served: streams that keep video, and chat completions that name a moment of
 * them.
 */
@NullMarked
package framewise.server.v1beta;

import org.jspecify.annotations.NullMarked;
