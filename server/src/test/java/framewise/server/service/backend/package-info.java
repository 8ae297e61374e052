@NullMarked
package framewise.server.service.backend;

import org.jspecify.annotations.NullMarked;
