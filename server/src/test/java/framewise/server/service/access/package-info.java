@NullMarked
package framewise.server.service.access;

import org.jspecify.annotations.NullMarked;
