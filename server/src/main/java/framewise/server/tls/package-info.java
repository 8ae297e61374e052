/** HTTPS: the service's certificate, and the port that speaks TLS. */
@NullMarked
package framewise.server.tls;

import org.jspecify.annotations.NullMarked;
