@NullMarked
package framewise.server.service.event;

import org.jspecify.annotations.NullMarked;
