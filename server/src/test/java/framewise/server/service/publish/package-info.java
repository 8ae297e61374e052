@NullMarked
package framewise.server.service.publish;

import org.jspecify.annotations.NullMarked;
