/** Pictures of sessions, for viewers. */
@NullMarked
package framewise.server.preview;

import org.jspecify.annotations.NullMarked;
