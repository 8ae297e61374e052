/** The examples in the README and in docs/. */
@NullMarked
package framewise.e2e.docs;

import org.jspecify.annotations.NullMarked;
