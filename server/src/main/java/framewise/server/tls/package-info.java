/** HTTPS: the certificate the service shows, and the port that speaks TLS. */
@NullMarked
package framewise.server.tls;

import org.jspecify.annotations.NullMarked;
