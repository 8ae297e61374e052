/** Real browsers and real clients against the built jar. */
@NullMarked
package framewise.e2e;

import org.jspecify.annotations.NullMarked;
