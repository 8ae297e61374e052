/** Tests of the built jar with real browsers and real clients. */
@NullMarked
package framewise.e2e;

import org.jspecify.annotations.NullMarked;
