@NullMarked
package framewise.server.service.cluster;

import org.jspecify.annotations.NullMarked;
