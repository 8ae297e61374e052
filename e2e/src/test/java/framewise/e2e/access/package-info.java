/** Who may do what, in browsers. */
@NullMarked
package framewise.e2e.access;

import org.jspecify.annotations.NullMarked;
