/** Several nodes on one PostgreSQL server: what they do when nodes die, and how much they do. */
@NullMarked
package framewise.bench.cluster;

import org.jspecify.annotations.NullMarked;
