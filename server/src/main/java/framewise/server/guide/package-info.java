/** The guides of {@code docs/}, as pages that the service serves at {@code /guides/}. */
@NullMarked
package framewise.server.guide;

import org.jspecify.annotations.NullMarked;
