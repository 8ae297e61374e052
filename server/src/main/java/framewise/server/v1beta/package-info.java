/**
 * Server for Overshoot's API v1beta: streams that keep video, and chat completions about moments of
 * them.
 */
@NullMarked
package framewise.server.v1beta;

import org.jspecify.annotations.NullMarked;
