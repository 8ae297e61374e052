/** Operation of the service: metrics, logs, the command line, shutdown. */
@NullMarked
package framewise.server.service.operate;

import org.jspecify.annotations.NullMarked;
