/** Several nodes on one PostgreSQL server: failover and throughput. */
@NullMarked
package framewise.bench.cluster;

import org.jspecify.annotations.NullMarked;
