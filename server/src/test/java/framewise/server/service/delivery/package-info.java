@NullMarked
package framewise.server.service.delivery;

import org.jspecify.annotations.NullMarked;
