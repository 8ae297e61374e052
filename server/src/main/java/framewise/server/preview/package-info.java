/** The pictures of sessions, for people who look on. */
@NullMarked
package framewise.server.preview;

import org.jspecify.annotations.NullMarked;
