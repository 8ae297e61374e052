@NullMarked
package framewise.server.service.overshoot;

import org.jspecify.annotations.NullMarked;
