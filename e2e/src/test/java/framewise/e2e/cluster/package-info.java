/** Several nodes on one database. */
@NullMarked
package framewise.e2e.cluster;

import org.jspecify.annotations.NullMarked;
