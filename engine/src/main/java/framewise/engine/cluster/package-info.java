/** Several nodes of the service on one database: which node writes which session. */
@NullMarked
package framewise.engine.cluster;

import org.jspecify.annotations.NullMarked;
