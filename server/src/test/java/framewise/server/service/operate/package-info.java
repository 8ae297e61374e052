/** What operators see: metrics, logs, the command line, the end of the service. */
@NullMarked
package framewise.server.service.operate;

import org.jspecify.annotations.NullMarked;
