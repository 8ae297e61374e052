/** Limits on sign-in attempts. */
@NullMarked
package framewise.server.access.attempt;

import org.jspecify.annotations.NullMarked;
