/** Which requests the service takes at all: those to its own names, from pages that may use it. */
@NullMarked
package framewise.server.guard;

import org.jspecify.annotations.NullMarked;
