/** Helpers for the tests of several modules. */
@NullMarked
package framewise.testing;

import org.jspecify.annotations.NullMarked;
