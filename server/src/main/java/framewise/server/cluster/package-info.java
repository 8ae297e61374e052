/** Several nodes: calls that only the owner of a session can answer are forwarded to it. */
@NullMarked
package framewise.server.cluster;

import org.jspecify.annotations.NullMarked;
