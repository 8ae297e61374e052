/** Access control in browsers: accounts, keys, roles and origins. */
@NullMarked
package framewise.e2e.access;

import org.jspecify.annotations.NullMarked;
