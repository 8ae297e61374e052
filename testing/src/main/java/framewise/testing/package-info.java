/** What tests of several modules share. */
@NullMarked
package framewise.testing;

import org.jspecify.annotations.NullMarked;
