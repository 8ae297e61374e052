/**
 * What a session may use: back ends for its prompts, a place among the streaming sessions, and the
 * cost to expect.
 */
@NullMarked
package framewise.engine.session.plan;

import org.jspecify.annotations.NullMarked;
